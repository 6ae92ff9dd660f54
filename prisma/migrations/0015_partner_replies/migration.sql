-- AlterEnum
ALTER TYPE "consent_kind" ADD VALUE 'language_model';

-- CreateTable
CREATE TABLE "partner_reply" (
    "attempt_item_id" UUID NOT NULL,
    "turn" SMALLINT NOT NULL,
    "rule" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "said_by" TEXT,
    "said_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "partner_reply_pkey" PRIMARY KEY ("attempt_item_id","turn")
);

-- AddForeignKey
ALTER TABLE "partner_reply" ADD CONSTRAINT "partner_reply_attempt_item_id_fkey" FOREIGN KEY ("attempt_item_id") REFERENCES "attempt_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):
