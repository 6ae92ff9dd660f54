/** The columns of a table of items: those of every item, then those that a skill needs besides. */
const about = [
  ...["id", "skill", "level", "sub_skill", "topic", "difficulty", "difficulty_reason", "anchor", "fairness"],
] as const;
const question = [
  ...["type", "stem", "text", "prompts", "options", "choose", "max_length", "correct", "all_or_nothing"],
  ...["spelling_tolerance", "case_sensitive", "numeric", "rationale", "distractors"],
] as const;

export const csvSkills = ["reading", "listening", "writing", "speaking"] as const;
export type CsvSkill = (typeof csvSkills)[number];

export const columnsOf = {
  reading: [...about, "kind", "title", "passage", ...question],
  listening: [...about, "kind", "setting", "plays", "recording", "seconds", "turns", "passage", ...question],
  writing: [
    ...about,
    ...["title", "situation", "reader", "purpose", "instruction", "points"],
    ...["min_words", "max_words", "minutes", "rationale"],
  ],
  speaking: [
    ...about,
    ...["type", "title", "prompt", "points", "prepare_seconds", "answer_seconds", "re_record", "picture", "turns"],
    ...["short_below_seconds", "short_prompt", "practice", "part_1", "part_2", "part_3", "rationale"],
  ],
} as const satisfies Record<CsvSkill, readonly string[]>;
export type Column = (typeof columnsOf)[CsvSkill][number];
export type Row = Readonly<Partial<Record<Column, string>>>;

export const csvColumns: readonly Column[] = [...new Set(csvSkills.flatMap((skill) => [...columnsOf[skill]]))];
