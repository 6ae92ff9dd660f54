/**
 * What one file may cost to read. The numbers leave an honest package ten times its usual room (a package of 1,000 items
 * with sound is ~300 MB, an item's XML ~20 kB) and keep a hostile one from costing more than one honest file does.
 */
export const limits = {
  /** One XML document, before it is parsed. */
  xmlBytes: 4_000_000,
  /** Elements inside elements: the deepest item seen in the wild has about 20. libxml2's own stop lies at 256. */
  xmlDepth: 100,
  xmlElements: 50_000,
  /** A manifest grows with the number of its items: about 35 elements and 3 kB each. */
  manifestBytes: 20_000_000,
  manifestElements: 300_000,
  packageBytes: 500_000_000,
  entries: 20_000,
  /** One file in a package. Media are refused above the bank's own limit later; this one only bounds memory. */
  entryBytes: 40_000_000,
  /** All files of a package together, unpacked. */
  unpackedBytes: 1_000_000_000,
  /** Text packs to about a tenth; one part in 150 is no text anybody wrote. Small files may pack better by accident. */
  packingRatio: 150,
  packingRatioFrom: 1_000_000,
  /** Operators evaluated to show that our scoring gives what an item's own response processing gives. */
  proofSteps: 3_000_000,
  /** A spreadsheet of items. */
  csvBytes: 50_000_000,
  csvRows: 100_000,
} as const;
