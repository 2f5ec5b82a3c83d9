-- Rounds of collecting, what is expected of a place in them, and who locked one. (Glass: below.)

-- When a dataset is collected, and who runs it: the nation or a province. A record belongs to the round in which its day falls. Like a
-- definition it is nobody's secret: whoever works in a tambon knows the round of the nation.
create table core.round (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  dataset_id text not null,
  name_th text not null check (name_th <> ''),
  name_en text not null check (name_en <> ''),
  from_day date not null,
  until_day date not null check (from_day <= until_day),
  made_at timestamptz not null default now(),
  made_by uuid not null,
  primary key (area_code, id)
);
create index round_id on core.round (id);
create index round_dataset on core.round (dataset_id, from_day);

-- Who locked a round in a place, and who opened it again and why; never edited but to say that it was opened.
create table core.round_lock (
  area_code text collate "C" not null references core.area (code),
  round_id uuid not null,
  id bigint not null generated always as identity,
  locked_at timestamptz not null default clock_timestamp(),
  locked_by uuid not null,
  locked_by_name text not null,
  -- how many records it locked, and how many it had to leave
  records int not null,
  remaining int not null,
  opened_at timestamptz,
  opened_by uuid,
  opened_by_name text,
  reason text,
  primary key (area_code, round_id, id)
);
create index round_lock_round on core.round_lock (round_id);
call meta.keep_in_place('core.round_lock');

-- How many records are expected of a place, set by hand; without a round: whenever they come.
create table core.target (
  area_code text collate "C" not null references core.area (code),
  dataset_id text not null,
  round_id uuid,
  expected int not null check (expected >= 0),
  set_at timestamptz not null default now(),
  set_by uuid not null,
  set_by_name text not null,
  unique nulls not distinct (area_code, dataset_id, round_id)
);
create index target_dataset on core.target (dataset_id, round_id, area_code);
call meta.keep_in_place('core.target');

-- Tabs of the queue: what is in conflict, and what has waited for long.
create index record_conflict on core.record (dataset_id, area_code) where faults @> '[{"kind":"conflict"}]';
create index record_waiting on core.record (dataset_id, acted_at) where state in ('received', 'returned');

-- Glass: one record of another place, seen for a while by somebody who said why. It stands where the record lies; whoever looks sees their own.
create table access.glass (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  record_id uuid not null,
  dataset_id text not null,
  person_id uuid not null,
  person_name text not null,
  reason text not null check (reason <> ''),
  opened_at timestamptz not null default clock_timestamp(),
  until timestamptz not null,
  ended_at timestamptz,
  ended_by_name text,
  primary key (area_code, id)
);
create index glass_person on access.glass (person_id, record_id);
create index glass_opened on access.glass (area_code, opened_at);
call meta.keep_in_place('access.glass');
create policy own on access.glass for select using (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));

-- The one record that the transaction names (server/db/scope.ts), while its person's glass holds; its rows with it, and nothing else of the place.
-- Where none is named it is the id that nobody has: of “unknown and …” the rest would be asked for each row, of “no and …” it is not.
create policy glass on core.record for select using (id = (select coalesce(nullif(current_setting('rakkaeo.glass', true), ''), '00000000-0000-0000-0000-000000000000')::uuid) and exists (
  select from access.glass g where g.record_id = record.id and g.person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid) and g.ended_at is null and g.until > now()));
create policy glass on core.record_row for select using (record_id = (select coalesce(nullif(current_setting('rakkaeo.glass', true), ''), '00000000-0000-0000-0000-000000000000')::uuid) and exists (
  select from access.glass g where g.record_id = record_row.record_id and g.person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid) and g.ended_at is null and g.until > now()));

-- Every ladder that a dataset has had, the last one of which stands in its definition: who set it and when. A definition, and nobody's secret.
create table core.ladder (
  area_code text collate "C" not null references core.area (code),
  dataset_id text not null,
  version int not null,
  ladder jsonb not null,
  set_at timestamptz not null default clock_timestamp(),
  set_by uuid not null,
  set_by_name text not null,
  primary key (area_code, dataset_id, version)
);
create index ladder_dataset on core.ladder (dataset_id, version);
