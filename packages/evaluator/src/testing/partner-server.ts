import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a service of this kind does on a bad day. */
export type PartnerMood =
  | "well"
  | "slow"
  | "broken"
  | "busy"
  | "unauthorized"
  | "rubbish"
  | "other-shape"
  | "html"
  | "truncated"
  | "empty"
  | "redirect";

export interface PartnerRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
  };
}

export interface PartnerServer {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly requests: readonly PartnerRequest[];
  /** How the next questions are met, in this order; well after that. */
  expect(...moods: PartnerMood[]): void;
  /** What the model gives as its question. */
  ask(question: string | null): void;
  /** Forgets what was asked so far. */
  forget(): void;
  close(): Promise<void>;
}

const slowMilliseconds = 20_000;

/** For tests: answers as OpenAI's chat completions and text-to-speech do, with their failures. */
export async function startPartnerServer(port = 0): Promise<PartnerServer> {
  let moods: PartnerMood[] = [];
  let question: string | null = "And when does it begin?";
  let requests: PartnerRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request).catch(() => null);
    if (body === null) return;
    const path = request.url ?? "/";
    requests.push({ path, authorization: request.headers.authorization, body: JSON.parse(body) });
    const mood = moods.shift() ?? "well";
    if (mood === "slow") await new Promise((resolve) => setTimeout(resolve, slowMilliseconds).unref());
    if (path === "/v1/chat/completions") answerChat(response, mood, question);
    else if (path === "/v1/audio/speech") answerSpeech(response, mood);
    else response.writeHead(404, json).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get requests() {
      return requests;
    },
    expect: (...next) => {
      moods = [...next];
    },
    ask: (next) => {
      question = next;
    },
    forget: () => {
      requests = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = { "content-type": "application/json" };

/** Whether the mood left nothing more to say. */
function failed(response: ServerResponse, mood: PartnerMood): boolean {
  if (mood === "busy") response.writeHead(429, { ...json, "retry-after": "1" }).end("{}");
  else if (mood === "broken") response.writeHead(500, json).end('{"error":{"message":"internal"}}');
  // To itself, with the method and the body: who follows is answered.
  else if (mood === "redirect") response.writeHead(307, { location: "/v1/chat/completions" }).end();
  else if (mood === "unauthorized") response.writeHead(401, json).end('{"error":{"message":"bad key"}}');
  else if (mood === "html") response.writeHead(200, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
  else return false;
  return true;
}

function answerChat(response: ServerResponse, mood: PartnerMood, question: string | null): void {
  if (failed(response, mood)) return;
  const said = mood === "other-shape" ? { answer: question } : { question };
  const content = mood === "rubbish" ? "Sure! Here is a question:" : mood === "empty" ? "" : JSON.stringify(said);
  const choice = { index: 0, finish_reason: "stop", message: { role: "assistant", content } };
  send(
    response,
    mood,
    "application/json",
    Buffer.from(
      JSON.stringify({ id: "1", object: "chat.completion", created: 1, model: "m", choices: [choice], usage: {} }),
    ),
  );
}

/** A tag and frames of silence: nobody listens. */
function answerSpeech(response: ServerResponse, mood: PartnerMood): void {
  if (failed(response, mood)) return;
  if (mood === "other-shape") response.writeHead(200, json).end('{"audio":""}');
  else if (mood === "rubbish") send(response, mood, "audio/mpeg", Buffer.alloc(2_000, "no sound "));
  else if (mood === "empty") send(response, mood, "audio/mpeg", Buffer.alloc(0));
  else {
    const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0xc4]), Buffer.alloc(413)]);
    send(response, mood, "audio/mpeg", Buffer.concat(Array.from({ length: 20 }, () => frame)));
  }
}

function send(response: ServerResponse, mood: PartnerMood, type: string, content: Buffer): void {
  response.writeHead(200, { "content-type": type, "content-length": String(content.byteLength) });
  if (mood === "truncated") response.write(content.subarray(0, content.byteLength / 2), () => response.destroy());
  else response.end(content);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
