-- Who holds which role where, and the net under everything that is not for everyone.
--
-- The net (docs/database.md): a row is seen and written only in the places of the transaction, which server/db/scope.ts states with
-- SET LOCAL. Unset or empty sees nothing. It cannot use an index, so every query states its place as ranges as well.
create schema access;

-- A person as colleagues know them; the account itself (password, sessions, second factor) stays in the schema auth.
create table access.person (
  -- the home place
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  name text not null check (name <> ''),
  user_name text,
  email text,
  demo boolean not null default false,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (area_code, id)
);
create index person_id on access.person (id);

-- A role in an area and all below it, from a day up to and without another. Never edited: it ends.
create table access.grant (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  -- no foreign key: the person's row lies with their home place, perhaps on another machine
  person_id uuid not null,
  role text not null,
  valid_from date not null,
  valid_until date,
  -- null: an operator on the server's own command line
  given_by uuid,
  given_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid,
  primary key (area_code, id),
  check (valid_until is null or valid_from < valid_until)
);
create index grant_person on access.grant (person_id);

-- Kept files and their imports stand in the smallest area that holds all their rows; what was there is the nation's.
alter table raw.import_file drop constraint import_file_pkey, drop constraint import_file_import_id_fkey, drop constraint import_file_file_id_fkey;
-- An import is in another place than most of its rows, so no key ties them; server/publication writes and undoes both in one transaction.
alter table fact.figure drop constraint figure_import_id_fkey;
alter table fact.reading drop constraint reading_import_id_fkey;

alter table raw.file add column area_code text collate "C" not null default 'TH' references core.area (code),
  drop constraint file_pkey, drop constraint file_sha256_key, add primary key (area_code, id), add unique (area_code, sha256);
alter table raw.import add column area_code text collate "C" not null default 'TH' references core.area (code),
  -- null: no person but the seed or an operator; created_by says which
  add column person_id uuid,
  -- imports queue for one lock: the order of their acts, not of their beginnings
  alter column created_at set default clock_timestamp(),
  drop constraint import_pkey, add primary key (area_code, id);
alter table raw.import_file add column area_code text collate "C" not null default 'TH',
  add primary key (area_code, import_id, file_id),
  add foreign key (area_code, import_id) references raw.import (area_code, id),
  add foreign key (area_code, file_id) references raw.file (area_code, id);
alter table raw.file alter column area_code drop default;
alter table raw.import alter column area_code drop default;
alter table raw.import_file alter column area_code drop default;
drop index raw.import_file_file;
create index import_file_file on raw.import_file (area_code, file_id);
create index file_sha256 on raw.file (sha256);

-- The act that takes an import back: raw.import and raw.file stay as they were.
create table raw.import_undo (
  area_code text collate "C" not null,
  import_id uuid not null,
  undone_at timestamptz not null default now(),
  undone_by text not null,
  person_id uuid,
  primary key (area_code, import_id),
  foreign key (area_code, import_id) references raw.import (area_code, id)
);

-- Puts the net under a table of places; later migrations call it for theirs.
create procedure meta.keep_in_place(place regclass) language plpgsql as $$
declare
  net text := $net$(select current_setting('rakkaeo.areas', true)) = 'TH' or area_code ^@ any((select string_to_array(current_setting('rakkaeo.areas', true), ','))::text[])$net$;
begin
  execute format('alter table %s enable row level security, force row level security', place);
  execute format('create policy in_place on %s using (%s) with check (%s)', place, net, net);
end $$;
call meta.keep_in_place('access.person');
call meta.keep_in_place('access.grant');
call meta.keep_in_place('raw.file');
call meta.keep_in_place('raw.import');
call meta.keep_in_place('raw.import_file');
call meta.keep_in_place('raw.import_undo');
call meta.keep_in_place('fact.figure');
call meta.keep_in_place('fact.reading');

-- One's own, wherever it is: to read, and of oneself to change; nobody writes their own grants.
create policy own on access.person for select using (id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy own_change on access.person for update
  using (id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid)) with check (id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy own on access.grant for select using (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
-- A colleague from elsewhere who holds, or held, a role here is known here by name.
create policy colleague on access.person for select using (exists (
  select from access.grant g where g.person_id = person.id and ((select current_setting('rakkaeo.areas', true)) = 'TH'
    or g.area_code ^@ any((select string_to_array(current_setting('rakkaeo.areas', true), ','))::text[]))));
