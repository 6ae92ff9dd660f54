-- DropIndex
DROP INDEX "certificate_result_id_key";

-- CreateIndex
CREATE INDEX "certificate_result_id_idx" ON "certificate"("result_id");

-- Written by hand from here on (what the Prisma schema cannot say):

-- A corrected certificate supersedes the one before; two valid ones of one result never stand side by side.
create unique index certificate_one_valid on certificate (result_id) where status = 'valid';
