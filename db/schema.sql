-- Printed from the catalogue by tools/dump-schema.ts after all migrations. For reading; db/migrations make the database.

-- Schemas

create schema core;
create schema fact;
create schema open;
create schema raw;

-- Extensions

create extension pg_trgm;

-- Tables

create table core.area (
  code text collate "C" not null,
  level text not null,
  type text not null,
  parent_code text collate "C",
  name_th text not null,
  name_en text not null,
  valid_from date,
  valid_until date,
  lat double precision,
  lon double precision,
  area_km2 double precision,
  has_shape boolean not null default false
);

create table core.area_change (
  id bigint not null generated always as identity,
  area_code text collate "C" not null,
  kind text not null,
  day date not null,
  "precision" text not null,
  predecessor text collate "C",
  successor text collate "C",
  share numeric not null,
  name_before_th text,
  name_before_en text,
  name_after_th text,
  name_after_en text,
  note_th text,
  note_en text,
  source text not null
);

create table core.area_group (
  id text not null,
  scheme text not null,
  name_th text not null,
  name_en text not null
);

create table core.area_group_member (
  area_code text collate "C" not null,
  group_id text not null
);

create table core.area_term (
  area_code text collate "C" not null,
  term text collate "C" not null,
  whole boolean not null,
  depth smallint not null
);

create table core.boundary (
  area_code text collate "C" not null,
  level text not null,
  topology bytea not null,
  version text not null
);

create table core.indicator (
  id text not null,
  version text not null,
  "position" integer not null,
  definition jsonb not null
);

create table core.seed (
  name text not null,
  hash text not null,
  loaded_at timestamp with time zone not null default now()
);

create table core.source (
  id text not null,
  definition jsonb not null
);

create table fact.figure (
  area_code text collate "C" not null,
  indicator_id text not null,
  version text not null,
  period text not null,
  source_id text not null,
  level text not null,
  numerator double precision not null,
  denominator double precision,
  status text not null,
  publication text not null,
  import_id uuid
);

create table fact.reading (
  area_code text collate "C" not null,
  source_id text not null,
  period text not null,
  part text not null,
  publication text not null,
  cells double precision[] not null,
  import_id uuid not null
);

create table open.figure (
  area_code text collate "C" not null,
  indicator_id text not null,
  version text not null,
  period text not null,
  source_id text not null,
  level text not null,
  numerator double precision not null,
  denominator double precision,
  status text not null
);

create table open.series (
  indicator_id text not null,
  version text not null,
  source_id text not null,
  period text not null,
  level text not null,
  areas integer not null
);

create table raw.file (
  id uuid not null,
  name text not null,
  sha256 text not null,
  bytes bytea not null,
  received_at timestamp with time zone not null default now(),
  received_by text not null
);

create table raw.import (
  id uuid not null,
  layout text not null,
  source_id text not null,
  period text not null,
  report jsonb not null,
  created_at timestamp with time zone not null default now(),
  created_by text not null
);

create table raw.import_file (
  import_id uuid not null,
  file_id uuid not null
);

-- Constraints

