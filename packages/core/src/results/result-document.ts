import type { getResult } from "./queries.ts";

type OwnResult = Awaited<ReturnType<typeof getResult>>;

/** A result as its candidate may take it along: all that the page says, under stable names, without keys of our tables. */
export function resultDocument(result: OwnResult) {
  const { attempt } = result;
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
    result: result.output,
    meaning: result.meaning,
    criteria: result.criteria,
    /** One standard error, or null for results from before ranges were kept. */
    range: result.range,
    certificate: result.certificate && { code: result.certificate.code, status: result.certificate.status },
  };
}
