/** A reference beside `file` as a path from the package's root; web addresses stay as they are and are found missing later. */
export function resolvePath(file: string, href: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return href;
  let decoded = href.split(/[?#]/)[0] ?? "";
  try {
    decoded = decodeURIComponent(decoded);
  } catch {
    // Not encoded after all: a name with a percent sign.
  }
  const parts = decoded.startsWith("/") ? [] : file.split("/").slice(0, -1);
  for (const part of decoded.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** A file's name as the bank takes it. */
export function mediaName(place: string, taken: readonly string[]): string {
  const [, stem = "", ending = ""] = /([^/]*?)(?:\.([A-Za-z0-9]+))?$/.exec(place) ?? [];
  const plain =
    stem
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "file";
  const suffix = ending.toLowerCase() === "jpeg" ? "jpg" : ending.toLowerCase();
  for (let count = 1; ; count += 1) {
    const name = `${plain}${count === 1 ? "" : `-${count}`}.${suffix}`;
    if (!taken.includes(name)) return name;
  }
}
