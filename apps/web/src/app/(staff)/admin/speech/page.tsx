import { getSpeechSetup } from "@bandwise/core/marking/speech-setup-queries";
import type { Metadata } from "next";
import { LookAgain } from "@/features/speaking-report/look-again.tsx";
import { PartnerSetup } from "@/features/speech-setup/partner-setup.tsx";
import { type ServiceChoice, ServiceChoices } from "@/features/speech-setup/service-choices.tsx";
import { TryButton } from "@/features/speech-setup/try-button.tsx";
import { requirePage } from "@/lib/guards.ts";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatCount, formatDateTime } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Speech to text" };

const services = {
  openai: "A server with /v1/audio/transcriptions",
  azure: "Azure pronunciation assessment",
  whisper: "Whisper on this machine",
} as const;

const choices: readonly ServiceChoice[] = [
  {
    title: services.openai,
    lines: [
      "SPEECH_TO_TEXT=openai",
      "SPEECH_TO_TEXT_URL=https://speech.example.org/v1",
      "SPEECH_TO_TEXT_KEY=… (if it asks for one)",
    ],
    gives: "All four criteria; pronunciation by how surely the words are recognised. Recordings leave this server.",
  },
  {
    title: services.azure,
    lines: [
      "SPEECH_TO_TEXT=azure",
      "SPEECH_TO_TEXT_URL=https://REGION.stt.speech.microsoft.com",
      "SPEECH_TO_TEXT_KEY=…",
    ],
    gives: "All four criteria; pronunciation by single sounds. Recordings leave this server.",
  },
  {
    title: services.whisper,
    lines: [
      "SPEECH_TO_TEXT=whisper",
      "SPEECH_TO_TEXT_MODEL=/srv/whisper",
      "SPEECH_TO_TEXT_FETCH=1 (to fetch the weights once)",
    ],
    gives: "Recordings stay here. Needs the package @huggingface/transformers beside Bandwise.",
  },
];

const waitingMs = 60_000;

export default async function SpeechSetupPage() {
  const context = await requirePage("marking:govern");
  const { configured, capabilities, lastTry, withMachine, unheard, withExaminers, partner, voice } =
    await getSpeechSetup(context, {});
  const open = lastTry !== null && lastTry.heard === null && lastTry.failure === null;
  const running = open && context.clock.now().getTime() - lastTry.at.getTime() < waitingMs;
  return (
    <StaffPage>
      {running ? <LookAgain /> : null}
      <PageHeader
        level="staff"
        title="Speech to text"
        note="Fluency is measured from the sound alone; grammar, vocabulary and pronunciation need the words."
      />
      {configured === null ? (
        <Notice tone="warn" title="None is configured" className="mb-6">
          <p>
            Every answer of IET speaking goes to an examiner for three of its four criteria; practice shows fluency
            alone. Set one of the groups below in the environment of web and worker, then start both anew.
          </p>
        </Notice>
      ) : (
        <section className="rule-top py-5">
          <DefinitionList
            items={[
              { term: "Service", detail: services[configured.kind] },
              ...(configured.address ? [{ term: "Address", detail: configured.address }] : []),
              ...(configured.kind === "whisper"
                ? []
                : [{ term: "Key", detail: configured.hasKey ? "Set" : "None (SPEECH_TO_TEXT_KEY)" }]),
              { term: "Model", detail: configured.model },
              {
                term: "Gives",
                detail: [
                  "words",
                  ...(capabilities?.wordTimes ? ["their times"] : []),
                  ...(capabilities?.confidences ? ["how sure it is of them"] : []),
                  ...(capabilities?.phoneScores ? ["scores of sounds"] : []),
                ].join(", "),
              },
            ]}
          />
        </section>
      )}
      {unheard.count > 0 && configured !== null ? (
        <Notice
          tone="warn"
          title={`It gave no answer for ${formatCount(unheard.count, "recording", "recordings")} in the last 24 hours`}
          className="mb-6"
        >
          <p>
            {unheard.last === null ? "" : `Most recently ${formatDateTime(unheard.last, "UTC")}. `}Each was asked for
            three times, then went to an examiner for what could not be measured.
          </p>
        </Notice>
      ) : null}
      <section className="rule-top grid gap-4 py-5">
        <h2 className="text-h2">Does it work?</h2>
        <p className="text-ink-2">
          The worker has a sentence of the bank written down.{" "}
          {withMachine.since === null
            ? "No answer is being rated."
            : `${formatCount(withMachine.count, "answer is", "answers are")} being rated, the oldest since ${formatDateTime(withMachine.since, "UTC")}.`}{" "}
          {withExaminers === 0
            ? "None waits for an examiner."
            : `${formatCount(withExaminers, "answer waits", "answers wait")} for an examiner.`}
        </p>
        <TryButton />
        <div role="status">
          {running ? <p>It is being tried.</p> : null}
          {open && !running ? <p className="text-warn">No answer from the worker: is it running?</p> : null}
          {lastTry?.failure ? (
            <p className="text-warn">
              {formatDateTime(lastTry.at, "UTC")}: {lastTry.failure}
            </p>
          ) : null}
          {lastTry?.heard == null ? null : (
            <DefinitionList
              items={[
                { term: "Said", detail: lastTry.said ?? "" },
                { term: "Heard", detail: lastTry.heard === "" ? "Nothing" : lastTry.heard },
                { term: "Took", detail: `${((lastTry.milliseconds ?? 0) / 1000).toFixed(1)} s` },
              ]}
            />
          )}
        </div>
      </section>
      <section className="rule-top py-5">
        <h2 className="mb-3 text-h2">{configured === null ? "What to set" : "Other services"}</h2>
        <ServiceChoices choices={choices} />
      </section>
      <PartnerSetup partner={partner} voice={voice} />
    </StaffPage>
  );
}
