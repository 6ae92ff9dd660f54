import type { Annotation } from "@bandwise/core/marking/schema";
import { useMemo } from "react";
import { Notice } from "@/ui/notice.tsx";
import type { MarkedScript } from "./marking-api.ts";
import { SoundPlayer } from "./sound-player.tsx";
import { TaskView } from "./task-view.tsx";
import { TextResponse } from "./text-response.tsx";
import type { Sound } from "./use-sound.ts";
import type { Stretch } from "./waveform.ts";

/** What was asked and what came back. */
export function ResponsePane({
  script,
  sound,
  silences,
  annotations,
  disabled,
  onAnnotate,
}: {
  script: MarkedScript;
  sound: Sound;
  silences: readonly Stretch[];
  annotations: readonly Annotation[];
  disabled: boolean;
  onAnnotate: (annotations: readonly Annotation[]) => void;
}) {
  const { work } = script;
  const peaks = useMemo(() => (work.skill === "speaking" ? (work.recording?.peaks ?? []) : []), [work]);
  return (
    <>
      <TaskView scriptId={script.id} work={work} markerNotes={script.markerNotes} />
      {work.skill === "writing" ? (
        <TextResponse {...{ work, annotations, disabled, onAnnotate }} />
      ) : work.recording?.status === "processed" ? (
        <SoundPlayer
          source={`/api/marking/scripts/${script.id}/audio`}
          sound={sound}
          peaks={peaks}
          silences={silences}
          durationSeconds={work.recording.durationSeconds}
          {...{ annotations, disabled, onAnnotate }}
        />
      ) : (
        <Notice tone="warn" title="There is no recording to hear">
          It could not be read when it arrived. Say that the script cannot be marked because of a fault: an
          administrator looks at it then.
        </Notice>
      )}
    </>
  );
}