alter table core.area add constraint area_pkey PRIMARY KEY (code);
alter table core.area_change add constraint area_change_pkey PRIMARY KEY (area_code, id);
alter table core.area_group add constraint area_group_pkey PRIMARY KEY (id);
alter table core.area_group_member add constraint area_group_member_pkey PRIMARY KEY (area_code, group_id);
alter table core.area_term add constraint area_term_pkey PRIMARY KEY (area_code, term);
alter table core.boundary add constraint boundary_pkey PRIMARY KEY (area_code, level);
alter table core.indicator add constraint indicator_pkey PRIMARY KEY (id, version);
alter table core.seed add constraint seed_pkey PRIMARY KEY (name);
alter table core.source add constraint source_pkey PRIMARY KEY (id);
alter table fact.figure add constraint figure_pkey PRIMARY KEY (area_code, indicator_id, period, source_id, version);
alter table fact.reading add constraint reading_pkey PRIMARY KEY (area_code, part, period, source_id);
alter table open.figure add constraint figure_pkey PRIMARY KEY (area_code, indicator_id, period, source_id, version);
alter table open.series add constraint series_pkey PRIMARY KEY (indicator_id, version, source_id, period, level);
alter table raw.file add constraint file_pkey PRIMARY KEY (id);
alter table raw.import add constraint import_pkey PRIMARY KEY (id);
alter table raw.import_file add constraint import_file_pkey PRIMARY KEY (import_id, file_id);
alter table core.area_change add constraint area_change_area_code_kind_day_predecessor_successor_key UNIQUE NULLS NOT DISTINCT (area_code, kind, day, predecessor, successor);
alter table raw.file add constraint file_sha256_key UNIQUE (sha256);
alter table core.area add constraint area_check CHECK (((valid_from IS NULL) OR (valid_until IS NULL) OR (valid_from < valid_until)));
alter table core.area add constraint area_check1 CHECK (((code = 'TH'::text) OR (parent_code IS NOT NULL)));
alter table core.area_change add constraint area_change_share_check CHECK (((share >= (0)::numeric) AND (share <= (1)::numeric)));
alter table fact.figure add constraint figure_publication_check CHECK ((publication = ANY (ARRAY['public'::text, 'internal'::text])));
alter table fact.figure add constraint figure_status_check CHECK ((status = ANY (ARRAY['published'::text, 'summed'::text])));
alter table fact.reading add constraint reading_publication_check CHECK ((publication = ANY (ARRAY['public'::text, 'internal'::text])));
alter table open.figure add constraint figure_status_check CHECK ((status = ANY (ARRAY['published'::text, 'summed'::text])));
alter table core.area add constraint area_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES core.area(code);
alter table core.area_change add constraint area_change_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.area_change add constraint area_change_predecessor_fkey FOREIGN KEY (predecessor) REFERENCES core.area(code);
alter table core.area_change add constraint area_change_successor_fkey FOREIGN KEY (successor) REFERENCES core.area(code);
alter table core.area_group_member add constraint area_group_member_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.area_group_member add constraint area_group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES core.area_group(id);
alter table core.boundary add constraint boundary_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table fact.figure add constraint figure_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table fact.figure add constraint figure_import_id_fkey FOREIGN KEY (import_id) REFERENCES raw.import(id);
alter table fact.reading add constraint reading_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table fact.reading add constraint reading_import_id_fkey FOREIGN KEY (import_id) REFERENCES raw.import(id) DEFERRABLE INITIALLY DEFERRED;
alter table fact.reading add constraint reading_source_id_fkey FOREIGN KEY (source_id) REFERENCES core.source(id);
alter table open.series add constraint series_indicator_id_version_fkey FOREIGN KEY (indicator_id, version) REFERENCES core.indicator(id, version);
alter table open.series add constraint series_source_id_fkey FOREIGN KEY (source_id) REFERENCES core.source(id);
alter table raw.import add constraint import_source_id_fkey FOREIGN KEY (source_id) REFERENCES core.source(id);
alter table raw.import_file add constraint import_file_file_id_fkey FOREIGN KEY (file_id) REFERENCES raw.file(id);
alter table raw.import_file add constraint import_file_import_id_fkey FOREIGN KEY (import_id) REFERENCES raw.import(id);

-- Indexes

CREATE INDEX area_change_predecessor ON core.area_change USING btree (predecessor);
CREATE INDEX area_change_successor ON core.area_change USING btree (successor);
CREATE INDEX area_group_member_group ON core.area_group_member USING btree (group_id);
CREATE INDEX area_level ON core.area USING btree (level, code);
CREATE INDEX area_parent ON core.area USING btree (parent_code, level, code);
CREATE INDEX area_term_part ON core.area_term USING gin (term gin_trgm_ops) WHERE whole;
CREATE INDEX area_term_start ON core.area_term USING btree (term, whole, depth, area_code);
CREATE INDEX area_term_upper ON core.area_term USING btree (depth, area_code, term) WHERE (whole AND (depth < 4));
CREATE INDEX area_valid_from ON core.area USING btree (valid_from) WHERE (valid_from IS NOT NULL);
CREATE INDEX area_valid_until ON core.area USING btree (valid_until) WHERE (valid_until IS NOT NULL);
CREATE INDEX figure_import ON fact.figure USING btree (import_id);
CREATE INDEX figure_layer ON open.figure USING btree (indicator_id, period, level, area_code) INCLUDE (numerator, denominator, source_id, version, status);
CREATE INDEX figure_source ON fact.figure USING btree (source_id, period);
CREATE INDEX figure_source ON open.figure USING btree (source_id, period);
CREATE INDEX import_file_file ON raw.import_file USING btree (file_id);
CREATE INDEX import_source ON raw.import USING btree (source_id);
CREATE INDEX reading_import ON fact.reading USING btree (import_id);
CREATE INDEX reading_source ON fact.reading USING btree (source_id, period, part);
CREATE INDEX series_source ON open.series USING btree (source_id);

