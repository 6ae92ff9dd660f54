import type { BankItem, Interaction } from "@bandwise/core/bank/schema";
import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/ui/badge.tsx";

/** What only staff may see: the key with its reason, and why each wrong answer is wrong. */
export function AnswerKey({ item }: { item: BankItem }) {
  if (item.skill === "writing" || item.skill === "speaking") {
    return (
      <Part title="Notes for markers">
        <p className="whitespace-pre-line">{item.rationale.markerNotes}</p>
        {item.skill === "writing" ? (
          <p className="mt-2 text-ink-2">
            Reader: {item.content.reader} Purpose: {item.content.purpose}
          </p>
        ) : null}
        {item.skill === "speaking" && item.content.turn ? (
          <p className="mt-2 text-ink-2">
            {item.content.turn.speaker} (voice {item.content.turn.voice}): “{item.content.turn.text}”
          </p>
        ) : null}
      </Part>
    );
  }
  const { interaction } = item.content;
  const { distractors } = item.rationale;
  return (
    <>
      <Part title="Key">
        <ul className="grid gap-1">
          {rightAnswers(interaction, item.key).map((text, index) => (
            <li key={index} className="flex items-baseline gap-2 font-semibold">
              <Check className="ico relative top-0.5 flex-none text-ok" aria-hidden="true" />
              {text}
            </li>
          ))}
        </ul>
        <p className="mt-2 text-ink-2">{item.rationale.key}</p>
        <p className="mt-2 flex flex-wrap gap-1.5">
          {item.key.type === "text-entry" ? (
            <Badge>{item.key.spellingTolerance === 1 ? "One slip of a letter forgiven" : "Exact spelling"}</Badge>
          ) : null}
          {"allOrNothing" in item.key && item.key.allOrNothing ? <Badge>All or nothing</Badge> : null}
          {item.key.type !== "choice" && item.key.type !== "text-entry" && !item.key.allOrNothing ? (
            <Badge>Partial credit</Badge>
          ) : null}
        </p>
      </Part>
      <Part title="Why the others are wrong">
        <dl className="grid gap-2">
          {Object.entries(distractors).map(([name, why]) => (
            <div key={name}>
              <dt className="flex items-baseline gap-2 font-semibold">
                <X className="ico relative top-0.5 flex-none text-bad" aria-hidden="true" />
                {describeWrong(interaction, name)}
              </dt>
              <dd className="pl-6 text-ink-2">{why}</dd>
            </div>
          ))}
        </dl>
      </Part>
      {item.skill === "listening" ? (
        <Part title="Transcript">
          <div className="grid gap-1.5">
            {item.content.stimulus.turns.map((turn, index) => (
              <p key={index}>
                <b>{turn.speaker}</b> <span className="text-ink-3">({turn.voice})</span> {turn.text}
              </p>
            ))}
          </div>
        </Part>
      ) : null}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-3 text-dense first:border-t-0">
      <h3 className="mb-1.5 text-ui font-semibold">{title}</h3>
      {children}
    </section>
  );
}

type Key = Extract<BankItem, { skill: "reading" }>["key"];
type Options = readonly { readonly id: string; readonly text: string }[];

function labelled(options: Options, id: string): string {
  const index = options.findIndex((option) => option.id === id);
  return index < 0 ? id : `${String.fromCharCode(65 + index)}. ${options[index]?.text}`;
}

function plain(options: Options, id: string): string {
  return options.find((option) => option.id === id)?.text ?? id;
}

function rightAnswers(interaction: Interaction, key: Key): string[] {
  if (interaction.type === "choice" && key.type === "choice") return [labelled(interaction.options, key.correct)];
  if (interaction.type === "multiple-response" && key.type === "multiple-response") {
    return key.correct.map((id) => labelled(interaction.options, id));
  }
  if (key.type === "text-entry") return key.accepted;
  if (interaction.type === "matching" && key.type === "matching") {
    return interaction.prompts.map(({ id, text }) => `${text}: ${plain(interaction.options, key.correct[id] ?? "–")}`);
  }
  if (interaction.type === "ordering" && key.type === "ordering") {
    return key.correct.map((id, index) => `${index + 1}. ${plain(interaction.elements, id)}`);
  }
  if (interaction.type === "gap-fill" && key.type === "gap-fill") {
    return Object.entries(key.correct).map(([gap, id]) => `Gap ${gap}: ${plain(interaction.options, id)}`);
  }
  return [];
}

/** A wrong option by its letter, a wrong placing (`p1:c`) by both its ends, anything else as written. */
function describeWrong(interaction: Interaction, name: string): string {
  switch (interaction.type) {
    case "choice":
    case "multiple-response":
      return labelled(interaction.options, name);
    case "matching": {
      const [prompt = "", option = ""] = name.split(":");
      return `${plain(interaction.prompts, prompt)}: ${plain(interaction.options, option)}`;
    }
    case "gap-fill": {
      const [gap = "", option = ""] = name.split(":");
      return `Gap ${gap}: ${plain(interaction.options, option)}`;
    }
    case "ordering":
      return name === "order" ? "A wrong order" : name;
    case "text-entry":
      return `“${name}”`;
  }
}
