import type { z } from "zod";
import { ProviderError } from "./provider-error.ts";

/** Any OpenAI-compatible service. */
export interface ModelAddress {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly key: string | null;
  readonly model: string;
}

interface Question<T> {
  readonly instructions: string;
  /** What it is to judge or answer: one JSON object, never part of the instructions. */
  readonly data: object;
  readonly shape: z.ZodType<T>;
  readonly mostTokens: number;
}

/** Asks a language model once, at temperature 0, for an object of a shape. `name` stands in what is thrown. @throws ProviderError */
export async function askForObject<T>(
  name: string,
  { url, key, model }: ModelAddress,
  { instructions, data, shape, mostTokens }: Question<T>,
  signal: AbortSignal,
): Promise<T> {
  // Loaded when a model is asked for the first time: most installations never do.
  const [{ generateText, Output, NoObjectGeneratedError, APICallError }, { createOpenAICompatible }] =
    await Promise.all([import("ai"), import("@ai-sdk/openai-compatible")]);
  const provider = createOpenAICompatible({
    ...{ name: "bandwise", baseURL: url.replace(/\/+$/, ""), supportsStructuredOutputs: true },
    ...(key !== null && { apiKey: key }),
    // Its host is the one that candidates were told of: an answer goes nowhere else.
    fetch: (to, request) => fetch(to, { ...request, redirect: "error" }),
  });
  try {
    const { output } = await generateText({
      ...{ model: provider(model), system: instructions, prompt: JSON.stringify(data) },
      ...{ temperature: 0, maxOutputTokens: mostTokens, maxRetries: 0, abortSignal: signal },
      output: Output.object({ schema: shape }),
    });
    return output;
  } catch (error) {
    if (NoObjectGeneratedError.isInstance(error))
      throw new ProviderError(`${name}: gave an answer of another shape`, true, { cause: error });
    if (APICallError.isInstance(error)) {
      const seconds = Number(error.responseHeaders?.["retry-after"]);
      throw new ProviderError(`${name}: answered with status ${error.statusCode ?? "none"}`, error.isRetryable, {
        ...{ cause: error, ...(seconds > 0 && { retryAfterMilliseconds: seconds * 1000 }) },
      });
    }
    throw error;
  }
}

const dayMilliseconds = 86_400_000;

/** Counts what is sent. @throws ProviderError once a day's share is spent */
export function createBudget(name: string, answersPerDay: number): () => void {
  let day = { number: -1, sent: 0 };
  return () => {
    const today = Math.floor(Date.now() / dayMilliseconds);
    if (day.number !== today) day = { number: today, sent: 0 };
    if (day.sent >= answersPerDay)
      throw new ProviderError(`${name}: today's ${answersPerDay} answers are spent`, false);
    day.sent += 1;
  };
}
