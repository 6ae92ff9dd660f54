const people = [
  ["Candidates", "candidate@demo.test, candidate2@demo.test"],
  ["Examiners", "examiner@demo.test, examiner2@demo.test"],
  ["Senior examiner", "senior@demo.test"],
  ["Item bank", "writer@demo.test, reviewer@demo.test"],
  ["Invigilator", "invigilator@demo.test"],
  ["Admins", "admin@demo.test, admin2@demo.test"],
] as const;

/** Shown on the demo alone: embedded database, reachable from this machine only. */
export function DemoSignIns() {
  return (
    <details className="mt-8 border-t border-line pt-4 text-ui text-ink-2">
      <summary className="cursor-pointer">Demo accounts on this machine</summary>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {people.map(([who, addresses]) => (
          <div key={who} className="contents">
            <dt className="text-ink-3">{who}</dt>
            <dd className="break-words">{addresses}</dd>
          </div>
        ))}
        <dt className="text-ink-3">Password</dt>
        <dd>
          <code className="font-code">bandwise-demo</code> for all
        </dd>
        <dt className="text-ink-3">Mail</dt>
        <dd>
          <a href="/mailbox" className="link">
            Mailbox of this machine
          </a>
        </dd>
      </dl>
    </details>
  );
}
