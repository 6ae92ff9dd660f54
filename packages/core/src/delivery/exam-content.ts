import {
  type Interaction,
  interaction,
  listeningStimulus,
  readingStimulus,
  type StimulusBlock,
  speakingTask,
  writingTask,
} from "../bank/schema.ts";
import { taskSeconds } from "./rules.ts";
import type { Blueprint } from "./schema.ts";

/** A picture is fetched by its place in the stimulus: its name would say which item of the bank this is. */
export type ExamBlock =
  | Exclude<StimulusBlock, { type: "image" }>
  | Omit<Extract<StimulusBlock, { type: "image" }>, "media">;

/** What an exam page is shown of an item: named field by field, so that nothing new in the bank leaks by itself. */
export type ExamItem =
  | { skill: "reading"; content: { stimulus: { title?: string; blocks: ExamBlock[] }; interaction: Interaction } }
  | {
      skill: "listening";
      content: {
        stimulus: { setting: string; plays: number; durationSeconds: number; blocks: ExamBlock[] };
        interaction: Interaction;
      };
    }
  | { skill: "writing"; content: ReturnType<typeof writingTask.parse>["content"] }
  | {
      skill: "speaking";
      content: {
        title: string;
        prompt: string;
        points: string[];
        prepareSeconds: number;
        answerSeconds: number;
        reRecord: boolean;
        turn: { speaker: string; durationSeconds: number } | null;
        picture: { alternative: string } | null;
      };
    };

const { shape: writingShape } = writingTask;
const { shape: speakingShape } = speakingTask;

export function examContent(skill: ExamItem["skill"], stored: unknown, scale: Blueprint["speaking"]): ExamItem {
  const content = stored as Record<string, unknown>;
  switch (skill) {
    case "reading": {
      const { title, blocks } = readingStimulus.parse(content.stimulus);
      return {
        skill,
        content: {
          stimulus: { ...(title && { title }), blocks: blocks.map(examBlock) },
          interaction: interaction.parse(content.interaction),
        },
      };
    }
    case "listening": {
      // The turns are the transcript and the media name would let the sound be guessed: neither goes out.
      const { setting, plays, durationSeconds, blocks = [] } = listeningStimulus.parse(content.stimulus);
      return {
        skill,
        content: {
          stimulus: { setting, plays, durationSeconds, blocks: blocks.map(examBlock) },
          interaction: interaction.parse(content.interaction),
        },
      };
    }
    case "writing":
      return { skill, content: writingShape.content.parse(stored) };
    case "speaking": {
      const task = speakingShape.content.parse(stored);
      return {
        skill,
        content: {
          title: task.title,
          prompt: task.prompt,
          points: task.points,
          ...taskSeconds(task, scale),
          reRecord: task.reRecord,
          turn: task.turn ? { speaker: task.turn.speaker, durationSeconds: task.turn.durationSeconds } : null,
          picture: task.picture ? { alternative: task.picture.alternative } : null,
        },
      };
    }
  }
}

function examBlock(block: StimulusBlock): ExamBlock {
  if (block.type !== "image") return block;
  const { media: _, ...shown } = block;
  return shown;
}
