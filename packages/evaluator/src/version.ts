import type { LinearModel } from "./model.ts";
import type { RaterVersion } from "./rating.ts";
import { sha256 } from "./score.ts";

/** Raised with every change that moves a text feature's value, so that a score names what it was measured with. */
export const featuresVersion = "1";

/** What the checkers are: a new dictionary or new rules find other mistakes. A test holds them against what is installed. */
export const checkerVersions = { "harper.js": "2.10.0", nspell: "2.1.5", "dictionary-en": "4.0.0" } as const;

export function versionOf(model: LinearModel): RaterVersion {
  return { id: model.id, version: model.version, hash: sha256({ model, featuresVersion, checkerVersions }) };
}
