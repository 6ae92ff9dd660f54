import type { CertificateFacts } from "../certificate-pdf.ts";

/** A certificate of the worked example in four skills. */
export const sampleFacts: CertificateFacts = {
  code: "7QK4-M2XP-9TRD-K8WD",
  name: "Nadira Velasko",
  awardingBody: "Northmere Language Institute",
  examination: "IELP four-skill proficiency test",
  sat: "sat the IELP examination in four skills",
  testedOn: "2026-02-28",
  issuedOn: "2026-03-02",
  validUntil: "2028-03-02",
  scale: {
    noun: "Band",
    highest: 10,
    every: 1,
    levels: [
      { to: 1, label: "A1" },
      { to: 2, label: "A1/A2" },
      { to: 3, label: "A2" },
      { to: 4, label: "B1" },
      { to: 5, label: "B1/B2" },
      { to: 6, label: "B2" },
      { to: 8, label: "C1" },
      { to: 10, label: "C2" },
    ],
  },
  overall: {
    score: "6.50",
    cefr: "C1",
    group: "Proficient user",
    meaning: "Can understand demanding, longer texts, and use language flexibly for study and work.",
  },
  parts: [
    { title: "Reading", score: "7.00", cefr: "C1" },
    { title: "Listening", score: "6.00", cefr: "B2" },
    { title: "Writing", score: "6.00", cefr: "B2" },
    { title: "Speaking", score: "7.00", cefr: "C1" },
  ],
  notes: [
    "Overall is the mean of the four section bands on a scale from 0 to 10.",
    "Levels are those of the Common European Framework of Reference, by table 1 of the examination.",
  ],
};
