-- Tables: files of rows that become records (docs/decisions/0027-tables.md).

-- The import of one file. Its bytes lie beside the database until it is finished (server/base/spool.ts); here is what it was, where its columns
-- went and what came of it. It lies in the place of whoever gave it; its records lie where its rows say.
create table raw.table_import (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  dataset_id text not null,
  -- the form whose questions its columns go to
  form_area text collate "C" not null,
  version text not null,
  file text not null,
  bytes bigint not null,
  sha256 bytea not null,
  person_id uuid,
  person_name text not null,
  given_at timestamptz not null default clock_timestamp(),
  state text not null default 'given' check (state in ('given', 'tried', 'imported', 'refused', 'undone')),
  -- what is to be done with it, as it was asked for; null: nothing. How often it was begun, and how far it is: written beside the work, so that one sees it
  job jsonb,
  tries int not null default 0,
  done bigint not null default 0,
  total bigint not null default 0,
  shape jsonb,
  sheets jsonb not null default '[]',
  columns jsonb not null default '[]',
  mapping jsonb not null,
  remembered boolean not null default false,
  report jsonb,
  -- why the last job did not end
  trouble jsonb,
  primary key (area_code, id)
);
create index table_import_id on raw.table_import (id);
create index table_import_job on raw.table_import (given_at) where job is not null;
create index table_import_same on raw.table_import (dataset_id, sha256);
call meta.keep_in_place('raw.table_import');

-- Where columns of these names went the last time, in this place and dataset.
create table core.table_mapping (
  area_code text collate "C" not null references core.area (code),
  dataset_id text not null,
  -- of the names of all columns
  columns_hash text not null,
  mapping jsonb not null,
  kept_at timestamptz not null default now(),
  primary key (area_code, dataset_id, columns_hash)
);
call meta.keep_in_place('core.table_mapping');

-- What a row of a table brought: there is no submission behind it, so the act keeps its answers, apart by how closely they are kept, numbers
-- masked. `change` of an update says what stood there before.
alter table raw.act add column import_id uuid, add column line int, add column form_area text collate "C", add column version text, add column answers jsonb;
create index act_import on raw.act (import_id) where import_id is not null;

-- Acts are never taken away, but for those of an import that is taken back whole.
create policy only_imported on raw.act as restrictive for delete using (import_id is not null and current_setting('rakkaeo.areas', true) <> '');
