-- Written by hand from here on (what the Prisma schema cannot say):

-- Overall scores end where their scheme's scale does: 10.00 and 9.0 for bands, 100.00 for `iet-speaking`.
alter table result drop constraint result_overall;
alter table result add constraint result_overall check (
  overall_hundredths between 0 and case scheme_id when 'iet-speaking' then 10000 when 'ielts-speaking' then 900 else 1000 end
);
