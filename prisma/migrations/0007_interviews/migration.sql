-- CreateEnum
CREATE TYPE "interview_status" AS ENUM ('identified', 'in_progress', 'cooling_off', 'final');

-- CreateTable
CREATE TABLE "interview_slot" (
    "sitting_id" UUID NOT NULL,
    "examiner_id" UUID NOT NULL,

    CONSTRAINT "interview_slot_pkey" PRIMARY KEY ("sitting_id")
);

-- CreateTable
CREATE TABLE "interview" (
    "attempt_id" UUID NOT NULL,
    "examiner_id" UUID NOT NULL,
    "status" "interview_status" NOT NULL DEFAULT 'identified',
    "document" TEXT NOT NULL,
    "identified_at" TIMESTAMPTZ(3) NOT NULL,
    "card_code_hash" TEXT,
    "card_code_expires_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "scores" JSONB,
    "comment" TEXT NOT NULL DEFAULT '',
    "finished_at" TIMESTAMPTZ(3),
    "amendable_until" TIMESTAMPTZ(3),
    "final_at" TIMESTAMPTZ(3),
    "final_by" TEXT,

    CONSTRAINT "interview_pkey" PRIMARY KEY ("attempt_id")
);

-- CreateTable
CREATE TABLE "interview_entry" (
    "id" BIGSERIAL NOT NULL,
    "attempt_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "value" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "interview_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "interview_slot_examiner_id_idx" ON "interview_slot"("examiner_id");

-- CreateIndex
CREATE UNIQUE INDEX "interview_card_code_hash_key" ON "interview"("card_code_hash");

-- CreateIndex
CREATE INDEX "interview_status_amendable_until_idx" ON "interview"("status", "amendable_until");

-- CreateIndex
CREATE INDEX "interview_examiner_id_idx" ON "interview"("examiner_id");

-- CreateIndex
CREATE UNIQUE INDEX "interview_entry_attempt_id_client_id_sequence_key" ON "interview_entry"("attempt_id", "client_id", "sequence");

-- AddForeignKey
ALTER TABLE "interview_slot" ADD CONSTRAINT "interview_slot_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview_slot" ADD CONSTRAINT "interview_slot_examiner_id_fkey" FOREIGN KEY ("examiner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview" ADD CONSTRAINT "interview_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview" ADD CONSTRAINT "interview_examiner_id_fkey" FOREIGN KEY ("examiner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview_entry" ADD CONSTRAINT "interview_entry_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "interview"("attempt_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

create trigger interview_entry_append_only before update or delete on interview_entry
  for each row execute function bandwise_append_only();

-- Final marks stay as they are: what follows is a rating's business.
create trigger interview_final before update on interview for each row when (old.status = 'final')
  execute function bandwise_frozen_but_for();
