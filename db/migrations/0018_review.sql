-- Records are returned, approved, verified, locked: acts beside those that bring answers, and what the public sees of it.

-- why which answer was returned; and which acts were one: what undoing takes back
alter table raw.act add column fields jsonb, add column batch uuid;
create index act_batch on raw.act (batch) where batch is not null;

-- how many acts it has and when the last one was: whoever acts on it says what they saw. `may_publish`: its own answers let the public see it
-- (domain/record/rules.public.ts), computed whenever it is kept.
alter table core.record add column acts int not null default 1, add column acted_at timestamptz not null default clock_timestamp(), add column may_publish boolean not null default false;
create index record_state on core.record (dataset_id, state, changed_at, id);
create index record_public on core.record (area_code, dataset_id) where may_publish and state in ('approved', 'verified', 'locked');

-- the net has no hole for migrations: they state all places
select set_config('rakkaeo.areas', 'TH', true);
update core.record r set acts = (select count(*) from raw.act a where a.area_code = r.area_code and a.record_id = r.id), may_publish = not exists (
  select from core.form f cross join jsonb_array_elements(f.model -> 'questions') q
    cross join lateral (select (r.open || r.internal || r.personal || r.sensitive) ->> (q ->> 'name') as answer) said
  where f.area_code = r.form_area and f.dataset_id = r.dataset_id and f.version = r.version and q ->> 'repeat' is null
    and (q ->> 'role' = 'consent' and said.answer is distinct from 'yes' or q ->> 'role' = 'not-public' and coalesce(said.answer, 'yes') = 'yes'))
  and exists (select from core.form f where f.area_code = r.form_area and f.dataset_id = r.dataset_id and f.version = r.version);

-- Records that anyone may see. The view reads as its owner, whom the net shows these rows and no other; what it does not name cannot leave by
-- it: no person, no answer but the open ones, no position that is kept more closely.
create policy shown on core.record for select to rakkaeo_owner using (may_publish and state in ('approved', 'verified', 'locked'));
create view open.record as
  select r.area_code, r.id, r.dataset_id, r.form_area, r.version, r.day, r.changed_at, r.open as answers,
    case when r.point_kept = 'open' then r.lat end as lat, case when r.point_kept = 'open' then r.lon end as lon
  from core.record r join core.dataset d on d.id = r.dataset_id
  where r.may_publish and r.state in ('approved', 'verified', 'locked') and (r.state <> 'approved' or coalesce(d.definition #>> '{ladder,counts}', 'approved') <> 'verified')
    and d.definition ->> 'unit' in ('record', 'place') and d.definition #>> '{catalogue,data_category}' = 'ข้อมูลสาธารณะ';
