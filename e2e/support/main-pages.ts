import type { Account, Arrange, Person } from "./arrange.ts";
import { demo } from "./visitors.ts";

export interface Shown {
  readonly path: string;
  readonly by: Account | null;
}

/** Every main page, by somebody whom it is made for. */
export async function mainPages(arrange: Arrange): Promise<Shown[]> {
  const candidate: Person = await arrange.person(["candidate"], "Lena Look");
  const { attemptId, resultId, certificateId, code } = await arrange.released(candidate);
  const lobby = await arrange.checkedIn(candidate);
  const sitting = await arrange.sitting();
  const [admin, examiner] = [demo("admin"), demo("examiner")];
  const item = await arrange.db.item.findFirstOrThrow({ where: { skill: "listening" }, select: { id: true } });
  return [
    ...[
      "/",
      "/sign-in",
      "/register",
      "/forgot-password",
      "/verify",
      `/verify/${code}`,
      "/privacy",
      "/help",
      "/mailbox",
    ].map((path) => ({ path, by: null })),
    ...[
      "/home",
      "/book",
      "/book/interview",
      "/results",
      `/results/${resultId}`,
      "/certificates",
      "/account",
      `/attempts/${lobby}/lobby`,
      `/attempts/${attemptId}/receipt`,
    ].map((path) => ({ path, by: candidate })),
    ...[
      "/admin",
      "/admin/sittings",
      `/admin/sittings/${sitting.id}`,
      "/admin/attempts",
      `/admin/attempts/${attemptId}`,
      "/admin/results",
      `/admin/results/${attemptId}`,
      "/admin/appeals",
      "/admin/scripts",
      "/admin/bank",
      "/admin/bank/health",
      "/admin/bank/assembly",
      "/admin/bank/forms",
      "/admin/bank/forms/new",
      "/admin/bank/review",
      "/admin/bank/edits",
      "/admin/bank/new",
      `/admin/bank/${item.id}`,
      `/admin/bank/${item.id}/edit`,
      `/admin/bank/${item.id}/review`,
      "/admin/certificates",
      `/admin/certificates/${certificateId}`,
      "/admin/people",
      `/admin/people/${candidate.id}`,
      "/admin/people/invitations",
      "/admin/centres",
      "/admin/approvals",
      "/admin/audit",
    ].map((path) => ({ path, by: admin })),
    { path: "/marking", by: examiner },
  ];
}
