import { getScriptForMarking } from "@bandwise/core/marking/queries";
import type { Metadata } from "next";
import { MarkingDesk } from "@/features/marking/marking-desk.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";

interface Props {
  params: Promise<{ code: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Marking ${(await params).code}` };
}

export default async function MarkingPage({ params }: Props) {
  const context = await requirePage("script:mark");
  const { code } = await params;
  const script = await forPage(getScriptForMarking(context, { code }));
  return <MarkingDesk key={script.id} first={script} owner={context.person.id} timeZone={context.person.timeZone} />;
}
