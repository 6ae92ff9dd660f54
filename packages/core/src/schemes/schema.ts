import type { CefrLevel, LevelBand, ReportedLevel } from "@bandwise/scoring/cefr";
import type { IelpResult } from "@bandwise/scoring/ielp";
import type { IeltsSpeakingResult } from "@bandwise/scoring/ielts-speaking";
import type { IetSpeakingResult } from "@bandwise/scoring/iet-speaking";
import type { Rational } from "@bandwise/scoring/rational";
import type { SchemeStamp } from "@bandwise/scoring/scheme";
import type { OpenContent } from "../bank/speaking-schema.ts";

/**
 * What a scheme is to the product: from the parts of an attempt to its result, and from a result to everything that lists,
 * pages and documents say of it. The arithmetic is the scoring package's; nothing outside this folder asks which scheme it is
 * to know a number, a level or a word.
 */
export interface ProductScheme<Output extends SchemeOutput = SchemeOutput> {
  /** By what new results are scored. */
  readonly stamp: SchemeStamp;
  /** As a certificate and a list name the examination. */
  readonly title: string;
  /** What its candidates did, between their name and the day: “sat the … ”. */
  readonly sat: string;
  /** The titles of a result's parts by their ids. */
  readonly partTitles: Readonly<Record<string, string>>;
  readonly scale: ScoreScale;
  /** How scores and levels of a version come about, in sentences for a certificate. */
  notes(version: string): readonly string[];
  /** Scores an attempt by the version a result names, or the newest; null where this code does not have that version. */
  scorer(stamp?: SchemeStamp): ((parts: SchemeParts, options: { readonly trace: boolean }) => Output) | null;
  summary(output: Output): ResultSummary;
  /** What a certificate says beside the summary: the steps that led to the overall score, and sentences that belong on it. */
  workings(output: Output, machine: MachineStanding): Workings;
}

/** A result as it is stored; `scheme` says which. */
export type SchemeOutput = IelpResult | IeltsSpeakingResult | IetSpeakingResult;

export interface SchemeParts {
  readonly items: readonly {
    readonly skill: "reading" | "listening";
    readonly level: CefrLevel;
    readonly subSkill: string;
    /** A number of 0 to 1 or a fraction such as `1/2`. */
    readonly credit: Rational | number | string;
  }[];
  readonly tasks: readonly {
    readonly skill: "writing" | "speaking";
    readonly level: LevelBand | "all";
    /** Of a task put to everybody. */
    readonly type: OpenContent["type"] | null;
    readonly subSkill: string;
    /** Those that count; one of a machine may lack criteria that another has. */
    readonly ratings: readonly Readonly<Record<string, number>>[];
  }[];
}

/** The line on which a scheme's scores lie, from 0. */
export interface ScoreScale {
  /** What one score is called. */
  readonly noun: "Band" | "Score";
  readonly highest: number;
  readonly decimals: 1 | 2;
  /** Between two numerals of its ruler. */
  readonly every: number;
  /** Where each level ends, lowest first; none where the scheme reports no level. */
  readonly levels: readonly { readonly to: number; readonly label: ReportedLevel }[];
}

/** What is shown of a result wherever results of any scheme are shown. */
export interface ResultSummary {
  readonly overall: {
    /** As the scheme writes it: `6.50`, `6.5`, `66.88`. */
    readonly score: string;
    /** What lists sort by. */
    readonly hundredths: number;
    /** Null where the scheme reports no level. */
    readonly cefr: ReportedLevel | null;
    /** The overall level's words. */
    readonly meaning: string;
  };
  /** The sections of an examination in several skills, the criteria of one in a single skill. */
  readonly parts: readonly ScorePart[];
}

export interface ScorePart {
  readonly id: string;
  readonly title: string;
  readonly score: string;
  readonly cefr: ReportedLevel | null;
}

/** Whether machine ratings count in a result, and whether each was given by a version that had passed the gate. */
export type MachineStanding = "none" | "validated" | "not-validated";

export interface Workings {
  readonly steps: readonly { readonly name: string; readonly value: string }[];
  readonly notes: readonly string[];
}
