/** Red and said in words: sound is being kept now. */
export function RecordingLight({ on, words }: { on: boolean; words: string }) {
  return (
    <p role="status" className="flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 12 12" className={on ? "size-3 text-bad" : "size-3 text-ink-3"} aria-hidden="true">
        {on ? (
          <circle cx="6" cy="6" r="5.5" fill="currentColor" />
        ) : (
          <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
        )}
      </svg>
      <span className={on ? "font-semibold text-bad" : "text-ink-3"}>{words}</span>
    </p>
  );
}
