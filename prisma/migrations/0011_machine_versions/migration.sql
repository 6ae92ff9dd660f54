-- CreateEnum
CREATE TYPE "machine_version_status" AS ENUM ('measuring', 'candidate', 'failed', 'promoted', 'retired', 'demoted');

-- CreateTable
CREATE TABLE "machine_features" (
    "script_id" UUID NOT NULL,
    "input_hash" TEXT NOT NULL,
    "measures" TEXT NOT NULL,
    "features" JSONB NOT NULL,

    CONSTRAINT "machine_features_pkey" PRIMARY KEY ("script_id")
);

-- CreateTable
CREATE TABLE "machine_version" (
    "id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "skill" "skill" NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "machine_version_status" NOT NULL DEFAULT 'measuring',
    "rater_hash" TEXT,
    "model" JSONB,
    "report" JSONB,
    "gate_passed" BOOLEAN NOT NULL DEFAULT false,
    "responses" INTEGER NOT NULL DEFAULT 0,
    "measured" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "fitted_at" TIMESTAMPTZ(3),
    "promoted_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,

    CONSTRAINT "machine_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "machine_version_scheme_skill_number_key" ON "machine_version"("scheme", "skill", "number");

-- AddForeignKey
ALTER TABLE "machine_features" ADD CONSTRAINT "machine_features_script_id_fkey" FOREIGN KEY ("script_id") REFERENCES "script"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "machine_version" ADD CONSTRAINT "machine_version_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):
-- One version rates, one at a time is being made, and none rates that did not pass the gate.
create unique index machine_version_promoted on machine_version (scheme, skill) where status = 'promoted';
create unique index machine_version_measuring on machine_version (scheme, skill) where status = 'measuring';
alter table machine_version add constraint machine_version_gate check (status <> 'promoted' or gate_passed);
