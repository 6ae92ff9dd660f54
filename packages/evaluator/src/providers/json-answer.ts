import type { z } from "zod";
import { ProviderError } from "./provider-error.ts";

/** An hour of words with times and sounds is less. */
const mostBytes = 20_000_000;

/** Sends a request and reads the JSON it must answer with. @throws ProviderError */
export async function fetchJson<T>(
  name: string,
  url: string,
  request: RequestInit & { readonly signal: AbortSignal },
  schema: z.ZodType<T>,
): Promise<T> {
  const answer = await fetch(url, { ...request, redirect: "error" });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw refusal(name, answer);
  }
  const kind = answer.headers.get("content-type") ?? "";
  if (!/\bjson\b/i.test(kind)) {
    await answer.body?.cancel();
    throw new ProviderError(`${name}: answered with ${kind || "no type"} instead of JSON`, true);
  }
  const text = await readText(name, answer);
  const parsed = schema.safeParse(parseJson(name, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ProviderError(
    `${name}: answered JSON of another shape (${issue?.path.join(".")}: ${issue?.message})`,
    true,
  );
}

function refusal(name: string, { status, headers }: Response): ProviderError {
  const said = headers.get("retry-after");
  const seconds =
    said === null ? Number.NaN : /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  const retryable = status === 408 || status === 425 || status === 429 || status >= 500;
  const hint = status === 401 || status === 403 ? ": is its key right?" : "";
  return new ProviderError(`${name}: answered with status ${status}${hint}`, retryable, {
    ...(seconds > 0 && { retryAfterMilliseconds: seconds * 1000 }),
  });
}

async function readText(name: string, answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of answer.body ?? []) {
      bytes += piece.byteLength;
      if (bytes > mostBytes) throw new ProviderError(`${name}: answered with more than ${mostBytes / 1e6} MB`, false);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw new ProviderError(`${name}: broke off in the middle of its answer`, true, { cause: error });
  }
  return Buffer.concat(pieces).toString("utf8");
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderError(`${name}: answered with broken JSON`, true, { cause: error });
  }
}
