import { readdirSync } from "node:fs";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "./kernel/context.ts";
import { type Actor, actors, can, type Permission, roles, type Viewer } from "./kernel/policy.ts";
import { createSubmittedAttempt } from "./testing/attempts.ts";
import { createSmallBank } from "./testing/bank.ts";
import { createPerson, type TestServices, testServices } from "./testing/services.ts";

/**
 * Who may enter through which door, said a second time and by hand: an entry point without a row here fails the suite,
 * and so does one whose permission lets in somebody this table does not name.
 */
const everyone = actors;
const signedIn = roles;
const staff = ["examiner", "senior_examiner", "item_writer", "item_reviewer", "invigilator", "admin"] as const;
const system = ["system"] as const;
const candidate = ["candidate"] as const;
const examiners = ["examiner", "senior_examiner"] as const;
const watchers = ["invigilator", "admin"] as const;
const bankReaders = ["item_writer", "item_reviewer", "admin"] as const;
const bankWriters = ["item_writer", "admin"] as const;
const reviewers = ["item_reviewer", "admin"] as const;
const admin = ["admin"] as const;

const matrix: Readonly<Record<string, readonly Actor[]>> = {
  // Accounts
  register: everyone,
  verifyEmail: everyone,
  resendVerification: everyone,
  signIn: everyone,
  checkPassword: everyone,
  requestPasswordReset: everyone,
  resetPassword: everyone,
  acceptInvitation: everyone,
  readAccountLink: everyone,
  readInvitation: everyone,
  listMailbox: everyone,
  updateProfile: signedIn,
  changePassword: signedIn,
  beginTotp: signedIn,
  enableTotp: signedIn,
  disableTotp: signedIn,
  renewRecoveryCodes: signedIn,
  getOwnAccount: signedIn,
  exportMyData: signedIn,
  findOwnRecording: signedIn,
  requestErasure: signedIn,
  withdrawRequest: signedIn,
  findSession: system,
  prepareLinkMail: system,
  prepareInvitationMail: system,
  findRecipient: system,
  findBookingFacts: system,
  purgeExpired: system,
  createFirstAdmin: system,
  // People and centres
  listPeople: admin,
  getPerson: admin,
  listInvitations: admin,
  invitePeople: admin,
  resendInvitation: admin,
  withdrawInvitation: admin,
  changeRoles: admin,
  suspendPerson: admin,
  reinstatePerson: admin,
  grantExtraTime: admin,
  endExtraTime: admin,
  listCentres: admin,
  createCentre: admin,
  updateCentre: admin,
  listCentreOptions: staff,
  // Audit and approvals
  listAudit: admin,
  listAuditFacets: admin,
  listSubjectHistory: admin,
  listApprovals: admin,
  countOpenApprovals: admin,
  approveRequest: admin,
  declineRequest: admin,
  // Bank
  listItems: bankReaders,
  bankOverview: bankReaders,
  getItem: bankReaders,
  getMedia: bankReaders,
  createItem: bankWriters,
  editItem: bankWriters,
  uploadMedia: bankWriters,
  listReviewQueue: bankReaders,
  submitForReview: bankWriters,
  withdrawFromReview: bankWriters,
  discardDraft: bankWriters,
  approveVersion: reviewers,
  returnVersion: reviewers,
  addComment: bankReaders,
  resolveComment: bankReaders,
  beginPretest: admin,
  activateItemVersion: admin,
  restItem: admin,
  wakeItem: admin,
  retireItem: admin,
  restOverexposedItems: ["admin", "system"],
  bankHealth: ["item_writer", "item_reviewer", "admin", "system"],
  previewForm: bankReaders,
  requestSimulation: admin,
  stopSimulation: admin,
  listSimulations: bankReaders,
  getSimulation: bankReaders,
  simulationToRun: system,
  recordSimulation: system,
  previewFormSet: admin,
  makeFormSet: admin,
  discardFormSet: admin,
  requestFormSetPublication: admin,
  retireFormSet: admin,
  listFormSets: bankReaders,
  getFormSet: bankReaders,
  getFormBooklet: admin,
  showFormKeys: admin,
  takeOutOfAnchorPool: admin,
  createItemSet: bankWriters,
  addToItemSet: bankWriters,
  removeFromItemSet: bankWriters,
  editSetStimulus: bankWriters,
  declareEnemies: bankReaders,
  reconcileEnemies: bankReaders,
  listFilterChoices: bankReaders,
  getItemSet: bankReaders,
  listSavedViews: bankReaders,
  saveView: bankReaders,
  renameView: bankReaders,
  deleteView: bankReaders,
  previewBulkEdit: bankWriters,
  applyBulkEdit: bankWriters,
  undoBulkEdit: bankWriters,
  listBulkEdits: bankReaders,
  rollUpListedExposure: ["system", "admin"],
  rebuildExposureCounts: ["system", "admin"],
  startImport: ["item_writer", "admin", "system"],
  confirmImport: ["item_writer", "admin", "system"],
  discardImport: ["item_writer", "admin", "system"],
  listImports: ["item_writer", "admin", "system"],
  getImport: ["item_writer", "admin", "system"],
  getItemTableTemplate: ["item_writer", "admin", "system"],
  exportItems: ["item_writer", "item_reviewer", "admin", "system"],
  importToRun: system,
  findSound: system,
  recordChecked: system,
  refuseImport: system,
  importItem: system,
  refuseImportItem: system,
  recordImported: system,
  // Sittings and bookings
  openSitting: admin,
  updateSitting: admin,
  cancelSitting: admin,
  getSittingChoices: admin,
  listSittings: watchers,
  getSitting: watchers,
  browseSittings: candidate,
  bookSitting: candidate,
  moveBooking: candidate,
  cancelBooking: candidate,
  checkIn: candidate,
  listMyAttempts: candidate,
  getMyAttempt: candidate,
  // The exam
  startAttempt: candidate,
  takeOver: candidate,
  getExamState: candidate,
  beginSection: candidate,
  endSection: candidate,
  submitAttempt: candidate,
  recordPlay: candidate,
  findPlayedMedia: candidate,
  hearTurn: candidate,
  keepPartnerReply: candidate,
  findTaskPicture: candidate,
  saveAnswers: ["candidate", "exam"],
  getHeartbeat: ["candidate", "exam"],
  startRecording: ["candidate", "exam"],
  putChunk: ["candidate", "exam"],
  completeRecording: ["candidate", "exam"],
  listAttempts: watchers,
  getAttemptDetail: watchers,
  grantTime: watchers,
  voidAttempt: admin,
  advanceAttempt: system,
  markNoShows: system,
  recordBeat: system,
  listDueAttempts: system,
  recordingToProcess: system,
  storeProcessedRecording: system,
  finishAbandonedRecordings: system,
  // Interviews
  openInterviewSlots: ["examiner", "senior_examiner", "admin"],
  withdrawInterviewSlot: ["examiner", "senior_examiner", "admin"],
  reassignInterviewSlot: admin,
  listInterviewSlots: ["examiner", "senior_examiner", "admin"],
  getSlotChoices: ["examiner", "senior_examiner", "admin"],
  browseInterviewTimes: candidate,
  checkIdentity: examiners,
  turnAwayCandidate: examiners,
  beginInterview: examiners,
  saveInterviewEntries: examiners,
  finishInterview: examiners,
  amendInterview: examiners,
  makeInterviewFinal: examiners,
  renewCardCode: examiners,
  getInterviewConsole: examiners,
  putInterviewSound: ["candidate", "examiner", "senior_examiner"],
  getMyInterviewCard: candidate,
  getInterviewCardByCode: everyone,
  closeDueInterviews: system,
  interviewToConclude: system,
  concludeInterview: system,
  listUnjoined: system,
  finishOverdueInterviews: system,
  flagLateSound: system,
  tellOfLostExaminer: system,
  listStrandedInterviews: admin,
  // Marking
  getMarkingHome: examiners,
  getScriptForMarking: examiners,
  listMyRatings: examiners,
  takeScript: examiners,
  takeBenchmark: examiners,
  takeAdjudication: ["senior_examiner"],
  appealHold: examiners,
  getMarkerStanding: examiners,
  getQualification: examiners,
  getOwnHold: examiners,
  listExemplars: examiners,
  getExemplarAudio: examiners,
  listMarkers: ["senior_examiner", "admin"],
  listHolds: ["senior_examiner", "admin"],
  getHold: ["senior_examiner", "admin"],
  getMarkingQuality: ["senior_examiner", "admin"],
  listPolicies: ["senior_examiner", "admin"],
  decideHold: ["senior_examiner", "admin"],
  sendBackDoubtful: ["senior_examiner", "admin"],
  withdrawQualification: ["senior_examiner", "admin"],
  publishPolicy: admin,
  retakeScript: examiners,
  renewLease: examiners,
  returnScript: examiners,
  saveDraft: examiners,
  submitRating: examiners,
  getScriptAudio: staff,
  getScriptTaskMedia: staff,
  listScripts: ["senior_examiner", "admin"],
  reopenScript: admin,
  storeMachineRating: system,
  requestCalibration: admin,
  storeMachineFeatures: system,
  recordCalibration: system,
  promoteVersion: admin,
  rollBackVersion: admin,
  demoteVersion: system,
  getMachineTask: system,
  getCalibrationWork: system,
  getMachineWatch: system,
  listStuckVersions: system,
  getSpeechVersion: system,
  listRecipients: everyone,
  getMachineMarking: ["senior_examiner", "admin"],
  createScripts: system,
  returnLapsedLeases: system,
  speechToRate: system,
  listStuckSpeech: system,
  deferSpeechRating: system,
  storeSpeechRating: system,
  findSpeechSample: system,
  getSpeechSetup: admin,
  trySpeechToText: admin,
  // Results
  getResult: signedIn,
  getReportPdf: signedIn,
  listMyResults: candidate,
  getSpeakingReport: candidate,
  listResults: admin,
  getAttemptResults: admin,
  getDashboard: admin,
  releaseResults: admin,
  askForRemark: candidate,
  withdrawAppeal: candidate,
  getMyAppeals: candidate,
  listAppeals: admin,
  getAppeal: admin,
  settleAppealFee: admin,
  startRemark: admin,
  declineAppeal: admin,
  requestReplacement: admin,
  finishRemark: system,
  resolveReview: admin,
  scoreObjective: system,
  findRescorable: ["admin", "system"],
  rescoreResults: ["admin", "system"],
  computeResult: system,
  // Practice
  submitPracticeTake: candidate,
  deletePracticeTake: candidate,
  setPracticeGoal: candidate,
  getPracticeHome: candidate,
  getPracticeTask: candidate,
  findPracticeMedia: candidate,
  hearPracticeTurn: candidate,
  getPracticeTake: candidate,
  findPracticeSound: candidate,
  practiceToRate: system,
  listStuckPractice: system,
  deferPracticeRating: system,
  storePracticeRating: system,
  // Certificates
  getVerification: everyone,
  listMyCertificates: candidate,
  getMyCertificate: candidate,
  setStatusOnly: candidate,
  setNameOnBadge: candidate,
  getCertificatePdf: signedIn,
  listCertificates: admin,
  getCertificate: admin,
  requestRevocation: admin,
  requestReissue: admin,
  issueCertificate: system,
  findFactsToPrint: system,
  storePdf: system,
  forgetRecipients: system,
  issueBadge: system,
  rotateIssuerKeys: system,
  getDidDocument: everyone,
  getStatusList: everyone,
  getBadge: signedIn,
  checkFile: everyone,
  verifyCredential: system,
  findCertificateByCode: system,
  createShareLink: candidate,
  withdrawShareLink: candidate,
  listShareLinks: candidate,
  getSharedCertificate: everyone,
  countShareView: everyone,
  findRecipients: system,
};

