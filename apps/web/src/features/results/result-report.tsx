import type { ScoreRange } from "@bandwise/core/results/range-schema";
import { reportWords } from "@bandwise/core/results/report-words";
import type { StoredOutput } from "@bandwise/core/results/rules";
import { strengthsOf } from "@bandwise/core/results/strengths-rules";
import { summaryOf } from "@bandwise/core/schemes/rules";
import type { MachineStanding } from "@bandwise/core/schemes/schema";
import { Notice } from "@/ui/notice.tsx";
import { InterviewReport } from "./interview-report.tsx";
import { LevelMeaning } from "./level-meaning.tsx";
import { ResultAxis } from "./result-axis.tsx";
import { Composites, SubSkills } from "./result-parts.tsx";
import { ScoreRangeSection } from "./score-range.tsx";
import { SpokenTestReport } from "./spoken-test-report.tsx";
import { StrengthsSection } from "./strengths-section.tsx";
import { WhyThisBand } from "./why-this-band.tsx";

/** A candidate's result, told as its scheme tells it. */
export function ResultReport({
  output,
  range,
  machine,
}: {
  output: StoredOutput;
  range: ScoreRange | null;
  machine: MachineStanding;
}) {
  const sure =
    range === null ? null : <ScoreRangeSection range={range} summary={summaryOf(output)} scheme={output.scheme} />;
  const strengths = <StrengthsSection strengths={strengthsOf(output)} />;
  switch (output.scheme) {
    case "ielts-speaking":
      return (
        <InterviewReport output={output}>
          {sure}
          {strengths}
        </InterviewReport>
      );
    case "iet-speaking":
      return (
        <SpokenTestReport output={output} machine={machine}>
          {sure}
          {strengths}
        </SpokenTestReport>
      );
    case "ielp":
      return (
        <>
          <ResultAxis output={output} />
          {machine === "none" ? null : (
            <Notice tone="plain" title="Writing: an examiner and a machine" className="my-4">
              {reportWords.machineSecond} Nobody saw the other’s. If you want people alone to mark it, ask for a re-mark
              with an appeal.
            </Notice>
          )}
          <LevelMeaning output={output} />
          {sure}
          <Composites composites={output.composites} />
          <SubSkills output={output} />
          {strengths}
          <WhyThisBand trace={output.trace} />
        </>
      );
  }
}
