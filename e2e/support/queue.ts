import type { Page } from "@playwright/test";
import type { Arrange } from "./arrange.ts";
import { codeOf } from "./marking.ts";

export type QueueSkill = "Writing" | "Speaking";

/** As long as the journeys before may take that have it. */
const patience = 600_000;

/** The queue of one skill's scripts, the same for all journeys: who takes from it has it alone until the test ends (the fixture `queue`). */
export class Queue {
  static readonly patience = patience;
  readonly #arrange: Arrange;
  readonly #skill: QueueSkill;

  private constructor(arrange: Arrange, skill: QueueSkill) {
    this.#arrange = arrange;
    this.#skill = skill;
  }

  static async alone(arrange: Arrange, skill: QueueSkill, work: (queue: Queue) => Promise<void>): Promise<void> {
    await arrange.db.$transaction(
      async (tx) => {
        await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`journeys take ${skill}`}))`;
        await work(new Queue(arrange, skill));
      },
      { maxWait: patience, timeout: patience },
    );
  }

  /** It gives any script of the oldest day that one waits since: now these alone have waited that long. */
  async putFirst(which: { readonly attemptId: string } | { readonly appealId: string }): Promise<void> {
    const { script } = this.#arrange.db;
    const { _min } = await script.aggregate({ _min: { waitingSince: true } });
    const waitingSince = new Date((_min.waitingSince?.getTime() ?? 0) - 24 * 3_600_000);
    await script.updateMany({ where: which, data: { waitingSince } });
  }

  /** What the examiner of the page is given next; its code. */
  async take(page: Page): Promise<string> {
    await page.goto("/marking");
    await page.getByRole("button", { name: new RegExp(`^(Take next|Go on with) ${this.#skill}`) }).click();
    return codeOf(page);
  }
}
