import type { ExamBlock } from "@bandwise/core/delivery/exam-content";
import { RichWords } from "./rich-words.tsx";

/**
 * A passage, set to be read. `pictureAt` says where the picture of a block is fetched: a candidate's through the exam, one
 * for staff from the bank; null while there is none.
 */
export function Stimulus({
  title,
  blocks,
  pictureAt,
}: {
  title?: string | undefined;
  blocks: readonly ExamBlock[];
  pictureAt: (index: number) => string | null;
}) {
  return (
    <article className="font-read text-read">
      {title ? <h2 className="mb-4 text-[1.6875rem] leading-9 font-semibold">{title}</h2> : null}
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} picture={block.type === "image" ? pictureAt(index) : null} />
      ))}
    </article>
  );
}

const headings = {
  2: ["h2", "mt-8 mb-3 text-[1.375rem] leading-8 font-semibold"],
  3: ["h3", "mt-6 mb-2 text-read font-semibold"],
  4: ["h4", "mt-5 mb-1.5 text-read font-semibold italic"],
} as const;

function BlockView({ block, picture }: { block: ExamBlock; picture: string | null }) {
  switch (block.type) {
    case "heading": {
      const [Heading, look] = headings[block.level ?? 3];
      return (
        <Heading className={look}>
          <RichWords text={block.text} />
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p className="mb-4 whitespace-pre-line">
          <RichWords text={block.text} />
        </p>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={`mb-4 pl-7 ${block.ordered ? "list-decimal" : "list-disc"}`}>
          {block.items.map((text, index) => (
            <li key={index}>
              <RichWords text={text} />
            </li>
          ))}
        </List>
      );
    }
    case "image":
      return (
        <figure className="mb-5">
          {picture === null ? (
            <p className="rounded-panel border border-dashed border-line-strong px-4 py-8 text-center text-body text-ink-3">
              No picture yet.
            </p>
          ) : (
            <img
              src={picture}
              alt={block.alternative}
              className="max-h-[32rem] max-w-full rounded-panel border border-line bg-white"
            />
          )}
          {block.caption ? (
            <figcaption className="mt-2 text-body text-ink-2">
              <RichWords text={block.caption} />
            </figcaption>
          ) : null}
        </figure>
      );
    case "table":
      return (
        <section
          className="mb-4 overflow-x-auto"
          aria-label="Table"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen scrolls, by keyboard too
          tabIndex={0}
        >
          <table className="w-full border-collapse text-exam">
            <thead>
              <tr>
                {block.header.map((cell, index) => (
                  <th key={index} scope="col" className="border-b border-ink px-3 py-1.5 text-left font-semibold">
                    <RichWords text={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, index) => (
                    <td key={index} className="border-b border-line px-3 py-1.5 align-top">
                      <RichWords text={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      );
  }
}
