-- Numbers: area × indicator version × period × source. `level` repeats what the code says, for the map's index.
-- That indicator and source are defined is checked once per series (open.series), not once per number: hundreds of thousands come at a time.
create table fact.figure (
  area_code text collate "C" not null references core.area (code),
  indicator_id text not null,
  version text not null,
  period text not null,
  source_id text not null,
  level text not null,
  numerator double precision not null,
  denominator double precision,
  -- published: as the source gave it; summed: from the level that was imported
  status text not null check (status in ('published', 'summed')),
  -- public, or internal until disclosure control exists
  publication text not null check (publication in ('public', 'internal')),
  import_id uuid references raw.import (id),
  primary key (area_code, indicator_id, period, source_id, version)
);
create index figure_source on fact.figure (source_id, period);
create index figure_import on fact.figure (import_id);

-- What anyone may see. Written by server/publication from fact, never by hand, so it needs no keys of its own to what fact points at.
create table open.figure (
  area_code text collate "C" not null,
  indicator_id text not null,
  version text not null,
  period text not null,
  source_id text not null,
  level text not null,
  numerator double precision not null,
  denominator double precision,
  status text not null check (status in ('published', 'summed')),
  primary key (area_code, indicator_id, period, source_id, version)
);
create index figure_layer on open.figure (indicator_id, period, level, area_code) include (numerator, denominator, source_id, version, status);
create index figure_source on open.figure (source_id, period);

create view open.area as select * from core.area;
create view open.area_term as select * from core.area_term;
create view open.area_change as select * from core.area_change;
create view open.area_group as select * from core.area_group;
create view open.area_group_member as select * from core.area_group_member;
create view open.boundary as select * from core.boundary;
create view open.source as select * from core.source;
create view open.indicator as select * from core.indicator;
