-- What communities collect: definitions, what arrived, and what it says.

-- Definitions are for everyone to read, like areas. The nation's come from seed/dataset; a place may define its own, whose id begins with its code.
create table core.dataset (
  area_code text collate "C" not null references core.area (code),
  id text not null,
  position int not null,
  definition jsonb not null,
  primary key (area_code, id)
);

-- Published questionnaires, never changed: `workbook` is the XLSForm as authored (for a place: what it adds to the nation's), `xform` what phones
-- are given and answers are read by, `model` what was read from it.
create table core.form (
  area_code text collate "C" not null references core.area (code),
  dataset_id text not null,
  version text not null,
  workbook jsonb not null,
  xform text not null,
  md5 text not null,
  model jsonb not null,
  published_at timestamptz not null default now(),
  published_by text not null,
  person_id uuid,
  closed_at timestamptz,
  primary key (area_code, dataset_id, version)
);
create index form_dataset on core.form (dataset_id, version);

-- Files that a form brings along (pictures, lists of choices), by the hash of their bytes.
create table core.form_file (
  area_code text collate "C" not null,
  dataset_id text not null,
  version text not null,
  name text not null,
  md5 text not null,
  media_type text not null,
  bytes bytea not null,
  primary key (area_code, dataset_id, version, name),
  foreign key (area_code, dataset_id, version) references core.form (area_code, dataset_id, version)
);

-- A questionnaire in work, one per dataset and place, seen where its author may define.
create schema dataset;
create table dataset.draft (
  area_code text collate "C" not null references core.area (code),
  dataset_id text not null,
  workbook jsonb not null,
  changed_at timestamptz not null default now(),
  changed_by text not null,
  person_id uuid,
  primary key (area_code, dataset_id)
);

-- Pictures and lists that the next version brings along.
create table dataset.draft_file (
  area_code text collate "C" not null references core.area (code),
  dataset_id text not null,
  name text not null,
  md5 text not null,
  media_type text not null,
  bytes bytea not null,
  primary key (area_code, dataset_id, name)
);

-- A submission as it came, citizens' numbers sealed; kept before anything is thought about it. `sha256` is of the bytes before sealing: the same
-- again is the same. Spread by instance, since where it belongs is only known once it is read: so its key does not hold the area.
create table raw.submission (
  area_code text collate "C" not null,
  instance_id text not null,
  dataset_id text not null,
  version text not null,
  form_area text collate "C" not null,
  sha256 bytea not null,
  xml text not null,
  -- names of the files that it speaks of
  files text[] not null,
  received_at timestamptz not null default clock_timestamp(),
  person_id uuid not null,
  token_id uuid,
  client text not null,
  device_id text,
  deprecated_id text,
  primary key (instance_id, dataset_id)
);
create index submission_place on raw.submission (area_code, dataset_id, received_at);
create index submission_person on raw.submission (person_id, received_at);

-- A file of a submission, there because every byte of it is (server/base/file-store.ts).
create table raw.attachment (
  area_code text collate "C" not null,
  instance_id text not null,
  dataset_id text not null,
  name text not null,
  sha256 bytea not null,
  bytes bigint not null,
  media_type text not null,
  received_at timestamptz not null default clock_timestamp(),
  person_id uuid not null,
  primary key (instance_id, dataset_id, name)
);
create index attachment_hash on raw.attachment (sha256);

-- What has arrived and was not read into core yet. A row goes when its submission is there; one that cannot be read stays and says why.
create table raw.waiting (
  area_code text collate "C" not null,
  instance_id text not null,
  dataset_id text not null,
  arrived bigint not null generated always as identity,
  tries int not null default 0,
  not_before timestamptz not null default now(),
  fault text,
  primary key (instance_id, dataset_id)
);
create index waiting_turn on raw.waiting (arrived);

-- What was done to a record, in order; its state and its values follow from this.
create table raw.act (
  area_code text collate "C" not null,
  record_id uuid not null,
  id bigint not null generated always as identity,
  dataset_id text not null,
  kind text not null,
  at timestamptz not null,
  person_id uuid,
  person_name text,
  -- the submission that it brought
  instance_id text,
  reason text,
  primary key (area_code, record_id, id)
);
create index act_instance on raw.act (instance_id, dataset_id);

-- A record as it stands. Its answers lie apart by how closely they are kept: what a reply may not hold is not even read.
create table core.record (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  dataset_id text not null,
  -- the thing of another dataset that it is about
  about uuid,
  state text not null,
  form_area text collate "C" not null,
  version text not null,
  instance_id text not null,
  versions int not null,
  day date,
  made_at timestamptz not null,
  made_by uuid not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  open jsonb not null,
  internal jsonb not null,
  personal jsonb not null,
  sensitive jsonb not null,
  -- where an answer does not keep a rule of its form, by path; told to those who see the answer
  faults jsonb not null,
  primary key (area_code, id)
);
create index record_dataset on core.record (dataset_id, area_code, id);
create index record_changed on core.record (dataset_id, changed_at, id);
create index record_id on core.record (id);
create index record_made_by on core.record (made_by, dataset_id, id);
create index record_about on core.record (about) where about is not null;

-- The rows of a record's repeats: members, plots, crops.
create table core.record_row (
  area_code text collate "C" not null,
  record_id uuid not null,
  dataset_id text not null,
  repeat text not null,
  -- counts from 1 through the whole record; `parent` is the row of the repeat around it
  position int not null,
  parent int,
  made_by uuid not null,
  open jsonb not null,
  internal jsonb not null,
  personal jsonb not null,
  sensitive jsonb not null,
  primary key (area_code, record_id, repeat, position),
  foreign key (area_code, record_id) references core.record (area_code, id) on delete cascade on update cascade
);
create index record_row_dataset on core.record_row (dataset_id, area_code, record_id);

-- A citizen's number of a record: found by its keyed hash, read only by unsealing it with the key of the keys file.
create table core.national_id (
  area_code text collate "C" not null,
  record_id uuid not null,
  -- the question, and the row of its repeat (0: none)
  path text not null,
  position int not null,
  hash bytea not null,
  sealed text not null,
  primary key (area_code, record_id, path, position),
  foreign key (area_code, record_id) references core.record (area_code, id) on delete cascade on update cascade
);
create index national_id_hash on core.national_id (hash);

call meta.keep_in_place('dataset.draft');
call meta.keep_in_place('dataset.draft_file');
call meta.keep_in_place('raw.submission');
call meta.keep_in_place('raw.attachment');
call meta.keep_in_place('raw.waiting');
call meta.keep_in_place('raw.act');
call meta.keep_in_place('core.record');
call meta.keep_in_place('core.record_row');
call meta.keep_in_place('core.national_id');

-- Who wrote something down sees it again, wherever it lies by now.
create policy own on raw.submission for select using (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy own on raw.attachment for select using (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy own on raw.act for select using (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy own on core.record for select using (made_by = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy own on core.record_row for select using (made_by = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));

-- Tokens of phones: they collect, for these datasets (null: all of them), and do nothing else.
alter table auth.token add column kind text not null default 'program' check (kind in ('program', 'collector')), add column datasets text[];

create view open.dataset as select * from core.dataset;
create view open.form as select area_code, dataset_id, version, workbook, xform, md5, model, published_at, closed_at from core.form;
create view open.form_file as select * from core.form_file;
