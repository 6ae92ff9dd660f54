import type { Item } from "./section-view.tsx";

type Reading = Extract<Item, { skill: "reading" }>["content"]["stimulus"];
type Block = Reading["blocks"][number];

/** A passage, set to be read: plain blocks, nothing in them can be markup. */
export function Stimulus({ stimulus }: { stimulus: Reading }) {
  return (
    <article className="font-read text-read">
      {stimulus.title ? <h2 className="mb-4 text-[1.6875rem] leading-9 font-semibold">{stimulus.title}</h2> : null}
      {stimulus.blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </article>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case "heading":
      return <h3 className="mt-6 mb-2 font-semibold">{block.text}</h3>;
    case "paragraph":
      return <p className="mb-4 whitespace-pre-line">{block.text}</p>;
    case "list": {
      const items = block.items.map((text) => <li key={text}>{text}</li>);
      return block.ordered ? (
        <ol className="mb-4 list-decimal pl-7">{items}</ol>
      ) : (
        <ul className="mb-4 list-disc pl-7">{items}</ul>
      );
    }
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
                {block.header.map((cell) => (
                  <th key={cell} scope="col" className="border-b border-ink px-3 py-1.5 text-left font-semibold">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row) => (
                <tr key={row.join("|")}>
                  {row.map((cell, index) => (
                    <td key={index} className="border-b border-line px-3 py-1.5 align-top">
                      {cell}
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
