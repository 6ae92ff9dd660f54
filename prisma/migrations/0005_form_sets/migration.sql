-- CreateEnum
CREATE TYPE "form_overlap" AS ENUM ('none', 'anchors');

-- DropIndex
DROP INDEX "form_set_programme_id_status_idx";

-- AlterTable
ALTER TABLE "form_set" DROP COLUMN "status",
ADD COLUMN     "overlap" "form_overlap" NOT NULL,
ADD COLUMN     "retire_reason" TEXT,
ADD COLUMN     "retired_at" TIMESTAMPTZ(3),
ADD COLUMN     "targets" JSONB NOT NULL;

-- AlterTable
ALTER TABLE "fixed_form_item" DROP COLUMN "scored";

-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "fixed_form_id" UUID;

-- DropEnum
DROP TYPE "form_set_status";

-- CreateIndex
CREATE UNIQUE INDEX "form_set_name_key" ON "form_set"("name");

-- CreateIndex
CREATE INDEX "form_set_programme_id_published_at_idx" ON "form_set"("programme_id", "published_at");

-- CreateIndex
CREATE INDEX "form_set_created_at_idx" ON "form_set"("created_at");

-- CreateIndex
CREATE INDEX "fixed_form_item_item_version_id_idx" ON "fixed_form_item"("item_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "fixed_form_item_form_id_item_id_key" ON "fixed_form_item"("form_id", "item_id");

-- CreateIndex
CREATE INDEX "attempt_fixed_form_id_idx" ON "attempt"("fixed_form_id");

-- AddForeignKey
ALTER TABLE "form_set" ADD CONSTRAINT "form_set_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_fixed_form_id_fkey" FOREIGN KEY ("fixed_form_id") REFERENCES "fixed_form"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

-- A published form set stands as it was published: it can be retired, and that is all.
create trigger form_set_frozen before update on form_set for each row when (old.published_at is not null)
  execute function bandwise_frozen_but_for('retired_at', 'retire_reason');

create function bandwise_form_set_kept() returns trigger language plpgsql as $$
begin
  if old.published_at is not null then
    raise exception 'form_set % is published and stays', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return old;
end $$;
create trigger form_set_kept before delete on form_set for each row execute function bandwise_form_set_kept();

-- Its forms are written with the draft and go with it; between the two nothing of them changes.
create function bandwise_fixed_form_frozen() returns trigger language plpgsql as $$
declare
  published boolean;
begin
  if tg_op = 'UPDATE' then
    raise exception 'a fixed form is never changed' using errcode = 'integrity_constraint_violation';
  end if;
  if tg_table_name = 'fixed_form' then
    select s.published_at is not null into published from form_set s
    where s.id = case when tg_op = 'DELETE' then old.set_id else new.set_id end;
  else
    select s.published_at is not null into published from fixed_form f join form_set s on s.id = f.set_id
    where f.id = case when tg_op = 'DELETE' then old.form_id else new.form_id end;
  end if;
  if published then
    raise exception 'the form set is published and stays as it is' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger fixed_form_frozen before insert or update or delete on fixed_form
  for each row execute function bandwise_fixed_form_frozen();
create trigger fixed_form_item_frozen before insert or update or delete on fixed_form_item
  for each row execute function bandwise_fixed_form_frozen();
