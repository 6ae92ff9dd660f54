import { getHeartbeat } from "@bandwise/core/delivery/exam-queries";
import { examViewer } from "@/features/exam/server/exam-token.ts";
import { handleRoute } from "@/lib/route.ts";

export const GET = handleRoute<{ attemptId: string }>(
  async (context, request, { attemptId }) => {
    const clientId = request.nextUrl.searchParams.get("client") ?? "";
    return Response.json(await getHeartbeat(context, { attemptId, clientId }));
  },
  { viewer: examViewer },
);
