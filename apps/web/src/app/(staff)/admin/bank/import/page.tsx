import { listImports } from "@bandwise/core/bank/import-queries";
import { skills } from "@bandwise/core/bank/schema";
import { Download } from "lucide-react";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { ImportHistory } from "@/features/bank/import/import-history.tsx";
import { UploadFile } from "@/features/bank/import/upload-file.tsx";
import { importPath } from "@/features/bank/list-params.ts";
import { skillNames } from "@/features/bank/names.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { buttonLook } from "@/ui/button.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Import and export" };

const exports = [
  { href: "/api/bank/export?format=qti", label: "All items as QTI 3.0" },
  { href: "/api/bank/export?format=csv", label: "All items as a table" },
];
const templates = skills.map((skill) => ({
  href: `/api/bank/table-template?skill=${skill}`,
  label: skillNames[skill],
}));

export default async function ImportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await requirePage("item:import");
  const asked = await searchParams;
  const list = await forPage(listImports(context, { page: firstParam(asked.page) ?? 1 }));
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Import and export"
        note="Items from other systems and back, as QTI or as a table."
      />
      <BankPlaces viewer={context.viewer} current={importPath} />
      <div className="grid gap-8 py-4 desk:grid-cols-2">
        <section aria-labelledby="bring">
          <SectionHeader level="staff" id="bring" title="Bring items in" />
          <UploadFile importPath={importPath} />
          <div className="mt-4">
            <SectionHeader level="staff" title="Empty tables with examples" />
          </div>
          <FileLinks files={templates} />
        </section>
        <section aria-labelledby="take">
          <SectionHeader level="staff" id="take" title="Take items out" />
          <FileLinks files={exports} />
          <p className="field-note mt-2">
            QTI carries everything. A table (CSV, in a zip with its recordings and pictures) carries items of every
            skill; items in parts and mapped points stay out and are named in{" "}
            <code className="whitespace-nowrap">left-out.txt</code> beside it.
          </p>
        </section>
      </div>
      <SectionHeader level="staff" title="Imports so far" />
      <ImportHistory rows={list.rows} importPath={importPath} timeZone={context.person.timeZone} />
      <Pagination {...pageLinks(importPath, asked, list)} />
    </StaffPage>
  );
}

/** Files, not pages: the router must not try to show them. */
function FileLinks({ files }: { files: readonly { readonly href: string; readonly label: string }[] }) {
  return (
    <p className="flex flex-wrap gap-2">
      {files.map(({ href, label }) => (
        <a key={href} href={href} download className="btn" {...buttonLook({ size: "sm" })}>
          <Download aria-hidden="true" />
          {label}
        </a>
      ))}
    </p>
  );
}
