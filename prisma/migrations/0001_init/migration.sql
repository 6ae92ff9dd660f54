-- CreateEnum
CREATE TYPE "approval_status" AS ENUM ('open', 'approved', 'declined', 'withdrawn');

-- CreateEnum
CREATE TYPE "skill" AS ENUM ('reading', 'listening', 'writing', 'speaking');

-- CreateEnum
CREATE TYPE "item_status" AS ENUM ('draft', 'in_review', 'pretest', 'active', 'resting', 'retired');

-- CreateEnum
CREATE TYPE "certificate_status" AS ENUM ('valid', 'revoked', 'superseded');

-- CreateEnum
CREATE TYPE "attempt_status" AS ENUM ('booked', 'checked_in', 'in_progress', 'submitted', 'marking', 'marked', 'released', 'cancelled', 'no_show', 'voided');

-- CreateEnum
CREATE TYPE "section_status" AS ENUM ('not_open', 'open', 'closed');

-- CreateEnum
CREATE TYPE "time_entry_kind" AS ENUM ('base', 'extra_time', 'outage_credit', 'grant');

-- CreateEnum
CREATE TYPE "recording_status" AS ENUM ('recording', 'complete', 'processed', 'failed', 'discarded');

-- CreateEnum
CREATE TYPE "script_status" AS ENUM ('waiting', 'leased', 'rated', 'adjudication', 'settled', 'cannot_be_marked');

-- CreateEnum
CREATE TYPE "rating_status" AS ENUM ('draft', 'final', 'superseded');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('candidate', 'examiner', 'senior_examiner', 'item_writer', 'item_reviewer', 'invigilator', 'admin');

-- CreateEnum
CREATE TYPE "person_status" AS ENUM ('active', 'suspended', 'erased');

-- CreateEnum
CREATE TYPE "account_token_kind" AS ENUM ('verify_email', 'reset_password');

-- CreateEnum
CREATE TYPE "consent_kind" AS ENUM ('privacy_notice', 'recording', 'guardian');

-- CreateEnum
CREATE TYPE "result_status" AS ENUM ('provisional', 'released', 'superseded');

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "payload" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "approval_status" NOT NULL DEFAULT 'open',
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "skill" "skill" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "current_id" UUID,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_version" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "item_status" NOT NULL,
    "skill" "skill" NOT NULL,
    "level" TEXT NOT NULL,
    "sub_skill" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "difficulty_reason" TEXT,
    "anchor" BOOLEAN NOT NULL DEFAULT false,
    "type" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "key" JSONB,
    "rationale" JSONB NOT NULL,
    "review" JSONB,
    "hash" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "author_id" UUID,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_status_change" (
    "id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "from" "item_status" NOT NULL,
    "to" "item_status" NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_status_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_exposure" (
    "item_id" UUID NOT NULL,
    "shard" SMALLINT NOT NULL,
    "allotted" INTEGER NOT NULL DEFAULT 0,
    "presented" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "item_exposure_pkey" PRIMARY KEY ("item_id","shard")
);

