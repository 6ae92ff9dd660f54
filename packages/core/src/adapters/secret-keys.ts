import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SecretKey } from "@bandwise/credentials/keys";
import { AppError } from "../kernel/errors.ts";
import type { Settings } from "../kernel/settings.ts";

type Place = Pick<Settings, "dataDir" | "credentialKeySecret">;

/** One file a key, readable by the owner of the process alone, sealed with AES-256-GCM; the id is bound into the seal. */
function fileOf({ dataDir }: Place, id: string): string {
  return join(dataDir, "keys", `${createHash("sha256").update(id).digest("hex").slice(0, 32)}.json`);
}

function sealingKey({ credentialKeySecret }: Place, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", credentialKeySecret, salt, "bandwise credential keys", 32));
}

export async function storeSecretKey(place: Place, key: SecretKey): Promise<void> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(place, salt), iv).setAAD(Buffer.from(key.id));
  const sealed = Buffer.concat([cipher.update(key.secretKey, "utf8"), cipher.final()]);
  const parts = { salt, iv, tag: cipher.getAuthTag(), sealed };
  const content = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.toString("base64url")]));
  await mkdir(join(place.dataDir, "keys"), { recursive: true, mode: 0o700 });
  await writeFile(fileOf(place, key.id), `${JSON.stringify({ version: 1, id: key.id, ...content })}\n`, {
    mode: 0o600,
    flag: "wx",
  });
}

/** Throws CONFLICT with what to do where the file is not here or was sealed with another secret. */
export async function openSecretKey(place: Place, id: string): Promise<string> {
  try {
    const stored = JSON.parse(await readFile(fileOf(place, id), "utf8")) as Record<string, string>;
    const part = (name: string) => Buffer.from(stored[name] ?? "", "base64url");
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(place, part("salt")), part("iv"))
      .setAAD(Buffer.from(id))
      .setAuthTag(part("tag"));
    return Buffer.concat([decipher.update(part("sealed")), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError(
      "CONFLICT",
      "The key that signs credentials cannot be opened: its file is missing or was sealed with another secret. Restore it, or make new keys: bandwise credential keys rotate.",
      { cause },
    );
  }
}
