import type { ReportBlock, ReportFacts, ReportSection } from "@bandwise/credentials/report-pdf";
import { IELP, ielpComposites, ielpSections } from "@bandwise/scoring/schemes/ielp";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { ietSpeaking } from "../schemes/iet-speaking-rules.ts";
import { schemeById } from "../schemes/rules.ts";
import type { getResult } from "./queries.ts";
import { type RangeLine, rangeLines, rangeMeaning, rangeMethodWords } from "./range-words.ts";
import { interviewBlocks, sectionBlocks, spokenSteps } from "./report-trace.ts";
import {
  bandSpan,
  compositeNames,
  compositeSections,
  doubleLevelWords,
  meaningForYou,
  remarkWords,
  reportWords,
  sectionNames,
  sharesOf,
  shortTitle,
  spokenMeaning,
  spokenRaters,
  trimDecimals,
  userKind,
} from "./report-words.ts";
import type { IelpOutput, IeltsSpeakingOutput, IetSpeakingOutput } from "./rules.ts";
import { type Finding, strengthsOf } from "./strengths-rules.ts";
import { findingTitle, tooFewWords } from "./strengths-words.ts";
import { interviewCriteria } from "./trace-words.ts";

type OwnResult = Awaited<ReturnType<typeof getResult>>;

const warnings = {
  /** Only admins see one. */
  provisional: "This result has not been released. It may still change, and its candidate has not been given it.",
  released: null,
  superseded: "A newer result has replaced this one. It is printed here as it was released, and counts no more.",
} as const;

/** The candidate's report as its document prints it: what the page says, in the same words and order, from the same result. */
export function reportFacts(
  result: OwnResult,
  { awardingBody, verifyAt }: { readonly awardingBody: string; readonly verifyAt: string },
): ReportFacts {
  const { attempt, output, range, summary } = result;
  const { centre, programme } = attempt.sitting;
  const { scale } = schemeById(output.scheme);
  const satAt = attempt.startedAt ?? attempt.submittedAt;
  const lines = range === null ? [] : rangeLines(range, summary);
  const rangeOf = (id: string) => spanOf(lines.find((line) => line.id === id));
  const { cefr } = summary.overall;
  const schemeWords = `Scheme ${result.schemeId} version ${result.schemeVersion}, ${result.schemeHash.slice(0, 12)}: anyone with these figures can work the result out again.`;
  const standing =
    result.certificate === null
      ? "This report is not a certificate."
      : `This report is not a certificate: certificate ${result.certificate.code} was issued with this result, and whoever is given it can check it at ${verifyAt}.`;
  return {
    reference: attempt.reference,
    name: attempt.candidate.name,
    awardingBody,
    examination: programme.title,
    centre: centre.name,
    satOn: satAt === null ? null : calendarDay(satAt, centre.timeZone),
    releasedOn: result.releasedAt === null ? null : calendarDay(result.releasedAt, centre.timeZone),
    warning: warnings[result.status],
    scale,
    overall: {
      score: summary.overall.score,
      cefr: cefr === null ? null : capital(cefr),
      group: cefr === null ? null : userKind(cefr),
      range: rangeOf("overall"),
    },
    parts: summary.parts.map(({ id, title, score, cefr: level }) => ({
      title,
      score,
      cefr: level === null ? null : capital(level),
      range: rangeOf(id),
    })),
    meaning: [
      ...meaningBlocks(result),
      ...result.remarked.map((remarked) => ({ kind: "text" as const, text: remarkWords(remarked) })),
      ...(range === null
        ? []
        : [
            {
              kind: "text" as const,
              small: true,
              text: `${rangeMeaning(output.scheme)} ${rangeMethodWords(output.scheme, range)}`,
            },
          ]),
      { kind: "text", small: true, text: `${standing} ${schemeWords}` },
    ],
    sections: sectionsOf(result),
  };
}

function sectionsOf(result: OwnResult): readonly ReportSection[] {
  const { output } = result;
  switch (output.scheme) {
    case "ielp":
      return [...skillSections(output), strengthsSection(result), skillTrace(output)];
    case "ielts-speaking":
      return [
        {
          title: "What the bands mean",
          intro: "Your four criteria in the words of the band scale.",
          blocks: [criteriaBlock(output)],
        },
        strengthsSection(result),
        {
          title: "Why this band",
          intro: "Every step from the four criteria to the band.",
          blocks: interviewBlocks(output),
        },
      ];
    case "iet-speaking":
      return [
        {
          title: "Task by task",
          intro: reportWords.tasks,
          blocks: [taskTable(output)],
        },
        strengthsSection(result),
        { title: "Why this score", intro: null, blocks: [spokenSteps(output)] },
      ];
  }
}

