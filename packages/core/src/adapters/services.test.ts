import { expect, test } from "vitest";
import { loggedError } from "./services.ts";

test("the log keeps what was wrong with a database call, not what was in it", () => {
  const error = new Error(
    'Invalid `prisma.person.create()` invocation:\n\n{ name: "Carla Example" }\n\nArgument `email` is missing.',
  );
  error.name = "PrismaClientValidationError";
  const logged = JSON.stringify(loggedError(error));
  expect(logged).not.toContain("Carla");
  expect(logged).toContain("Argument `email` is missing.");
});
