"use client";

import { type OpenContent, type TaskContent, voices } from "@bandwise/core/bank/speaking-schema";
import type { ReactNode } from "react";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Choice, Figure, Group, Line, Lines, TextList } from "./fields.tsx";
import { MediaField } from "./media-field.tsx";

const voiceOptions = voices.map((value) => ({ value, label: value }));
const blankTurn: Turn = { speaker: "", voice: "slt", text: "", media: "", durationSeconds: 0 };
const blankPicture = { media: "", alternative: "" };

/** A task of one band. */
export function SpeakingFields({
  itemId,
  value,
  onChange,
}: {
  itemId: string;
  value: TaskContent;
  onChange: (value: TaskContent) => void;
}) {
  const { turn, picture, ...plain } = value;
  return (
    <Group title="Task">
      <MonologueFields value={value} onChange={onChange} />
      <Checkbox
        name="content.turn"
        checked={turn !== undefined}
        onChange={(event) =>
          onChange(event.target.checked ? { ...value, turn: blankTurn } : { ...plain, ...(picture && { picture }) })
        }
      >
        Interactive: answers a recorded turn
      </Checkbox>
      {turn ? (
        <TurnFields
          path="content.turn"
          label="Turn"
          itemId={itemId}
          value={turn}
          onChange={(changed) => onChange({ ...value, turn: changed })}
        />
      ) : null}
      <Checkbox
        name="content.picture"
        checked={picture !== undefined}
        onChange={(event) =>
          onChange(event.target.checked ? { ...value, picture: blankPicture } : { ...plain, ...(turn && { turn }) })
        }
      >
        With a picture
      </Checkbox>
      {picture ? (
        <PictureFields
          itemId={itemId}
          value={picture}
          onChange={(changed) => onChange({ ...value, picture: changed })}
        />
      ) : null}
    </Group>
  );
}

type Monologue = Pick<TaskContent, "title" | "prompt" | "points" | "prepareSeconds" | "answerSeconds" | "reRecord">;

/** What every task has in which one person speaks. */
export function MonologueFields<Content extends Monologue>({
  value,
  onChange,
}: {
  value: Content;
  onChange: (value: Content) => void;
}) {
  return (
    <>
      <TitleAndPrompt value={value} onChange={onChange} />
      <TextList
        path="content.points"
        label="Points to cover"
        what="point"
        value={value.points}
        onChange={(points) => onChange({ ...value, points })}
      />
      <div className="grid gap-3 wide:grid-cols-2">
        <Figure
          path="content.prepareSeconds"
          label="Seconds to prepare"
          min={1}
          value={value.prepareSeconds}
          onChange={(prepareSeconds) => onChange({ ...value, prepareSeconds })}
        />
        <Figure
          path="content.answerSeconds"
          label="Seconds to answer"
          min={1}
          value={value.answerSeconds}
          onChange={(answerSeconds) => onChange({ ...value, answerSeconds })}
        />
      </div>
      <Checkbox
        name="content.reRecord"
        checked={value.reRecord}
        onChange={(event) => onChange({ ...value, reRecord: event.target.checked })}
      >
        One more recording is allowed
      </Checkbox>
    </>
  );
}

export function TitleAndPrompt<Content extends Pick<Monologue, "title" | "prompt">>({
  value,
  onChange,
}: {
  value: Content;
  onChange: (value: Content) => void;
}) {
  return (
    <>
      <Line
        path="content.title"
        label="Title"
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
      />
      <Lines
        path="content.prompt"
        label="Prompt"
        value={value.prompt}
        onChange={(prompt) => onChange({ ...value, prompt })}
      />
    </>
  );
}

type Turn = NonNullable<TaskContent["turn"]>;

export function TurnFields<Spoken extends Turn>({
  path,
  label,
  itemId,
  value,
  tools,
  children,
  onChange,
}: {
  path: string;
  label: string;
  itemId: string;
  value: Spoken;
  tools?: ReactNode;
  /** What a turn has beyond its recording. */
  children?: ReactNode;
  onChange: (value: Spoken) => void;
}) {
  return (
    <div className="grid gap-3 rounded-control border border-line p-2.5">
      <div className="flex items-start justify-between gap-2">
        <MediaField
          path={`${path}.media`}
          label={label}
          kind="sound"
          itemId={itemId}
          value={value.media}
          onStored={({ name, seconds }) =>
            onChange({ ...value, media: name, durationSeconds: seconds ?? value.durationSeconds })
          }
        />
        {tools}
      </div>
      <div className="grid gap-3 wide:grid-cols-3">
        <Line
          path={`${path}.speaker`}
          label="Speaker"
          value={value.speaker}
          onChange={(speaker) => onChange({ ...value, speaker })}
        />
        <Choice
          path={`${path}.voice`}
          label="Voice"
          value={value.voice}
          options={voiceOptions}
          onChange={(voice) => onChange({ ...value, voice })}
        />
        <Figure
          path={`${path}.durationSeconds`}
          label="Seconds"
          min={0}
          step="any"
          value={value.durationSeconds}
          onChange={(durationSeconds) => onChange({ ...value, durationSeconds })}
        />
      </div>
      <Lines
        path={`${path}.text`}
        label="Transcript"
        rows={2}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
      {children}
    </div>
  );
}

export function PictureFields({
  itemId,
  value,
  onChange,
}: {
  itemId: string;
  value: Extract<OpenContent, { type: "picture" }>["picture"];
  onChange: (value: Extract<OpenContent, { type: "picture" }>["picture"]) => void;
}) {
  return (
    <div className="grid gap-3 rounded-control border border-line p-2.5">
      <MediaField
        path="content.picture.media"
        label="Picture"
        kind="picture"
        itemId={itemId}
        value={value.media}
        onStored={({ name }) => onChange({ ...value, media: name })}
      />
      <Lines
        path="content.picture.alternative"
        label="The picture in words"
        description="Read to candidates who cannot see it."
        rows={2}
        value={value.alternative}
        onChange={(alternative) => onChange({ ...value, alternative })}
      />
    </div>
  );
}
