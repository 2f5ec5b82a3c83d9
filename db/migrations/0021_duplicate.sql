-- Records that could be the same thing, and those that became one.

-- A pair lies in the smallest place that holds both: who does not have all of it sees nothing of the pair, and so of no record elsewhere.
create table core.duplicate (
  area_code text collate "C" not null references core.area (code),
  id uuid not null default gen_random_uuid(),
  dataset_id text not null,
  one uuid not null,
  other uuid not null check (one < other),
  score float8 not null,
  -- what speaks for and against it, each with how closely the answers are kept that it was read from
  reasons jsonb not null,
  state text not null default 'open' check (state in ('open', 'different', 'merged')),
  found_at timestamptz not null default now(),
  said_at timestamptz,
  said_by uuid,
  said_by_name text,
  primary key (area_code, id),
  unique (area_code, one, other)
);
create index duplicate_area on core.duplicate (area_code, dataset_id, state, score desc, id);
create index duplicate_id on core.duplicate (id);
create index duplicate_one on core.duplicate (one);
create index duplicate_other on core.duplicate (other);

-- Records that came or changed and were not compared yet. What could not be compared is tried again later.
create table core.duplicate_turn (
  area_code text collate "C" not null,
  record_id uuid not null,
  dataset_id text not null,
  not_before timestamptz not null default now(),
  primary key (area_code, record_id)
);

-- A search over a whole place: how far it is, so that it goes on after a restart.
create table core.duplicate_search (
  area_code text collate "C" not null references core.area (code),
  id uuid not null default gen_random_uuid(),
  asked_at timestamptz not null default now(),
  asked_by uuid,
  asked_by_name text,
  -- groups (a dataset in a tambon): how many there are, how many were looked at, and the last one
  total int not null,
  done int not null default 0,
  last text collate "C" not null default '',
  records int not null default 0,
  found int not null default 0,
  crowded int not null default 0,
  ended_at timestamptz,
  primary key (area_code, id)
);
create index duplicate_search_open on core.duplicate_search (asked_at) where ended_at is null;
call meta.keep_in_place('core.duplicate');
call meta.keep_in_place('core.duplicate_turn');
call meta.keep_in_place('core.duplicate_search');

-- the record that it went into; what comes for it goes there
alter table core.record add column merged_into uuid;
create index record_merged on core.record (merged_into) where merged_into is not null;

-- what merging and splitting changed, with how the record stood before: answers that no submission brought
alter table raw.act add column change jsonb;
