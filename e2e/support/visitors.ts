import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  request as requests,
} from "@playwright/test";
import type { Account } from "./arrange.ts";

export const baseUrl = process.env.E2E_BASE_URL ?? "http://localhost:3000";
export const demo = (account: string): Account => ({ email: `${account}@demo.test`, password: "bandwise-demo" });

type State = Exclude<BrowserContextOptions["storageState"], string | undefined>;
const states = new Map<string, Promise<State>>();

/** The cookies of somebody who has signed in over HTTP, once per run of this process. */
export function signInState(account: Account): Promise<State> {
  const key = `${account.email} ${account.password}`;
  const known = states.get(key) ?? signInOverHttp(account);
  states.set(key, known);
  return known;
}

async function signInOverHttp(account: Account): Promise<State> {
  const { status, state } = await trySignIn(account);
  expect(status, `${account.email} signs in`).toBe(200);
  return state;
}

/** One try at next-auth's own address, as a program signs in. */
export async function trySignIn(account: Account): Promise<{ status: number; state: State }> {
  const client = await requests.newContext({ baseURL: baseUrl, extraHTTPHeaders: { origin: baseUrl } });
  try {
    const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const response = await client.post("/api/auth/callback/credentials", {
      form: { csrfToken, ...account, json: "true" },
    });
    return { status: response.status(), state: await client.storageState() };
  } finally {
    await client.dispose();
  }
}

/** The `cookie` header of that sign-in. */
export async function cookieHeader(account: Account): Promise<string> {
  const { cookies } = await signInState(account);
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** Opens browsers of their own for people, and watches each page for what the security policy had to stop and for crashes. */
export class Visitors {
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];
  readonly #troubles: string[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async open(account: Account | null, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      ...options,
      ...(account && { storageState: await signInState(account) }),
    });
    this.#contexts.push(context);
    context.on("page", (page) => this.#watch(page));
    // What was stopped and caught again stands in no console by itself.
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile, lineNumber }) =>
        console.error(`Content Security Policy: ${violatedDirective} at ${sourceFile}:${lineNumber}`),
      ),
    );
    return context.newPage();
  }

  #watch(page: Page): void {
    page.on("console", (message) => {
      if (/content security policy/i.test(message.text())) this.#troubles.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.#troubles.push(`${page.url()}: ${error.message}`));
  }

  /** Closes every browser and fails on what they had to report. */
  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close();
    expect(this.#troubles, "no page broke, and nothing ran against the content-security policy").toEqual([]);
  }
}
