-- Records and figures of tables come in by thousands (decision 0034): that their places are there is asked once for the places of a statement,
-- not once for each row. Places are locked as a foreign key would lock them, and one that still has rows cannot go. The triggers below are for
-- every table that has so many rows; a table of few keeps its foreign key.
create function core.has_places() returns trigger language plpgsql as $$
declare missing text;
begin
  -- the lock has each place looked up by its key
  select min(p.code) into missing from (select distinct area_code as code from after_rows) p
    left join lateral (select a.code from core.area a where a.code = p.code for key share) a on true where a.code is null;
  if missing is not null then
    raise foreign_key_violation using message = format('%I.%I has a row of a place that is not there: %s', tg_table_schema, tg_table_name, missing), schema = tg_table_schema, table = tg_table_name, column = 'area_code';
  end if;
  return null;
end $$;

-- A row that moves is asked for by itself: most updates move none, and lock no place.
create function core.has_place() returns trigger language plpgsql as $$
begin
  perform from core.area a where a.code = new.area_code for key share;
  if not found then
    raise foreign_key_violation using message = format('%I.%I has a row of a place that is not there: %s', tg_table_schema, tg_table_name, new.area_code), schema = tg_table_schema, table = tg_table_name, column = 'area_code';
  end if;
  return null;
end $$;

-- For the table that is named: it looks at all its places for once, and tells of nothing but that there is a row.
create function core.keeps_place() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare was constant text := current_setting('rakkaeo.areas', true);
declare has_rows boolean;
begin
  perform set_config('rakkaeo.areas', 'TH', true);
  execute format('select exists (select from %s where area_code = $1)', tg_argv[0]::regclass) into has_rows using old.code;
  perform set_config('rakkaeo.areas', coalesce(was, ''), true);
  if has_rows then
    raise foreign_key_violation using message = format('%s has rows of this place: %s', tg_argv[0], old.code), schema = 'core', table = 'area', column = 'code';
  end if;
  return null;
end $$;

alter table core.record drop constraint record_area_code_fkey;
create trigger place_new after insert on core.record referencing new table as after_rows for each statement execute function core.has_places();
create trigger place_changed after update of area_code on core.record for each row when (old.area_code <> new.area_code) execute function core.has_place();
create trigger records_kept after delete on core.area for each row execute function core.keeps_place('core.record');
create trigger records_followed after update of code on core.area for each row when (old.code <> new.code) execute function core.keeps_place('core.record');

-- Whose records these are is asked for by person and dataset, and never in the order of their ids: the same key for thousands takes little room.
drop index core.record_made_by;
create index record_made_by on core.record (made_by, dataset_id);
