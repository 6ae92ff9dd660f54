"use client";

import type { OpenContent } from "@bandwise/core/bank/speaking-schema";
import {
  AddButton,
  Figure,
  Group,
  Line,
  Lines,
  moved,
  Problem,
  RowTools,
  replaced,
  TextList,
  without,
} from "./fields.tsx";

type Interview = Extract<OpenContent, { type: "interview" }>;
type Question = Interview["part3"]["themes"][number]["questions"][number];

/** The whole script of an interview: what the examiner says, what lies before the candidate, how long each part lasts. */
export function InterviewFields({ value, onChange }: { value: Interview; onChange: (value: Interview) => void }) {
  const { part1, part2, part3 } = value;
  const set1 = (changes: Partial<Interview["part1"]>) => onChange({ ...value, part1: { ...part1, ...changes } });
  const set2 = (changes: Partial<Interview["part2"]>) => onChange({ ...value, part2: { ...part2, ...changes } });
  const set3 = (changes: Partial<Interview["part3"]>) => onChange({ ...value, part3: { ...part3, ...changes } });
  const setCard = (changes: Partial<Interview["part2"]["card"]>) => set2({ card: { ...part2.card, ...changes } });
  return (
    <>
      <Group title="Interview">
        <Line
          path="content.title"
          label="Title"
          description="For lists: candidates do not see it."
          value={value.title}
          onChange={(title) => onChange({ ...value, title })}
        />
      </Group>
      <Group title="Part 1: questions about the candidate">
        <Span path="content.part1" value={part1} onChange={set1} />
        <TextList
          path="content.part1.opening"
          label="Opening"
          what="opening line"
          value={part1.opening}
          onChange={(opening) => set1({ opening })}
        />
        {part1.frames.map((frame, index) => {
          const path = `content.part1.frames.${index}`;
          const setFrame = (changes: Partial<typeof frame>) =>
            set1({ frames: replaced(part1.frames, index, { ...frame, ...changes }) });
          return (
            <div key={index} className="grid gap-3 rounded-control border border-line p-2.5">
              <div className="grid gap-3 wide:grid-cols-2">
                <Line
                  path={`${path}.topic`}
                  label={`Frame ${index + 1}: topic`}
                  value={frame.topic}
                  onChange={(topic) => setFrame({ topic })}
                />
                <Line
                  path={`${path}.lead`}
                  label="Words that lead to it"
                  value={frame.lead}
                  onChange={(lead) => setFrame({ lead })}
                />
              </div>
              <Questions
                path={`${path}.questions`}
                fixed
                value={frame.questions}
                onChange={(questions) => setFrame({ questions })}
              />
            </div>
          );
        })}
      </Group>
      <Group title="Part 2: the long turn">
        <Span path="content.part2" value={part2} onChange={set2} />
        <Lines
          path="content.part2.lead"
          label="Words that lead to it"
          rows={2}
          value={part2.lead}
          onChange={(lead) => set2({ lead })}
        />
        <div className="grid gap-3 rounded-control border border-line p-2.5">
          <Line
            path="content.part2.card.topic"
            label="Cue card: topic"
            placeholder="Describe …"
            value={part2.card.topic}
            onChange={(topic) => setCard({ topic })}
          />
          <TextList
            path="content.part2.card.points"
            label="Points"
            what="card point"
            value={part2.card.points}
            onChange={(points) => setCard({ points })}
          />
          <Line
            path="content.part2.card.explain"
            label="Last point"
            placeholder="and explain …"
            value={part2.card.explain}
            onChange={(explain) => setCard({ explain })}
          />
        </div>
        <div className="grid gap-3 wide:grid-cols-3">
          <Figure
            path="content.part2.prepareSeconds"
            label="Seconds to prepare"
            min={1}
            value={part2.prepareSeconds}
            onChange={(prepareSeconds) => set2({ prepareSeconds })}
          />
          <Figure
            path="content.part2.speakSeconds.min"
            label="Seconds to speak, from"
            min={1}
            value={part2.speakSeconds.min}
            onChange={(min) => set2({ speakSeconds: { ...part2.speakSeconds, min } })}
          />
          <Figure
            path="content.part2.speakSeconds.max"
            label="to"
            min={1}
            value={part2.speakSeconds.max}
            onChange={(max) => set2({ speakSeconds: { ...part2.speakSeconds, max } })}
          />
        </div>
        <TextList
          path="content.part2.roundingOff"
          label="Questions that round it off"
          what="rounding-off question"
          fixed
          value={part2.roundingOff}
          onChange={(roundingOff) => set2({ roundingOff })}
        />
      </Group>
      <Group title="Part 3: discussion">
        <Span path="content.part3" value={part3} onChange={set3} />
        <Lines
          path="content.part3.lead"
          label="Words that lead to it"
          rows={2}
          value={part3.lead}
          onChange={(lead) => set3({ lead })}
        />
        {part3.themes.map((theme, index) => {
          const path = `content.part3.themes.${index}`;
          const setTheme = (changes: Partial<typeof theme>) =>
            set3({ themes: replaced(part3.themes, index, { ...theme, ...changes }) });
          return (
            <div key={index} className="grid gap-3 rounded-control border border-line p-2.5">
              <Line
                path={`${path}.theme`}
                label={`Theme ${index + 1}`}
                value={theme.theme}
                onChange={(words) => setTheme({ theme: words })}
              />
              <Questions
                path={`${path}.questions`}
                value={theme.questions}
                onChange={(questions) => setTheme({ questions })}
              />
            </div>
          );
        })}
      </Group>
    </>
  );
}

