import { PassThrough, type Readable } from "node:stream";
import { ZipFile } from "yazl";
import { differences, type Fact } from "./differences.ts";
import { draftItem, type ImportDefaults } from "./item-draft.ts";
import type { ItemMetadata } from "./item-model.ts";
import { lomStep, sources, type Vocabulary } from "./metadata.ts";
import { readItem } from "./read-item.ts";
import { factsEnding } from "./read-package.ts";
import { sha256 } from "./sha256.ts";
import { mediaFolder } from "./write-blocks.ts";
import { type ExportItem, writeItem } from "./write-item.ts";
import { parseXml } from "./xml.ts";
import { tag, type Xml, xmlDocument } from "./xml-text.ts";
import { addMedia } from "./zip-media.ts";

export interface PackageSource<Item extends ExportItem> {
  readonly items: AsyncIterable<Item> | Iterable<Item>;
  /** The media an item shows, by their names in the bank. */
  mediaNames(item: Item): readonly string[];
  readMedia(name: string): Promise<Uint8Array>;
  readonly vocabulary: Vocabulary;
  readonly defaults: ImportDefaults;
  /** The date its files bear. */
  readonly at: Date;
}

/**
 * A QTI 3.0 package of items: a file for each, their media, and a manifest with LOM. Whatever QTI itself did not carry (found
 * by reading each written item back) stands in a file beside it, so that reading the package gives the same items.
 */
export function writePackage<Item extends ExportItem>(source: PackageSource<Item>): Readable {
  const zip = new ZipFile();
  const options = { mtime: source.at };
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  zip.on("error", (error) => output.destroy(error));
  const fill = async (): Promise<void> => {
    const resources: Xml[] = [];
    const media = new Set<string>();
    for await (const item of source.items) {
      const bytes = Buffer.from(writeItem(item), "utf8");
      const href = `items/${item.id}.xml`;
      zip.addBuffer(bytes, href, options);
      const names = source.mediaNames(item);
      for (const name of names) media.add(name);
      resources.push(describeItem(item, href, names));
      const facts = factsBeside(item, bytes, href, source);
      const noted = JSON.stringify({ sha256: sha256(bytes), facts }, null, 1);
      zip.addBuffer(Buffer.from(noted, "utf8"), factsFile(item), options);
    }
    for (const name of media) resources.push(describeMedia(name));
    addMedia(zip, media, (name) => source.readMedia(name), options);
    zip.addBuffer(Buffer.from(manifest(resources), "utf8"), "imsmanifest.xml", options);
    zip.end();
  };
  fill().catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))));
  return output;
}

function metadataOf({ skill, level, subSkill, topic, difficulty, anchor }: ExportItem): Required<ItemMetadata> {
  return { skill, level, subSkill, topic, difficulty, anchor };
}

/** What reading the written item back does not give. */
function factsBeside<Item extends ExportItem>(
  item: Item,
  bytes: Uint8Array,
  file: string,
  source: PackageSource<Item>,
): Fact[] {
  const reading = readItem(parseXml(bytes, file), { vocabulary: source.vocabulary, file, metadata: metadataOf(item) });
  return differences(draftItem(reading, source.defaults)?.item ?? {}, JSON.parse(JSON.stringify(item)));
}

function describeItem(item: ExportItem, href: string, media: readonly string[]): Xml {
  const text = (value: string): Xml => tag("string", { language: "en" }, value);
  const classify = (source: string, entry: string): Xml =>
    tag("taxonPath", {}, tag("source", {}, text(source)), tag("taxon", {}, tag("entry", {}, text(entry))));
  const metadata = metadataOf(item);
  const lom = tag(
    "lom",
    { xmlns: "http://ltsc.ieee.org/xsd/LOM" },
    tag(
      "general",
      {},
      tag("identifier", {}, tag("catalog", {}, "bandwise"), tag("entry", {}, item.id)),
      tag("language", {}, "en"),
    ),
    tag(
      "educational",
      {},
      tag("difficulty", {}, tag("source", {}, "LOMv1.0"), tag("value", {}, lomStep(metadata.difficulty ?? 0))),
    ),
    tag(
      "classification",
      {},
      ...Object.entries(sources).map(([name, source]) =>
        classify(source, String(metadata[name as keyof typeof sources])),
      ),
    ),
  );
  return tag(
    "resource",
    { identifier: `item-${item.id}`, type: "imsqti_item_xmlv3p0", href },
    tag("metadata", {}, lom),
    tag("file", { href }),
    tag("file", { href: factsFile(item) }),
    ...media.map((name) => tag("dependency", { identifierref: resourceId(name) })),
  );
}

const factsFile = ({ id }: ExportItem): string => `items/${id}${factsEnding}`;

const resourceId = (name: string): string => `media-${name}`;

function describeMedia(name: string): Xml {
  const href = `${mediaFolder}/${name}`;
  return tag("resource", { identifier: resourceId(name), type: "webcontent", href }, tag("file", { href }));
}

function manifest(resources: readonly Xml[]): string {
  return xmlDocument(
    tag(
      "manifest",
      { xmlns: "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", identifier: "bandwise-bank" },
      tag("metadata", {}, tag("schema", {}, "QTI Package"), tag("schemaversion", {}, "3.0.0")),
      tag("organizations", {}),
      tag("resources", {}, ...resources),
    ),
  );
}
