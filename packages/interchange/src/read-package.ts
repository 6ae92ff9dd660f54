import type { ItemMetadata } from "./item-model.ts";
import { readMetadata, type Vocabulary } from "./metadata.ts";
import { type ItemReading, isItem, readItem, resolvePath } from "./read-item.ts";
import { Refusal } from "./refusal.ts";
import { childNamed, childrenNamed, descendantsNamed, parseXml, type XmlElement } from "./xml.ts";

/** A place with files: a package, or a folder. Reading refuses what is too large or not there. */
export interface Files {
  readonly names: readonly string[];
  has(name: string): boolean;
  read(name: string): Promise<Uint8Array>;
}

/** One file that is, or was to be, an item. */
export type PackagedItem =
  | { readonly file: string; readonly xml: Uint8Array; readonly root: XmlElement; readonly reading: ItemReading }
  | { readonly file: string; readonly refusal: string };

const manifestName = "imsmanifest.xml";

/** What a manifest says of one item's file. */
interface Resource {
  readonly metadata: ItemMetadata;
  readonly element: XmlElement;
}

/** The manifest's resources by file; without a manifest there are none, and every item found is taken as it is. */
async function readManifest(files: Files, vocabulary: Vocabulary): Promise<Map<string, Resource>> {
  const name = files.names.find((file) => file === manifestName || file.endsWith(`/${manifestName}`));
  const resources = new Map<string, Resource>();
  if (name === undefined) return resources;
  const manifest = parseXml(await files.read(name), name);
  for (const element of descendantsNamed(manifest, "resource")) {
    const { type = "", href } = element.attributes;
    if (!/^imsqti_item/.test(type)) continue;
    const file = resolvePath(name, href ?? childNamed(element, "file")?.attributes.href ?? "");
    resources.set(file, { metadata: readMetadata(element, vocabulary), element });
  }
  return resources;
}

/**
 * Reads every item of a package or folder, one after the other, so that only one is in memory. Files that are no items
 * (tests, shared passages, media) are passed over; an item that cannot be read at all is a refusal.
 *
 * @throws Refusal for a manifest that cannot be read
 */
export async function* readPackage(files: Files, vocabulary: Vocabulary): AsyncGenerator<PackagedItem> {
  const resources = await readManifest(files, vocabulary);
  for (const file of resources.keys()) {
    if (!files.has(file)) yield { file, refusal: "is named by the manifest and not there" };
  }
  for (const file of files.names) {
    if (!file.toLowerCase().endsWith(".xml") || file.endsWith(manifestName)) continue;
    yield* readFile(files, file, vocabulary, resources.get(file));
  }
}

async function* readFile(
  files: Files,
  file: string,
  vocabulary: Vocabulary,
  resource: Resource | undefined,
): AsyncGenerator<PackagedItem> {
  try {
    const xml = await files.read(file);
    const root = parseXml(xml, file);
    if (!isItem(root)) {
      if (resource !== undefined) yield { file, refusal: `is named as an item and is a ${root.name}` };
      else if (root.name === "assessmentTest") yield { file, refusal: "is a test: items are taken, tests are not" };
      return;
    }
    const stimuli = await readStimuli(files, file, root);
    yield {
      file,
      xml,
      root,
      reading: readItem(root, {
        vocabulary,
        file,
        metadata: resource?.metadata ?? {},
        stimulus: (path) => stimuli.get(path) ?? null,
      }),
    };
  } catch (error) {
    // Whatever a file does to us, the files after it are still read.
    yield { file, refusal: error instanceof Refusal ? error.reason : `cannot be read: ${String(error)}` };
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