interface EntryPoint {
  (context: Context, input: unknown): Promise<unknown>;
  readonly definition: { readonly name: string; readonly permission: Permission };
}

function isEntryPoint(value: unknown): value is EntryPoint {
  return typeof value === "function" && "definition" in value;
}

/** Everything that `defineCommand` or `defineQuery` made, found by looking at the files rather than by a list. */
async function findEntryPoints(): Promise<EntryPoint[]> {
  const here = new URL(".", import.meta.url);
  const files = readdirSync(here, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.includes(".test.") && !/^(testing|kernel|adapters)\//.test(file),
  );
  const modules = await Promise.all(files.map((file) => import(new URL(file, here).href) as Promise<object>));
  return modules.flatMap((module) => Object.values(module).filter(isEntryPoint));
}

const entryPoints = await findEntryPoints();
const database = useTestDatabase();
let services: TestServices;
let viewers: ReadonlyMap<Actor, Viewer>;

beforeAll(async () => {
  services = testServices(database().prisma);
  const { programmeId } = await createSmallBank(services);
  const { id: adminId } = await createPerson(services.db, ["admin"]);
  const sitter = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, { candidateId: sitter.id, programmeId, adminId });
  const people = await Promise.all(
    roles.map(async (role) => [role, (await createPerson(services.db, [role])).viewer] as const),
  );
  viewers = new Map<Actor, Viewer>([
    ...people,
    ["anonymous", { kind: "anonymous" }],
    ["exam", { kind: "exam", attemptId, candidateId: sitter.id }],
    ["system", { kind: "system" }],
  ]);
});

