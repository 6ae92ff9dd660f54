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
  inWords,
  meaningForYou,
  remarkWords,
  sectionNames,
  sharesOf,
  trimDecimals,
  userKind,
} from "./report-words.ts";
import type { IelpOutput, IeltsSpeakingOutput, IetSpeakingOutput } from "./rules.ts";
import { type Finding, fewestItems, strengthsOf } from "./strengths-rules.ts";
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
          intro: "A task’s score is the mean of its criteria, the overall score the mean of the tasks.",
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
    const [secured, next] = output.overall.cefr.split("/");
    const double =
      next === undefined ? "" : ` ${output.overall.cefr} is a double level: ${secured} is secured, ${next} has begun.`;
    return [
      { kind: "text", lead, text: `${capital(rest)}${double}` },
      ...(machine === "none"
        ? []
        : [
            {
              kind: "text" as const,
              text: "In writing, a machine rater that was checked against examiners here was the second marker of at least one task; its mark and the examiner’s were close, and both count.",
            },
          ]),
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
      text: `${overall.meaning}${output.independentUser ? " From B1 on the framework speaks of an independent user." : ""}`,
    },
    {
      kind: "text",
      lead: standing,
      text:
        machine === "none"
          ? "Examiners gave every score below."
          : "A machine measured what it could; where it could not, an examiner gave the score.",
    },
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
      intro:
        "Credit earned, as a share of the credit possible. A single sitting holds few items of each kind: read these as hints for study.",
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
    intro: "Every step from the answers to the band, drawn to one scale.",
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
    head: ["Task", ...IET_SPEAKING.criteria.map((id) => firstWord(IET_SPEAKING.criterionTitles[id])), "Score"],
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
  return {
    title: "Strengths and next steps",
    intro: "Measured against the rest of this result, not against other people. One sitting is a small sample.",
    blocks: [
      {
        kind: "entries",
        title: "Strengths",
        note: strengths.length === 0 ? "Nothing stands out from the rest: your parts are close." : null,
        entries: strengths.map(entryOf),
      },
      {
        kind: "entries",
        title: "Next steps",
        note: even ? "Nothing stands back from the rest. Where there is most to gain:" : null,
        entries: next.map(entryOf),
      },
      ...(tooFew.length === 0
        ? []
        : [
            {
              kind: "text" as const,
              small: true,
              text: `Too few to say anything about (it takes ${fewestItems} items of a kind): ${tooFew
                .map(({ section, title, count }) => `${nameOf(section)}, ${title.toLowerCase()} (${count})`)
                .join("; ")}.`,
            },
          ]),
    ],
  };
}

function entryOf({ section, id, title, evidence, words }: Finding) {
  return {
    title: section === null || id === "whole" ? title : `${nameOf(section)}: ${title.toLowerCase()}`,
    aside: evidence,
    paragraphs: [words],
  };
}

const names: Readonly<Record<string, string>> = sectionNames;

function nameOf(section: string): string {
  return names[section] ?? inWords(section);
}

function spanOf(line: RangeLine | undefined) {
  return line === undefined ? null : { low: line.low, high: line.high };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function firstWord(title: string): string {
  return title.split(/ (?:and |\()/)[0] ?? title;
}

/** `2026-03-02`, of a moment at a place. */
function calendarDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}
