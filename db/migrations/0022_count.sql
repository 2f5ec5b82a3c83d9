-- How many records there are, by place, dataset, state, type and month: kept by whatever changes a record, in its own transaction
-- (docs/decisions/0024-counts.md). What it changed is noted in rows of its own, so that nobody waits for another at a much visited
-- village; a job adds these up (server/count/jobs.ts). Who reads takes both, and is never behind.

-- of what type it is: its open answer to the question that says so (domain/record/rules.explore.ts), kept with the record
alter table core.record add column type text not null default '';

-- `area_code` is the record's own place. `faulty`: with something to look at. `shown`: whose own answers let the public see it (may_publish).
create table core.record_count (
  area_code text collate "C" not null,
  dataset_id text not null,
  state text not null,
  type text not null,
  month text not null,
  count int not null,
  faulty int not null,
  shown int not null,
  primary key (area_code, dataset_id, state, type, month)
);
create index record_count_dataset on core.record_count (dataset_id, area_code, state) include (count, faulty, shown);

-- The same by province (what lies at the nation itself stands under TH): the nation is added up from these.
create table core.record_sum (
  area_code text collate "C" not null,
  dataset_id text not null,
  state text not null,
  type text not null,
  month text not null,
  count int not null,
  faulty int not null,
  shown int not null,
  primary key (area_code, dataset_id, state, type, month)
);

-- What was changed of these and is not added up yet. `last_at`: when the newest of them arrived.
create table core.record_delta (
  area_code text collate "C" not null,
  id bigint not null generated always as identity,
  dataset_id text not null,
  state text not null,
  type text not null,
  month text not null,
  count int not null,
  faulty int not null,
  shown int not null,
  last_at timestamptz,
  primary key (area_code, id)
);
create index record_delta_turn on core.record_delta (id);

-- When something last arrived there; it never goes back.
create table core.record_last (
  area_code text collate "C" not null,
  dataset_id text not null,
  at timestamptz not null,
  primary key (area_code, dataset_id)
);

call meta.keep_in_place('core.record_count');
call meta.keep_in_place('core.record_sum');
call meta.keep_in_place('core.record_delta');
call meta.keep_in_place('core.record_last');

-- The month of the day that was answered, else of its making, as the calendar of Thailand has it.
create function core.month_of(day date, made_at timestamptz) returns text language sql stable as $$
  select to_char(coalesce(day, (made_at at time zone 'Asia/Bangkok')::date), 'YYYY-MM')
$$;

create function core.count_records() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown, last_at)
      select area_code, dataset_id, state, type, core.month_of(day, made_at) as month, count(*), count(*) filter (where faults <> '[]'), count(*) filter (where may_publish), max(changed_at)
      from after_rows group by 1, 2, 3, 4, 5;
  elsif tg_op = 'DELETE' then
    insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown)
      select area_code, dataset_id, state, type, core.month_of(day, made_at) as month, -count(*), -count(*) filter (where faults <> '[]'), -count(*) filter (where may_publish)
      from before_rows group by 1, 2, 3, 4, 5;
  else
    insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown, last_at)
      select area_code, dataset_id, state, type, month, sum(step), coalesce(sum(step) filter (where faulty), 0), coalesce(sum(step) filter (where shown), 0), max(changed_at)
      from (
        select area_code, dataset_id, state, type, core.month_of(day, made_at) as month, 1 as step, faults <> '[]' as faulty, may_publish as shown, changed_at from after_rows
        union all
        select area_code, dataset_id, state, type, core.month_of(day, made_at), -1, faults <> '[]', may_publish, changed_at from before_rows) each
      group by 1, 2, 3, 4, 5
      having sum(step) <> 0 or sum(step) filter (where faulty) <> 0 or sum(step) filter (where shown) <> 0
        or max(changed_at) filter (where step = 1) > max(changed_at) filter (where step = -1);
  end if;
  return null;
end $$;
create trigger count_new after insert on core.record referencing new table as after_rows for each statement execute function core.count_records();
create trigger count_gone after delete on core.record referencing old table as before_rows for each statement execute function core.count_records();
create trigger count_changed after update on core.record referencing old table as before_rows new table as after_rows for each statement execute function core.count_records();

-- What is there already. The net has no hole for migrations: they state all places.
select set_config('rakkaeo.areas', 'TH', true);
alter table core.record disable trigger count_changed;
update core.record r set type = said.type from (
  select one.area_code, one.id, one.open ->> (
    select q ->> 'name' from core.form f cross join jsonb_array_elements(f.model -> 'questions') with ordinality e (q, turn)
    where f.area_code = one.form_area and f.dataset_id = one.dataset_id and f.version = one.version
      and q ->> 'repeat' is null and q ->> 'type' = 'choice' and q ->> 'term' in ('dcterms:type', 'schema:category', 'schema:recipeCategory') order by turn limit 1) as type
  from core.record one) said
where r.area_code = said.area_code and r.id = said.id and said.type is not null;
alter table core.record enable trigger count_changed;
insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown, last_at)
  select area_code, dataset_id, state, type, core.month_of(day, made_at), count(*), count(*) filter (where faults <> '[]'), count(*) filter (where may_publish), max(changed_at)
  from core.record group by 1, 2, 3, 4, 5;

-- Lists by state and the newest first, in one place of many: the place is looked at in the index, without the records of others.
drop index core.record_state;
drop index core.record_changed;
create index record_state on core.record (dataset_id, state, changed_at, id, area_code);
create index record_changed on core.record (dataset_id, changed_at, id, area_code, state);
create index record_returned on core.record (made_by) where state = 'returned';

-- Figures of datasets that count before they are approved say so.
alter table fact.figure drop constraint figure_status_check, add constraint figure_status_check check (status in ('published', 'summed', 'provisional'));
alter table open.figure drop constraint figure_status_check, add constraint figure_status_check check (status in ('published', 'summed', 'provisional'));