-- Views

create view open.area as
 SELECT code,
    level,
    type,
    parent_code,
    name_th,
    name_en,
    valid_from,
    valid_until,
    lat,
    lon,
    area_km2,
    has_shape
   FROM core.area;

create view open.area_change as
 SELECT id,
    area_code,
    kind,
    day,
    "precision",
    predecessor,
    successor,
    share,
    name_before_th,
    name_before_en,
    name_after_th,
    name_after_en,
    note_th,
    note_en,
    source
   FROM core.area_change;

create view open.area_group as
 SELECT id,
    scheme,
    name_th,
    name_en
   FROM core.area_group;

create view open.area_group_member as
 SELECT area_code,
    group_id
   FROM core.area_group_member;

create view open.area_term as
 SELECT area_code,
    term,
    whole,
    depth
   FROM core.area_term;

create view open.boundary as
 SELECT area_code,
    level,
    topology,
    version
   FROM core.boundary;

create view open.indicator as
 SELECT id,
    version,
    "position",
    definition
   FROM core.indicator;

create view open.source as
 SELECT id,
    definition
   FROM core.source;

-- Grants

grant delete, insert, select, update on core.area to rakkaeo_app;
grant delete, insert, select, update on core.area_change to rakkaeo_app;
grant delete, insert, select, update on core.area_group to rakkaeo_app;
grant delete, insert, select, update on core.area_group_member to rakkaeo_app;
grant delete, insert, select, update on core.area_term to rakkaeo_app;
grant delete, insert, select, update on core.boundary to rakkaeo_app;
grant delete, insert, select, update on core.indicator to rakkaeo_app;
grant delete, insert, select, update on core.seed to rakkaeo_app;
grant delete, insert, select, update on core.source to rakkaeo_app;
grant delete, insert, select, update on fact.figure to rakkaeo_app;
grant delete, insert, select, update on fact.reading to rakkaeo_app;
grant delete, insert, select, update on open.area to rakkaeo_app;
grant delete, insert, select, update on open.area_change to rakkaeo_app;
grant delete, insert, select, update on open.area_group to rakkaeo_app;
grant delete, insert, select, update on open.area_group_member to rakkaeo_app;
grant delete, insert, select, update on open.area_term to rakkaeo_app;
grant delete, insert, select, update on open.boundary to rakkaeo_app;
grant delete, insert, select, update on open.figure to rakkaeo_app;
grant delete, insert, select, update on open.indicator to rakkaeo_app;
grant delete, insert, select, update on open.series to rakkaeo_app;
grant delete, insert, select, update on open.source to rakkaeo_app;
grant insert, select on raw.file to rakkaeo_app;
grant insert, select on raw.import to rakkaeo_app;
grant insert, select on raw.import_file to rakkaeo_app;
grant select on open.area to rakkaeo_public;
grant select on open.area_change to rakkaeo_public;
grant select on open.area_group to rakkaeo_public;
grant select on open.area_group_member to rakkaeo_public;
grant select on open.area_term to rakkaeo_public;
grant select on open.boundary to rakkaeo_public;
grant select on open.figure to rakkaeo_public;
grant select on open.indicator to rakkaeo_public;
grant select on open.series to rakkaeo_public;
grant select on open.source to rakkaeo_public;
