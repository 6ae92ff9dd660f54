-- CreateEnum
CREATE TYPE "appeal_status" AS ENUM ('asked', 'marking', 'marked', 'changed', 'unchanged', 'withdrawn', 'declined');

-- CreateEnum
CREATE TYPE "appeal_fee" AS ENUM ('none', 'due', 'paid', 'waived');

-- AlterEnum
ALTER TYPE "script_purpose" ADD VALUE 'remark';

-- AlterTable
ALTER TABLE "script" ADD COLUMN     "appeal_id" UUID,
ADD COLUMN     "remark_of_id" UUID;

-- AlterTable
ALTER TABLE "result" ADD COLUMN     "score_range" JSONB;

-- CreateTable
CREATE TABLE "appeal" (
    "id" UUID NOT NULL,
    "result_id" UUID NOT NULL,
    "skills" "skill"[],
    "reason" TEXT NOT NULL,
    "status" "appeal_status" NOT NULL DEFAULT 'asked',
    "version" INTEGER NOT NULL DEFAULT 1,
    "fee" "appeal_fee" NOT NULL,
    "fee_by_id" UUID,
    "fee_at" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',
    "new_result_id" UUID,

    CONSTRAINT "appeal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appeal_status_due_at_idx" ON "appeal"("status", "due_at");

-- CreateIndex
CREATE INDEX "appeal_result_id_idx" ON "appeal"("result_id");

-- CreateIndex
CREATE INDEX "script_remark_of_id_idx" ON "script"("remark_of_id");

-- CreateIndex
CREATE INDEX "script_appeal_id_idx" ON "script"("appeal_id");

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_remark_of_id_fkey" FOREIGN KEY ("remark_of_id") REFERENCES "script"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_appeal_id_fkey" FOREIGN KEY ("appeal_id") REFERENCES "appeal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_result_id_fkey" FOREIGN KEY ("result_id") REFERENCES "result"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

-- The new purpose by its name: a value cannot be used in the transaction that adds it.
alter table script drop constraint script_shows_one_thing;
alter table script add constraint script_shows_one_thing check (
  (purpose::text = 'live' and attempt_id is not null and attempt_item_id is not null and benchmark_id is null
    and for_id is null and remark_of_id is null and appeal_id is null)
  or (purpose::text = 'remark' and attempt_id is null and attempt_item_id is null and benchmark_id is null
    and for_id is null and remark_of_id is not null and appeal_id is not null)
  or (purpose::text not in ('live', 'remark') and attempt_id is null and attempt_item_id is null
    and benchmark_id is not null and for_id is not null and remark_of_id is null and appeal_id is null));
drop index script_benchmark_once;
create unique index script_benchmark_once on script (for_id, benchmark_id, round) nulls not distinct
  where benchmark_id is not null;
-- An appeal asks once about a script; a result is appealed against once, unless that was withdrawn or declined.
create unique index script_remark_once on script (appeal_id, remark_of_id) where appeal_id is not null;
create unique index appeal_one_of_result on appeal (result_id) where status not in ('withdrawn', 'declined');
create trigger appeal_frozen before update on appeal
  for each row execute function bandwise_frozen_but_for('status', 'version', 'fee', 'fee_by_id', 'fee_at', 'started_at',
    'closed_at', 'note', 'new_result_id');
