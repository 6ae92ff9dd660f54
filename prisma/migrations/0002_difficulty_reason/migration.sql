-- AlterTable
ALTER TABLE "item_version" ADD COLUMN     "difficulty_reason" TEXT;

-- AlterTable
ALTER TABLE "certificate" DROP COLUMN "check_count";

-- Written by hand from here on (what the Prisma schema cannot say):
