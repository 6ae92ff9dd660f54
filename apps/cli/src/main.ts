import { type Command, type Io, UsageError } from "./command.ts";

interface Entry {
  readonly summary: string;
  /** Loaded only when called: `score` must not wait for a database client. */
  load(): Promise<{ readonly command: Command }>;
}

/** Every command by its words, in the order help lists them. */
const commands: Readonly<Record<string, Entry>> = {
  score: {
    summary: "score JSON Lines of raw scores, responses or ratings",
    load: () => import("./commands/score.ts"),
  },
  raters: {
    summary: "how far raters agree, and how severe and consistent each is, from a CSV table of scores",
    load: () => import("./commands/raters.ts"),
  },
  "admin create": {
    summary: "make someone an admin and print a link that sets the password",
    load: () => import("./commands/admin.ts"),
  },
  "bank lint": {
    summary: "check a folder of items by the house rules",
    load: () => import("./commands/bank-lint.ts"),
  },
  "bank health": {
    summary: "say whether the bank carries a programme and what to write next",
    load: () => import("./commands/bank-health.ts"),
  },
  import: {
    summary: "take items in from a QTI package or a CSV table, or only say what would become of them",
    load: () => import("./commands/import.ts"),
  },
  export: {
    summary: "write the bank's items as a QTI 3.0 package or a CSV table",
    load: () => import("./commands/export.ts"),
  },
  "evaluate essays": {
    summary: "rate a table of essays by machine, and hold the ratings against human scores where it has them",
    load: () => import("./commands/evaluate-essays.ts"),
  },
  "evaluate speech": {
    summary: "measure recordings, and hold the syllables found against the texts that were read",
    load: () => import("./commands/evaluate-speech.ts"),
  },
  "qti check": {
    summary: "read a folder of QTI items and packages and say what would become of each",
    load: () => import("./commands/qti-check.ts"),
  },
  "credential verify": {
    summary: "check a digital badge or a certificate's PDF: issuer, proof, dates, status",
    load: () => import("./commands/credential-verify.ts"),
  },
  "credential issue": {
    summary: "print the badge of a certificate, signing it if it has none",
    load: () => import("./commands/credential-issue.ts"),
  },
  "credential keys": {
    summary: "rotate the keys that sign badges",
    load: () => import("./commands/credential-keys.ts"),
  },
  rescore: {
    summary: "work results out anew and compare, or say who would move under a changed scheme",
    load: () => import("./commands/rescore.ts"),
  },
  "exposure rebuild": {
    summary: "count anew from the allotment ledger how often each item was used",
    load: () => import("./commands/exposure-rebuild.ts"),
  },
};

/** Runs one command line (without node and script) and resolves to the exit status; a mistake costs one line on standard error. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const [first, second] = argv;
  if (first === undefined || first === "help" || first === "--help" || first === "-h") {
    await io.out(help());
    return first === undefined ? 2 : 0;
  }
  const words = second !== undefined && Object.hasOwn(commands, `${first} ${second}`) ? `${first} ${second}` : first;
  const entry = Object.hasOwn(commands, words) ? commands[words] : undefined;
  if (entry === undefined) {
    io.err(`bandwise: there is no command ${JSON.stringify(first)}; see bandwise help\n`);
    return 2;
  }
  const { command } = await entry.load();
  const args = argv.slice(words.split(" ").length);
  if (args.includes("--help")) {
    await io.out([`usage: bandwise ${command.usage}`, ...(command.help ?? []), ""].join("\n"));
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`bandwise ${words}: ${error.message}; usage: bandwise ${command.usage}\n`);
    return 2;
  }
}

function help(): string {
  const width = Math.max(...Object.keys(commands).map((words) => words.length));
  const lines = Object.entries(commands).map(([words, { summary }]) => `  ${words.padEnd(width)}  ${summary}`);
  return `usage: bandwise COMMAND …\n\n${lines.join("\n")}\n\nbandwise COMMAND --help tells how to call one.\n`;
}

function processIo(): Io {
  // A reader that closed the pipe (`| head`) has had enough: nothing is left to do and nothing to complain about.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  return {
    input: process.stdin,
    out: (text) => new Promise((resolve) => void process.stdout.write(text, () => resolve())),
    err: (text) => void process.stderr.write(text),
  };
}
