export interface ServiceChoice {
  readonly title: string;
  /** Lines of the environment. */
  readonly lines: readonly string[];
  readonly gives: string;
}

/** What each service needs, in the words of the environment: set them, then start the programs anew. */
export function ServiceChoices({ choices }: { choices: readonly ServiceChoice[] }) {
  return (
    <div className={`grid gap-6 ${choices.length === 3 ? "desk:grid-cols-3" : "desk:grid-cols-2"}`}>
      {choices.map(({ title, lines, gives }) => (
        <div key={title} className="grid content-start gap-2">
          <h3 className="text-h3">{title}</h3>
          <ul className="grid gap-1 font-code text-dense">
            {lines.map((line) => (
              <li key={line} className="wrap-anywhere">
                {line}
              </li>
            ))}
          </ul>
          <p className="text-ink-2">{gives}</p>
        </div>
      ))}
    </div>
  );
}
