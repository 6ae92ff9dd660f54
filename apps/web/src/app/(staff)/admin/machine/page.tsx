import { can } from "@bandwise/core/kernel/policy";
import { getMachineMarking } from "@bandwise/core/marking/machine-queries";
import { machineScheme } from "@bandwise/core/marking/machine-schema";
import type { Metadata } from "next";
import Link from "next/link";
import { LeadTabs } from "@/features/marking/lead-tabs.tsx";
import { CalibrateDialog } from "@/features/marking/machine-acts.tsx";
import { MachineInUse } from "@/features/marking/machine-agreement.tsx";
import { type MachinePage, VersionReport, VersionTable } from "@/features/marking/machine-versions.tsx";
import { besideWords } from "@/features/marking/policy-words.ts";
import { schemeTitles } from "@/features/marking/words.ts";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { FilterBar, FilterSelect } from "@/ui/filter-bar.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Machine rater" };

export default staffPage("marking:lead", "Machine rater", MachineRaterPage);

async function MachineRaterPage({ searchParams, context }: StaffPageProps) {
  const scheme = machineScheme.catch("ielp").parse(firstParam((await searchParams).scheme));
  const page = await forPage(getMachineMarking(context, { scheme }));
  const governs = can(context.viewer, "marking:govern");
  const { timeZone } = context.person;
  return (
    <StaffPage>
      <PageHeader level="staff" title="Marking quality" note={standing(page)} />
      <LeadTabs current="/admin/machine" />
      <FilterBar keep={{}} label="Choose an examination">
        <FilterSelect
          name="scheme"
          label="Examination"
          defaultValue={scheme}
          options={machineScheme.options.map((value) => ({ value, label: schemeTitles[value] }))}
        />
      </FilterBar>
      <AskedNotice page={page} />
      <SpeechToText page={page} />
      <SectionHeader
        level="staff"
        title="Versions"
        note={`Made from answers that examiners have settled here: ${page.confirmed} so far, 200 are needed, 50 of them marked by two. A version may count once it has passed the gate: weighted kappa ${page.gate.leastKappa} or more, at most ${page.gate.mostLoss} below that between examiners, means at most ${page.gate.mostDifference} standard deviations apart, by first language and level too.`}
        actions={governs ? <CalibrateDialog scheme={scheme} confirmed={page.confirmed} /> : null}
      />
      <VersionTable page={page} governs={governs} timeZone={timeZone} />
      {page.versions
        .slice(0, 3)
        .map((version) =>
          version.report ? (
            <VersionReport key={version.id} page={page} version={version} report={version.report} />
          ) : null,
        )}
      <MachineInUse page={page} askedWords={besideWords[scheme].nothingYet} />
    </StaffPage>
  );
}

function standing({ scheme, versions }: MachinePage): string {
  const inUse = versions.find(({ status }) => status === "promoted");
  if (inUse) return `Version ${inUse.number} of the machine rater is in use for ${besideWords[scheme].what}.`;
  return scheme === "ielp"
    ? "The machine rater as shipped: a heuristic, not validated on local data, that only advises."
    : "The machine rater as shipped: a heuristic. Results and certificates say that it is not yet validated on local data.";
}

/** Whether any programme has machine and examiner side by side, and where that is changed. */
function AskedNotice({ page }: { page: MachinePage }) {
  const names = page.asked.filter(({ beside }) => beside).map(({ title }) => title);
  return (
    <Notice className="my-4" title={names.length === 0 ? besideWords[page.scheme].off : besideWords[page.scheme].on}>
      {names.length === 0 ? null : `${names.join(", ")}. `}
      <Link href="/admin/marking/policies" className="link">
        Marking policies
      </Link>{" "}
      turn it on, programme by programme.
    </Notice>
  );
}

function SpeechToText({ page: { scheme, speechToText } }: { page: MachinePage }) {
  if (scheme !== "iet-speaking") return null;
  if (speechToText !== null) {
    return (
      <p className="my-4 text-dense text-ink-2">
        Speech to text: {speechToText.id}, {speechToText.version}.
      </p>
    );
  }
  return (
    <Notice tone="warn" title="No speech-to-text is configured" className="my-4">
      Of speech only fluency can be measured; everything else goes to examiners, and no version can be made. Set
      SPEECH_TO_TEXT to openai, azure or whisper, with the address, key or folder it needs, and start the worker anew.
      The file .env.example says how.
    </Notice>
  );
}
