import { isAccepted } from "@bandwise/scoring/typed-answer";
import { type AnswerSpace, acceptedTexts, answerSpace, rightOptions, rightPlacings } from "./answer-space.ts";
import { gapIds } from "./marked-text.ts";
import {
  type BankItem,
  type Interaction,
  type ItemKey,
  maxPlaces,
  type PartInteraction,
  type PartKey,
  type Points,
} from "./schema.ts";

/** Field → rule broken. */
type Problems = Record<string, string>;
/** Where the two stand in the item. */
interface Place {
  readonly interaction: string;
  readonly key: string;
}

/**
 * Refuses content whose key does not fit its interaction: the one check between an editor's slip and a wrong score.
 *
 * @returns field → rule broken; empty when sound.
 */
export function keyProblems(item: BankItem): Problems {
  if (item.skill === "writing" || item.skill === "speaking") return {};
  return answerProblems(item.content.interaction, item.key, { interaction: "content.interaction", key: "key" });
}

function answerProblems(interaction: Interaction, key: ItemKey, at: Place): Problems {
  if (interaction.type !== "composite" && key.type !== "composite") return partProblems(interaction, key, at);
  if (interaction.type !== "composite" || key.type !== "composite") return wrongType(interaction, at);
  const ids = idsOf(interaction.parts);
  return Object.assign(
    uniqueIds(`${at.interaction}.parts`, ids),
    exactly(`${at.key}.parts`, Object.keys(key.parts), ids),
    known(`${at.key}.weights`, Object.keys(key.weights ?? {}), ids),
    ...interaction.parts.map((part, index) => {
      const partKey = key.parts[part.id];
      const place = {
        interaction: `${at.interaction}.parts.${index}.interaction`,
        key: `${at.key}.parts.${part.id}`,
      };
      return partKey ? partProblems(part.interaction, partKey, place) : {};
    }),
  );
}

function partProblems(interaction: PartInteraction, key: PartKey, at: Place): Problems {
  if (interaction.type !== key.type) return wrongType(interaction, at);
  const space = answerSpace(interaction);
  return {
    ...textProblems(interaction, at.interaction),
    ...correctProblems(interaction, space, key, at),
    ...(key.points && pointsProblems(space, key.points, `${at.key}.points`)),
  };
}

/** The gaps of a text are there, once each, and are those that the interaction speaks of. */
function textProblems(interaction: PartInteraction, at: string): Problems {
  if (interaction.type !== "gap-fill" && interaction.type !== "inline-choice" && interaction.type !== "cloze")
    return {};
  const gaps = gapIds(interaction.text);
  if (gaps.length === 0) return { [`${at}.text`]: "has no gap" };
  // An answer with more places is refused by delivery.
  if (gaps.length > maxPlaces) return { [`${at}.text`]: `has more than ${maxPlaces} gaps` };
  if (interaction.type === "gap-fill") return uniqueIds(`${at}.text`, gaps);
  return { ...exactly(`${at}.gaps`, idsOf(interaction.gaps), gaps), ...uniqueIds(`${at}.text`, gaps) };
}