-- CreateTable
CREATE TABLE "media" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "duration_seconds" DOUBLE PRECISION,
    "storage_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rubric" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "skill" "skill" NOT NULL,
    "data" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rubric_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "programme" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "blueprint" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "programme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "result_id" UUID NOT NULL,
    "candidate_id" UUID NOT NULL,
    "status" "certificate_status" NOT NULL DEFAULT 'valid',
    "version" INTEGER NOT NULL DEFAULT 1,
    "facts" JSONB NOT NULL,
    "facts_hash" TEXT NOT NULL,
    "pdf_key" TEXT,
    "pdf_sha256" TEXT,
    "status_only" BOOLEAN NOT NULL DEFAULT false,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,
    "superseded_by_id" UUID,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sitting" (
    "id" UUID NOT NULL,
    "centre_id" UUID NOT NULL,
    "programme_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "capacity" INTEGER NOT NULL,
    "book_before" TIMESTAMPTZ(3) NOT NULL,
    "change_before" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sitting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "candidate_id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "status" "attempt_status" NOT NULL DEFAULT 'booked',
    "version" INTEGER NOT NULL DEFAULT 1,
    "writer_epoch" INTEGER NOT NULL DEFAULT 0,
    "writer_client_id" TEXT,
    "exam_token_hash" TEXT,
    "extra_time_percent" INTEGER NOT NULL DEFAULT 0,
    "form_seed" TEXT,
    "engine_version" TEXT,
    "pool_snapshot" TEXT,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_in_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "submitted_at" TIMESTAMPTZ(3),
    "submitted_by" TEXT,
    "receipt" TEXT,
    "marked_at" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "review_reason" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_section" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "skill" "skill" NOT NULL,
    "position" SMALLINT NOT NULL,
    "status" "section_status" NOT NULL DEFAULT 'not_open',
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,

    CONSTRAINT "attempt_section_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "section_time_entry" (
    "id" UUID NOT NULL,
    "section_id" UUID NOT NULL,
    "kind" "time_entry_kind" NOT NULL,
    "seconds" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "outage_id" UUID,
    "by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "section_time_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_item" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "candidate_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "skill" "skill" NOT NULL,
    "position" SMALLINT NOT NULL,
    "level" TEXT NOT NULL,
    "sub_skill" TEXT NOT NULL,
    "scored" BOOLEAN NOT NULL DEFAULT true,
    "anchor" BOOLEAN NOT NULL DEFAULT false,
    "pick_reason" TEXT NOT NULL,
    "exposure_at_pick" INTEGER NOT NULL,
    "allotted_at" TIMESTAMPTZ(3) NOT NULL,
    "presented_at" TIMESTAMPTZ(3),

    CONSTRAINT "attempt_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer_entry" (
    "id" BIGSERIAL NOT NULL,
    "attempt_id" UUID NOT NULL,
    "attempt_item_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "value" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "hash" TEXT NOT NULL,
    "standing" TEXT NOT NULL,

    CONSTRAINT "answer_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "response" (
    "attempt_item_id" UUID NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "value" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "epoch" INTEGER NOT NULL,
    "client_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "flagged" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "response_pkey" PRIMARY KEY ("attempt_item_id")
);

-- CreateTable
CREATE TABLE "audio_play" (
    "attempt_item_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "client_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audio_play_pkey" PRIMARY KEY ("attempt_item_id","number")
);

