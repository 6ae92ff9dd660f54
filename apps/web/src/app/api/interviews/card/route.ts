import { getInterviewCardByCode } from "@bandwise/core/interviews/queries";
import { AppError } from "@bandwise/core/kernel/errors";
import { readInput } from "@/features/exam/server/body.ts";
import { clientAddress } from "@/lib/client-address.ts";
import { handleRoute } from "@/lib/route.ts";
import { getRateLimits } from "@/lib/services.ts";

/**
 * The same on a device of the room. Only wrong codes use up tries: several screens of one centre ask every two seconds.
 */
export const POST = handleRoute(
  async (context, request) => {
    const address = clientAddress(request.headers);
    const limits = getRateLimits();
    await limits.take("cardCode", address);
    try {
      const card = await getInterviewCardByCode(context, await readInput(request, {}));
      await limits.give("cardCode", address);
      return Response.json(card);
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") {
        throw new AppError("NOT_FOUND", "No interview has this code now. Ask your examiner for a new one.");
      }
      throw error;
    }
  },
  // A question that is asked by POST: its code has no business in an address.
  { changesNothing: true },
);