/** One number per table over all of its rows: any change anywhere shows. */
async function fingerprint(): Promise<unknown> {
  const tables = await services.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*)::text as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as content from "${name}" t`,
  );
  return services.db.$queryRawUnsafe(parts.join(" union all "));
}

test("every entry point has a row, and every row an entry point", () => {
  expect(entryPoints.map((entry) => entry.definition.name).sort()).toEqual(Object.keys(matrix).sort());
});

describe.each(entryPoints.map((entry) => [entry.definition.name, entry] as const))("%s", (name, entry) => {
  const allowed = matrix[name] ?? [];

  test("opens for those the matrix names", () => {
    for (const actor of allowed) {
      const viewer = viewers.get(actor);
      expect(viewer && can(viewer, entry.definition.permission), actor).toBe(true);
    }
  });

  test("refuses everybody else, and nothing moves", async () => {
    const before = await fingerprint();
    for (const actor of actors.filter((candidateActor) => !allowed.includes(candidateActor))) {
      const viewer = viewers.get(actor);
      if (!viewer) throw new Error(`nobody plays ${actor}`);
      const code = actor === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN";
      await expect(entry(services.as(viewer), {}), actor).rejects.toMatchObject({ code });
    }
    expect(await fingerprint()).toEqual(before);
    expect(services.jobs).toEqual([]);
  });
});
