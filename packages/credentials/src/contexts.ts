import { createHash } from "node:crypto";
import credentialsV2 from "../contexts/credentials-v2.json" with { type: "json" };
import openBadges from "../contexts/open-badges-3.0.3.json" with { type: "json" };

export const CREDENTIALS_CONTEXT = "https://www.w3.org/ns/credentials/v2";
export const OPEN_BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/** SHA-256 of each context as JSON without white space: a changed word would change what every signature covers. */
const pinned: Readonly<Record<string, { readonly document: object; readonly sha256: string }>> = {
  [CREDENTIALS_CONTEXT]: {
    document: credentialsV2,
    sha256: "bf6fd611e6773d58f649459a45dbbb81f94e8cfd058a756644cd5a4a882c4050",
  },
  [OPEN_BADGES_CONTEXT]: {
    document: openBadges,
    sha256: "e407ae98563c7b4708be4c8198a7f254bc09c131afc68e73d5f90eb0a34c6f7f",
  },
};

let checked = false;

/** The bundled context at this address; null for every other. Nothing is ever fetched. */
export function bundledContext(url: string): object | null {
  if (!checked) {
    for (const [address, { document, sha256 }] of Object.entries(pinned)) {
      const found = createHash("sha256").update(JSON.stringify(document)).digest("hex");
      if (found !== sha256) throw new Error(`the bundled context ${address} is not the one we pinned`);
    }
    checked = true;
  }
  return Object.hasOwn(pinned, url) ? (pinned[url]?.document ?? null) : null;
}

/** A document loader for the JSON-LD libraries: bundled contexts and what `more` knows, nothing else. */
export function documentLoader(more: (url: string) => object | null = () => null) {
  return async (url: string): Promise<{ contextUrl: null; documentUrl: string; document: object }> => {
    const document = bundledContext(url) ?? more(url);
    if (document === null) throw new Error(`${url} is not bundled here, and nothing is fetched`);
    return { contextUrl: null, documentUrl: url, document };
  };
}
