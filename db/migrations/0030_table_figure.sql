-- What a table of figures changed (docs/decisions/0027-tables.md): each number that it brought, and what the source had said of that place and
-- year before; null: nothing. Taking the table back puts it there again.
create table raw.table_figure (
  area_code text collate "C" not null references core.area (code),
  import_id uuid not null,
  source_id text not null,
  period text not null,
  indicator_id text not null,
  version text not null,
  numerator double precision not null,
  denominator double precision,
  was_numerator double precision,
  was_denominator double precision,
  primary key (import_id, area_code, period, indicator_id, version)
);
create index table_figure_area on raw.table_figure (area_code);
call meta.keep_in_place('raw.table_figure');
