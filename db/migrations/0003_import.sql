-- A file as it came: bytes, hash, who, when. Never changed.
create table raw.file (
  id uuid primary key,
  name text not null,
  sha256 text not null unique,
  bytes bytea not null,
  received_at timestamptz not null default now(),
  received_by text not null
);
-- A reading of files into figures, with its report.
create table raw.import (
  id uuid primary key,
  layout text not null,
  source_id text not null references core.source (id),
  period text not null,
  report jsonb not null,
  created_at timestamptz not null default now(),
  created_by text not null
);
create index import_source on raw.import (source_id);
create table raw.import_file (
  import_id uuid not null references raw.import (id),
  file_id uuid not null references raw.file (id),
  primary key (import_id, file_id)
);
create index import_file_file on raw.import_file (file_id);
