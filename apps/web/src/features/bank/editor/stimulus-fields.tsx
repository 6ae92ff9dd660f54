"use client";

import type { BankItem, StimulusBlock } from "@bandwise/core/bank/schema";
import { AddButton, Choice, Group, Line, Lines, moved, Problem, RowTools, replaced, without } from "./fields.tsx";

type Stimulus = Extract<BankItem, { skill: "reading" }>["content"]["stimulus"];

const path = "content.stimulus";
const blank: Record<StimulusBlock["type"], StimulusBlock> = {
  paragraph: { type: "paragraph", text: "" },
  heading: { type: "heading", text: "" },
  list: { type: "list", ordered: false, items: [""] },
  table: { type: "table", header: ["", ""], rows: [["", ""]] },
};
const names: Record<StimulusBlock["type"], string> = {
  paragraph: "Paragraph",
  heading: "Heading",
  list: "List",
  table: "Table",
};

export function StimulusFields({ value, onChange }: { value: Stimulus; onChange: (value: Stimulus) => void }) {
  const setBlocks = (blocks: StimulusBlock[]) => onChange({ ...value, blocks });
  return (
    <Group title="Text">
      <div className="grid gap-3 wide:grid-cols-[10rem_minmax(0,1fr)]">
        <Line
          path={`${path}.kind`}
          label="Kind"
          value={value.kind}
          onChange={(kind) => onChange({ ...value, kind })}
          placeholder="notice"
        />
        <Line
          path={`${path}.title`}
          label="Title"
          optional
          value={value.title ?? ""}
          onChange={(title) => onChange({ ...value, title })}
        />
      </div>
      {value.blocks.map((block, index) => (
        // Blocks have no names of their own; their place is what they are known by.
        <div key={index} className="rounded-control border border-line p-2.5">
          <div className="mb-1 flex items-center justify-between gap-2">
            <span className="text-dense text-ink-3">
              {index + 1}. {names[block.type]}
            </span>
            <RowTools
              what="block"
              index={index}
              count={value.blocks.length}
              onMove={(from, to) => setBlocks(moved(value.blocks, from, to))}
              onRemove={(at) => setBlocks(without(value.blocks, at))}
            />
          </div>
          <BlockFields
            block={block}
            at={`${path}.blocks.${index}`}
            onChange={(next) => setBlocks(replaced(value.blocks, index, next))}
          />
        </div>
      ))}
      <Problem path={`${path}.blocks`} />
      <div className="flex flex-wrap gap-2">
        {(["paragraph", "heading", "list", "table"] as const).map((type) => (
          <AddButton key={type} onClick={() => setBlocks([...value.blocks, blank[type]])}>
            {names[type]}
          </AddButton>
        ))}
      </div>
    </Group>
  );
}

function BlockFields({
  block,
  at,
  onChange,
}: {
  block: StimulusBlock;
  at: string;
  onChange: (block: StimulusBlock) => void;
}) {
  switch (block.type) {
    case "heading":
      return (
        <Line
          path={`${at}.text`}
          label="Heading"
          hideLabel
          value={block.text}
          onChange={(text) => onChange({ ...block, text })}
        />
      );
    case "paragraph":
      return (
        <Lines
          path={`${at}.text`}
          label="Paragraph"
          hideLabel
          rows={5}
          value={block.text}
          onChange={(text) => onChange({ ...block, text })}
        />
      );
    case "list":
      return (
        <div className="grid gap-2">
          <Choice
            path={`${at}.ordered`}
            label="Marks"
            value={block.ordered ? "numbers" : "points"}
            options={[
              { value: "points", label: "Points" },
              { value: "numbers", label: "Numbers" },
            ]}
            onChange={(marks) => onChange({ ...block, ordered: marks === "numbers" })}
          />
          <Lines
            path={`${at}.items`}
            label="Entries"
            description="One a line."
            value={block.items.join("\n")}
            onChange={(text) => onChange({ ...block, items: text.split("\n") })}
          />
          {block.items.map((_, index) => (
            <Problem key={index} path={`${at}.items.${index}`} />
          ))}
        </div>
      );
    case "table":
      return (
        <div className="grid gap-2">
          <Line
            path={`${at}.header`}
            label="Column heads"
            description="Parted by |"
            value={block.header.join("|")}
            onChange={(text) => onChange({ ...block, header: text.split("|") })}
          />
          {block.header.map((_, index) => (
            <Problem key={index} path={`${at}.header.${index}`} />
          ))}
          <Lines
            path={`${at}.rows`}
            label="Rows"
            description="One a line, cells parted by |"
            value={block.rows.map((row) => row.join("|")).join("\n")}
            onChange={(text) => onChange({ ...block, rows: text.split("\n").map((line) => line.split("|")) })}
          />
        </div>
      );
  }
}
