-- CreateEnum
CREATE TYPE "script_purpose" AS ENUM ('live', 'training', 'qualification', 'seed');

-- CreateEnum
CREATE TYPE "rating_role" AS ENUM ('mark', 'adjudication');

-- CreateEnum
CREATE TYPE "benchmark_use" AS ENUM ('training', 'set_one', 'set_two', 'seed');

-- CreateEnum
CREATE TYPE "qualification_verdict" AS ENUM ('passed', 'failed', 'withdrawn');

-- CreateEnum
CREATE TYPE "hold_verdict" AS ENUM ('lifted', 'requalify');

-- AlterTable
ALTER TABLE "script" ADD COLUMN     "adjudicating" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "benchmark_id" UUID,
ADD COLUMN     "for_id" UUID,
ADD COLUMN     "needs_qualification" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "outcome" JSONB,
ADD COLUMN     "policy" JSONB,
ADD COLUMN     "purpose" "script_purpose" NOT NULL DEFAULT 'live',
ADD COLUMN     "round" INTEGER,
ADD COLUMN     "second_reason" TEXT,
ALTER COLUMN "attempt_id" DROP NOT NULL,
ALTER COLUMN "attempt_item_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "rating" ADD COLUMN     "annotations" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "role" "rating_role" NOT NULL DEFAULT 'mark',
ADD COLUMN     "superseded_because" TEXT;

-- CreateTable
CREATE TABLE "marking_policy" (
    "id" UUID NOT NULL,
    "programme" TEXT NOT NULL,
    "skill" "skill",
    "level" TEXT,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "marking_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "benchmark" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "skill" "skill" NOT NULL,
    "level" TEXT NOT NULL,
    "use" "benchmark_use" NOT NULL,
    "position" INTEGER NOT NULL,
    "rubric_id" UUID NOT NULL,
    "task" JSONB NOT NULL,
    "marker_notes" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "scores" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "benchmark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qualification_decision" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "skill" "skill" NOT NULL,
    "verdict" "qualification_verdict" NOT NULL,
    "round" INTEGER NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "by_id" UUID,
    "reason" TEXT NOT NULL,
    "figures" JSONB NOT NULL,

    CONSTRAINT "qualification_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "marking_hold" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "skill" "skill" NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "good_until" TIMESTAMPTZ(3) NOT NULL,
    "missed" UUID[],
    "appeal" TEXT,
    "appealed_at" TIMESTAMPTZ(3),
    "verdict" "hold_verdict",
    "note" TEXT,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "sent_back" INTEGER,
    "sent_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "marking_hold_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "marking_policy_programme_version_idx" ON "marking_policy"("programme", "version");

-- CreateIndex
CREATE UNIQUE INDEX "benchmark_slug_key" ON "benchmark"("slug");

-- CreateIndex
CREATE INDEX "benchmark_skill_use_position_idx" ON "benchmark"("skill", "use", "position");

-- CreateIndex
CREATE INDEX "qualification_decision_person_id_skill_decided_at_idx" ON "qualification_decision"("person_id", "skill", "decided_at");

-- CreateIndex
CREATE INDEX "marking_hold_person_id_skill_idx" ON "marking_hold"("person_id", "skill");

-- CreateIndex
CREATE INDEX "marking_hold_decided_at_idx" ON "marking_hold"("decided_at");

-- CreateIndex
CREATE INDEX "script_for_id_skill_purpose_idx" ON "script"("for_id", "skill", "purpose");

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_benchmark_id_fkey" FOREIGN KEY ("benchmark_id") REFERENCES "benchmark"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_for_id_fkey" FOREIGN KEY ("for_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "benchmark" ADD CONSTRAINT "benchmark_rubric_id_fkey" FOREIGN KEY ("rubric_id") REFERENCES "rubric"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qualification_decision" ADD CONSTRAINT "qualification_decision_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marking_hold" ADD CONSTRAINT "marking_hold_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

create trigger marking_policy_append_only before update or delete on marking_policy
  for each row execute function bandwise_append_only();
create trigger qualification_decision_append_only before update or delete on qualification_decision
  for each row execute function bandwise_append_only();
create trigger benchmark_frozen before update on benchmark
  for each row execute function bandwise_frozen_but_for('retired_at');

alter table script add constraint script_shows_one_thing check (
  (purpose = 'live' and attempt_id is not null and attempt_item_id is not null and benchmark_id is null and for_id is null)
  or (purpose <> 'live' and attempt_id is null and attempt_item_id is null and benchmark_id is not null and for_id is not null));
create unique index marking_policy_once on marking_policy (programme, skill, level, version) nulls not distinct;
create unique index marking_hold_one_open on marking_hold (person_id, skill) where decided_at is null;
-- A seed is met once, a benchmark once a round.
create unique index script_benchmark_once on script (for_id, benchmark_id, round) nulls not distinct where purpose <> 'live';

drop trigger rating_frozen on rating;
create trigger rating_frozen before update on rating
  for each row when (old.status <> 'draft')
  execute function bandwise_frozen_but_for('status', 'updated_at', 'superseded_because');
