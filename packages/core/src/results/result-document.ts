import type { getResult } from "./queries.ts";
import { criterionShares } from "./rules.ts";
import { strengthsOf } from "./strengths-rules.ts";

type OwnResult = Awaited<ReturnType<typeof getResult>>;

/** A result as its candidate may take it along: all that the page says, under stable names, without keys of our tables. */
export function resultDocument(result: OwnResult) {
  const { attempt, output } = result;
  return {
    format: 1,
    attempt: attempt.reference,
    candidate: attempt.candidate.name,
    examination: attempt.sitting.programme.title,
    centre: attempt.sitting.centre.name,
    satAt: attempt.startedAt ?? attempt.submittedAt,
    releasedAt: result.releasedAt,
    version: result.version,
    status: result.status,
    supersededAt: result.supersededAt,
    scheme: { id: result.schemeId, version: result.schemeVersion, hash: result.schemeHash },
    /** Bands, levels, composites, sub-skills and the trace, as the scheme worked them out. */
    result: output,
    meaning: result.summary.overall.meaning,
    /** The sections of an examination in several skills, the criteria of one in a single skill. */
    parts: result.summary.parts,
    /** Of rated sections, as shares of what was possible; null where the parts are the criteria themselves. */
    criteria:
      output.scheme === "ielp"
        ? { writing: criterionShares(output.trace, "writing"), speaking: criterionShares(output.trace, "speaking") }
        : null,
    machine: result.machine,
    /** Skills whose marks were replaced on an appeal. */
    remarked: result.remarked,
    /** One standard error, or null for results from before ranges were kept. */
    range: result.range,
    /** What stands out and what to do next, as the report says it. */
    strengths: strengthsOf(output),
    certificate: result.certificate && { code: result.certificate.code, status: result.certificate.status },
  };
}
