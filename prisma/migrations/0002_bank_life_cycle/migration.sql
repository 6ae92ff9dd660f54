-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('checking', 'checked', 'importing', 'done', 'failed', 'discarded');

-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('waiting', 'running', 'done', 'failed');

-- CreateEnum
CREATE TYPE "form_set_status" AS ENUM ('draft', 'published', 'withdrawn');

-- DropIndex
DROP INDEX "rating_script_id_rater_id_key";

-- AlterTable
ALTER TABLE "item" ADD COLUMN     "set_id" UUID;

-- AlterTable
ALTER TABLE "item_version" ADD COLUMN     "fairness" TEXT;

-- AlterTable
ALTER TABLE "item_status_change" ALTER COLUMN "by_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "media" ADD COLUMN     "loudness" DOUBLE PRECISION,
ADD COLUMN     "peak" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "sitting" ADD COLUMN     "form_set_id" UUID;

-- AlterTable
ALTER TABLE "rating" ADD COLUMN     "entry_id" BIGINT,
ADD COLUMN     "recording_id" UUID;

-- CreateTable
CREATE TABLE "item_listing" (
    "item_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "skill" "skill" NOT NULL,
    "status" "item_status" NOT NULL,
    "version" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "sub_skill" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "anchor" BOOLEAN NOT NULL,
    "stem" TEXT NOT NULL,
    "author_id" UUID,
    "reviewer_id" UUID,
    "set_id" UUID,
    "enemies" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "waiting_version" INTEGER,
    "waiting_status" "item_status",
    "allotted" INTEGER NOT NULL DEFAULT 0,
    "words" tsvector NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "item_listing_pkey" PRIMARY KEY ("item_id")
);

-- CreateTable
CREATE TABLE "item_change" (
    "item_id" UUID NOT NULL,
    "xid" BIGINT NOT NULL,

    CONSTRAINT "item_change_pkey" PRIMARY KEY ("item_id")
);

-- CreateTable
CREATE TABLE "item_set" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "skill" "skill" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_enemy" (
    "lower_id" UUID NOT NULL,
    "higher_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_enemy_pkey" PRIMARY KEY ("lower_id","higher_id")
);

-- CreateTable
CREATE TABLE "item_review" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "reviewer_id" UUID,
    "decision" TEXT NOT NULL,
    "checklist" JSONB NOT NULL,
    "summary" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_comment" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,

    CONSTRAINT "item_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_source" (
    "version_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "document" TEXT NOT NULL,

    CONSTRAINT "item_source_pkey" PRIMARY KEY ("version_id")
);

