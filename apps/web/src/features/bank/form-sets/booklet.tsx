import type { BookletItem, CandidateBooklet, StaffBooklet } from "@bandwise/core/bank/form-booklet";
import type { Skill } from "@bandwise/core/bank/schema";
import type { ReactNode } from "react";
import { classNames } from "@/ui/class-names.ts";
import { formatCount, formatDuration } from "@/ui/format.ts";
import { AnswerKey } from "../answer-key.tsx";
import { nameOf, skillNames } from "../names.ts";
import { mediaAddress, Passage } from "../passage.tsx";
import { PaperQuestion } from "./booklet-question.tsx";
import "./booklet.css";

/** One form on paper, for candidates: nothing of it says which item of the bank it is. */
export function CandidatePages({ booklet }: { booklet: CandidateBooklet }) {
  return (
    <Pages booklet={booklet} part="Candidate’s booklet">
      <section>
        <h1 className="mb-1">{booklet.programme}</h1>
        <p className="mb-6 text-body text-ink-2">
          {booklet.name}, form {booklet.label}
        </p>
        <dl className="mb-6 grid gap-4">
          {["Name", "Reference", "Date"].map((field) => (
            <div key={field} className="grid grid-cols-[7rem_minmax(0,1fr)] items-end">
              <dt>{field}</dt>
              <dd className="booklet-line" />
            </div>
          ))}
        </dl>
        <ul className="grid max-w-md gap-1">
          {booklet.sections.map(({ skill, seconds }) => (
            <li key={skill} className="flex justify-between gap-4 border-b border-line py-1">
              <span>{skillNames[skill]}</span>
              <span className="text-ink-2">
                {formatCount(countOf(booklet.items, skill), "task", "tasks")}, {formatDuration(seconds * 1000)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Sections
        booklet={booklet}
        items={booklet.items}
        show={(item, number) => <Task key={number} item={item} number={number} />}
      />
    </Pages>
  );
}

/** The same form for staff: keys with their reasons, transcripts, notes for markers. */
export function StaffPages({ booklet }: { booklet: StaffBooklet }) {
  return (
    <Pages booklet={booklet} part="Keys and transcripts: for staff alone">
      <section>
        <h1 className="mb-1">Keys and transcripts</h1>
        <p className="mb-2 text-body text-ink-2">
          {booklet.programme}. {booklet.name}, form {booklet.label}
        </p>
        <p className="measure">
          Keep this apart from the candidates’ booklets and destroy it when the sitting has been marked. That it was
          shown, and to whom, stands in the audit record.
        </p>
      </section>
      <Sections
        booklet={booklet}
        items={booklet.items}
        show={(item, number) => (
          <div key={item.id} className="booklet-task">
            <h3 className="mb-2 flex items-center gap-3 text-body">
              <span className="booklet-number">{number}</span>
              <span className="font-code">{item.id}</span>
              <span className="font-normal text-ink-2">
                {item.level}, {nameOf(item.subSkill).toLowerCase()}
              </span>
            </h3>
            <AnswerKey item={item} />
          </div>
        )}
      />
    </Pages>
  );
}

/** Every page carries the form's name: a table's head is repeated where the table breaks. */
function Pages({
  booklet,
  part,
  children,
}: {
  booklet: Pick<CandidateBooklet, "name" | "label" | "programme" | "state">;
  part: string;
  children: ReactNode;
}) {
  return (
    <table className="booklet" role="presentation">
      <thead>
        <tr>
          <td>
            <p className="booklet-running">
              <span>
                {booklet.programme} · {booklet.name} · <b>Form {booklet.label}</b>
              </span>
              <span>
                {booklet.state === "published"
                  ? ""
                  : `${booklet.state === "draft" ? "Draft" : "Retired"}: not for use · `}
                {part}
              </span>
            </p>
          </td>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{children}</td>
        </tr>
      </tbody>
    </table>
  );
}

const countOf = (items: readonly { readonly skill: Skill }[], skill: Skill): number =>
  items.filter((item) => item.skill === skill).length;

function Sections<Item extends { readonly skill: Skill }>({
  booklet,
  items,
  show,
}: {
  booklet: Pick<CandidateBooklet, "sections">;
  items: readonly Item[];
  show: (item: Item, number: number) => ReactNode;
}) {
  return booklet.sections.map(({ skill, seconds }) => (
    <section key={skill} className="booklet-section mt-10 print:mt-0">
      <h2 className="flex items-baseline justify-between border-b border-ink pb-1">
        {skillNames[skill]}
        <span className="text-ui font-normal text-ink-2">
          {formatCount(countOf(items, skill), "task", "tasks")}, {formatDuration(seconds * 1000)}
        </span>
      </h2>
      {items.filter((item) => item.skill === skill).map((item, index) => show(item, index + 1))}
    </section>
  ));
}

function Task({ item, number }: { item: BookletItem; number: number }) {
  return (
    <div
      className={classNames(
        "booklet-task grid grid-cols-[2.75rem_minmax(0,1fr)] text-body",
        item.skill === "writing" && "booklet-writing",
      )}
    >
      <div>
        <span className="booklet-number">{number}</span>
      </div>
      <div className="grid gap-4">
        <TaskBody item={item} />
      </div>
    </div>
  );
}

function TaskBody({ item }: { item: BookletItem }) {
  switch (item.skill) {
    case "reading":
      return (
        <>
          {item.blocks.length > 0 ? <Passage title={item.title ?? undefined} blocks={item.blocks} /> : null}
          <PaperQuestion interaction={item.interaction} />
        </>
      );
    case "listening":
      return (
        <>
          <p>
            {item.setting}{" "}
            <span className="text-ink-2">
              {item.plays === 1 ? "It is played once." : `It is played ${item.plays} times.`}
            </span>
          </p>
          {item.blocks.length > 0 ? <Passage blocks={item.blocks} /> : null}
          <PaperQuestion interaction={item.interaction} />
        </>
      );
    case "writing":
      return (
        <>
          <div className="booklet-whole grid gap-2">
            <h3>{item.task.title}</h3>
            <p>{item.task.situation}</p>
            <p className="font-semibold">{item.task.instruction}</p>
            <ul className="list-disc pl-6">
              {item.task.points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
            <p className="text-ink-2">
              {item.task.minWords}–{item.task.maxWords} words, about {item.task.suggestedMinutes} minutes
            </p>
          </div>
          <div>
            {Array.from({ length: linesFor(item.task.maxWords) }, (_, line) => (
              <span key={line} className="booklet-line" />
            ))}
          </div>
        </>
      );
    case "speaking":
      return (
        <div className="booklet-whole grid gap-3">
          <p className="font-semibold">{item.prompt}</p>
          <ul className="list-disc pl-6">
            {item.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
          {item.speaker === null ? null : <p>{item.speaker} speaks first, once.</p>}
          <p className="text-ink-2">
            {formatDuration(item.prepareSeconds * 1000)} to prepare, {formatDuration(item.answerSeconds * 1000)} to
            answer
          </p>
          {item.picture ? (
            <img
              src={mediaAddress(item.picture.media)}
              alt={item.picture.alternative}
              className="max-w-full rounded-panel border border-line bg-white"
            />
          ) : null}
        </div>
      );
  }
}

/** A handwritten line holds some eight words; two more leave room for what is struck out, and the sheet stays one page. */
const linesFor = (words: number): number => Math.ceil(words / 8) + 2;
