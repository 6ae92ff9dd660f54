import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the next request meets: an answer as the real service gives it, or one of the ways in which services fail. */
export type ServerMood =
  | "well"
  | "slow"
  | "busy"
  | "busy-for-an-hour"
  | "broken"
  | "rubbish"
  | "other-shape"
  | "truncated"
  | "html"
  | "unauthorized"
  | "redirect";

export interface HeardRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly fields: Readonly<Record<string, string[]>>;
  readonly audioSeconds: number;
}

export interface TranscriptionServer {
  readonly url: string;
  readonly requests: readonly HeardRequest[];
  /** Moods of the next requests, in order; after them all is well. */
  expect(...moods: readonly ServerMood[]): void;
  /** What every recording says from now on, and how sure the recogniser is of it. */
  say(text: string, confidence?: number): void;
  /** How long each answer takes from now on, whatever the mood. */
  take(milliseconds: number): void;
  close(): Promise<void>;
}

const slowMilliseconds = 5000;

/**
 * A server on loopback with the two faces that speech-to-text adapters know: `/v1/audio/transcriptions` and Azure's assessment of
 * short audio. It answers in their shapes, spreads what it was told to say over the recording, and fails on demand.
 */
export async function startTranscriptionServer(port = 0): Promise<TranscriptionServer> {
  const requests: HeardRequest[] = [];
  let moods: ServerMood[] = [];
  let spoken = { text: "", confidence: 0.9 };
  let latency = 0;
  const server = createServer(async (request, response) => {
    // Whoever asked may have lost patience: then there is nobody to answer.
    const body = await bodyOf(request).catch(() => null);
    if (body === null) return;
    const heard = await readRequest(request, body);
    requests.push(heard);
    const mood = moods.shift() ?? "well";
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    if (mood === "slow") await new Promise((resolve) => setTimeout(resolve, slowMilliseconds).unref());
    const reply = heard.path.startsWith("/v1/audio/transcriptions")
      ? asOpenAi(spoken, heard)
      : heard.path.startsWith("/speech/recognition/conversation/cognitiveservices/v1")
        ? asAzure(spoken, heard)
        : null;
    if (reply === null) response.writeHead(404, { "content-type": "application/json" }).end("{}");
    else answer(response, mood, JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    expect: (...next) => {
      moods = [...next];
    },
    say: (text, confidence = 0.9) => {
      spoken = { text, confidence };
    },
    take: (milliseconds) => {
      latency = milliseconds;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, mood: ServerMood, json: string): void {
  const type = { "content-type": "application/json; charset=utf-8" };
  if (mood === "busy")
    response.writeHead(429, { ...type, "retry-after": "1" }).end('{"error":{"message":"slow down"}}');
  else if (mood === "busy-for-an-hour") response.writeHead(429, { ...type, "retry-after": "3600" }).end("{}");
  else if (mood === "broken") response.writeHead(500, type).end('{"error":{"message":"internal"}}');
  else if (mood === "unauthorized") response.writeHead(401, type).end('{"error":{"message":"bad key"}}');
  else if (mood === "rubbish") response.writeHead(200, type).end("{ this is no JSON");
  else if (mood === "other-shape") response.writeHead(200, type).end('{"transcription":"hello"}');
  else if (mood === "html") response.writeHead(200, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
  else if (mood === "redirect") response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
  else if (mood === "truncated") {
    response.writeHead(200, { ...type, "content-length": String(Buffer.byteLength(json)) });
    response.write(json.slice(0, json.length / 2), () => response.destroy());
  } else response.writeHead(200, type).end(json);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function readRequest({ url, headers }: IncomingMessage, body: Buffer): Promise<HeardRequest> {
  const path = url ?? "/";
  const type = headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data"))
    return { path, headers, fields: {}, audioSeconds: (body.length - 44) / 32_000 };
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  const fields: Record<string, string[]> = {};
  let audioSeconds = 0;
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = [...(fields[name] ?? []), value];
    else audioSeconds = (value.size - 44) / 32_000;
  }
  return { path, headers, fields, audioSeconds };
}

interface Spoken {
  readonly text: string;
  readonly confidence: number;
}

function timesOf({ text }: Spoken, seconds: number): { word: string; start: number; end: number }[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const step = seconds / Math.max(1, words.length);
  return words.map((word, at) => ({
    word: word.replace(/[.,!?;:]+$/, ""),
    start: Math.round(at * step * 100) / 100,
    end: Math.round((at + 0.8) * step * 100) / 100,
  }));
}

function asOpenAi(spoken: Spoken, { audioSeconds }: HeardRequest): object {
  return {
    ...{ task: "transcribe", language: "english", duration: audioSeconds, text: spoken.text },
    words: timesOf(spoken, audioSeconds),
    segments: [{ id: 0, start: 0, end: audioSeconds, text: spoken.text, avg_logprob: Math.log(spoken.confidence) }],
  };
}

function asAzure(spoken: Spoken, { audioSeconds }: HeardRequest): object {
  if (spoken.text === "") return { RecognitionStatus: "NoMatch", Offset: 0, Duration: audioSeconds * 1e7 };
  const score = Math.round(spoken.confidence * 100);
  const words = timesOf(spoken, audioSeconds).map(({ word, start, end }) => ({
    ...{ Word: word.toLowerCase(), Offset: Math.round(start * 1e7), Duration: Math.round((end - start) * 1e7) },
    ...{ AccuracyScore: score, ErrorType: "None" },
    Phonemes: [...word.toLowerCase()].map((letter) => ({ Phoneme: letter, AccuracyScore: score })),
  }));
  return {
    ...{ RecognitionStatus: "Success", Offset: 0, Duration: audioSeconds * 1e7, DisplayText: spoken.text },
    NBest: [{ Confidence: spoken.confidence, Display: spoken.text, AccuracyScore: score, Words: words }],
  };
}
