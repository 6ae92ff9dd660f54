import pg from "pg";

type Asked = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * A connection that answers one query after the other. Prisma asks for the sides of a `select` in parallel even where a
 * transaction leaves it one connection only; the driver's own queue for that goes away with its next major version.
 */
export class OneAtATimeClient extends pg.Client {
  #last: Promise<unknown> = Promise.resolve();

  override query: pg.Client["query"] = ((...args: readonly unknown[]) => {
    const ask = super.query.bind(this) as unknown as Asked;
    // Callbacks come from the pool, which lends its connection to nobody else meanwhile; streams queue for themselves.
    const [what] = args;
    const streams = typeof what === "object" && what !== null && "submit" in what;
    if (streams || typeof args.at(-1) === "function") return ask(...args);
    const turn = this.#last.then(() => ask(...args));
    this.#last = turn.catch(() => undefined);
    return turn;
  }) as pg.Client["query"];
}
