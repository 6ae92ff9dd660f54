-- CreateEnum
CREATE TYPE "share_purpose" AS ENUM ('university', 'employer', 'visa', 'personal');

-- CreateTable
CREATE TABLE "issuer_key" (
    "id" TEXT NOT NULL,
    "did" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "issuer_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "badge" (
    "certificate_id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "embedded" TEXT,
    "jwt" TEXT,
    "status_list" INTEGER NOT NULL,
    "status_index" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "badge_pkey" PRIMARY KEY ("certificate_id")
);

-- CreateTable
CREATE TABLE "share_link" (
    "id" UUID NOT NULL,
    "certificate_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "purpose" "share_purpose" NOT NULL,
    "recipient" TEXT NOT NULL,
    "recipient_email" TEXT,
    "scores" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "share_view" (
    "id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "share_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "issuer_key_did_idx" ON "issuer_key"("did");

-- CreateIndex
CREATE UNIQUE INDEX "badge_credential_id_key" ON "badge"("credential_id");

-- CreateIndex
CREATE UNIQUE INDEX "badge_status_list_status_index_key" ON "badge"("status_list", "status_index");

-- CreateIndex
CREATE UNIQUE INDEX "share_link_token_key" ON "share_link"("token");

-- CreateIndex
CREATE INDEX "share_link_certificate_id_idx" ON "share_link"("certificate_id");

-- CreateIndex
CREATE INDEX "share_view_link_id_idx" ON "share_view"("link_id");

-- CreateIndex
CREATE INDEX "certificate_pdf_sha256_idx" ON "certificate"("pdf_sha256");

-- AddForeignKey
ALTER TABLE "badge" ADD CONSTRAINT "badge_certificate_id_fkey" FOREIGN KEY ("certificate_id") REFERENCES "certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_link" ADD CONSTRAINT "share_link_certificate_id_fkey" FOREIGN KEY ("certificate_id") REFERENCES "certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_view" ADD CONSTRAINT "share_view_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "share_link"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

-- A trigger without arguments has no list at all, so the empty list is written as a column that does not exist.
create trigger badge_frozen before update on badge
  for each row execute function bandwise_frozen_but_for('-');
create trigger issuer_key_frozen before update on issuer_key
  for each row execute function bandwise_frozen_but_for('retired_at');
create trigger share_link_frozen before update on share_link
  for each row execute function bandwise_frozen_but_for('withdrawn_at');

create function bandwise_never_deleted() returns trigger language plpgsql as $$
begin
  raise exception '% is kept for ever', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger issuer_key_kept before delete on issuer_key
  for each row execute function bandwise_never_deleted();

alter table badge add constraint badge_status_index check (status_list > 0 and status_index between 0 and 131071);
alter table issuer_key add constraint issuer_key_algorithm check (algorithm in ('Ed25519', 'ES256'));
alter table share_link add constraint share_link_ends check (created_at < expires_at);
