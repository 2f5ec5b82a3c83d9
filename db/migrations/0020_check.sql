-- Checks of datasets, flags of what is out of the ordinary, and how good the records of a place are.

-- What must hold of a dataset's records beyond its forms, as its place publishes it, or as a place below adds for itself. Definitions: for everyone.
create table core.check_set (
  area_code text collate "C" not null references core.area (code),
  dataset_id text not null,
  version int not null,
  checks jsonb not null,
  limits jsonb not null,
  published_at timestamptz not null default now(),
  published_by text not null,
  person_id uuid,
  primary key (area_code, dataset_id, version)
);
create view open.check_set as select area_code, dataset_id, version, checks, limits, published_at from core.check_set;

-- How many questions apply to a record, and how many of them were answered: kept whenever it is judged; null: it was not yet.
alter table core.record add column asked int, add column answered int;
create index record_faulty on core.record (dataset_id, area_code) where faults <> '[]';
create index record_acted on core.record (dataset_id, acted_at);

-- What is out of the ordinary in a record, with the numbers that say so; told to those alone who see the answer (`kept`). Somebody who looked
-- at it and found it right sets it aside.
create table core.flag (
  area_code text collate "C" not null,
  record_id uuid not null,
  kind text not null,
  key text not null,
  dataset_id text not null,
  kept text not null,
  reason jsonb not null,
  found_at timestamptz not null default now(),
  aside_at timestamptz,
  aside_by uuid,
  aside_name text,
  aside_why text,
  primary key (area_code, record_id, kind, key),
  foreign key (area_code, record_id) references core.record (area_code, id) on delete cascade on update cascade
);
create index flag_dataset on core.flag (dataset_id, area_code, record_id);
call meta.keep_in_place('core.flag');

-- What is to be done for a dataset: `again` is the last record that was judged by changed checks (empty: none yet, null: all of them), and
-- what changed after `counted_at` is in no flag and no score yet.
create table core.check_work (
  dataset_id text primary key,
  again text collate "C",
  counted_at timestamptz not null default '-infinity'
);

-- How good the records of a place and dataset are, in shares, where there are enough of them to be told (domain/check/rules.quality.ts).
create table open.quality (
  area_code text collate "C" not null,
  dataset_id text not null,
  records int not null,
  completeness float8,
  timeliness float8,
  consistency float8,
  plausibility float8,
  approval float8,
  counted_at timestamptz not null default now(),
  primary key (area_code, dataset_id)
);
