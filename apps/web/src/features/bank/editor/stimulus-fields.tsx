"use client";

import type { BankItem, StimulusBlock } from "@bandwise/core/bank/schema";
import { AddButton, Choice, Group, Line, Lines, moved, Problem, RowTools, replaced, without } from "./fields.tsx";
import { MediaField } from "./media-field.tsx";

type Stimulus = Extract<BankItem, { skill: "reading" }>["content"]["stimulus"];

const path = "content.stimulus";
const blank: Record<StimulusBlock["type"], StimulusBlock> = {
  paragraph: { type: "paragraph", text: "" },
  heading: { type: "heading", text: "" },
  list: { type: "list", ordered: false, items: [""] },
  table: { type: "table", header: ["", ""], rows: [["", ""]] },
  image: { type: "image", media: "", alternative: "" },
};
const names: Record<StimulusBlock["type"], string> = {
  paragraph: "Paragraph",
  heading: "Heading",
  list: "List",
  table: "Table",
  image: "Picture",
};

export function StimulusFields({
  itemId,
  value,
  onChange,
}: {
  itemId: string;
  value: Stimulus;
  onChange: (value: Stimulus) => void;
}) {
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
      <BlockRows itemId={itemId} blocks={value.blocks} onChange={(blocks) => onChange({ ...value, blocks })} />
    </Group>
  );
}

/** The blocks of a passage, or of what stands beside a recording. */
export function BlockRows({
  itemId,
  blocks,
  onChange,
}: {
  itemId: string;
  blocks: readonly StimulusBlock[];
  onChange: (blocks: StimulusBlock[]) => void;
}) {
  return (
    <>
      {blocks.some((block) => block.type !== "image") ? (
        <p className="text-dense text-ink-3">
          <b>**strong**</b>, <i>*emphasis*</i>, \* for an asterisk.
        </p>
      ) : null}
      {blocks.map((block, index) => (
        // Blocks have no names of their own; their place is what they are known by.
        <div key={index} className="rounded-control border border-line p-2.5">
          <div className="mb-1 flex items-center justify-between gap-2">
            <span className="text-dense text-ink-3">
              {index + 1}. {names[block.type]}
            </span>
            <RowTools
              what="block"
              index={index}
              count={blocks.length}
              onMove={(from, to) => onChange(moved(blocks, from, to))}
              onRemove={(at) => onChange(without(blocks, at))}
            />
          </div>
          <BlockFields
            itemId={itemId}
            block={block}
            at={`${path}.blocks.${index}`}
            onChange={(next) => onChange(replaced(blocks, index, next))}
          />
        </div>
      ))}
      <Problem path={`${path}.blocks`} />
      <div className="flex flex-wrap gap-2">
        {(["paragraph", "heading", "list", "table", "image"] as const).map((type) => (
          <AddButton key={type} onClick={() => onChange([...blocks, blank[type]])}>
            {names[type]}
          </AddButton>
        ))}
      </div>
    </>
  );
}

function BlockFields({
  itemId,
  block,
  at,
  onChange,
}: {
  itemId: string;
  block: StimulusBlock;
  at: string;
  onChange: (block: StimulusBlock) => void;
}) {
  switch (block.type) {
    case "heading":
      return (
        <div className="grid gap-2 wide:grid-cols-[minmax(0,1fr)_9rem]">
          <Line
            path={`${at}.text`}
            label="Heading"
            value={block.text}
            onChange={(text) => onChange({ ...block, text })}
          />
          <Choice
            path={`${at}.level`}
            label="Rank"
            value={String(block.level ?? 3) as "2" | "3" | "4"}
            options={[
              { value: "2", label: "Chapter" },
              { value: "3", label: "Section" },
              { value: "4", label: "Paragraph" },
            ]}
            onChange={(rank) => onChange({ ...block, level: rank === "2" ? 2 : rank === "4" ? 4 : 3 })}
          />
        </div>
      );
    case "image": {
      const { caption, ...bare } = block;
      return (
        <div className="grid gap-2">
          <MediaField
            path={`${at}.media`}
            label="File"
            kind="picture"
            itemId={itemId}
            value={block.media}
            onStored={({ name }) => onChange({ ...block, media: name })}
          />
          <Lines
            path={`${at}.alternative`}
            label="The picture in words"
            description="Read to candidates who cannot see it."
            rows={2}
            value={block.alternative}
            onChange={(alternative) => onChange({ ...block, alternative })}
          />
          <Line
            path={`${at}.caption`}
            label="Caption"
            optional
            value={caption ?? ""}
            onChange={(text) => onChange({ ...bare, ...(text !== "" && { caption: text }) })}
          />
        </div>
      );
    }
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
