import {
  type Interaction,
  interaction,
  listeningStimulus,
  readingStimulus,
  type StimulusBlock,
  writingTask,
} from "../bank/schema.ts";
import { speakingContent } from "../bank/speaking-schema.ts";
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
  | { skill: "speaking"; content: SpokenTask };

/** What a candidate is shown of a speaking task: never the words of a turn, nor the name of a file. */
export type SpokenTask =
  | {
      kind: "monologue";
      title: string;
      prompt: string;
      points: string[];
      prepareSeconds: number;
      answerSeconds: number;
      reRecord: boolean;
      turn: { speaker: string; durationSeconds: number } | null;
      picture: { alternative: string } | null;
    }
  | {
      kind: "dialogue";
      title: string;
      prompt: string;
      prepareSeconds: number;
      /** `listens`: what is said to it may be asked back about. */
      turns: { speaker: string; durationSeconds: number; answerSeconds: number; listens: boolean }[];
      whenShort: { belowSeconds: number; prompt: string } | null;
    }
  /** Held by an examiner, who has the script. */
  | { kind: "interview" };

const { shape: writingShape } = writingTask;

export function examContent(
  skill: ExamItem["skill"],
  stored: unknown,
  scale: Blueprint["speaking"],
  listens: "none" | "cued" | "all",
): ExamItem {
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
    case "speaking":
      return { skill, content: spokenTask(stored, scale, listens) };
  }
}

/** @param listens to which turns' answers the partner of a conversation can react, while it goes on: `cued`, those whose task names words. */
export function spokenTask(
  stored: unknown,
  scale: Blueprint["speaking"],
  listens: "none" | "cued" | "all",
): SpokenTask {
  const task = speakingContent.parse(stored);
  if (task.type === "interview") return { kind: "interview" };
  if (task.type === "dialogue") {
    const { prepareSeconds } = taskSeconds({ ...task, answerSeconds: 0 }, scale);
    return {
      kind: "dialogue",
      title: task.title,
      prompt: task.prompt,
      prepareSeconds,
      turns: task.turns.map((turn) => ({
        speaker: turn.speaker,
        durationSeconds: turn.durationSeconds,
        answerSeconds: taskSeconds({ ...turn, prepareSeconds }, scale).answerSeconds,
        listens: listens === "all" || (listens === "cued" && turn.listensFor !== undefined),
      })),
      whenShort: task.whenShort
        ? { ...task.whenShort, belowSeconds: task.whenShort.belowSeconds * scale.answerScale }
        : null,
    };
  }
  const turn = "turn" in task ? task.turn : undefined;
  const picture = "picture" in task ? task.picture : undefined;
  return {
    kind: "monologue",
    title: task.title,
    prompt: task.prompt,
    points: task.points,
    ...taskSeconds(task, scale),
    reRecord: task.reRecord,
    turn: turn ? { speaker: turn.speaker, durationSeconds: turn.durationSeconds } : null,
    picture: picture ? { alternative: picture.alternative } : null,
  };
}

function examBlock(block: StimulusBlock): ExamBlock {
  if (block.type !== "image") return block;
  const { media: _, ...shown } = block;
  return shown;
}