-- CreateTable
CREATE TABLE "bulk_edit" (
    "id" UUID NOT NULL,
    "change" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by_id" UUID,

    CONSTRAINT "bulk_edit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_edit_item" (
    "bulk_edit_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "from_version_id" UUID NOT NULL,
    "to_version_id" UUID NOT NULL,

    CONSTRAINT "bulk_edit_item_pkey" PRIMARY KEY ("bulk_edit_id","item_id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_import" (
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" TEXT,
    "storage_key" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "status" "import_status" NOT NULL DEFAULT 'checking',
    "failure" TEXT,
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "item_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_import_entry" (
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "content_hash" TEXT,
    "title" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "problems" JSONB NOT NULL,
    "effect" TEXT,
    "item_id" UUID,
    "version_id" UUID,

    CONSTRAINT "item_import_entry_pkey" PRIMARY KEY ("import_id","position")
);

-- CreateTable
CREATE TABLE "simulation" (
    "id" UUID NOT NULL,
    "programme_id" UUID NOT NULL,
    "input" JSONB NOT NULL,
    "status" "run_status" NOT NULL DEFAULT 'waiting',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL,
    "result" JSONB,
    "failure" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "simulation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "form_set" (
    "id" UUID NOT NULL,
    "programme_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "form_set_status" NOT NULL DEFAULT 'draft',
    "tolerance" DOUBLE PRECISION NOT NULL,
    "seed" TEXT NOT NULL,
    "engine_version" TEXT NOT NULL,
    "pool_snapshot" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "form_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fixed_form" (
    "id" UUID NOT NULL,
    "set_id" UUID NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "fixed_form_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fixed_form_item" (
    "form_id" UUID NOT NULL,
    "skill" "skill" NOT NULL,
    "position" SMALLINT NOT NULL,
    "item_id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "scored" BOOLEAN NOT NULL DEFAULT true,
    "anchor" BOOLEAN NOT NULL DEFAULT false,
    "pick_reason" TEXT NOT NULL,

    CONSTRAINT "fixed_form_item_pkey" PRIMARY KEY ("form_id","skill","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "item_listing_slug_key" ON "item_listing"("slug");

-- CreateIndex
CREATE INDEX "item_change_xid_idx" ON "item_change"("xid");

-- CreateIndex
CREATE UNIQUE INDEX "item_set_slug_key" ON "item_set"("slug");

-- CreateIndex
CREATE INDEX "item_enemy_higher_id_idx" ON "item_enemy"("higher_id");

-- CreateIndex
CREATE INDEX "item_review_version_id_at_idx" ON "item_review"("version_id", "at");

-- CreateIndex
CREATE INDEX "item_comment_version_id_created_at_idx" ON "item_comment"("version_id", "created_at");

-- CreateIndex
CREATE INDEX "item_source_identifier_content_hash_idx" ON "item_source"("identifier", "content_hash");

-- CreateIndex
CREATE INDEX "bulk_edit_at_idx" ON "bulk_edit"("at");

-- CreateIndex
CREATE INDEX "bulk_edit_item_item_id_idx" ON "bulk_edit_item"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_person_id_list_name_key" ON "saved_view"("person_id", "list", "name");

-- CreateIndex
CREATE INDEX "item_import_created_at_idx" ON "item_import"("created_at");

-- CreateIndex
CREATE INDEX "item_import_entry_import_id_outcome_idx" ON "item_import_entry"("import_id", "outcome");

-- CreateIndex
CREATE INDEX "simulation_programme_id_created_at_idx" ON "simulation"("programme_id", "created_at");

-- CreateIndex
CREATE INDEX "form_set_programme_id_status_idx" ON "form_set"("programme_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "fixed_form_set_id_label_key" ON "fixed_form"("set_id", "label");

-- CreateIndex
CREATE INDEX "fixed_form_item_item_id_idx" ON "fixed_form_item"("item_id");

-- CreateIndex
CREATE INDEX "item_set_id_idx" ON "item"("set_id");

-- CreateIndex
CREATE INDEX "attempt_item_allotted_at_idx" ON "attempt_item"("allotted_at");

-- CreateIndex
CREATE INDEX "rating_script_id_rater_id_idx" ON "rating"("script_id", "rater_id");

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "item_set"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_listing" ADD CONSTRAINT "item_listing_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_change" ADD CONSTRAINT "item_change_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_enemy" ADD CONSTRAINT "item_enemy_lower_id_fkey" FOREIGN KEY ("lower_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_enemy" ADD CONSTRAINT "item_enemy_higher_id_fkey" FOREIGN KEY ("higher_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_review" ADD CONSTRAINT "item_review_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_comment" ADD CONSTRAINT "item_comment_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_source" ADD CONSTRAINT "item_source_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_edit_item" ADD CONSTRAINT "bulk_edit_item_bulk_edit_id_fkey" FOREIGN KEY ("bulk_edit_id") REFERENCES "bulk_edit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_edit_item" ADD CONSTRAINT "bulk_edit_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_import_entry" ADD CONSTRAINT "item_import_entry_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "item_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fixed_form" ADD CONSTRAINT "fixed_form_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "form_set"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fixed_form_item" ADD CONSTRAINT "fixed_form_item_form_id_fkey" FOREIGN KEY ("form_id") REFERENCES "fixed_form"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fixed_form_item" ADD CONSTRAINT "fixed_form_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fixed_form_item" ADD CONSTRAINT "fixed_form_item_item_version_id_fkey" FOREIGN KEY ("item_version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_form_set_id_fkey" FOREIGN KEY ("form_set_id") REFERENCES "form_set"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Written by hand from here on (what the Prisma schema cannot say):

create trigger item_review_append_only before update or delete on item_review
  for each row execute function bandwise_append_only();
create trigger item_source_append_only before update or delete on item_source
  for each row execute function bandwise_append_only();

-- A script that is sent back may go to who rated it before: only what counts, or is being written, is once per person.
create unique index rating_one_live on rating (script_id, rater_id) where status <> 'superseded';

-- Lists read one narrow row an item. Statement triggers keep it, so that a change of many items costs one pass, and no
-- code path can forget it. Exposure is rolled up apart: here it would make a hot row of every popular item.
create function bandwise_list_items(changed uuid[]) returns void language sql as $$
  insert into item_listing as l (item_id, slug, skill, status, version, level, sub_skill, topic, type, difficulty, anchor, stem,
                                 author_id, reviewer_id, set_id, enemies, changed_at, waiting_version, waiting_status, words, text)
  select i.id, i.slug, i.skill, v.status, v.version, v.level, v.sub_skill, v.topic, v.type, v.difficulty, v.anchor,
         left(coalesce(v.content #>> '{interaction,stem}', v.content ->> 'title', ''), 300), v.author_id,
         (select r.reviewer_id from item_review r where r.version_id = v.id and r.decision = 'approve' order by r.at desc limit 1),
         i.set_id,
         (select count(*) from item_enemy e where e.lower_id = i.id) + (select count(*) from item_enemy e where e.higher_id = i.id),
         v.created_at, w.version, w.status,
         -- Most changes leave the words alone, and these are the dear part.
         case when k.version = v.version then ''::tsvector else to_tsvector('english', v.search_text) end,
         case when k.version = v.version then '' else v.search_text end
  from item i
  join item_version v on v.id = i.current_id
  left join item_listing k on k.item_id = i.id
  left join lateral (
    select n.version, n.status from item_version n
    where n.item_id = i.id and n.version > v.version and n.status in ('draft', 'in_review') order by n.version desc limit 1) w on true
  where i.id = any(changed)
  on conflict (item_id) do update set
    slug = excluded.slug, status = excluded.status, version = excluded.version, level = excluded.level,
    sub_skill = excluded.sub_skill, topic = excluded.topic, type = excluded.type, difficulty = excluded.difficulty,
    anchor = excluded.anchor, stem = excluded.stem, author_id = excluded.author_id, reviewer_id = excluded.reviewer_id,
    set_id = excluded.set_id, enemies = excluded.enemies, changed_at = excluded.changed_at,
    waiting_version = excluded.waiting_version, waiting_status = excluded.waiting_status,
    words = case when l.version = excluded.version then l.words else excluded.words end,
    text = case when l.version = excluded.version then l.text else excluded.text end
  where (l.status, l.version, l.level, l.sub_skill, l.topic, l.type, l.difficulty, l.anchor, l.stem, l.author_id, l.reviewer_id,
         l.set_id, l.enemies, l.waiting_version, l.waiting_status)
    is distinct from (excluded.status, excluded.version, excluded.level, excluded.sub_skill, excluded.topic, excluded.type,
         excluded.difficulty, excluded.anchor, excluded.stem, excluded.author_id, excluded.reviewer_id, excluded.set_id,
         excluded.enemies, excluded.waiting_version, excluded.waiting_status)
$$;

create function bandwise_list_changed_items() returns trigger language plpgsql as $$
begin
  case tg_table_name
    when 'item' then perform bandwise_list_items(array(select id from changed));
    when 'item_version' then perform bandwise_list_items(array(select distinct item_id from changed));
    when 'item_review' then
      perform bandwise_list_items(array(select distinct v.item_id from changed c join item_version v on v.id = c.version_id));
    when 'item_enemy' then
      perform bandwise_list_items(array(select lower_id from changed union select higher_id from changed));
  end case;
  return null;
end $$;

create trigger item_listed_update after update on item
  referencing new table as changed for each statement execute function bandwise_list_changed_items();
create trigger item_version_listed_insert after insert on item_version
  referencing new table as changed for each statement execute function bandwise_list_changed_items();
create trigger item_version_listed_update after update on item_version
  referencing new table as changed for each statement execute function bandwise_list_changed_items();
create trigger item_review_listed_insert after insert on item_review
  referencing new table as changed for each statement execute function bandwise_list_changed_items();
create trigger item_enemy_listed_insert after insert on item_enemy
  referencing new table as changed for each statement execute function bandwise_list_changed_items();
create trigger item_enemy_listed_delete after delete on item_enemy
  referencing old table as changed for each statement execute function bandwise_list_changed_items();

-- Text and words lie beside the row, not in it: what does not search reads past none of them, and what counts the rows of a
-- common word reads a tenth of the pages. (PostgreSQL moves columns out of rows of 2 kB and more: together the two make that.)
alter table item_listing set (toast_tuple_target = 600);
alter table item_listing alter column words set storage external, alter column text set storage external;
create index item_listing_words on item_listing using gin (words);
create index item_listing_slug_prefix on item_listing (slug text_pattern_ops);
-- A page is found in the order asked for without reading the rows before it; the rare marks and the cells of the heat map
-- have indexes of their own, so that counting them is exact and quick.
create index item_listing_by_name on item_listing (slug, item_id);
create index item_listing_by_level on item_listing (level, slug, item_id);
create index item_listing_by_difficulty on item_listing (difficulty, slug, item_id);
create index item_listing_by_exposure on item_listing (allotted, slug, item_id);
create index item_listing_by_change on item_listing (changed_at, slug, item_id);
create index item_listing_cells on item_listing (status, skill, level, sub_skill, anchor, allotted);
create index item_listing_topic on item_listing (topic, difficulty);
create index item_listing_type on item_listing (type);
create index item_listing_people on item_listing (author_id, reviewer_id);
create index item_listing_reviewers on item_listing (reviewer_id);
create index item_listing_anchors on item_listing (status) where anchor;
create index item_listing_waiting on item_listing (waiting_status) where waiting_version is not null;
create index item_listing_sets on item_listing (set_id) where set_id is not null;
create index item_listing_enemies on item_listing (enemies) where enemies > 0;
create index item_version_in_preparation on item_version (status, skill) where status in ('draft', 'in_review');
create index item_review_returns on item_review (version_id) where decision = 'return';
create index item_comment_open on item_comment (version_id) where resolved_at is null;
drop index item_version_search;
select bandwise_list_items(array(select id from item));

-- What assembly keeps in memory is read anew where one of these says so.
create function bandwise_note_changed_items() returns trigger language plpgsql as $$
declare
  ids uuid[];
begin
  case tg_table_name
    when 'item' then ids := array(select id from changed);
    when 'item_version' then ids := array(select distinct item_id from changed);
    when 'item_enemy' then ids := array(select lower_id from changed union select higher_id from changed);
  end case;
  insert into item_change (item_id, xid)
  select i.id, pg_current_xact_id()::text::bigint from item i where i.id = any(ids) order by i.id
  on conflict (item_id) do update set xid = excluded.xid;
  return null;
end $$;

create trigger item_noted_insert after insert on item
  referencing new table as changed for each statement execute function bandwise_note_changed_items();
create trigger item_noted_update after update on item
  referencing new table as changed for each statement execute function bandwise_note_changed_items();
create trigger item_version_noted_update after update on item_version
  referencing new table as changed for each statement execute function bandwise_note_changed_items();
create trigger item_enemy_noted_insert after insert on item_enemy
  referencing new table as changed for each statement execute function bandwise_note_changed_items();
create trigger item_enemy_noted_delete after delete on item_enemy
  referencing old table as changed for each statement execute function bandwise_note_changed_items();
