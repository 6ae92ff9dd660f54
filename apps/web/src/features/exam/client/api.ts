import type { saveAnswers, takeOver } from "@bandwise/core/delivery/exam-commands";
import type { ExamState, getHeartbeat } from "@bandwise/core/delivery/exam-queries";
import type { putChunk } from "@bandwise/core/delivery/recording-commands";
import type { StoredEntry, StoredRecording } from "./store.ts";

export type { ExamState };
export type Saved = Awaited<ReturnType<typeof saveAnswers>>;
export type Beat = Awaited<ReturnType<typeof getHeartbeat>>;
type Progress = Awaited<ReturnType<typeof putChunk>>;
export interface Play {
  number: number;
  elapsedSeconds: number;
  ticket: string;
}

/** `network`: nobody answered. Otherwise the server did, with this status and these words. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
  get network(): boolean {
    return this.status === 0;
  }
  /** Trying the same again later may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export async function call<T>(url: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: "same-origin", signal: AbortSignal.timeout(20_000) });
  } catch {
    throw new ApiError(0, "The connection is away.");
  }
  if (response.ok) return (await response.json()) as T;
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new ApiError(response.status, body?.error?.message ?? "Something went wrong on our side.");
}

export const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

function takeHeader({ attemptItemId, mimeType, take, madeAt, anchor }: StoredRecording, clientId: string): string {
  return new URLSearchParams({
    attemptItemId,
    clientId,
    mimeType,
    take: String(take),
    madeAt: String(madeAt),
    anchor,
  }).toString();
}

/** Stated in the task: nobody is kept waiting longer for a partner's answer. */
export const partnerThinksSeconds = 6;

/** What a partner asks back: shown, and spoken where there is a voice. */
export interface PartnerReply {
  readonly words: string;
  readonly sound: Blob | null;
}

export async function askHeard(url: string, samples: ArrayBuffer): Promise<PartnerReply | null> {
  const response = await fetch(url, {
    method: "POST",
    body: samples,
    headers: { "content-type": "application/octet-stream" },
    signal: AbortSignal.timeout(partnerThinksSeconds * 1000),
  });
  if (!response.ok) return null;
  const { asks, sound } = (await response.json()) as { asks: string | null; sound: string | null };
  return asks === null ? null : { words: asks, sound: sound === null ? null : mp3Of(sound) };
}

function mp3Of(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], { type: "audio/mpeg" });
}

/** Who says that a section is over: the candidate, or this page's clock. */
export type EndedBy = "candidate" | "time";

/** Every address of one attempt. */
export function examApi(attemptId: string) {
  const base = `/api/exam/${attemptId}`;
  return {
    start: (clientId: string) => call<{ epoch: number }>(`${base}/start`, json("POST", { clientId })),
    state: () => call<ExamState>(`${base}/state`),
    save: (clientId: string, entries: readonly StoredEntry[], keepalive = false) =>
      call<Saved>(`${base}/answers`, {
        ...json("POST", {
          clientId,
          // The oldest heartbeat of the batch vouches for all of it.
          anchor: entries[0]?.anchor ?? "",
          entries: entries.map(({ anchor: _anchor, ...entry }) => entry),
        }),
        keepalive,
      }),
    heartbeat: (clientId: string) => call<Beat>(`${base}/heartbeat?client=${clientId}`),
    takeOver: (clientId: string) =>
      call<Awaited<ReturnType<typeof takeOver>>>(`${base}/takeover`, json("POST", { clientId })),
    beginSection: (sectionId: string, clientId: string) =>
      call<unknown>(`${base}/sections/${sectionId}`, json("POST", { clientId })),
    endSection: (sectionId: string, clientId: string, by: EndedBy) =>
      call<unknown>(`${base}/sections/${sectionId}`, json("DELETE", { clientId, by })),
    submit: (clientId: string, by: EndedBy) =>
      call<{ receipt: string }>(`${base}/submit`, json("POST", { clientId, by })),
    play: (attemptItemId: string, number: number, clientId: string) =>
      call<Play>(`${base}/plays`, json("POST", { attemptItemId, number, clientId })),
    /** What the partner of a conversation asks back. @throws where that takes longer than a partner may think. */
    hearTurn: (attemptItemId: string, turn: number, samples: ArrayBuffer) =>
      askHeard(`${base}/heard?item=${attemptItemId}&turn=${turn}`, samples),
    /** Puts on record that the prompt for short answers was shown. */
    tellPrompted: (attemptItemId: string, turn: number) =>
      call<unknown>(`${base}/heard?item=${attemptItemId}&turn=${turn}`, { method: "PUT" }),
    sound: async (ticket: string): Promise<Blob> => {
      try {
        const response = await fetch(`${base}/audio?ticket=${encodeURIComponent(ticket)}`);
        if (!response.ok) throw new ApiError(response.status, "The recording could not be fetched.");
        return await response.blob();
      } catch (error) {
        throw error instanceof ApiError ? error : new ApiError(0, "The connection is away.");
      }
    },
    /** A speaking task's picture, or that of a block of the stimulus. */
    pictureUrl: (attemptItemId: string, block?: number) =>
      `${base}/pictures/${attemptItemId}${block === undefined ? "" : `?block=${block}`}`,
    /** @param count how many pieces there are, once the recorder has stopped. */
    putPiece: (
      recording: StoredRecording,
      clientId: string,
      piece: { number: number; content: Uint8Array<ArrayBuffer>; sha256: string; count: number | null },
    ) =>
      call<Progress>(`${base}/recordings/${recording.recordingId}/chunks/${piece.number}`, {
        method: "PUT",
        body: piece.content,
        headers: {
          "content-type": "application/octet-stream",
          "x-chunk-sha256": piece.sha256,
          ...(piece.number === 0 && { "x-take": takeHeader(recording, clientId) }),
          ...(piece.count !== null && { "x-chunk-count": String(piece.count) }),
        },
      }),
  };
}
export type ExamApi = ReturnType<typeof examApi>;
