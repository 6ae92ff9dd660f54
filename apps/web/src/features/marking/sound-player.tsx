"use client";

import type { Annotation } from "@bandwise/core/marking/schema";
import { MessageSquarePlus, Pause, Play, Repeat, RotateCcw, RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { formatClock, formatCount } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { Segmented } from "@/ui/segmented.tsx";
import { Annotations, type Place } from "./annotations.tsx";
import { inOrder, isSpan } from "./segments.ts";
import { type Sound, speeds } from "./use-sound.ts";
import type { Stretch } from "./waveform.ts";
import { Waveform } from "./waveform.tsx";

/** Listening for marking: where it is, how fast, without the pauses, again and again. */
export function SoundPlayer({
  source,
  sound,
  peaks,
  silences,
  durationSeconds,
  annotations,
  disabled,
  onAnnotate,
}: {
  source: string;
  sound: Sound;
  peaks: readonly number[];
  silences: readonly Stretch[];
  durationSeconds: number;
  annotations: readonly Annotation[];
  disabled: boolean;
  onAnnotate: (annotations: readonly Annotation[]) => void;
}) {
  const [writing, setWriting] = useState<Place | null>(null);
  const pins = inOrder(annotations).flatMap(({ annotation }) => (isSpan(annotation) ? [] : [annotation.atSeconds]));
  const speed = speeds.find((known) => known === sound.speed) ?? 1;
  const pauses = silences.reduce((sum, { from, to }) => sum + to - from, 0);
  return (
    <section aria-labelledby="response-heading" className="border-y border-line pt-3 pb-4">
      <h2 id="response-heading" className="sr-only">
        Response: recording
      </h2>
      {/* biome-ignore lint/a11y/useMediaCaption: the answer is judged as it sounds; there is no transcript */}
      <audio ref={sound.audio} src={source} preload="auto" />
      {sound.failed ? (
        <Notice
          tone="bad"
          title="The recording does not play"
          action={
            <Button size="sm" onClick={sound.retry}>
              Load it again
            </Button>
          }
        >
          If it still does not play, say that the script cannot be marked because of a fault.
        </Notice>
      ) : (
        <>
          <Waveform {...{ peaks, silences, durationSeconds, pins }} at={sound.at} onSeek={sound.seek} />
          <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-2">
            <div className="flex items-center gap-1.5">
              <Button
                className="max-wide:min-h-11 max-wide:min-w-11"
                iconOnly
                aria-label="Back 5 seconds"
                icon={<RotateCcw aria-hidden="true" />}
                onClick={() => sound.moveBy(-5)}
              />
              <Button
                className="min-w-11 max-wide:min-h-11 [&_svg]:fill-current"
                variant="primary"
                iconOnly
                aria-label={sound.playing ? "Pause" : "Play"}
                icon={sound.playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
                onClick={sound.toggle}
              />
              <Button
                className="max-wide:min-h-11 max-wide:min-w-11"
                iconOnly
                aria-label="On 5 seconds"
                icon={<RotateCw aria-hidden="true" />}
                onClick={() => sound.moveBy(5)}
              />
            </div>
            <p className="text-[0.9375rem] whitespace-nowrap tabular-nums" aria-hidden="true">
              <b className="font-semibold">{formatClock(Math.floor(sound.at))}</b>
              <span className="text-ink-3"> / {formatClock(Math.round(durationSeconds))}</span>
            </p>
            <span className="flex-1" />
            <Segmented
              legend="Speed"
              name="speed"
              size="sm"
              className="max-wide:order-last max-wide:w-full"
              options={speeds.map((known) => ({ value: String(known), label: `${known}×` }))}
              value={String(speed)}
              onValueChange={(value) => sound.setSpeed(Number(value))}
            />
          </div>
          <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
            <p className="mr-auto text-small text-ink-3">
              {silences.length === 0
                ? "No pause of a second or more."
                : `${formatCount(silences.length, "pause", "pauses")} of a second or more (shaded), ${Math.round(pauses)} s together.`}
            </p>
            <Checkbox
              name="skip"
              className="text-dense whitespace-nowrap"
              checked={sound.skip}
              disabled={silences.length === 0}
              onChange={(event) => sound.setSkip(event.target.checked)}
            >
              Skip silence
            </Checkbox>
            {disabled ? null : (
              <Button
                size="sm"
                className="max-wide:min-h-11"
                icon={<MessageSquarePlus aria-hidden="true" />}
                data-comment=""
                onClick={() => setWriting({ atSeconds: Math.round(sound.at * 10) / 10 })}
              >
                Comment here
              </Button>
            )}
            <Button
              size="sm"
              className="max-wide:min-h-11"
              aria-pressed={sound.loop}
              variant={sound.loop ? "primary" : "secondary"}
              icon={<Repeat aria-hidden="true" />}
              onClick={() => sound.setLoop(!sound.loop)}
            >
              Loop
            </Button>
          </div>
          <div className="mt-2">
            <Annotations
              text=""
              annotations={annotations}
              writing={disabled ? null : writing}
              disabled={disabled}
              onAnnotate={onAnnotate}
              onClose={() => setWriting(null)}
              onSeek={sound.seek}
            />
          </div>
        </>
      )}
    </section>
  );
}
