import type { LinearModel } from "./model.ts";
import { intelligibility } from "./models/speaking.ts";
import type { RaterVersion } from "./rating.ts";
import { sha256 } from "./score.ts";

/** Raised with every change that moves a text feature's value, so that a score names what it was measured with. */
export const featuresVersion = "2";

/** The same for the features of speech. */
const speechFeaturesVersion = "1";

/** What the checkers are: a new dictionary or new rules find other mistakes. A test holds them against what is installed. */
export const checkerVersions = { "harper.js": "2.10.0", nspell: "2.1.5", "dictionary-en": "4.0.0" } as const;

export function versionOf(model: LinearModel): RaterVersion {
  return { id: model.id, version: model.version, hash: sha256({ model, featuresVersion, checkerVersions }) };
}

export function speechVersionOf(model: LinearModel): RaterVersion {
  const hash = sha256({ model, intelligibility, featuresVersion, speechFeaturesVersion, checkerVersions });
  return { id: model.id, version: model.version, hash };
}

/**
 * What was measured, and on whose words: features of two recognisers are not alike, and a model that learned from one says
 * nothing of the other.
 */
export function speechMeasuresOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `speech ${speechFeaturesVersion}, text ${featuresVersion}, ${id} ${version}`;
}
