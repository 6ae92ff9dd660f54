import type { IeltsSpeakingOutput } from "@bandwise/core/results/rules";
import { ieltsSpeaking } from "@bandwise/core/schemes/ielts-speaking-rules";
import { Notice } from "@/ui/notice.tsx";
import { advisoryWords } from "../scale/advisory-words.ts";

/** What an uneven profile of an interview led to and what the scale's words say against it; for staff. */
export function ProfileAdvice({ output }: { output: IeltsSpeakingOutput }) {
  const [mean = "", taken = ""] = ieltsSpeaking.workings(output, "none").notes;
  const uneven = output.penalty !== "0.0";
  return (
    <Notice
      tone={uneven || output.advisories.length > 0 ? "warn" : "plain"}
      title={uneven ? `Consistency: ${output.penalty} taken off` : "Consistency: nothing taken off"}
      className="mt-5"
    >
      <p>
        {mean} {taken}
      </p>
      {output.advisories.map((advisory) => (
        <p key={`${advisory.rule} ${advisory.limit}`}>{advisoryWords(advisory)} Advice only: the score stays.</p>
      ))}
      {output.advisories.length === 0 ? <p>The profile fits the words of its band.</p> : null}
    </Notice>
  );
}
