-- Personal data in the process: which files of records left, what is proposed to be erased, and what was (docs/decisions/0029-privacy.md).

-- Every file of records that left the house, entered by what made the file and never changed. `area_code` is the smallest place that holds all
-- of which it was made; the filter has no words in it that somebody looked for.
create table audit.export (
  area_code text collate "C" not null,
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  actor uuid,
  actor_name text,
  kind text not null check (kind in ('person', 'token', 'operator', 'system', 'stranger')),
  what text not null,
  format text not null,
  datasets text[] not null,
  filter jsonb not null,
  sensitivities text[] not null,
  records int not null,
  purpose text,
  primary key (area_code, id)
);
create index export_at on audit.export (at, id);
create index export_id on audit.export (id);
create index export_actor on audit.export (actor) where actor is not null;

-- How many records of which place were in it (by tambon; what lies above one by its own code): whoever answers for a place learns of it.
create table audit.export_place (
  area_code text collate "C" not null,
  export_id uuid not null,
  records int not null,
  primary key (area_code, export_id)
);
create index export_place_id on audit.export_place (export_id);
call meta.keep_in_place('audit.export');
call meta.keep_in_place('audit.export_place');
-- It is entered for whatever place holds all of it, in one's own name alone; who made a file, and who answers for a place that it held, sees its entry.
create policy append on audit.export for insert to rakkaeo_app with check (
  kind = (select current_setting('rakkaeo.kind', true)) and actor is not distinct from (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
-- what lies in a village is told to its tambon, also by who holds the village alone
create policy append on audit.export_place for insert to rakkaeo_app with check (
  (select nullif(current_setting('rakkaeo.person', true), '')) is not null or (select current_setting('rakkaeo.areas', true)) = 'TH');
create policy held on audit.export for select to rakkaeo_app using (
  actor = (select nullif(current_setting('rakkaeo.person', true), '')::uuid) or exists (select from audit.export_place p where p.export_id = export.id));
