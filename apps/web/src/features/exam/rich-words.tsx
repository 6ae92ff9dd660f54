import { type RichRun, richText } from "@bandwise/core/bank/marked-text";
import { Fragment } from "react";

/** A text of the bank with its emphasis. */
export function RichWords({ text }: { text: string }) {
  return richText(text).map((run, index) => <Fragment key={index}>{marked(run)}</Fragment>);
}

function marked({ text, strong, emphasis }: RichRun) {
  const words = emphasis ? <em>{text}</em> : text;
  return strong ? <strong>{words}</strong> : words;
}
