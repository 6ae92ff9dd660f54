import type { getSpeechSetup } from "@bandwise/core/marking/speech-setup-queries";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatCount } from "@/ui/format.ts";
import { type ServiceChoice, ServiceChoices } from "./service-choices.tsx";

type Setup = Awaited<ReturnType<typeof getSpeechSetup>>;

const choices: readonly ServiceChoice[] = [
  {
    title: "A language model as the partner",
    lines: [
      "LLM_PARTNER_URL=https://llm.example.org/v1",
      "LLM_PARTNER_MODEL=… (one that answers within 3 seconds)",
      "LLM_PARTNER_PROGRAMMES=iet-speaking",
      "LLM_PARTNER_KEY=… (if it asks for one)",
      "LLM_PARTNER_DAILY=2000",
    ],
    gives:
      "Any server with /v1/chat/completions. May ask one short question back after each answer. Needs one of the first two services above. What candidates of these programmes say leaves this server as text, if they agree to it at check-in.",
  },
  {
    title: "A voice for the partner",
    lines: [
      "PARTNER_VOICE_URL=https://speech.example.org/v1",
      "PARTNER_VOICE_KEY=… (if it asks for one)",
      "PARTNER_VOICE_MODEL=tts-1",
      "PARTNER_VOICE_NAME=alloy",
    ],
    gives: "Any server with /v1/audio/speech. Speaks what the partner asks back, which is shown as well.",
  },
];

/** Who the partner of a conversation is, and what to set for another. */
export function PartnerSetup({ partner, voice }: Pick<Setup, "partner" | "voice">) {
  return (
    <section className="rule-top grid gap-4 py-5">
      <h2 className="text-h2">Partner of the conversation</h2>
      <p className="measure text-ink-2">
        It speaks recorded turns, and asks back once a turn: after silence, after a short answer, or where none of the
        words was heard that the task names.{" "}
        {partner === null
          ? "No language model is configured."
          : "Where the language model fails or takes longer than 3 seconds, the words of the task decide."}
      </p>
      {partner === null ? null : (
        <DefinitionList
          items={[
            { term: "Language model", detail: `${partner.model} at ${partner.host}` },
            { term: "Key", detail: partner.hasKey ? "Set" : "None (LLM_PARTNER_KEY)" },
            { term: "Programmes", detail: partner.programmes.join(", ") },
            { term: "At most", detail: `${formatCount(partner.answersPerDay, "answer", "answers")} a day` },
            {
              term: "Last 24 hours",
              detail: `${formatCount(partner.asked.model, "question", "questions")} by the model, ${partner.asked.cue} by the words of a task`,
            },
          ]}
        />
      )}
      {voice === null ? null : (
        <DefinitionList
          items={[
            { term: "Voice", detail: `${voice.voice} (${voice.model}) at ${voice.host}` },
            { term: "Key", detail: voice.hasKey ? "Set" : "None (PARTNER_VOICE_KEY)" },
          ]}
        />
      )}
      <ServiceChoices choices={choices} />
    </section>
  );
}
