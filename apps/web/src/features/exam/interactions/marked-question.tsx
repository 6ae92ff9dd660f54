import { type TextPiece, textPieces } from "@bandwise/core/bank/marked-text";
import { Fragment, type ReactNode } from "react";

/** A question over a text, with something to fill in or to pick wherever the text is marked. */
export function MarkedQuestion({
  stem,
  text,
  disabled,
  note,
  children,
}: {
  stem: string;
  text: string;
  disabled: boolean;
  note?: ReactNode;
  /** What stands at a gap or in place of selectable words. */
  children: (piece: TextPiece & { id: string }) => ReactNode;
}) {
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="stem mb-4">{stem}</legend>
      <p className="font-read text-read leading-[3.25rem] whitespace-pre-line">
        {textPieces(text).map((piece, index) => (
          <Fragment key={index}>{piece.id === undefined ? piece.text : children({ ...piece, id: piece.id })}</Fragment>
        ))}
      </p>
      {note}
    </fieldset>
  );
}