-- CreateTable
CREATE TABLE "recording" (
    "id" UUID NOT NULL,
    "attempt_item_id" UUID NOT NULL,
    "take" SMALLINT NOT NULL,
    "client_id" UUID NOT NULL,
    "status" "recording_status" NOT NULL DEFAULT 'recording',
    "mime_type" TEXT NOT NULL,
    "chunk_count" INTEGER,
    "bytes" INTEGER,
    "sha256" TEXT,
    "duration_seconds" DOUBLE PRECISION,
    "peaks" JSONB,
    "storage_key" TEXT,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "purged_at" TIMESTAMPTZ(3),

    CONSTRAINT "recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recording_chunk" (
    "recording_id" UUID NOT NULL,
    "index" SMALLINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "storage_key" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recording_chunk_pkey" PRIMARY KEY ("recording_id","index")
);

-- CreateTable
CREATE TABLE "service_beat" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "service_beat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_outage" (
    "id" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "seconds" INTEGER NOT NULL,

    CONSTRAINT "service_outage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "script" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "attempt_id" UUID NOT NULL,
    "attempt_item_id" UUID NOT NULL,
    "skill" "skill" NOT NULL,
    "level" TEXT NOT NULL,
    "status" "script_status" NOT NULL DEFAULT 'waiting',
    "version" INTEGER NOT NULL DEFAULT 1,
    "ratings_needed" INTEGER NOT NULL DEFAULT 1,
    "waiting_since" TIMESTAMPTZ(3) NOT NULL,
    "lease_holder_id" UUID,
    "lease_token" UUID,
    "lease_expires_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "script_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rating" (
    "id" UUID NOT NULL,
    "script_id" UUID NOT NULL,
    "rater_id" UUID NOT NULL,
    "rubric_id" UUID NOT NULL,
    "status" "rating_status" NOT NULL DEFAULT 'draft',
    "scores" JSONB NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "cannot_mark" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "final_at" TIMESTAMPTZ(3),

    CONSTRAINT "rating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "email_verified_at" TIMESTAMPTZ(3),
    "status" "person_status" NOT NULL DEFAULT 'active',
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "date_of_birth" DATE,
    "first_language" TEXT,
    "school" TEXT,
    "totp_secret" TEXT,
    "totp_enabled_at" TIMESTAMPTZ(3),
    "totp_last_step" INTEGER,
    "recovery_hashes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "suspended_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "centre_id" UUID,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roles" "role"[],
    "token_hash" TEXT NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_token" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "account_token_kind" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accommodation" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "extra_time_percent" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "granted_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "accommodation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "attempt_id" UUID,
    "kind" "consent_kind" NOT NULL,
    "notice_version" TEXT NOT NULL,
    "guardian_name" TEXT,
    "given_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "centre" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "address" TEXT NOT NULL,

    CONSTRAINT "centre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "section_score" (
    "attempt_id" UUID NOT NULL,
    "skill" "skill" NOT NULL,
    "scheme_id" TEXT NOT NULL,
    "scheme_version" TEXT NOT NULL,
    "scheme_hash" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "cefr" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "scored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "section_score_pkey" PRIMARY KEY ("attempt_id","skill")
);

-- CreateTable
CREATE TABLE "result" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "result_status" NOT NULL,
    "scheme_id" TEXT NOT NULL,
    "scheme_version" TEXT NOT NULL,
    "scheme_hash" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "output" JSONB NOT NULL,
    "overall_hundredths" INTEGER NOT NULL,
    "cefr" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "released_by_id" UUID,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "result_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_subject_type_subject_id_id_idx" ON "audit_entry"("subject_type", "subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_id_idx" ON "audit_entry"("actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "approval_status_requested_at_idx" ON "approval"("status", "requested_at");

-- CreateIndex
CREATE INDEX "approval_subject_type_subject_id_idx" ON "approval"("subject_type", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "item_slug_key" ON "item"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "item_current_id_key" ON "item"("current_id");

-- CreateIndex
CREATE INDEX "item_version_skill_level_status_idx" ON "item_version"("skill", "level", "status");

-- CreateIndex
CREATE INDEX "item_version_status_skill_sub_skill_idx" ON "item_version"("status", "skill", "sub_skill");

-- CreateIndex
CREATE INDEX "item_version_topic_idx" ON "item_version"("topic");

-- CreateIndex
CREATE UNIQUE INDEX "item_version_item_id_version_key" ON "item_version"("item_id", "version");

-- CreateIndex
CREATE INDEX "item_status_change_item_version_id_at_idx" ON "item_status_change"("item_version_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "media_name_key" ON "media"("name");

-- CreateIndex
CREATE UNIQUE INDEX "rubric_name_version_key" ON "rubric"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "programme_name_version_key" ON "programme"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_code_key" ON "certificate"("code");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_result_id_key" ON "certificate"("result_id");

-- CreateIndex
CREATE INDEX "certificate_candidate_id_idx" ON "certificate"("candidate_id");

-- CreateIndex
CREATE INDEX "certificate_issued_at_id_idx" ON "certificate"("issued_at", "id");

-- CreateIndex
CREATE INDEX "sitting_starts_at_id_idx" ON "sitting"("starts_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_reference_key" ON "attempt"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_exam_token_hash_key" ON "attempt"("exam_token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_receipt_key" ON "attempt"("receipt");

-- CreateIndex
CREATE INDEX "attempt_candidate_id_booked_at_idx" ON "attempt"("candidate_id", "booked_at");

-- CreateIndex
CREATE INDEX "attempt_sitting_id_status_idx" ON "attempt"("sitting_id", "status");

-- CreateIndex
CREATE INDEX "attempt_status_submitted_at_idx" ON "attempt"("status", "submitted_at");

-- CreateIndex
CREATE INDEX "attempt_section_status_idx" ON "attempt_section"("status");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_section_attempt_id_position_key" ON "attempt_section"("attempt_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_section_attempt_id_skill_key" ON "attempt_section"("attempt_id", "skill");

-- CreateIndex
CREATE UNIQUE INDEX "section_time_entry_section_id_outage_id_key" ON "section_time_entry"("section_id", "outage_id");

-- CreateIndex
CREATE INDEX "attempt_item_item_id_idx" ON "attempt_item"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_item_candidate_id_item_id_key" ON "attempt_item"("candidate_id", "item_id");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_item_attempt_id_skill_position_key" ON "attempt_item"("attempt_id", "skill", "position");

-- CreateIndex
CREATE INDEX "answer_entry_attempt_item_id_id_idx" ON "answer_entry"("attempt_item_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "answer_entry_attempt_id_attempt_item_id_client_id_sequence_key" ON "answer_entry"("attempt_id", "attempt_item_id", "client_id", "sequence");

-- CreateIndex
CREATE INDEX "recording_status_idx" ON "recording"("status");

-- CreateIndex
CREATE UNIQUE INDEX "recording_attempt_item_id_take_key" ON "recording"("attempt_item_id", "take");

-- CreateIndex
CREATE UNIQUE INDEX "service_outage_from_key" ON "service_outage"("from");

-- CreateIndex
CREATE UNIQUE INDEX "script_code_key" ON "script"("code");

-- CreateIndex
CREATE UNIQUE INDEX "script_attempt_item_id_key" ON "script"("attempt_item_id");

-- CreateIndex
CREATE INDEX "script_status_skill_waiting_since_id_idx" ON "script"("status", "skill", "waiting_since", "id");

-- CreateIndex
CREATE INDEX "script_attempt_id_idx" ON "script"("attempt_id");

-- CreateIndex
CREATE INDEX "script_lease_holder_id_idx" ON "script"("lease_holder_id");

-- CreateIndex
CREATE INDEX "rating_rater_id_final_at_idx" ON "rating"("rater_id", "final_at");

-- CreateIndex
CREATE UNIQUE INDEX "rating_script_id_rater_id_key" ON "rating"("script_id", "rater_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "person_name_id_idx" ON "person"("name", "id");

-- CreateIndex
CREATE INDEX "role_grant_role_idx" ON "role_grant"("role");

-- CreateIndex
CREATE UNIQUE INDEX "role_grant_person_id_role_centre_id_key" ON "role_grant"("person_id", "role", "centre_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_created_at_id_idx" ON "invitation"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "account_token_token_hash_key" ON "account_token"("token_hash");

-- CreateIndex
CREATE INDEX "account_token_person_id_kind_idx" ON "account_token"("person_id", "kind");

-- CreateIndex
CREATE INDEX "accommodation_person_id_idx" ON "accommodation"("person_id");

-- CreateIndex
CREATE INDEX "consent_person_id_idx" ON "consent"("person_id");

-- CreateIndex
CREATE INDEX "consent_attempt_id_idx" ON "consent"("attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "centre_name_key" ON "centre"("name");

-- CreateIndex
CREATE INDEX "result_status_released_at_idx" ON "result"("status", "released_at");

-- CreateIndex
CREATE UNIQUE INDEX "result_attempt_id_version_key" ON "result"("attempt_id", "version");

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_current_id_fkey" FOREIGN KEY ("current_id") REFERENCES "item_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_status_change" ADD CONSTRAINT "item_status_change_item_version_id_fkey" FOREIGN KEY ("item_version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_exposure" ADD CONSTRAINT "item_exposure_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_result_id_fkey" FOREIGN KEY ("result_id") REFERENCES "result"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_candidate_id_fkey" FOREIGN KEY ("candidate_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_section" ADD CONSTRAINT "attempt_section_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "section_time_entry" ADD CONSTRAINT "section_time_entry_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "attempt_section"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_item" ADD CONSTRAINT "attempt_item_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_item" ADD CONSTRAINT "attempt_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_item" ADD CONSTRAINT "attempt_item_item_version_id_fkey" FOREIGN KEY ("item_version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer_entry" ADD CONSTRAINT "answer_entry_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer_entry" ADD CONSTRAINT "answer_entry_attempt_item_id_fkey" FOREIGN KEY ("attempt_item_id") REFERENCES "attempt_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "response" ADD CONSTRAINT "response_attempt_item_id_fkey" FOREIGN KEY ("attempt_item_id") REFERENCES "attempt_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audio_play" ADD CONSTRAINT "audio_play_attempt_item_id_fkey" FOREIGN KEY ("attempt_item_id") REFERENCES "attempt_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_attempt_item_id_fkey" FOREIGN KEY ("attempt_item_id") REFERENCES "attempt_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording_chunk" ADD CONSTRAINT "recording_chunk_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "recording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_attempt_item_id_fkey" FOREIGN KEY ("attempt_item_id") REFERENCES "attempt_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_lease_holder_id_fkey" FOREIGN KEY ("lease_holder_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rating" ADD CONSTRAINT "rating_script_id_fkey" FOREIGN KEY ("script_id") REFERENCES "script"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rating" ADD CONSTRAINT "rating_rater_id_fkey" FOREIGN KEY ("rater_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rating" ADD CONSTRAINT "rating_rubric_id_fkey" FOREIGN KEY ("rubric_id") REFERENCES "rubric"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_token" ADD CONSTRAINT "account_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accommodation" ADD CONSTRAINT "accommodation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "section_score" ADD CONSTRAINT "section_score_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "result" ADD CONSTRAINT "result_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

-- Ledgers are append-only and frozen rows stay frozen, whatever the code does. Deleting is left to purge and erasure, which
-- say so inside their transaction: select set_config('bandwise.purging', 'on', true).
create function bandwise_is_purging() returns boolean language sql stable as
  $$ select coalesce(current_setting('bandwise.purging', true), '') = 'on' $$;

create function bandwise_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and bandwise_is_purging() then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function bandwise_append_only();
create trigger answer_entry_append_only before update or delete on answer_entry
  for each row execute function bandwise_append_only();
create trigger section_time_entry_append_only before update or delete on section_time_entry
  for each row execute function bandwise_append_only();
create trigger item_status_change_append_only before update or delete on item_status_change
  for each row execute function bandwise_append_only();
create trigger programme_append_only before update or delete on programme
  for each row execute function bandwise_append_only();
create trigger rubric_append_only before update or delete on rubric
  for each row execute function bandwise_append_only();

-- The arguments name the columns that may still change; a change of any other is refused.
create function bandwise_frozen_but_for() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - tg_argv is distinct from to_jsonb(old) - tg_argv and not bandwise_is_purging() then
    raise exception '% may only change in: %', tg_table_name, array_to_string(tg_argv, ', ')
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create trigger item_version_frozen before update on item_version
  for each row execute function bandwise_frozen_but_for('status', 'review');
create trigger rating_frozen before update on rating
  for each row when (old.status <> 'draft') execute function bandwise_frozen_but_for('status', 'updated_at');
create trigger result_frozen before update on result
  for each row execute function bandwise_frozen_but_for('status', 'released_at', 'released_by_id', 'superseded_at');
create trigger certificate_frozen before update on certificate
  for each row execute function bandwise_frozen_but_for('status', 'version', 'pdf_key', 'pdf_sha256', 'status_only',
    'revoked_at', 'revoked_reason', 'superseded_by_id');

-- At most one of these at a time.
create unique index role_grant_once on role_grant (person_id, role, centre_id) nulls not distinct;
create unique index accommodation_one_running on accommodation (person_id) where ended_at is null;
create unique index attempt_once_per_sitting on attempt (candidate_id, sitting_id) where status not in ('cancelled', 'no_show', 'voided');
create unique index result_one_released on result (attempt_id) where status = 'released';
create unique index approval_one_open on approval (kind, subject_type, subject_id) where status = 'open';

-- What the queues and clocks ask for all day.
create index script_queue on script (skill, waiting_since, id) where status in ('waiting', 'leased');
create index attempt_section_open on attempt_section (opened_at) where status = 'open';
create index recording_unprocessed on recording (completed_at) where status = 'complete';
create index item_version_search on item_version using gin (to_tsvector('english', search_text));

alter table sitting add constraint sitting_window check (starts_at < ends_at and capacity > 0);
alter table attempt add constraint attempt_extra_time check (extra_time_percent between 0 and 300);
alter table accommodation add constraint accommodation_extra_time check (extra_time_percent between 0 and 300);
alter table script add constraint script_lease check (
  (lease_holder_id is null) = (lease_token is null) and (lease_token is null) = (lease_expires_at is null));
alter table result add constraint result_overall check (overall_hundredths between 0 and 1000);
