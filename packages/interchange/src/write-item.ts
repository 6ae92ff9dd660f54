import type { Block, Interaction, Key, Option, SimpleInteraction, SpokenContent, Turn } from "./item-model.ts";
import { mediaFolder, writeBlock } from "./write-blocks.ts";
import { identifierOf, responseName, writeScoring } from "./write-scoring.ts";
import { tag, type Xml, xmlDocument } from "./xml-text.ts";

interface KeyRationale {
  readonly key: string;
  readonly distractors: Readonly<Record<string, string>>;
}

interface MarkerRationale {
  readonly markerNotes: string;
}

/** An item of the bank on its way out: the bank's own shape. */
export type ExportItem = {
  readonly id: string;
  readonly level: string;
  readonly subSkill: string;
  readonly topic: string;
  readonly difficulty: number;
  readonly anchor: boolean;
  readonly difficultyReason?: string | undefined;
  readonly fairness?: string | undefined;
} & (
  | {
      readonly skill: "reading";
      readonly content: {
        readonly stimulus: {
          readonly kind: string;
          readonly title?: string | undefined;
          readonly blocks: readonly Block[];
        };
        readonly interaction: Interaction;
      };
      readonly key: Key;
      readonly rationale: KeyRationale;
    }
  | {
      readonly skill: "listening";
      readonly content: {
        readonly stimulus: {
          readonly kind: string;
          readonly setting: string;
          readonly plays: number;
          readonly media: string;
          readonly durationSeconds: number;
          readonly blocks?: readonly Block[] | undefined;
          readonly turns: readonly (Turn & { readonly pauseAfterMs: number })[];
        };
        readonly interaction: Interaction;
      };
      readonly key: Key;
      readonly rationale: KeyRationale;
    }
  | {
      readonly skill: "writing";
      readonly content: {
        readonly title: string;
        readonly situation: string;
        readonly reader: string;
        readonly purpose: string;
        readonly instruction: string;
        readonly points: readonly string[];
        readonly minWords: number;
        readonly maxWords: number;
        readonly suggestedMinutes: number;
      };
      readonly rationale: MarkerRationale;
    }
  | { readonly skill: "speaking"; readonly content: SpokenContent; readonly rationale: MarkerRationale }
);

/** The item as a QTI 3.0 file. What QTI has no place for stands in a file beside it (write-package). */
export function writeItem(item: ExportItem): string {
  const { declarations, body, processing, title } = written(item);
  return xmlDocument(
    tag(
      "qti-assessment-item",
      {
        xmlns: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        identifier: item.id,
        title,
        adaptive: "false",
        "time-dependent": "false",
        "xml:lang": "en",
      },
      ...declarations,
      tag("qti-item-body", {}, ...body, writeNotes(item)),
      ...(processing ? [processing] : []),
    ),
  );
}

/** Why the key is right, or what markers should know: for authors and scorers only. */
function writeNotes({ rationale }: ExportItem): Xml {
  const view = "key" in rationale ? "author" : "scorer";
  return tag(
    "qti-rubric-block",
    { view, use: "scoring" },
    tag("p", {}, "key" in rationale ? rationale.key : rationale.markerNotes),
  );
}

interface Written {
  readonly title: string;
  readonly declarations: readonly Xml[];
  readonly body: readonly Xml[];
  readonly processing: Xml | null;
}

function written(item: ExportItem): Written {
  switch (item.skill) {
    case "reading":
    case "listening": {
      const scoring = writeScoring(item.key);
      const { stimulus, interaction } = item.content;
      const heard = "media" in stimulus ? [writeAudio(stimulus.media, stimulus.plays)] : [];
      return {
        title: "media" in stimulus ? stimulus.setting : (stimulus.title ?? item.id),
        declarations: [...scoring.declarations, ...(heard.length > 0 ? [playsDeclaration] : [])].sort(
          (a, b) => order(a) - order(b),
        ),
        body: [...heard, ...(stimulus.blocks ?? []).map(writeBlock), ...writeInteraction(interaction)],
        processing: scoring.processing,
      };
    }
    case "writing": {
      const { title, situation, instruction, points, maxWords } = item.content;
      return {
        title,
        declarations: [declareTask("string")],
        body: [
          tag("p", {}, situation),
          tag("ul", {}, ...points.map((point) => tag("li", {}, point))),
          tag(
            "qti-extended-text-interaction",
            // Six letters and a space a word.
            { "response-identifier": "RESPONSE", "expected-length": maxWords * 7 },
            tag("qti-prompt", {}, instruction),
          ),
        ],
        processing: null,
      };
    }
    case "speaking": {
      return {
        title: item.content.title,
        declarations: [declareTask("file")],
        body: [
          ...writeSpoken(item.content),
          tag("qti-upload-interaction", { "response-identifier": "RESPONSE", type: "audio/*" }),
        ],
        processing: null,
      };
    }
  }
}

/** QTI wants responses declared before outcomes. */
const order = ({ xml }: Xml): number => (xml.startsWith("<qti-response-declaration") ? 0 : 1);

const playsDeclaration = tag("qti-response-declaration", {
  identifier: "PLAYS",
  cardinality: "single",
  "base-type": "integer",
});

function declareTask(baseType: string): Xml {
  return tag("qti-response-declaration", { identifier: "RESPONSE", cardinality: "single", "base-type": baseType });
}

