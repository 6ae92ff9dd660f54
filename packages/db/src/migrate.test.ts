import { describe, expect, it } from "vitest";
import { checksumOf, describeMismatch, pendingChanges, readMigrations } from "./migrate.ts";

const known = [{ name: "0001_init", sql: "create table a ()" }];
const applied = { name: "0001_init", checksum: checksumOf("create table a ()") };

describe("what the database has against what the code has", () => {
  it("is fine when the database has less or the same", () => {
    expect(describeMismatch(known, [])).toBeNull();
    expect(describeMismatch(known, [applied])).toBeNull();
  });

  it("refuses a database newer than the code, in one line", () => {
    const problem = describeMismatch(known, [applied, { name: "0002_more", checksum: "x" }]);
    expect(problem).toMatch(/^The database is newer than this code .*0002_more.*update the code/);
    expect(problem).not.toContain("\n");
  });

  it("refuses a migration that was changed after it was applied", () => {
    expect(describeMismatch(known, [{ ...applied, checksum: "other" }])).toMatch(/was changed/);
  });
});

describe("the migrations in the repository", () => {
  it("say everything that the schema says", async () => {
    expect(await pendingChanges()).toBe("");
  });

  it("are numbered without gaps", () => {
    expect(readMigrations().map(({ name }) => Number(name.slice(0, 4)))).toEqual(
      readMigrations().map((_, index) => index + 1),
    );
  });
});
