import "server-only";
import { AppError } from "@bandwise/core/kernel/errors";
import type { Settings } from "@bandwise/core/kernel/settings";
import type { AuthOptions } from "next-auth";
import credentialsProvider from "next-auth/providers/credentials";
import { clientAddress } from "./client-address.ts";
import { sessionCookie, sessionSeconds } from "./session.ts";
import { signInAtOnce } from "./sign-in.ts";

declare module "next-auth" {
  interface User {
    sessionVersion: number;
  }
}

/** next-auth keeps the cookie sealed and CSRF-checked; whether a session still counts is decided in `viewer.ts`. */
export function authOptions(settings: Settings): AuthOptions {
  const { name, options } = sessionCookie(settings.publicUrl);
  const { maxAge: _maxAge, ...cookieOptions } = options;
  return {
    secret: settings.authSecret,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    useSecureCookies: options.secure,
    cookies: { sessionToken: { name, options: cookieOptions } },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      credentialsProvider({
        credentials: {
          email: { label: "E-mail", type: "email" },
          password: { label: "Password", type: "password" },
          code: { label: "Code", type: "text" },
        },
        authorize: async (given, request) => {
          if (!given) return null;
          try {
            const claim = await signInAtOnce(
              { email: given.email, password: given.password, code: given.code ?? "" },
              clientAddress(new Headers(request.headers as Record<string, string>)),
            );
            return { id: claim.personId, sessionVersion: claim.sessionVersion };
          } catch (error) {
            // next-auth shows the message of what is thrown; only ours may be shown.
            if (error instanceof AppError) throw new Error(error.userMessage);
            throw new Error("Something went wrong on our side.");
          }
        },
      }),
    ],
    callbacks: {
      // Replaces next-auth's own claims (name, e-mail): a cookie holds no personal data.
      jwt: ({ token, user }) => (user ? { personId: user.id, sessionVersion: user.sessionVersion } : token),
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}
