import { textPieces } from "@bandwise/core/bank/marked-text";
import type { Interaction, PartInteraction } from "@bandwise/core/bank/schema";
import { Fragment, type ReactNode } from "react";

const letter = (index: number): string => String.fromCharCode(65 + index);

/** A question on paper: what is clicked on a screen is ticked, written or underlined here. */
export function PaperQuestion({ interaction }: { interaction: Interaction }) {
  if (interaction.type !== "composite") return <PaperPart interaction={interaction} />;
  return (
    <div className="grid gap-5">
      <p className="font-semibold">{interaction.stem}</p>
      {interaction.parts.map((part, index) => (
        <div key={part.id} className="booklet-question grid grid-cols-[1.75rem_minmax(0,1fr)]">
          <span className="font-semibold">({index + 1})</span>
          <PaperPart interaction={part.interaction} />
        </div>
      ))}
    </div>
  );
}

function PaperPart({ interaction }: { interaction: PartInteraction }) {
  switch (interaction.type) {
    case "choice":
      return (
        <Asked stem={interaction.stem} how="Tick one box.">
          <Options options={interaction.options} />
        </Asked>
      );
    case "multiple-response":
      return (
        <Asked stem={interaction.stem} how={`Tick up to ${interaction.choose} boxes.`}>
          <Options options={interaction.options} />
        </Asked>
      );
    case "text-entry":
      return (
        <Asked stem={interaction.stem} how="Write your answer.">
          <span className="booklet-line max-w-80" />
        </Asked>
      );
    case "matching":
      return (
        <Asked stem={interaction.stem} how="Write a letter in each box.">
          <div className="grid gap-4 wide:grid-cols-2 print:grid-cols-2">
            <ul className="grid content-start gap-2">
              {interaction.prompts.map((prompt) => (
                <li key={prompt.id} className="flex gap-3">
                  <span className="booklet-box" />
                  {prompt.text}
                </li>
              ))}
            </ul>
            <Lettered options={interaction.options} />
          </div>
        </Asked>
      );
    case "ordering":
      return (
        <Asked stem={interaction.stem} how={`Number them from 1 to ${interaction.elements.length}.`}>
          <ul className="grid gap-2">
            {interaction.elements.map((element) => (
              <li key={element.id} className="flex gap-3">
                <span className="booklet-box" />
                {element.text}
              </li>
            ))}
          </ul>
        </Asked>
      );
    case "gap-fill":
      return (
        <Asked stem={interaction.stem} how="Write a letter in each gap.">
          <Gapped text={interaction.text}>{(id) => <span className="booklet-gap">({id})</span>}</Gapped>
          <Lettered options={interaction.options} />
        </Asked>
      );
    case "inline-choice":
      return (
        <Asked stem={interaction.stem} how="In each gap write the words that fit.">
          <Gapped text={interaction.text}>{(id) => <span className="booklet-gap">({id})</span>}</Gapped>
          <ul className="grid gap-1">
            {interaction.gaps.map((gap) => (
              <li key={gap.id}>
                ({gap.id}) {gap.options.map(({ text }) => text).join(" / ")}
              </li>
            ))}
          </ul>
        </Asked>
      );
    case "cloze":
      return (
        <Asked stem={interaction.stem} how="Write in each gap.">
          <Gapped text={interaction.text}>{(id) => <span className="booklet-gap">({id})</span>}</Gapped>
        </Asked>
      );
    case "hottext":
      return (
        <Asked
          stem={interaction.stem}
          how={`Underline ${interaction.choose === 1 ? "one of the words" : `up to ${interaction.choose} of the words`} in brackets.`}
        >
          <Gapped text={interaction.text}>{(_, words) => <span className="whitespace-nowrap">[{words}]</span>}</Gapped>
        </Asked>
      );
  }
}

function Asked({ stem, how, children }: { stem: string; how: string; children: ReactNode }) {
  return (
    <div className="booklet-question grid gap-3">
      <div>
        <p className="font-semibold">{stem}</p>
        <p className="text-small text-ink-2">{how}</p>
      </div>
      {children}
    </div>
  );
}

type Choices = readonly { readonly id: string; readonly text: string }[];

function Options({ options }: { options: Choices }) {
  return (
    <ul className="grid gap-2">
      {options.map((option, index) => (
        <li key={option.id} className="flex gap-3">
          <span className="booklet-box">{letter(index)}</span>
          {option.text}
        </li>
      ))}
    </ul>
  );
}

function Lettered({ options }: { options: Choices }) {
  return (
    <ul className="grid content-start gap-1">
      {options.map((option, index) => (
        <li key={option.id} className="grid grid-cols-[1.5rem_minmax(0,1fr)]">
          <b>{letter(index)}</b>
          {option.text}
        </li>
      ))}
    </ul>
  );
}

function Gapped({ text, children }: { text: string; children: (id: string, words: string) => ReactNode }) {
  return (
    <p className="leading-8 whitespace-pre-line">
      {textPieces(text).map((piece, index) => (
        <Fragment key={index}>{piece.id === undefined ? piece.text : children(piece.id, piece.text)}</Fragment>
      ))}
    </p>
  );
}
