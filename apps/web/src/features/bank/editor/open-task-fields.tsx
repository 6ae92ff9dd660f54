"use client";

import type { OpenContent } from "@bandwise/core/bank/speaking-schema";
import { AddButton, Figure, Group, Line, Lines, moved, Problem, RowTools, replaced, without } from "./fields.tsx";
import { InterviewFields } from "./interview-fields.tsx";
import { MonologueFields, PictureFields, TitleAndPrompt, TurnFields } from "./speaking-fields.tsx";

/** An interview, or a task of `iet-speaking`: each kind has its own form, and its kind is fixed from the start. */
export function OpenTaskFields({
  itemId,
  value,
  onChange,
}: {
  itemId: string;
  value: OpenContent;
  onChange: (value: OpenContent) => void;
}) {
  switch (value.type) {
    case "interview":
      return <InterviewFields value={value} onChange={onChange} />;
    case "dialogue":
      return <DialogueFields itemId={itemId} value={value} onChange={onChange} />;
    case "introduction":
    case "opinion":
      return (
        <Group title="Task">
          <MonologueFields value={value} onChange={onChange} />
        </Group>
      );
    case "picture":
      return (
        <Group title="Task">
          <MonologueFields value={value} onChange={onChange} />
          <PictureFields
            itemId={itemId}
            value={value.picture}
            onChange={(picture) => onChange({ ...value, picture })}
          />
        </Group>
      );
  }
}

type Dialogue = Extract<OpenContent, { type: "dialogue" }>;

function DialogueFields({
  itemId,
  value,
  onChange,
}: {
  itemId: string;
  value: Dialogue;
  onChange: (value: Dialogue) => void;
}) {
  const { turns } = value;
  const setTurns = (changed: Dialogue["turns"]) => onChange({ ...value, turns: changed });
  return (
    <>
      <Group title="Situation">
        <TitleAndPrompt value={value} onChange={onChange} />
        <Figure
          className="wide:max-w-[16rem]"
          path="content.prepareSeconds"
          label="Seconds to read it"
          min={1}
          value={value.prepareSeconds}
          onChange={(prepareSeconds) => onChange({ ...value, prepareSeconds })}
        />
      </Group>
      <Group title="Turns" note="Each is played once, then answered at once">
        {turns.map((turn, index) => (
          <TurnFields
            key={index}
            path={`content.turns.${index}`}
            label={`Turn ${index + 1}`}
            // A file is named after its item and its place in the dialogue.
            itemId={`${itemId}-${index + 1}`}
            value={turn}
            tools={
              <RowTools
                what="turn"
                index={index}
                count={turns.length}
                onMove={(from, to) => setTurns(moved(turns, from, to))}
                onRemove={(gone) => setTurns(without(turns, gone))}
              />
            }
            onChange={(changed) => setTurns(replaced(turns, index, changed))}
          >
            <Figure
              className="wide:max-w-[16rem]"
              path={`content.turns.${index}.answerSeconds`}
              label="Seconds to answer"
              min={1}
              value={turn.answerSeconds}
              onChange={(answerSeconds) => setTurns(replaced(turns, index, { ...turn, answerSeconds }))}
            />
            <CueFields
              path={`content.turns.${index}.listensFor`}
              value={turn.listensFor}
              onChange={(cue) => {
                const { listensFor: _, ...rest } = turn;
                setTurns(replaced(turns, index, cue ? { ...rest, listensFor: cue } : rest));
              }}
            />
          </TurnFields>
        ))}
        <Problem path="content.turns" />
        <span>
          <AddButton
            onClick={() =>
              setTurns([
                ...turns,
                { speaker: "", voice: "slt", text: "", media: "", durationSeconds: 0, answerSeconds: 25 },
              ])
            }
          >
            Add a turn
          </AddButton>
        </span>
      </Group>
    </>
  );
}

type Cue = NonNullable<Dialogue["turns"][number]["listensFor"]>;

/** What the partner listens for in the answer; both fields empty: nothing. */
function CueFields({
  path,
  value,
  onChange,
}: {
  path: string;
  value: Cue | undefined;
  onChange: (value: Cue | undefined) => void;
}) {
  const change = (cue: Cue) => onChange(cue.words.length === 0 && cue.otherwise === "" ? undefined : cue);
  const { words, otherwise } = value ?? { words: [], otherwise: "" };
  return (
    <>
      <Lines
        path={`${path}.words`}
        label="Words of which an answer should hold one, each on a line"
        optional
        value={words.join("\n")}
        onChange={(text) => change({ otherwise, words: text === "" ? [] : text.split("\n") })}
      />
      <Line
        path={`${path}.otherwise`}
        label="Asked back in writing where it holds none"
        optional
        value={otherwise}
        onChange={(text) => change({ words, otherwise: text })}
      />
    </>
  );
}
