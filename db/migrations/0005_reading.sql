-- What a source reported of an area in a period, one row per part of its layout, cells in the order of the part's columns
-- (domain/import); null: the cell was blank. Figures of public levels are computed from it; what is read below the public level
-- stays here, internal, until disclosure control exists. A later import of the same area and part takes the place of an earlier one;
-- raw.file keeps both.
create table fact.reading (
  area_code text collate "C" not null references core.area (code),
  source_id text not null references core.source (id),
  period text not null,
  part text not null,
  publication text not null check (publication in ('public', 'internal')),
  cells double precision[] not null,
  -- the import's report is written last, when all of it is known
  import_id uuid not null references raw.import (id) deferrable initially deferred,
  primary key (area_code, part, period, source_id)
);
create index reading_source on fact.reading (source_id, period, part);
create index reading_import on fact.reading (import_id);

-- Which numbers anyone may see, by period and level: kept by server/publication beside open.figure, so that nobody needs to count it.
create table open.series (
  indicator_id text not null,
  version text not null,
  source_id text not null references core.source (id),
  period text not null,
  level text not null,
  areas int not null,
  primary key (indicator_id, version, source_id, period, level),
  foreign key (indicator_id, version) references core.indicator (id, version)
);
create index series_source on open.series (source_id);
