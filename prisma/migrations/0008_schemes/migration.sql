-- AlterTable
ALTER TABLE "rubric" ADD COLUMN     "scheme" TEXT NOT NULL DEFAULT 'ielp';

-- AlterTable
ALTER TABLE "script" ADD COLUMN     "criteria" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "result" ALTER COLUMN "cefr" DROP NOT NULL;

-- CreateTable
CREATE TABLE "machine_rating" (
    "id" UUID NOT NULL,
    "script_id" UUID NOT NULL,
    "rater_id" TEXT NOT NULL,
    "rater_version" TEXT NOT NULL,
    "rater_hash" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "entry_id" BIGINT,
    "recording_id" UUID,
    "basis" TEXT NOT NULL,
    "criteria" JSONB NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "flags" TEXT[],
    "transcript" JSONB,
    "duration_ms" INTEGER NOT NULL,
    "validated" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "machine_rating_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "machine_rating_rater_id_rater_version_created_at_idx" ON "machine_rating"("rater_id", "rater_version", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "machine_rating_script_id_rater_hash_input_hash_key" ON "machine_rating"("script_id", "rater_hash", "input_hash");

-- AddForeignKey
ALTER TABLE "machine_rating" ADD CONSTRAINT "machine_rating_script_id_fkey" FOREIGN KEY ("script_id") REFERENCES "script"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):
-- No column is named: none may change, but while purging. (Without an argument nothing would be compared.)
create trigger machine_rating_frozen before update on machine_rating
  for each row execute function bandwise_frozen_but_for('');
alter table machine_rating add constraint machine_rating_basis check (basis in ('calibrated-model', 'heuristic', 'llm', 'none'));
alter table rubric add constraint rubric_scheme check (scheme in ('ielp', 'ielts-speaking', 'iet-speaking'));
