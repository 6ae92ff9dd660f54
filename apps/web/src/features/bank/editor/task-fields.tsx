"use client";

import type { BankItem } from "@bandwise/core/bank/schema";
import { voices } from "@bandwise/core/bank/speaking-schema";
import {
  AddButton,
  Choice,
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
import { MediaField } from "./media-field.tsx";
import { BlockRows } from "./stimulus-fields.tsx";

type Of<S extends BankItem["skill"]> = Extract<BankItem, { skill: S }>["content"];
const voiceOptions = voices.map((value) => ({ value, label: value }));

export function ListeningFields({
  itemId,
  value,
  onChange,
}: {
  itemId: string;
  value: Of<"listening">["stimulus"];
  onChange: (value: Of<"listening">["stimulus"]) => void;
}) {
  const at = "content.stimulus";
  const setTurns = (turns: typeof value.turns) => onChange({ ...value, turns });
  return (
    <Group title="Recording">
      <MediaField
        path={`${at}.media`}
        label="Sound"
        kind="sound"
        itemId={itemId}
        value={value.media}
        onStored={({ name, seconds }) =>
          onChange({ ...value, media: name, durationSeconds: seconds ?? value.durationSeconds })
        }
      />
      <div className="grid gap-3 wide:grid-cols-3">
        <Line path={`${at}.kind`} label="Kind" value={value.kind} onChange={(kind) => onChange({ ...value, kind })} />
        <Choice
          path={`${at}.plays`}
          label="Plays"
          value={value.plays === 1 ? "1" : "2"}
          options={[
            { value: "1", label: "Once" },
            { value: "2", label: "Twice" },
          ]}
          onChange={(plays) => onChange({ ...value, plays: plays === "1" ? 1 : 2 })}
        />
        <Figure
          path={`${at}.durationSeconds`}
          label="Seconds"
          min={0}
          step="any"
          value={value.durationSeconds}
          onChange={(durationSeconds) => onChange({ ...value, durationSeconds })}
        />
      </div>
      <Line
        path={`${at}.setting`}
        label="What candidates are told"
        placeholder="You hear two friends talking."
        value={value.setting}
        onChange={(setting) => onChange({ ...value, setting })}
      />
      <p className="field-label">Shown beside the recording</p>
      <BlockRows itemId={itemId} blocks={value.blocks ?? []} onChange={(blocks) => onChange({ ...value, blocks })} />
      <p className="field-label">Transcript</p>
      {value.turns.map((turn, index) => (
        <div key={index} className="grid gap-2 rounded-control border border-line p-2.5">
          <div className="flex items-center justify-between gap-2">
            <span className="text-dense text-ink-3">Turn {index + 1}</span>
            <RowTools
              what="turn"
              index={index}
              count={value.turns.length}
              onMove={(from, to) => setTurns(moved(value.turns, from, to))}
              onRemove={(gone) => setTurns(without(value.turns, gone))}
            />
          </div>
          <div className="grid gap-2 wide:grid-cols-3">
            <Line
              path={`${at}.turns.${index}.speaker`}
              label="Speaker"
              value={turn.speaker}
              onChange={(speaker) => setTurns(replaced(value.turns, index, { ...turn, speaker }))}
            />
            <Choice
              path={`${at}.turns.${index}.voice`}
              label="Voice"
              value={turn.voice}
              options={voiceOptions}
              onChange={(voice) => setTurns(replaced(value.turns, index, { ...turn, voice }))}
            />
            <Figure
              path={`${at}.turns.${index}.pauseAfterMs`}
              label="Pause after, in ms"
              min={0}
              max={3000}
              step={50}
              value={turn.pauseAfterMs}
              onChange={(pauseAfterMs) => setTurns(replaced(value.turns, index, { ...turn, pauseAfterMs }))}
            />
          </div>
          <Lines
            path={`${at}.turns.${index}.text`}
            label="Words"
            hideLabel
            rows={2}
            value={turn.text}
            onChange={(text) => setTurns(replaced(value.turns, index, { ...turn, text }))}
          />
        </div>
      ))}
      <Problem path={`${at}.turns`} />
      <span>
        <AddButton
          onClick={() => setTurns([...value.turns, { speaker: "", voice: "rms", text: "", pauseAfterMs: 500 }])}
        >
          Add a turn
        </AddButton>
      </span>
    </Group>
  );
}

export function WritingFields({ value, onChange }: { value: Of<"writing">; onChange: (value: Of<"writing">) => void }) {
  return (
    <Group title="Task">
      <Line
        path="content.title"
        label="Title"
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
      />
      <Lines
        path="content.situation"
        label="Situation"
        value={value.situation}
        onChange={(situation) => onChange({ ...value, situation })}
      />
      <div className="grid gap-3 wide:grid-cols-2">
        <Line
          path="content.reader"
          label="Reader"
          value={value.reader}
          onChange={(reader) => onChange({ ...value, reader })}
        />
        <Line
          path="content.purpose"
          label="Purpose"
          value={value.purpose}
          onChange={(purpose) => onChange({ ...value, purpose })}
        />
      </div>
      <Lines
        path="content.instruction"
        label="Instruction"
        rows={2}
        value={value.instruction}
        onChange={(instruction) => onChange({ ...value, instruction })}
      />
      <TextList
        path="content.points"
        label="Points to cover"
        what="point"
        value={value.points}
        onChange={(points) => onChange({ ...value, points })}
        fixed
      />
      <div className="grid gap-3 wide:grid-cols-3">
        <Figure
          path="content.minWords"
          label="Fewest words"
          min={1}
          value={value.minWords}
          onChange={(minWords) => onChange({ ...value, minWords })}
        />
        <Figure
          path="content.maxWords"
          label="Most words"
          min={1}
          value={value.maxWords}
          onChange={(maxWords) => onChange({ ...value, maxWords })}
        />
        <Figure
          path="content.suggestedMinutes"
          label="Minutes"
          min={1}
          value={value.suggestedMinutes}
          onChange={(suggestedMinutes) => onChange({ ...value, suggestedMinutes })}
        />
      </div>
    </Group>
  );
}
