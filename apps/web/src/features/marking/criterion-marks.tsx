"use client";

import type { RatingScale } from "@bandwise/core/marking/schema";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { classNames } from "@/ui/class-names.ts";
import { KeyHint } from "@/ui/key-hint.tsx";
import { MarkSlider } from "@/ui/mark-slider.tsx";
import { MarkStepper } from "@/ui/mark-stepper.tsx";
import { type Criterion, type Descriptor, firstSentence, markText, scoreText, standingOf } from "./descriptors.ts";

/** One criterion: its mark, and what that mark means. The active one opens its descriptors, the others say one line. */
export function CriterionMarks({
  criterion,
  scale,
  place,
  mark,
  active,
  disabled,
  onActivate,
  onMark,
}: {
  criterion: Criterion;
  scale: RatingScale;
  /** From 1: the key that chooses it. */
  place: number;
  mark: number | null;
  active: boolean;
  disabled: boolean;
  onActivate: () => void;
  onMark: (mark: number) => void;
}) {
  const [all, setAll] = useState(false);
  const chosen = {
    name: criterion.id,
    label: criterion.name,
    value: mark,
    onValueChange: (next: number) => {
      // Some browsers do not focus a button that is pressed.
      onActivate();
      onMark(next);
    },
    disabled,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus has come to the scale inside
    <div
      data-criterion={place}
      className={classNames(
        "relative -mx-4 border-t border-line px-4 pt-3 pb-3.5 desk:-mx-6 desk:px-6",
        active && "bg-paper shadow-[inset_4px_0_0_var(--accent)]",
      )}
      onFocus={onActivate}
    >
      <div className="mb-2 grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 wide:grid-cols-[9.5rem_minmax(0,1fr)_3rem]">
        <h3 className="flex items-baseline gap-2 text-[0.9375rem] font-semibold">
          <span className="only-wide" aria-hidden="true">
            <KeyHint>{place}</KeyHint>
          </span>
          {criterion.name}
        </h3>
        <p className="only-wide min-w-0 text-dense text-ink-2">
          <OneLine criterion={criterion} mark={active ? null : mark} />
        </p>
        <output
          aria-label={mark === null ? `${criterion.name}: no mark yet` : `${criterion.name}: ${markText(scale, mark)}`}
          className="text-right text-[1.375rem]/6 font-semibold tracking-tight tabular-nums"
        >
          {mark === null ? <span className="text-ink-3">–</span> : markText(scale, mark)}
        </output>
      </div>
      {scale.step === 0.5 ? (
        <MarkStepper {...chosen} highest={scale.highest === 9 ? 9 : 10} />
      ) : (
        <MarkSlider {...chosen} {...scale} />
      )}
      {active ? (
        <Descriptors criterion={criterion} scale={scale} mark={mark} all={all} onAll={() => setAll(!all)} />
      ) : null}
    </div>
  );
}

function OneLine({ criterion, mark }: { criterion: Criterion; mark: number | null }) {
  if (mark === null) return criterion.summary;
  const standing = standingOf(criterion, mark);
  if (standing.kind === "at") {
    return (
      <>
        <b className="font-medium text-ink">At {scoreText(standing.descriptor)}.</b>{" "}
        {firstSentence(standing.descriptor.text)}
      </>
    );
  }
  return (
    <>
      <b className="font-medium text-ink">
        Between {scoreText(standing.lower)} and {scoreText(standing.upper)}.
      </b>{" "}
      {firstSentence((standing.nearer ?? standing.lower).text)}
    </>
  );
}

function Descriptors({
  criterion,
  scale,
  mark,
  all,
  onAll,
}: {
  criterion: Criterion;
  scale: RatingScale;
  mark: number | null;
  all: boolean;
  onAll: () => void;
}) {
  const standing = mark === null ? null : standingOf(criterion, mark);
  const neighbours =
    standing === null
      ? criterion.descriptors
      : standing.kind === "at"
        ? standing.neighbours
        : [standing.lower, standing.upper];
  const ranges = criterion.descriptors.some(({ upTo }) => upTo !== undefined && upTo > 9);
  const near = standing === null ? null : standing.kind === "at" ? standing.descriptor : standing.nearer;
  return (
    <div className="mt-3.5 grid gap-y-2">
      <dl className="grid gap-x-7 gap-y-2.5 text-ui/[1.3125rem] wide:grid-cols-2">
        {(all ? criterion.descriptors : neighbours).map((descriptor) => (
          <DescriptorLine
            key={descriptor.score}
            descriptor={descriptor}
            near={descriptor === near}
            plain={near === null}
            ranges={ranges}
          />
        ))}
      </dl>
      {standing === null ? null : (
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <p className="text-dense text-ink-3">
            {standing.kind === "at" ? null : (
              <>
                <b className="font-semibold text-ink">{markText(scale, mark ?? 0)}</b> is between the two,{" "}
                {standing.nearer ? `nearer ${scoreText(standing.nearer)}` : "halfway"}.
              </>
            )}
          </p>
          <Button variant="quiet" size="sm" className="-mr-2.5 max-wide:min-h-11" aria-expanded={all} onClick={onAll}>
            {all ? "Only the nearest" : "All descriptors"}
          </Button>
        </div>
      )}
    </div>
  );
}

function DescriptorLine({
  descriptor,
  near,
  plain,
  ranges,
}: {
  descriptor: Descriptor;
  near: boolean;
  plain: boolean;
  /** Descriptors stand for stretches of a long scale, “56–77”, which take more room than a mark. */
  ranges: boolean;
}) {
  return (
    <div
      className={classNames(
        "grid gap-1.5",
        ranges ? "grid-cols-[3.75rem_minmax(0,1fr)]" : "grid-cols-[1.75rem_minmax(0,1fr)]",
        near || plain ? "text-ink" : "text-ink-2",
      )}
    >
      <dt className="text-[0.9375rem] font-semibold tabular-nums">
        <span className={classNames(near && "shadow-[inset_0_-2px_0_var(--accent)]")}>{scoreText(descriptor)}</span>
      </dt>
      <dd>{descriptor.text}</dd>
    </div>
  );
}
