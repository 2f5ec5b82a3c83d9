-- What a table of figures changed is kept a row for each place and year, as it came, and not one for each number (docs/decisions/0035-speed-of-figures.md).
select set_config('rakkaeo.areas', 'TH', true);
alter table raw.table_figure rename to table_number;
alter table raw.table_number rename constraint table_figure_pkey to table_number_pkey;
alter index raw.table_figure_area rename to table_number_area;

-- Numbers stand beside each other in the lists: which, what it is, and what the source had said of it before; null: nothing.
create table raw.table_figure (
  area_code text collate "C" not null references core.area (code),
  import_id uuid not null,
  period text not null,
  indicator_ids text[] not null,
  versions text[] not null,
  numerators double precision[] not null,
  denominators double precision[] not null,
  was_numerators double precision[] not null,
  was_denominators double precision[] not null,
  primary key (import_id, area_code, period)
);
create index table_figure_area on raw.table_figure (area_code);
call meta.keep_in_place('raw.table_figure');
insert into raw.table_figure
  select area_code, import_id, period, array_agg(indicator_id), array_agg(version), array_agg(numerator), array_agg(denominator), array_agg(was_numerator), array_agg(was_denominator)
  from raw.table_number where area_code >= 'TH' group by area_code, import_id, period;
drop table raw.table_number;

-- figures are found by their source and period; nobody asks for those of an import
drop index fact.figure_import;

-- As with records (0031), that places are there is asked once for those of a statement, and a place that has figures cannot go.
alter table fact.figure drop constraint figure_area_code_fkey;
create trigger place_new after insert on fact.figure referencing new table as after_rows for each statement execute function core.has_places();
create trigger place_changed after update of area_code on fact.figure for each row when (old.area_code <> new.area_code) execute function core.has_place();
create trigger figures_kept after delete on core.area for each row execute function core.keeps_place('fact.figure');
create trigger figures_followed after update of code on core.area for each row when (old.code <> new.code) execute function core.keeps_place('fact.figure');
