-- Four stages, each rebuilt from the one before: raw (what arrived), core (what we hold true), fact (numbers), open (what anyone may see).
create schema raw;
create schema core;
create schema fact;
create schema open;
create extension if not exists pg_trgm;

-- Codes are paths: collation "C" makes a subtree one range.
create table core.area (
  code text collate "C" primary key,
  level text not null,
  type text not null,
  parent_code text collate "C" references core.area (code),
  name_th text not null,
  name_en text not null,
  valid_from date,
  valid_until date,
  lat double precision,
  lon double precision,
  area_km2 double precision,
  has_shape boolean not null default false,
  check (valid_from is null or valid_until is null or valid_from < valid_until),
  check (code = 'TH' or parent_code is not null)
);
create index area_parent on core.area (parent_code, level, code);
create index area_level on core.area (level, code);
-- The few areas that are not of all times, for lists of one day.
create index area_valid_from on core.area (valid_from) where valid_from is not null;
create index area_valid_until on core.area (valid_until) where valid_until is not null;

-- What an area is found by: folded names (engine/text/terms.ts) and their later words. Made from names, never edited, and always written
-- together with its area: a foreign key would only double the time of loading 250,000 of them.
create table core.area_term (
  area_code text collate "C" not null,
  term text collate "C" not null,
  -- true: a whole name; false: a name from its second or later word on
  whole boolean not null,
  -- 0 nation … 3 tambon and municipal part, 4 village, 5 village part
  depth smallint not null,
  primary key (area_code, term)
);
create index area_term_start on core.area_term (term, whole, depth, area_code);
create index area_term_upper on core.area_term (depth, area_code, term) where whole and depth < 4;
create index area_term_part on core.area_term using gin (term gin_trgm_ops) where whole;

-- The ledger of changes: acts on areas, never edited.
create table core.area_change (
  id bigint generated always as identity,
  area_code text collate "C" not null references core.area (code), -- the predecessor, or the successor of a creation
  kind text not null,
  day date not null,
  precision text not null,
  predecessor text collate "C" references core.area (code),
  successor text collate "C" references core.area (code),
  share numeric not null check (share >= 0 and share <= 1),
  name_before_th text, name_before_en text, name_after_th text, name_after_en text,
  note_th text, note_en text,
  source text not null,
  primary key (area_code, id),
  -- an act is known once, however often the seed is loaded
  unique nulls not distinct (area_code, kind, day, predecessor, successor)
);
create index area_change_predecessor on core.area_change (predecessor);
create index area_change_successor on core.area_change (successor);

create table core.area_group (
  id text primary key,
  scheme text not null,
  name_th text not null,
  name_en text not null
);
create table core.area_group_member (
  area_code text collate "C" not null references core.area (code),
  group_id text not null references core.area_group (id),
  primary key (area_code, group_id)
);
create index area_group_member_group on core.area_group_member (group_id);

-- TopoJSON of the areas of a level inside a parent, gzip of the JSON text.
create table core.boundary (
  area_code text collate "C" not null references core.area (code),
  level text not null,
  topology bytea not null,
  -- names the content in the address, so that it may be kept for ever
  version text not null,
  primary key (area_code, level)
);

-- What was loaded from seed/, by content, so that nothing is loaded twice.
create table core.seed (
  name text primary key,
  hash text not null,
  loaded_at timestamptz not null default now()
);
