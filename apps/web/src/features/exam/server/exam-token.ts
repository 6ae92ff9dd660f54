import "server-only";
import { readExamToken } from "@bandwise/core/delivery/seals";
import type { Settings } from "@bandwise/core/kernel/settings";
import type { ViewerResolver } from "../../../lib/context.ts";
import { cookieOf } from "../../../lib/cookie.ts";

const name = "bandwise.exam";
/** Longer than a late answer may take. */
const maxAgeSeconds = 48 * 3600;

/** Bound to the addresses of its attempt: it goes nowhere else, and no script can read it. */
export function examTokenCookie(settings: Settings, attemptId: string, token: string): string {
  const secure = settings.publicUrl.startsWith("https://") ? "; Secure" : "";
  return `${name}=${token}; Path=/api/exam/${attemptId}; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

/** Who delivers: the holder of the exam token, without a look-up; signed in or not makes no difference here. */
export const examViewer: ViewerResolver = async (request, services) => {
  const token = cookieOf(request, name);
  const read = token ? readExamToken(services.settings.authSecret, token) : null;
  return read ? { kind: "exam", ...read } : null;
};
