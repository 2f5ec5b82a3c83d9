-- A place is renamed, moved, split or merged: as an act with all that followed from it (docs/changes.md).

-- Who did what to which places, as it was asked for; never edited but to say that it was taken back. It stands in the smallest place that holds
-- all that it touched.
create table core.area_act (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  plan jsonb not null,
  done_at timestamptz not null default clock_timestamp(),
  done_by uuid,
  done_by_name text not null,
  undone_at timestamptz,
  undone_by_name text,
  primary key (area_code, id)
);
create index area_act_id on core.area_act (id);

-- What it did to one row, so that it can be taken back to the letter. `place`: schema, table and column. `was` null: the row was added;
-- `becomes` null: it was taken out. `old`: the whole row as it was, where more than its place changed.
create table core.area_act_row (
  area_code text collate "C" not null,
  act_id uuid not null,
  id bigint not null generated always as identity,
  place text not null,
  key jsonb not null,
  was text collate "C",
  becomes text collate "C",
  old jsonb,
  primary key (area_code, act_id, id),
  foreign key (area_code, act_id) references core.area_act (area_code, id)
);
call meta.keep_in_place('core.area_act');
call meta.keep_in_place('core.area_act_row');

-- When a line of the ledger was written here: what was given until then under the old code goes on under the new one, whatever day the change is of.
alter table core.area_change add column made_at timestamptz;
create or replace view open.area_change as select * from core.area_change;

-- What hangs on a key goes along with it.
alter table core.form_file drop constraint form_file_area_code_dataset_id_version_fkey,
  add foreign key (area_code, dataset_id, version) references core.form (area_code, dataset_id, version) on update cascade;
alter table access.person_term drop constraint person_term_area_code_person_id_fkey,
  add foreign key (area_code, person_id) references access.person (area_code, id) on update cascade;