function writeAudio(media: string, plays: number): Xml {
  return tag(
    "qti-media-interaction",
    { "response-identifier": "PLAYS", autostart: "false", "max-plays": plays },
    tag("audio", { src: `../${mediaFolder}/${media}` }, " "),
  );
}

/** A spoken task's fields differ by kind; those every reader of QTI can show are its prompt, points, recorded turn and picture. */
function writeSpoken(content: SpokenContent): Xml[] {
  const turn = "turn" in content ? content.turn : undefined;
  const picture = "picture" in content ? content.picture : undefined;
  return [
    ...(turn ? [tag("audio", { src: `../${mediaFolder}/${turn.media}` }, " ")] : []),
    ...("prompt" in content ? [tag("p", {}, content.prompt)] : []),
    ...("points" in content ? [tag("ul", {}, ...content.points.map((point) => tag("li", {}, point)))] : []),
    ...(picture ? [tag("img", { src: `../${mediaFolder}/${picture.media}`, alt: picture.alternative })] : []),
  ];
}

function writeInteraction(interaction: Interaction): Xml[] {
  if (interaction.type !== "composite") return writePart(interaction, null);
  return [tag("p", {}, interaction.stem), ...interaction.parts.flatMap((part) => writePart(part.interaction, part.id))];
}

function writePart(interaction: SimpleInteraction, part: string | null): Xml[] {
  const response = { "response-identifier": responseName(part) };
  const prompt = tag("qti-prompt", {}, interaction.stem);
  const choices = (options: readonly Option[]): Xml[] =>
    options.map(({ id, text }) => tag("qti-simple-choice", { identifier: identifierOf(id) }, text));
  switch (interaction.type) {
    case "choice":
      return [
        tag(
          "qti-choice-interaction",
          { ...response, "max-choices": 1, shuffle: "false" },
          prompt,
          ...choices(interaction.options),
        ),
      ];
    case "multiple-response":
      return [
        tag(
          "qti-choice-interaction",
          { ...response, "max-choices": interaction.choose, shuffle: "false" },
          prompt,
          ...choices(interaction.options),
        ),
      ];
    case "ordering":
      return [
        tag("qti-order-interaction", { ...response, shuffle: "false" }, prompt, ...choices(interaction.elements)),
      ];
    case "matching": {
      const set = (options: readonly Option[], letter: string, most: number): Xml =>
        tag(
          "qti-simple-match-set",
          {},
          ...options.map(({ id, text }) =>
            tag("qti-simple-associable-choice", { identifier: `${letter}.${id}`, "match-max": most }, text),
          ),
        );
      const { prompts, options } = interaction;
      return [
        tag(
          "qti-match-interaction",
          { ...response, "max-associations": prompts.length },
          prompt,
          set(prompts, "p", 1),
          set(options, "o", prompts.length),
        ),
      ];
    }
    case "gap-fill":
      return [
        tag(
          "qti-gap-match-interaction",
          response,
          prompt,
          ...interaction.options.map(({ id, text }) =>
            tag("qti-gap-text", { identifier: `o.${id}`, "match-max": 0 }, text),
          ),
          ...textLines(interaction.text, (id) => tag("qti-gap", { identifier: `g.${id}` })),
        ),
      ];
    case "hottext":
      return [
        tag(
          "qti-hottext-interaction",
          { ...response, "max-choices": interaction.choose },
          prompt,
          ...textLines(interaction.text, (id, words) => tag("qti-hottext", { identifier: identifierOf(id) }, words)),
        ),
      ];
    case "text-entry":
      return [tag("p", {}, interaction.stem), tag("p", {}, writeField(part, undefined, interaction.maxLength))];
    case "cloze": {
      const lengths = new Map(interaction.gaps.map(({ id, maxLength }) => [id, maxLength]));
      return [
        tag("p", {}, interaction.stem),
        ...textLines(interaction.text, (id) => writeField(part, id, lengths.get(id) ?? 20)),
      ];
    }
    case "inline-choice": {
      const gaps = new Map(interaction.gaps.map(({ id, options }) => [id, options]));
      return [
        tag("p", {}, interaction.stem),
        ...textLines(interaction.text, (id) =>
          tag(
            "qti-inline-choice-interaction",
            { "response-identifier": responseName(part, id), shuffle: "false" },
            ...(gaps.get(id) ?? []).map((option) =>
              tag("qti-inline-choice", { identifier: identifierOf(option.id) }, option.text),
            ),
          ),
        ),
      ];
    }
  }
}

function writeField(part: string | null, gap: string | undefined, maxLength: number): Xml {
  // A field takes twice what is expected, here and where it is read back.
  return tag("qti-text-entry-interaction", {
    "response-identifier": responseName(part, gap),
    "expected-length": Math.ceil(maxLength / 2),
  });
}

/** A text with `[[id]]` or `[[id|words]]` in it, a paragraph a line. */
function textLines(text: string, mark: (id: string, words: string) => Xml): Xml[] {
  return text.split("\n").map((line) =>
    tag(
      "p",
      {},
      ...line.split(/(\[\[[a-z0-9-]+(?:\|[^\]]*)?\]\])/).flatMap((piece): (Xml | string)[] => {
        const [, id, words = ""] = /^\[\[([a-z0-9-]+)(?:\|([^\]]*))?\]\]$/.exec(piece) ?? [];
        return id === undefined ? (piece === "" ? [] : [piece]) : [mark(id, words)];
      }),
    ),
  );
}
