import type { Fact } from "./differences.ts";
import type { OwnFacts } from "./item-draft.ts";
import type { ItemMetadata } from "./item-model.ts";
import { limits } from "./limits.ts";
import { readMetadata, type Vocabulary } from "./metadata.ts";
import { resolvePath } from "./package-paths.ts";
import { type ItemReading, isItem, readItem } from "./read-item.ts";
import { Refusal } from "./refusal.ts";
import { sha256 } from "./sha256.ts";
import { childNamed, childrenNamed, descendantsNamed, parseManifest, parseXml, type XmlElement } from "./xml.ts";

/** A place with files: a package, or a folder. Reading refuses what is too large or not there. */
export interface Files {
  readonly names: readonly string[];
  has(name: string): boolean;
  read(name: string): Promise<Uint8Array>;
}

/** One file that is, or was to be, an item. */
export type PackagedItem =
  | { readonly file: string; readonly xml: Uint8Array; readonly reading: ItemReading; readonly own: OwnFacts | null }
  | { readonly file: string; readonly refusal: string };

const manifestName = "imsmanifest.xml";

/** `items/r-b1-04.bandwise.json` lies beside `items/r-b1-04.xml`. */
export const factsEnding = ".bandwise.json";

/** What a manifest says of one item's file. */
interface Resource {
  readonly metadata: ItemMetadata;
  /** The file our own export put beside the item. */
  readonly facts: string | null;
}

/** The manifest's resources by file; without a manifest there are none, and every item found is taken as it is. */
async function readManifest(files: Files, vocabulary: Vocabulary): Promise<Map<string, Resource>> {
  const name = files.names.find((file) => file === manifestName || file.endsWith(`/${manifestName}`));
  const resources = new Map<string, Resource>();
  if (name === undefined) return resources;
  const manifest = parseManifest(await files.read(name), name);
  for (const element of descendantsNamed(manifest, "resource")) {
    const { type = "", href } = element.attributes;
    if (!/^imsqti_item/.test(type)) continue;
    const file = resolvePath(name, href ?? childNamed(element, "file")?.attributes.href ?? "");
    const beside = childrenNamed(element, "file").map((own) => resolvePath(name, own.attributes.href ?? ""));
    const facts = beside.find((own) => own.endsWith(factsEnding)) ?? null;
    resources.set(file, { metadata: readMetadata(element, vocabulary), facts });
  }
  return resources;
}

/** A package opened: what may be an item in it, in an order that stays the same, each read when asked for. */
export interface Package {
  readonly candidates: readonly string[];
  /** Null for a file that is no item and was not to be one: a test's part, a shared passage, a manifest. */
  read(file: string): Promise<PackagedItem | null>;
}

/** @throws Refusal for a manifest that cannot be read */
export async function openPackage(files: Files, vocabulary: Vocabulary): Promise<Package> {
  const resources = await readManifest(files, vocabulary);
  const found = files.names.filter((file) => file.toLowerCase().endsWith(".xml") && !file.endsWith(manifestName));
  const missing = [...resources.keys()].filter((file) => !files.has(file));
  return {
    candidates: [...missing, ...found],
    read: async (file) =>
      files.has(file)
        ? readFile(files, file, vocabulary, resources.get(file))
        : { file, refusal: "is named by the manifest and not there" },
  };
}

/** Reads every item of a package or folder, one after the other, so that only one is in memory. @throws Refusal */
export async function* readPackage(files: Files, vocabulary: Vocabulary): AsyncGenerator<PackagedItem> {
  const opened = await openPackage(files, vocabulary);
  for (const file of opened.candidates) {
    const packaged = await opened.read(file);
    if (packaged !== null) yield packaged;
  }
}

async function readFile(
  files: Files,
  file: string,
  vocabulary: Vocabulary,
  resource: Resource | undefined,
): Promise<PackagedItem | null> {
  try {
    const xml = await files.read(file);
    const root = parseXml(xml, file);
    if (!isItem(root)) {
      if (resource !== undefined) return { file, refusal: `is named as an item and is a ${root.name}` };
      return root.name === "assessmentTest" ? { file, refusal: "is a test: items are taken, tests are not" } : null;
    }
    const stimuli = await readStimuli(files, file, root);
    return {
      file,
      xml,
      own: await readFacts(files, resource?.facts ?? null, xml),
      reading: readItem(root, {
        vocabulary,
        file,
        metadata: resource?.metadata ?? {},
        stimulus: (path) => stimuli.get(path) ?? null,
      }),
    };
  } catch (error) {
    // Whatever a file does to us, the files after it are still read.
    return { file, refusal: error instanceof Refusal ? error.reason : `cannot be read: ${String(error)}` };
  }
}

/** The shared passages an item names, as far as they can be read. */
async function readStimuli(files: Files, file: string, root: XmlElement): Promise<Map<string, XmlElement>> {
  const stimuli = new Map<string, XmlElement>();
  for (const { attributes } of childrenNamed(root, "assessmentStimulusRef")) {
    const path = resolvePath(file, attributes.href ?? "");
    if (files.has(path)) stimuli.set(path, parseXml(await files.read(path), path));
  }
  return stimuli;
}

/** What the bank noted beside the item when it wrote it (write-package); null where there is nothing that can be read. */
async function readFacts(files: Files, name: string | null, xml: Uint8Array): Promise<OwnFacts | null> {
  if (name === null || !files.has(name)) return null;
  const text = new TextDecoder().decode(await files.read(name));
  if (text.length > limits.xmlBytes || depthOf(text) > limits.xmlDepth)
    throw new Refusal(name, "is too large or too deep");
  let noted: unknown;
  try {
    noted = JSON.parse(text);
  } catch {
    throw new Refusal(name, "is not JSON");
  }
  if (typeof noted !== "object" || noted === null || !("facts" in noted) || !Array.isArray(noted.facts)) return null;
  const facts = noted.facts.flatMap((fact: unknown): Fact[] =>
    typeof fact === "object" && fact !== null && "place" in fact && typeof fact.place === "string"
      ? [{ place: fact.place, value: "value" in fact ? fact.value : undefined }]
      : [],
  );
  return { facts, intact: "sha256" in noted && noted.sha256 === sha256(xml) };
}

/** Brackets inside brackets, those in strings included: an upper bound. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const sign of text.matchAll(/[[{\]}]/g)) {
    depth += sign[0] === "[" || sign[0] === "{" ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
