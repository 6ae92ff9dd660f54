"use client";

import type { BankItem } from "@bandwise/core/bank/schema";
import type { AnswerValue } from "@bandwise/core/delivery/schema";
import { type ReactNode, useState } from "react";
import { answerInWords } from "../exam/answer-words.ts";
import { ItemPreview } from "./preview/item-preview.tsx";
import { ReviewForm, type ReviewFormProps } from "./review-form.tsx";

/** The item as a candidate meets it beside what the reviewer signs: what is answered in the one is the solution in the other. */
export function ReviewDesk({
  skill,
  content,
  form,
  children,
  beside,
}: Pick<BankItem, "skill"> & {
  content: BankItem["content"];
  /** What there is to sign; null where this person may not, or nobody has to. */
  form: Omit<ReviewFormProps, "solution"> | null;
  /** Below the item. */
  children: ReactNode;
  /** Below the form. */
  beside: ReactNode;
}) {
  const [value, setValue] = useState<AnswerValue>(null);
  const interaction = "interaction" in content ? content.interaction : null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 desk:grid-cols-[minmax(0,1fr)_360px]">
      <div className="grid min-w-0 content-start gap-5">
        <ItemPreview skill={skill} content={content} answer={{ value, onValueChange: setValue }} />
        {children}
      </div>
      <aside aria-label="Your review" className="min-w-0">
        {form ? (
          <ReviewForm
            {...form}
            solution={interaction && { value, words: value === null ? null : answerInWords(value, interaction) }}
          />
        ) : null}
        {beside}
      </aside>
    </div>
  );
}
