import type { amendInterview, saveInterviewEntries } from "@bandwise/core/interviews/commands";
import type { Bands, LedgerEntry } from "@bandwise/core/interviews/ledger";
import type { InterviewCard, InterviewConsole } from "@bandwise/core/interviews/queries";
import type { putInterviewSound } from "@bandwise/core/interviews/sound-commands";
import { call, type ExamApi, json } from "../exam/client/api.ts";

type Saved = Awaited<ReturnType<typeof saveInterviewEntries>>;
type Marked = Awaited<ReturnType<typeof amendInterview>>;
type Progress = Awaited<ReturnType<typeof putInterviewSound>>;

/** Every address of one interview. */
export function interviewApi(attemptId: string) {
  const base = `/api/interviews/${attemptId}`;
  const putPiece: ExamApi["putPiece"] = (recording, clientId, piece) =>
    call<Progress>(`${base}/sound/${recording.recordingId}/${piece.number}`, {
      method: "PUT",
      body: piece.content,
      headers: {
        "content-type": "application/octet-stream",
        "x-chunk-sha256": piece.sha256,
        "x-take": new URLSearchParams({
          clientId,
          mimeType: recording.mimeType,
          madeAt: String(recording.madeAt),
        }).toString(),
        ...(piece.count !== null && { "x-chunk-count": String(piece.count) }),
      },
    });
  return {
    putPiece,
    console: () => call<InterviewConsole>(`${base}/console`),
    begin: (clientId: string) => call<unknown>(`${base}/begin`, json("POST", { clientId })),
    save: (clientId: string, entries: readonly LedgerEntry[]) =>
      call<Saved>(`${base}/entries`, json("POST", { clientId, entries })),
    finish: (marks: { bands: Bands; comment: string }) => call<Marked>(`${base}/marks`, json("POST", marks)),
    amend: (marks: { bands: Bands; comment: string }) => call<Marked>(`${base}/marks`, json("PUT", marks)),
    makeFinal: () => call<unknown>(`${base}/final`, json("POST", {})),
    card: () => call<InterviewCard>(`${base}/card`),
  };
}
export type InterviewApi = ReturnType<typeof interviewApi>;

export const cardByCode = (code: string) => call<InterviewCard>("/api/interviews/card", json("POST", { code }));
