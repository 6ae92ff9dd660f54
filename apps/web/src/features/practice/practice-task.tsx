"use client";

import type { SpokenTask } from "@bandwise/core/delivery/exam-content";
import { turnOfPlay } from "@bandwise/core/delivery/rules";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { askHeard } from "@/features/exam/client/api.ts";
import { recordingFormat, StretchRecorder, type Take } from "@/features/exam/client/recorder.ts";
import { DialogueTask } from "@/features/exam/dialogue-task.tsx";
import type { SpeakingPlace } from "@/features/exam/speaking-place.ts";
import { SpeakingTask } from "@/features/exam/speaking-task.tsx";
import { useMicrophone } from "@/features/exam/use-microphone.ts";
import { Button } from "@/ui/button.tsx";
import { Notice } from "@/ui/notice.tsx";

/** The answer as it is sent: all stretches of sound, one after the other. */
interface Recorded {
  /** Chosen here: sent again it is the same take. */
  readonly takeId: string;
  readonly mimeType: string;
  readonly sound: Blob;
}

/** The exam's own task, held outside an exam: nothing is counted, and the answer goes up whole when it is over. */
export function PracticeTask({ itemVersionId, task }: { itemVersionId: string; task: SpokenTask }) {
  const router = useRouter();
  const microphone = useMicrophone();
  const recorded = useRef<Recorded | null>(null);
  /** The sending of what is recorded, under way or done: asked for twice, it goes up once. */
  const sending = useRef<Promise<string | null> | null>(null);
  const [takeId, setTakeId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const media = `/api/practice/items/${itemVersionId}/media`;

  function send(): Promise<string | null> {
    if (!recorded.current) return Promise.resolve(null);
    sending.current ??= post(recorded.current);
    return sending.current;
  }

  async function post({ takeId: name, sound, mimeType }: Recorded): Promise<string | null> {
    setProblem(null);
    try {
      const response = await fetch(`/api/practice/takes?item=${itemVersionId}&take=${name}`, {
        method: "POST",
        body: sound,
        headers: { "content-type": "application/octet-stream", "x-sound-type": mimeType },
      });
      if (!response.ok) throw new Error("refused");
      const { takeId: id } = (await response.json()) as { takeId: string };
      setTakeId(id);
      return id;
    } catch {
      sending.current = null;
      setProblem("Your answer could not be sent. It is still here: try again.");
      return null;
    }
  }

  function openTake(): Take {
    const mimeType = recordingFormat();
    if (!mimeType) throw new Error("This browser cannot record.");
    const pieces: Blob[] = [];
    const recorder = new StretchRecorder(mimeType, async (data) => void pieces.push(data));
    return {
      turns: 0,
      record: (stream) => recorder.record(stream),
      pause: () => recorder.stop(),
      close: async () => {
        const sound = await recorder.stop();
        recorded.current = { takeId: crypto.randomUUID(), mimeType, sound: new Blob(pieces, { type: mimeType }) };
        sending.current = null;
        void send();
        return { sound, durationSeconds: recorder.seconds };
      },
    };
  }

  const place: SpeakingPlace = {
    position: 1,
    total: 1,
    stream: microphone.stream,
    answered: false,
    takesMade: 0,
    plays: [],
    asked: [],
    timeUp: false,
    stored: takeId !== null,
    pictureUrl: media,
    continueWords: "See feedback",
    playTurn: async (number) => {
      const response = await fetch(`${media}?turn=${turnOfPlay(number)}`);
      if (!response.ok) throw new Error("The turn could not be fetched.");
      return response.blob();
    },
    hearTurn: (turn, samples) => askHeard(`/api/practice/items/${itemVersionId}/heard?turn=${turn}`, samples),
    tellPrompted: () => undefined,
    openTake: async () => openTake(),
    onContinue: () => {
      void (async () => {
        const id = await send();
        if (id) router.push(`/practice/takes/${id}`);
      })();
    },
  };

  if (microphone.problem) {
    return (
      <Notice
        tone="warn"
        title="The microphone cannot be used"
        action={<Button onClick={microphone.ask}>Try again</Button>}
      >
        <p>{microphone.problem}</p>
      </Notice>
    );
  }
  return (
    <>
      {problem ? (
        <p role="alert" className="mb-3 text-warn">
          {problem}
        </p>
      ) : null}
      {task.kind === "dialogue" ? <DialogueTask content={task} place={place} /> : null}
      {task.kind === "monologue" ? <SpeakingTask content={task} place={place} /> : null}
    </>
  );
}
