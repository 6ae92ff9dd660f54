import { exportMyData } from "@bandwise/core/people/account-queries";
import { download } from "@/lib/download.ts";
import { handleRoute } from "@/lib/route.ts";

/** "My data": everything kept about whoever asks, as one file. */
export const GET = handleRoute(async (context) => {
  const data = await exportMyData(context, {});
  const text = JSON.stringify(data, (_key, value) => (typeof value === "bigint" ? String(value) : value), 2);
  return download(text, { name: "bandwise-my-data.json", type: "application/json; charset=utf-8" });
});