/** What the overall score means, and what has to be known of how it came about. */
function meaningBlocks({ output, summary, machine }: OwnResult): ReportBlock[] {
  const { overall } = summary;
  if (output.scheme === "ielp") {
    const { lead, rest } = meaningForYou(output.overall.cefr, overall.meaning);
    const double = doubleLevelWords(output.overall.cefr);
    return [
      { kind: "text", lead, text: [capital(rest), ...(double === null ? [] : [double])].join(" ") },
      ...(machine === "none" ? [] : [{ kind: "text" as const, text: reportWords.machineSecond }]),
    ];
  }
  if (output.scheme === "ielts-speaking") {
    return [{ kind: "text", lead: `At ${overall.score}`, text: overall.meaning }];
  }
  const [, standing = ""] = ietSpeaking.workings(output, machine).notes;
  return [
    {
      kind: "text",
      lead: output.cefr === "below A1" ? "Below A1" : `At ${output.cefr}`,
      text: spokenMeaning(output, overall.meaning),
    },
    { kind: "text", lead: standing, text: spokenRaters(machine) },
  ];
}

function skillSections(output: IelpOutput): ReportSection[] {
  const shares = sharesOf(output);
  const span = bandSpan(output.overall.cefr);
  const levels: Readonly<Record<string, string>> = IELP.levels;
  return [
    {
      title: "What you do with the language",
      intro: "Each composite is the mean of the sections beneath it.",
      blocks: [
        {
          kind: "composites",
          lines: ielpComposites.map((id) => ({
            title: compositeNames[id],
            percent: output.composites[id],
            of: compositeSections(id),
          })),
        },
      ],
    },
    {
      title: "What the levels mean",
      intro: span === null ? null : `Your overall band lies above ${span.above} and up to ${span.upTo}.`,
      blocks: [
        {
          kind: "entries",
          title: null,
          note: null,
          entries: [...new Set([output.overall.cefr, ...ielpSections.map((section) => output.sections[section].cefr)])]
            .toSorted((a, b) => levelPlace(a) - levelPlace(b))
            .map((level) => ({
              title: capital(level),
              aside: [
                ...(output.overall.cefr === level ? ["Overall"] : []),
                ...ielpSections
                  .filter((section) => output.sections[section].cefr === level)
                  .map((section) => sectionNames[section]),
              ].join(", "),
              paragraphs: [levels[level] ?? ""],
            })),
        },
      ],
    },
    {
      title: "Sub-skills",
      intro: reportWords.subSkills,
      blocks: [
        {
          kind: "shares",
          groups: ielpSections.map((section) => ({ title: sectionNames[section], lines: shares[section] })),
        },
      ],
    },
  ];
}

function levelPlace(level: string): number {
  return IELP.rows.findIndex(({ cefr }) => cefr === level);
}

function skillTrace(output: IelpOutput): ReportSection {
  return {
    title: "Why this band",
    intro: reportWords.skillTrace,
    blocks: sectionBlocks(output),
  };
}

function criteriaBlock(output: IeltsSpeakingOutput): ReportBlock {
  return {
    kind: "entries",
    title: null,
    note: null,
    entries: interviewCriteria(output).map(({ criterion, band, words, marks }) => ({
      title: `${IELTS_SPEAKING.criterionTitles[criterion]}: ${band}`,
      aside: marks ?? "",
      paragraphs: words.map(({ at, words: said }) => `${at}: ${said}.`),
    })),
  };
}

function taskTable({ trace }: IetSpeakingOutput): ReportBlock {
  return {
    kind: "table",
    head: ["Task", ...IET_SPEAKING.criteria.map((id) => shortTitle(IET_SPEAKING.criterionTitles[id])), "Score"],
    rows: trace.tasks.map(({ task, criteria, score }) => ({
      cells: [
        IET_SPEAKING.tasks.find(({ id }) => id === task)?.title ?? task,
        ...criteria.map(({ meanDecimal }) => trimDecimals(meanDecimal, 2)),
        score,
      ],
    })),
  };
}

function strengthsSection({ output }: OwnResult): ReportSection {
  const { strengths, next, tooFew, even } = strengthsOf(output);
  const unsaid = tooFewWords(tooFew);
  return {
    title: "Strengths and next steps",
    intro: reportWords.strengths,
    blocks: [
      {
        kind: "entries",
        title: "Strengths",
        note: strengths.length === 0 ? reportWords.noStrength : null,
        entries: strengths.map(entryOf),
      },
      {
        kind: "entries",
        title: "Next steps",
        note: even ? reportWords.noWeakness : null,
        entries: next.map(entryOf),
      },
      ...(unsaid === null ? [] : [{ kind: "text" as const, small: true, text: unsaid }]),
    ],
  };
}

function entryOf(finding: Finding) {
  return { title: findingTitle(finding), aside: finding.evidence, paragraphs: [finding.words] };
}

function spanOf(line: RangeLine | undefined) {
  return line === undefined ? null : { low: line.low, high: line.high };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `2026-03-02`, of a moment at a place. */
function calendarDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}
