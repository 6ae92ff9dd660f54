/** What sections are called and what is said before each. */
export const sectionWords = {
  reading: {
    name: "Reading",
    one: "item",
    many: "items",
    before: [
      "Each item has a text and a question, some have several parts.",
      "Go back and forth as you like, and flag what you want to see again.",
    ],
  },
  listening: {
    name: "Listening",
    one: "item",
    many: "items",
    before: [
      "Each item has a recording. It says how often you may play it: once or twice.",
      "A recording cannot be paused. Read the question first, then press play.",
    ],
  },
  writing: {
    name: "Writing",
    one: "task",
    many: "tasks",
    before: [
      "Write an answer to each task. The words are counted as you type.",
      "You may work on the tasks in any order. There is no spell check.",
    ],
  },
  speaking: {
    name: "Speaking",
    one: "task",
    many: "tasks",
    before: [
      "Each task gives you time to prepare, then time to answer. You may finish early.",
      "Listen back before you go on. Where the task allows it, you may record once more.",
      "Tasks go forward only: you cannot return to an earlier one.",
    ],
  },
} as const;
export type SectionSkill = keyof typeof sectionWords;
