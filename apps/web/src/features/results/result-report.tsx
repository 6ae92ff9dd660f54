import type { ScoreRange } from "@bandwise/core/results/range-schema";
import { criterionShares, type StoredOutput } from "@bandwise/core/results/rules";
import type { MachineStanding } from "@bandwise/core/schemes/schema";
import { InterviewReport } from "./interview-report.tsx";
import { LevelMeaning } from "./level-meaning.tsx";
import { ResultAxis } from "./result-axis.tsx";
import { Composites, SubSkills } from "./result-parts.tsx";
import { ScoreRangeSection } from "./score-range.tsx";
import { SpokenTestReport } from "./spoken-test-report.tsx";
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
  switch (output.scheme) {
    case "ielts-speaking":
      return <InterviewReport output={output} />;
    case "iet-speaking":
      return <SpokenTestReport output={output} machine={machine} />;
    case "ielp":
      return (
        <>
          <ResultAxis output={output} />
          <LevelMeaning output={output} />
          {range === null ? null : <ScoreRangeSection range={range} output={output} />}
          <Composites composites={output.composites} />
          <SubSkills
            output={output}
            criteria={{
              writing: criterionShares(output.trace, "writing"),
              speaking: criterionShares(output.trace, "speaking"),
            }}
          />
          <WhyThisBand trace={output.trace} />
        </>
      );
  }
}
