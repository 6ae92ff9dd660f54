import { answerTurn, keepPartnerReply } from "@bandwise/core/delivery/partner-commands";
import { spokenBytesMax } from "@bandwise/core/delivery/schema";
import { handleRoute, readBytes } from "@/lib/route.ts";

/** What the partner of a conversation asks back. The body is the answer: 16 kHz, 16 bits, one channel. */
export const POST = handleRoute<{ attemptId: string }>(async (context, request, { attemptId }) => {
  const { searchParams } = request.nextUrl;
  const place = { attemptItemId: searchParams.get("item") ?? "", turn: searchParams.get("turn") ?? "" };
  return Response.json(
    await answerTurn(
      context,
      { attemptId, ...place, samples: await readBytes(request, spokenBytesMax) },
      request.signal,
    ),
  );
});

/** The page has shown what the task says where an answer is short. */
export const PUT = handleRoute<{ attemptId: string }>(async (context, request, { attemptId }) => {
  const { searchParams } = request.nextUrl;
  const place = { attemptItemId: searchParams.get("item") ?? "", turn: searchParams.get("turn") ?? "" };
  return Response.json(await keepPartnerReply(context, { attemptId, ...place, reply: { rule: "short" } }));
});