function Span({
  path,
  value,
  onChange,
}: {
  path: string;
  value: { minSeconds: number; maxSeconds: number };
  onChange: (value: Partial<{ minSeconds: number; maxSeconds: number }>) => void;
}) {
  return (
    <div className="grid gap-3 wide:grid-cols-2">
      <Figure
        path={`${path}.minSeconds`}
        label="Lasts from, in seconds"
        min={1}
        value={value.minSeconds}
        onChange={(minSeconds) => onChange({ minSeconds })}
      />
      <Figure
        path={`${path}.maxSeconds`}
        label="to"
        min={1}
        value={value.maxSeconds}
        onChange={(maxSeconds) => onChange({ maxSeconds })}
      />
    </div>
  );
}

/** `fixed`: their number belongs to the format. */
function Questions({
  path,
  value,
  onChange,
  fixed = false,
}: {
  path: string;
  value: Question[];
  onChange: (value: Question[]) => void;
  fixed?: boolean;
}) {
  return (
    <div className="grid gap-2">
      {value.map((question, index) => (
        <div key={index} className="grid gap-1 border-t border-line pt-2 first:border-t-0 first:pt-0">
          <div className="flex items-end gap-2">
            <Line
              className="min-w-0 flex-1"
              path={`${path}.${index}.ask`}
              label={`Question ${index + 1}`}
              value={question.ask}
              onChange={(ask) => onChange(replaced(value, index, { ...question, ask }))}
            />
            <RowTools
              what="question"
              index={index}
              count={value.length}
              onMove={(from, to) => onChange(moved(value, from, to))}
              onRemove={fixed ? undefined : (gone) => onChange(without(value, gone))}
            />
          </div>
          <Line
            path={`${path}.${index}.followUp`}
            label="After a short answer"
            value={question.followUp}
            onChange={(followUp) => onChange(replaced(value, index, { ...question, followUp }))}
          />
        </div>
      ))}
      <Problem path={path} />
      {fixed ? null : (
        <span>
          <AddButton onClick={() => onChange([...value, { ask: "", followUp: "" }])}>Add a question</AddButton>
        </span>
      )}
    </div>
  );
}
