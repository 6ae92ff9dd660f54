-- CreateEnum
CREATE TYPE "practice_take_status" AS ENUM ('waiting', 'rated', 'failed');

-- AlterEnum
ALTER TYPE "script_status" ADD VALUE 'with_machine';

-- CreateTable
CREATE TABLE "practice_take" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "status" "practice_take_status" NOT NULL DEFAULT 'waiting',
    "storage_key" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "duration_seconds" DOUBLE PRECISION,
    "rating" JSONB,
    "transcript" JSONB,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "rated_at" TIMESTAMPTZ(3),

    CONSTRAINT "practice_take_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practice_goal" (
    "person_id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "until" DATE,
    "weekdays" SMALLINT[],
    "tasks_a_day" SMALLINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "practice_goal_pkey" PRIMARY KEY ("person_id")
);

-- CreateIndex
CREATE INDEX "practice_take_person_id_created_at_idx" ON "practice_take"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "practice_take_item_version_id_idx" ON "practice_take"("item_version_id");

-- AddForeignKey
ALTER TABLE "practice_take" ADD CONSTRAINT "practice_take_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_take" ADD CONSTRAINT "practice_take_item_version_id_fkey" FOREIGN KEY ("item_version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_goal" ADD CONSTRAINT "practice_goal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):
