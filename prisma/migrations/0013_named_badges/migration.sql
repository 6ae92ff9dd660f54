-- CreateTable
CREATE TABLE "named_badge" (
    "credential_id" TEXT NOT NULL,
    "certificate_id" UUID NOT NULL,
    "embedded" TEXT,
    "jwt" TEXT,
    "status_list" INTEGER NOT NULL,
    "status_index" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "named_badge_pkey" PRIMARY KEY ("credential_id")
);

-- CreateIndex
CREATE INDEX "named_badge_certificate_id_idx" ON "named_badge"("certificate_id");

-- CreateIndex
CREATE UNIQUE INDEX "named_badge_status_list_status_index_key" ON "named_badge"("status_list", "status_index");

-- AddForeignKey
ALTER TABLE "named_badge" ADD CONSTRAINT "named_badge_certificate_id_fkey" FOREIGN KEY ("certificate_id") REFERENCES "certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

create unique index named_badge_one_live on named_badge (certificate_id) where withdrawn_at is null;
create trigger named_badge_frozen before update on named_badge
  for each row execute function bandwise_frozen_but_for('withdrawn_at');
alter table named_badge add constraint named_badge_status_index check (status_list > 0 and status_index between 0 and 131071);