function correctProblems(interaction: PartInteraction, space: AnswerSpace, key: PartKey, at: Place): Problems {
  const correct = `${at.key}.correct`;
  switch (space.kind) {
    case "pick": {
      const right = rightOptions(key);
      const field = interaction.type === "hottext" ? "text" : "options";
      return {
        ...uniqueIds(`${at.interaction}.${field}`, idsOf(space.options)),
        ...known(correct, right, idsOf(space.options)),
        ...(space.options.length < 2 && { [`${at.interaction}.${field}`]: "offers nothing to choose between" }),
        ...(right.length > space.most && { [correct]: `names more than the ${space.most} that may be chosen` }),
      };
    }
    case "place": {
      const placings = rightPlacings(key);
      return {
        ...uniqueIds(`${at.interaction}.prompts`, interaction.type === "matching" ? idsOf(interaction.prompts) : []),
        ...Object.assign(
          {},
          ...optionFields(interaction, at.interaction).map((list) => uniqueIds(list.field, list.ids)),
        ),
        ...exactly(correct, Object.keys(placings), idsOf(space.places)),
        ...Object.assign(
          {},
          ...space.places.map(({ id, options }) =>
            placings[id] === undefined ? {} : known(correct, [placings[id]], idsOf(options)),
          ),
        ),
      };
    }
    case "order":
      return {
        ...uniqueIds(`${at.interaction}.elements`, idsOf(space.elements)),
        ...exactly(correct, rightOptions(key), idsOf(space.elements)),
      };
    case "write": {
      const accepted = Object.entries(acceptedTexts(key));
      const clashes = accepted.filter(([, rule]) => rule.caseSensitive && rule.spellingTolerance > 0);
      const wordy = accepted.flatMap(([id, rule]) => {
        // A number equals itself; what is no number equals nothing.
        const words = rule.numeric ? rule.accepted.find((text) => !isAccepted(rule, text)) : undefined;
        return words === undefined ? [] : [{ id, words }];
      });
      return {
        ...(key.type === "cloze" && exactly(`${at.key}.gaps`, Object.keys(key.gaps), idsOf(space.places))),
        ...Object.fromEntries(
          clashes.map(([id]) => [
            id === "" ? `${at.key}.spellingTolerance` : `${at.key}.gaps.${id}.spellingTolerance`,
            "cannot forgive a slip where capitals count",
          ]),
        ),
        ...Object.fromEntries(
          wordy.map(({ id, words }) => [
            id === "" ? `${at.key}.accepted` : `${at.key}.gaps.${id}.accepted`,
            `holds “${words}”, which is no number`,
          ]),
        ),
      };
    }
  }
}

function optionFields(interaction: PartInteraction, at: string): { field: string; ids: string[] }[] {
  if (interaction.type === "inline-choice")
    return interaction.gaps.map(({ options }, index) => ({
      field: `${at}.gaps.${index}.options`,
      ids: idsOf(options),
    }));
  return "options" in interaction ? [{ field: `${at}.options`, ids: idsOf(interaction.options) }] : [];
}

function pointsProblems(space: AnswerSpace, points: Points, at: string): Problems {
  const max = Number(points.max);
  const isList = space.kind === "order" || (space.kind === "pick" && space.most > 1);
  return {
    ...(max <= 0 && { [`${at}.max`]: "must be more than 0" }),
    ...(Number(points.min ?? "0") > max && { [`${at}.min`]: "must not be more than the most" }),
    // Otherwise a made-up answer of many entries would earn points.
    ...(isList && Number(points.otherwise) > 0 && { [`${at}.otherwise`]: "must not be more than 0 here" }),
    ...pointNames(space, Object.keys(points.values), `${at}.values`),
  };
}

function pointNames(space: AnswerSpace, names: readonly string[], field: string): Problems {
  switch (space.kind) {
    case "pick":
      return known(field, names, idsOf(space.options));
    case "place":
      return known(
        field,
        names,
        space.places.flatMap((place) => place.options.map((option) => `${place.id}:${option.id}`)),
      );
    case "order":
      return known(
        field,
        names,
        space.elements.flatMap((_, index) => space.elements.map(({ id }) => `${index + 1}:${id}`)),
      );
    case "write": {
      const gaps = idsOf(space.places);
      if (gaps.includes("")) return {};
      const lost = names.find((name) => !gaps.some((gap) => name.startsWith(`${gap}:`)));
      return lost === undefined ? {} : { [field]: `names ${lost}, which does not begin with a gap and a colon` };
    }
  }
}

function idsOf(list: readonly { readonly id: string }[]): string[] {
  return list.map(({ id }) => id);
}

function wrongType(interaction: Interaction, at: Place): Problems {
  return { [at.key]: `must be of type ${interaction.type}` };
}

function uniqueIds(field: string, ids: readonly string[]): Problems {
  return new Set(ids).size === ids.length ? {} : { [field]: "has two entries with one id" };
}

function known(field: string, named: readonly string[], ids: readonly string[]): Problems {
  if (new Set(named).size !== named.length) return { [field]: "names something twice" };
  const unknown = named.filter((id) => !ids.includes(id));
  return unknown.length > 0 ? { [field]: `names ${unknown.join(", ")}, which is not there` } : {};
}

function exactly(field: string, named: readonly string[], needed: readonly string[]): Problems {
  return new Set(named).size === named.length && [...named].sort().join() === [...needed].sort().join()
    ? {}
    : { [field]: `must name exactly ${needed.join(", ")}` };
}
