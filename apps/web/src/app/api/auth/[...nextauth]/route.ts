import type { NextRequest } from "next/server";
import nextAuth from "next-auth";
import { authOptions } from "@/lib/auth-options.ts";
import { getServices } from "@/lib/services.ts";

async function handle(request: NextRequest, route: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const { settings } = await getServices();
  // next-auth takes its own address from here; without it every link would point at localhost:3000.
  process.env.NEXTAUTH_URL ??= settings.publicUrl;
  return nextAuth(request, route, authOptions(settings)) as Promise<Response>;
}

export { handle as GET, handle as POST };
