-- Printed from the catalogue by tools/dump-schema.ts after all migrations. For reading; db/migrations make the database.

-- Schemas

create schema access;
create schema audit;
create schema auth;
create schema core;
create schema dataset;
create schema fact;
create schema open;
create schema raw;
create schema team;

-- Extensions

create extension pg_trgm;

-- Functions

CREATE OR REPLACE FUNCTION core.count_records()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown, last_at)
      select area_code, dataset_id, state, type, core.month_of(day, made_at) as month, count(*), count(*) filter (where faults <> '[]'), count(*) filter (where may_publish), max(changed_at)
      from after_rows group by 1, 2, 3, 4, 5;
  elsif tg_op = 'DELETE' then
    insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown)
      select area_code, dataset_id, state, type, core.month_of(day, made_at) as month, -count(*), -count(*) filter (where faults <> '[]'), -count(*) filter (where may_publish)
      from before_rows group by 1, 2, 3, 4, 5;
  else
    insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown, last_at)
      select area_code, dataset_id, state, type, month, sum(step), coalesce(sum(step) filter (where faulty), 0), coalesce(sum(step) filter (where shown), 0), max(changed_at)
      from (
        select area_code, dataset_id, state, type, core.month_of(day, made_at) as month, 1 as step, faults <> '[]' as faulty, may_publish as shown, changed_at from after_rows
        union all
        select area_code, dataset_id, state, type, core.month_of(day, made_at), -1, faults <> '[]', may_publish, changed_at from before_rows) each
      group by 1, 2, 3, 4, 5
      having sum(step) <> 0 or sum(step) filter (where faulty) <> 0 or sum(step) filter (where shown) <> 0
        or max(changed_at) filter (where step = 1) > max(changed_at) filter (where step = -1);
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION core.has_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform from core.area a where a.code = new.area_code for key share;
  if not found then
    raise foreign_key_violation using message = format('%I.%I has a row of a place that is not there: %s', tg_table_schema, tg_table_name, new.area_code), schema = tg_table_schema, table = tg_table_name, column = 'area_code';
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION core.has_places()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare missing text;
begin
  -- the lock has each place looked up by its key
  select min(p.code) into missing from (select distinct area_code as code from after_rows) p
    left join lateral (select a.code from core.area a where a.code = p.code for key share) a on true where a.code is null;
  if missing is not null then
    raise foreign_key_violation using message = format('%I.%I has a row of a place that is not there: %s', tg_table_schema, tg_table_name, missing), schema = tg_table_schema, table = tg_table_name, column = 'area_code';
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION core.keeps_place()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION core.month_of(day date, made_at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select to_char(coalesce(day, (made_at at time zone 'Asia/Bangkok')::date), 'YYYY-MM')
$function$
;
CREATE OR REPLACE FUNCTION raw.keep(areas text[], instances text[], datasets text[], versions text[], form_areas text[], hashes bytea[], xmls text[], file_names jsonb[], person uuid, token uuid[], clients text[], devices text[], deprecated text[])
 RETURNS TABLE(turn integer, is_kept boolean, is_same boolean)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
begin
  return query with given as (
    select * from unnest(areas, instances, datasets, versions, form_areas, hashes, xmls, file_names, token, clients, devices, deprecated) with ordinality
      as g (area_code, instance_id, dataset_id, version, form_area, sha256, xml, files, token_id, client, device_id, deprecated_id, turn)
  ), kept as (
    insert into raw.submission (area_code, instance_id, dataset_id, version, form_area, sha256, xml, files, person_id, token_id, client, device_id, deprecated_id)
      select g.area_code, g.instance_id, g.dataset_id, g.version, g.form_area, g.sha256, g.xml, array(select jsonb_array_elements_text(g.files)), person, g.token_id, g.client, g.device_id, g.deprecated_id
      from given g order by g.turn on conflict (instance_id, dataset_id) do nothing returning area_code, instance_id, dataset_id
  ), queued as (
    insert into raw.waiting (area_code, instance_id, dataset_id) select k.area_code, k.instance_id, k.dataset_id from kept k
  ), noted as (
    insert into audit.line (area_code, actor, actor_name, kind, action, target)
      select k.area_code, person, (select name from access.person p where p.id = person limit 1), current_setting('rakkaeo.kind'), 'record.submit', k.instance_id from kept k
  )
  select g.turn::int, k.instance_id is not null, s.sha256 = g.sha256
  from given g left join kept k on k.instance_id = g.instance_id and k.dataset_id = g.dataset_id
    left join raw.submission s on s.instance_id = g.instance_id and s.dataset_id = g.dataset_id;
end $function$
;
CREATE OR REPLACE FUNCTION raw.redact(erasure uuid, record uuid, submissions jsonb, attachments jsonb, acts jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not exists (select from raw.erasure e where e.id = erasure and e.record_id = record and e.transaction = pg_current_xact_id()) then
    raise exception 'what arrived is changed by an erasure alone';
  end if;
  update raw.submission s set xml = g.xml, files = array(select jsonb_array_elements_text(g.files))
    from jsonb_to_recordset(submissions) as g (instance text, dataset text, xml text, files jsonb)
    where s.instance_id = g.instance and s.dataset_id = g.dataset and exists (select from raw.act a where a.instance_id = g.instance and a.dataset_id = g.dataset and a.record_id = record);
  delete from raw.attachment f using jsonb_to_recordset(attachments) as g (instance text, dataset text, name text)
    where f.instance_id = g.instance and f.dataset_id = g.dataset and f.name = g.name and exists (select from raw.act a where a.instance_id = g.instance and a.dataset_id = g.dataset and a.record_id = record);
  update raw.act a set reason = g.reason, fields = nullif(g.fields, 'null'), change = nullif(g.change, 'null'), answers = nullif(g.answers, 'null')
    from jsonb_to_recordset(acts) as g (id bigint, reason text, fields jsonb, change jsonb, answers jsonb) where a.record_id = record and a.id = g.id;
end $function$
;

-- Tables

create table access.glass (
  area_code text collate "C" not null,
  id uuid not null,
  record_id uuid not null,
  dataset_id text not null,
  person_id uuid not null,
  person_name text not null,
  reason text not null,
  opened_at timestamp with time zone not null default clock_timestamp(),
  until timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by_name text
);

create table access."grant" (
  area_code text collate "C" not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  valid_from date not null,
  valid_until date,
  given_by uuid,
  given_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  ended_by uuid,
  given_by_name text,
  team_id uuid
);

create table access.person (
  area_code text collate "C" not null,
  id uuid not null,
  name text not null,
  user_name text,
  email text,
  demo boolean not null default false,
  made_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone
);

create table access.person_term (
  area_code text collate "C" not null,
  person_id uuid not null,
  term text collate "C" not null
);

create table access.phone (
  area_code text collate "C" not null,
  person_id uuid not null,
  phone_id uuid not null,
  name text not null,
  version text not null,
  unsent integer not null,
  oldest timestamp with time zone,
  seen_at timestamp with time zone not null default now(),
  session_id uuid,
  revoked_at timestamp with time zone,
  revoked_by uuid
);

create table audit.export (
  area_code text collate "C" not null,
  id uuid not null,
  at timestamp with time zone not null default clock_timestamp(),
  actor uuid,
  actor_name text,
  kind text not null,
  what text not null,
  format text not null,
  datasets text[] not null,
  filter jsonb not null,
  sensitivities text[] not null,
  records integer not null,
  purpose text
);

create table audit.export_place (
  area_code text collate "C" not null,
  export_id uuid not null,
  records integer not null
);

create table audit.line (
  area_code text collate "C" not null,
  id bigint not null generated always as identity,
  at timestamp with time zone not null default clock_timestamp(),
  cluster bigint not null default (pg_control_system()).system_identifier,
  transaction xid8 not null default pg_current_xact_id(),
  actor uuid,
  actor_name text,
  kind text not null,
  action text not null,
  target text,
  about uuid,
  reason text
);

create table audit.seal (
  id bigint not null,
  cluster bigint not null,
  from_transaction xid8 not null,
  until_transaction xid8 not null,
  lines bigint[] not null,
  hashes bytea not null,
  previous bytea not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null default now()
);

create table auth.account (
  id uuid not null default gen_random_uuid(),
  account_id text not null,
  provider_id text not null,
  user_id uuid not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);

create table auth.attempt (
  key text not null,
  failures integer not null,
  last_at timestamp with time zone not null default now(),
  locked_until timestamp with time zone
);

create table auth.session (
  id uuid not null default gen_random_uuid(),
  expires_at timestamp with time zone not null,
  token text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  ip_address text,
  user_agent text,
  user_id uuid not null
);

create table auth.token (
  id uuid not null,
  person_id uuid not null,
  name text not null,
  hash bytea not null,
  areas text[] not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  kind text not null default 'program'::text,
  datasets text[]
);

create table auth.two_factor (
  id uuid not null default gen_random_uuid(),
  secret text not null,
  backup_codes text not null,
  user_id uuid not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamp with time zone
);

create table auth."user" (
  id uuid not null default gen_random_uuid(),
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  user_name text,
  two_factor_enabled boolean default false
);

create table auth.verification (
  id uuid not null default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);

create table core.area (
  code text collate "C" not null,
  level text not null,
  type text not null,
  parent_code text collate "C",
  name_th text not null,
  name_en text not null,
  valid_from date,
  valid_until date,
  lat double precision,
  lon double precision,
  area_km2 double precision,
  has_shape boolean not null default false
);

create table core.area_act (
  area_code text collate "C" not null,
  id uuid not null,
  plan jsonb not null,
  done_at timestamp with time zone not null default clock_timestamp(),
  done_by uuid,
  done_by_name text not null,
  undone_at timestamp with time zone,
  undone_by_name text
);

create table core.area_act_row (
  area_code text collate "C" not null,
  act_id uuid not null,
  id bigint not null generated always as identity,
  place text not null,
  key jsonb not null,
  was text collate "C",
  becomes text collate "C",
  old jsonb
);

create table core.area_change (
  id bigint not null generated always as identity,
  area_code text collate "C" not null,
  kind text not null,
  day date not null,
  "precision" text not null,
  predecessor text collate "C",
  successor text collate "C",
  share numeric not null,
  name_before_th text,
  name_before_en text,
  name_after_th text,
  name_after_en text,
  note_th text,
  note_en text,
  source text not null,
  made_at timestamp with time zone
);

create table core.area_group (
  id text not null,
  scheme text not null,
  name_th text not null,
  name_en text not null
);

create table core.area_group_member (
  area_code text collate "C" not null,
  group_id text not null
);

create table core.area_term (
  area_code text collate "C" not null,
  term text collate "C" not null,
  whole boolean not null,
  depth smallint not null
);

create table core.boundary (
  area_code text collate "C" not null,
  level text not null,
  topology bytea not null,
  version text not null
);

create table core.check_set (
  area_code text collate "C" not null,
  dataset_id text not null,
  version integer not null,
  checks jsonb not null,
  limits jsonb not null,
  published_at timestamp with time zone not null default now(),
  published_by text not null,
  person_id uuid
);

create table core.check_work (
  dataset_id text not null,
  again text collate "C",
  counted_at timestamp with time zone not null default '-infinity'::timestamp with time zone
);

create table core.dataset (
  area_code text collate "C" not null,
  id text not null,
  "position" integer not null,
  definition jsonb not null
);

create table core.duplicate (
  area_code text collate "C" not null,
  id uuid not null default gen_random_uuid(),
  dataset_id text not null,
  one uuid not null,
  other uuid not null,
  score double precision not null,
  reasons jsonb not null,
  state text not null default 'open'::text,
  found_at timestamp with time zone not null default now(),
  said_at timestamp with time zone,
  said_by uuid,
  said_by_name text
);

create table core.duplicate_search (
  area_code text collate "C" not null,
  id uuid not null default gen_random_uuid(),
  asked_at timestamp with time zone not null default now(),
  asked_by uuid,
  asked_by_name text,
  total integer not null,
  done integer not null default 0,
  last text collate "C" not null default ''::text,
  records integer not null default 0,
  found integer not null default 0,
  crowded integer not null default 0,
  ended_at timestamp with time zone
);

create table core.duplicate_turn (
  area_code text collate "C" not null,
  record_id uuid not null,
  dataset_id text not null,
  not_before timestamp with time zone not null default now()
);

create table core.file_gone (
  sha256 bytea not null,
  gone_at timestamp with time zone not null default clock_timestamp()
);

create table core.flag (
  area_code text collate "C" not null,
  record_id uuid not null,
  kind text not null,
  key text not null,
  dataset_id text not null,
  kept text not null,
  reason jsonb not null,
  found_at timestamp with time zone not null default now(),
  aside_at timestamp with time zone,
  aside_by uuid,
  aside_name text,
  aside_why text
);

create table core.form (
  area_code text collate "C" not null,
  dataset_id text not null,
  version text not null,
  workbook jsonb not null,
  xform text not null,
  md5 text not null,
  model jsonb not null,
  published_at timestamp with time zone not null default now(),
  published_by text not null,
  person_id uuid,
  closed_at timestamp with time zone
);

create table core.form_file (
  area_code text collate "C" not null,
  dataset_id text not null,
  version text not null,
  name text not null,
  md5 text not null,
  media_type text not null,
  bytes bytea not null
);

create table core.indicator (
  id text not null,
  version text not null,
  "position" integer not null,
  definition jsonb not null
);

create table core.ladder (
  area_code text collate "C" not null,
  dataset_id text not null,
  version integer not null,
  ladder jsonb not null,
  set_at timestamp with time zone not null default clock_timestamp(),
  set_by uuid not null,
  set_by_name text not null
);

create table core.national_id (
  area_code text collate "C" not null,
  record_id uuid not null,
  path text not null,
  "position" integer not null,
  hash bytea not null,
  sealed text not null
);

create table core.proposal (
  area_code text collate "C" not null,
  record_id uuid not null,
  kind text not null,
  dataset_id text not null,
  last_day date not null,
  due_day date not null,
  found_at timestamp with time zone not null default now(),
  until date,
  reason text,
  said_by uuid,
  said_by_name text
);

create table core.record (
  area_code text collate "C" not null,
  id uuid not null,
  dataset_id text not null,
  about uuid,
  state text not null,
  form_area text collate "C" not null,
  version text not null,
  instance_id text not null,
  versions integer not null,
  day date,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  changed_at timestamp with time zone not null,
  changed_by uuid not null,
  open jsonb not null,
  internal jsonb not null,
  personal jsonb not null,
  sensitive jsonb not null,
  faults jsonb not null,
  lat double precision,
  lon double precision,
  point_kept text,
  acts integer not null default 1,
  acted_at timestamp with time zone not null default clock_timestamp(),
  may_publish boolean not null default false,
  asked integer,
  answered integer,
  merged_into uuid,
  type text not null default ''::text
);

create table core.record_count (
  area_code text collate "C" not null,
  dataset_id text not null,
  state text not null,
  type text not null,
  month text not null,
  count integer not null,
  faulty integer not null,
  shown integer not null
);

create table core.record_delta (
  area_code text collate "C" not null,
  id bigint not null generated always as identity,
  dataset_id text not null,
  state text not null,
  type text not null,
  month text not null,
  count integer not null,
  faulty integer not null,
  shown integer not null,
  last_at timestamp with time zone
);

create table core.record_last (
  area_code text collate "C" not null,
  dataset_id text not null,
  at timestamp with time zone not null
);

create table core.record_row (
  area_code text collate "C" not null,
  record_id uuid not null,
  dataset_id text not null,
  repeat text not null,
  "position" integer not null,
  parent integer,
  made_by uuid not null,
  open jsonb not null,
  internal jsonb not null,
  personal jsonb not null,
  sensitive jsonb not null
);

create table core.record_sum (
  area_code text collate "C" not null,
  dataset_id text not null,
  state text not null,
  type text not null,
  month text not null,
  count integer not null,
  faulty integer not null,
  shown integer not null
);

create table core.round (
  area_code text collate "C" not null,
  id uuid not null,
  dataset_id text not null,
  name_th text not null,
  name_en text not null,
  from_day date not null,
  until_day date not null,
  made_at timestamp with time zone not null default now(),
  made_by uuid not null
);

create table core.round_lock (
  area_code text collate "C" not null,
  round_id uuid not null,
  id bigint not null generated always as identity,
  locked_at timestamp with time zone not null default clock_timestamp(),
  locked_by uuid not null,
  locked_by_name text not null,
  records integer not null,
  remaining integer not null,
  opened_at timestamp with time zone,
  opened_by uuid,
  opened_by_name text,
  reason text
);

create table core.seed (
  name text not null,
  hash text not null,
  loaded_at timestamp with time zone not null default now()
);

create table core.source (
  id text not null,
  definition jsonb not null
);

create table core.table_mapping (
  area_code text collate "C" not null,
  dataset_id text not null,
  columns_hash text not null,
  mapping jsonb not null,
  kept_at timestamp with time zone not null default now()
);

create table core.target (
  area_code text collate "C" not null,
  dataset_id text not null,
  round_id uuid,
  expected integer not null,
  set_at timestamp with time zone not null default now(),
  set_by uuid not null,
  set_by_name text not null
);

create table dataset.draft (
  area_code text collate "C" not null,
  dataset_id text not null,
  workbook jsonb not null,
  changed_at timestamp with time zone not null default now(),
  changed_by text not null,
  person_id uuid
);

create table dataset.draft_file (
  area_code text collate "C" not null,
  dataset_id text not null,
  name text not null,
  md5 text not null,
  media_type text not null,
  bytes bytea not null
);

create table fact.figure (
  area_code text collate "C" not null,
  indicator_id text not null,
  version text not null,
  period text not null,
  source_id text not null,
  level text not null,
  numerator double precision not null,
  denominator double precision,
  status text not null,
  publication text not null,
  import_id uuid
);

create table fact.reading (
  area_code text collate "C" not null,
  source_id text not null,
  period text not null,
  part text not null,
  publication text not null,
  cells double precision[] not null,
  import_id uuid not null
);

create table open.figure (
  area_code text collate "C" not null,
  indicator_id text not null,
  version text not null,
  period text not null,
  source_id text not null,
  level text not null,
  numerator double precision not null,
  denominator double precision,
  status text not null
);

create table open.quality (
  area_code text collate "C" not null,
  dataset_id text not null,
  records integer not null,
  completeness double precision,
  timeliness double precision,
  consistency double precision,
  plausibility double precision,
  approval double precision,
  counted_at timestamp with time zone not null default now()
);

create table open.series (
  indicator_id text not null,
  version text not null,
  source_id text not null,
  period text not null,
  level text not null,
  areas integer not null
);

create table raw.act (
  area_code text collate "C" not null,
  record_id uuid not null,
  id bigint not null generated always as identity,
  dataset_id text not null,
  kind text not null,
  at timestamp with time zone not null,
  person_id uuid,
  person_name text,
  instance_id text,
  reason text,
  fields jsonb,
  batch uuid,
  change jsonb,
  import_id uuid,
  line integer,
  form_area text collate "C",
  version text,
  answers jsonb
);

create table raw.attachment (
  area_code text collate "C" not null,
  instance_id text not null,
  dataset_id text not null,
  name text not null,
  sha256 bytea not null,
  bytes bigint not null,
  media_type text not null,
  received_at timestamp with time zone not null default clock_timestamp(),
  person_id uuid not null
);

create table raw.erasure (
  area_code text collate "C" not null,
  id uuid not null,
  record_id uuid not null,
  dataset_id text not null,
  at timestamp with time zone not null default clock_timestamp(),
  transaction xid8 not null default pg_current_xact_id(),
  person_id uuid,
  person_name text,
  cause text not null,
  request text,
  reason text not null,
  whole boolean not null
);

create table raw.file (
  id uuid not null,
  name text not null,
  sha256 text not null,
  bytes bytea not null,
  received_at timestamp with time zone not null default now(),
  received_by text not null,
  area_code text collate "C" not null
);

create table raw.import (
  id uuid not null,
  layout text not null,
  source_id text not null,
  period text not null,
  report jsonb not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  created_by text not null,
  area_code text collate "C" not null,
  person_id uuid
);

create table raw.import_file (
  import_id uuid not null,
  file_id uuid not null,
  area_code text collate "C" not null
);

create table raw.import_undo (
  area_code text collate "C" not null,
  import_id uuid not null,
  undone_at timestamp with time zone not null default now(),
  undone_by text not null,
  person_id uuid
);

create table raw.submission (
  area_code text collate "C" not null,
  instance_id text not null,
  dataset_id text not null,
  version text not null,
  form_area text collate "C" not null,
  sha256 bytea not null,
  xml text not null,
  files text[] not null,
  received_at timestamp with time zone not null default clock_timestamp(),
  person_id uuid not null,
  token_id uuid,
  client text not null,
  device_id text,
  deprecated_id text
);

create table raw.table_figure (
  area_code text collate "C" not null,
  import_id uuid not null,
  period text not null,
  indicator_ids text[] not null,
  versions text[] not null,
  numerators double precision[] not null,
  denominators double precision[] not null,
  was_numerators double precision[] not null,
  was_denominators double precision[] not null
);

create table raw.table_import (
  area_code text collate "C" not null,
  id uuid not null,
  dataset_id text not null,
  form_area text collate "C" not null,
  version text not null,
  file text not null,
  bytes bigint not null,
  sha256 bytea not null,
  person_id uuid,
  person_name text not null,
  given_at timestamp with time zone not null default clock_timestamp(),
  state text not null default 'given'::text,
  job jsonb,
  tries integer not null default 0,
  done bigint not null default 0,
  total bigint not null default 0,
  shape jsonb,
  sheets jsonb not null default '[]'::jsonb,
  columns jsonb not null default '[]'::jsonb,
  mapping jsonb not null,
  remembered boolean not null default false,
  report jsonb,
  trouble jsonb
);

create table raw.waiting (
  area_code text collate "C" not null,
  instance_id text not null,
  dataset_id text not null,
  arrived bigint not null generated always as identity,
  tries integer not null default 0,
  not_before timestamp with time zone not null default now(),
  fault text
);

create table team.area (
  area_code text collate "C" not null,
  team_id uuid not null
);

create table team.invite (
  area_code text collate "C" not null,
  id uuid not null,
  hash bytea not null,
  team_id uuid,
  role text not null,
  areas text[] not null,
  valid_until date,
  uses integer not null,
  used integer not null default 0,
  made_by uuid not null,
  made_by_name text not null,
  made_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone
);

create table team.team (
  area_code text collate "C" not null,
  id uuid not null,
  name_th text not null,
  name_en text not null,
  university_th text not null,
  university_en text not null,
  made_at timestamp with time zone not null default now(),
  made_by uuid
);

-- Constraints

alter table access.glass add constraint glass_pkey PRIMARY KEY (area_code, id);
alter table access."grant" add constraint grant_pkey PRIMARY KEY (area_code, id);
alter table access.person add constraint person_pkey PRIMARY KEY (area_code, id);
alter table access.person_term add constraint person_term_pkey PRIMARY KEY (area_code, term, person_id);
alter table access.phone add constraint phone_pkey PRIMARY KEY (area_code, person_id, phone_id);
alter table audit.export add constraint export_pkey PRIMARY KEY (area_code, id);
alter table audit.export_place add constraint export_place_pkey PRIMARY KEY (area_code, export_id);
alter table audit.line add constraint line_pkey PRIMARY KEY (area_code, id);
alter table audit.seal add constraint seal_pkey PRIMARY KEY (id);
alter table auth.account add constraint account_pkey PRIMARY KEY (id);
alter table auth.attempt add constraint attempt_pkey PRIMARY KEY (key);
alter table auth.session add constraint session_pkey PRIMARY KEY (id);
alter table auth.token add constraint token_pkey PRIMARY KEY (id);
alter table auth.two_factor add constraint two_factor_pkey PRIMARY KEY (id);
alter table auth."user" add constraint user_pkey PRIMARY KEY (id);
alter table auth.verification add constraint verification_pkey PRIMARY KEY (id);
alter table core.area add constraint area_pkey PRIMARY KEY (code);
alter table core.area_act add constraint area_act_pkey PRIMARY KEY (area_code, id);
alter table core.area_act_row add constraint area_act_row_pkey PRIMARY KEY (area_code, act_id, id);
alter table core.area_change add constraint area_change_pkey PRIMARY KEY (area_code, id);
alter table core.area_group add constraint area_group_pkey PRIMARY KEY (id);
alter table core.area_group_member add constraint area_group_member_pkey PRIMARY KEY (area_code, group_id);
alter table core.area_term add constraint area_term_pkey PRIMARY KEY (area_code, term);
alter table core.boundary add constraint boundary_pkey PRIMARY KEY (area_code, level);
alter table core.check_set add constraint check_set_pkey PRIMARY KEY (area_code, dataset_id, version);
alter table core.check_work add constraint check_work_pkey PRIMARY KEY (dataset_id);
alter table core.dataset add constraint dataset_pkey PRIMARY KEY (area_code, id);
alter table core.duplicate add constraint duplicate_pkey PRIMARY KEY (area_code, id);
alter table core.duplicate_search add constraint duplicate_search_pkey PRIMARY KEY (area_code, id);
alter table core.duplicate_turn add constraint duplicate_turn_pkey PRIMARY KEY (area_code, record_id);
alter table core.file_gone add constraint file_gone_pkey PRIMARY KEY (sha256);
alter table core.flag add constraint flag_pkey PRIMARY KEY (area_code, record_id, kind, key);
alter table core.form add constraint form_pkey PRIMARY KEY (area_code, dataset_id, version);
alter table core.form_file add constraint form_file_pkey PRIMARY KEY (area_code, dataset_id, version, name);
alter table core.indicator add constraint indicator_pkey PRIMARY KEY (id, version);
alter table core.ladder add constraint ladder_pkey PRIMARY KEY (area_code, dataset_id, version);
alter table core.national_id add constraint national_id_pkey PRIMARY KEY (area_code, record_id, path, "position");
alter table core.proposal add constraint proposal_pkey PRIMARY KEY (area_code, record_id, kind);
alter table core.record add constraint record_pkey PRIMARY KEY (area_code, id);
alter table core.record_count add constraint record_count_pkey PRIMARY KEY (area_code, dataset_id, state, type, month);
alter table core.record_delta add constraint record_delta_pkey PRIMARY KEY (area_code, id);
alter table core.record_last add constraint record_last_pkey PRIMARY KEY (area_code, dataset_id);
alter table core.record_row add constraint record_row_pkey PRIMARY KEY (area_code, record_id, repeat, "position");
alter table core.record_sum add constraint record_sum_pkey PRIMARY KEY (area_code, dataset_id, state, type, month);
alter table core.round add constraint round_pkey PRIMARY KEY (area_code, id);
alter table core.round_lock add constraint round_lock_pkey PRIMARY KEY (area_code, round_id, id);
alter table core.seed add constraint seed_pkey PRIMARY KEY (name);
alter table core.source add constraint source_pkey PRIMARY KEY (id);
alter table core.table_mapping add constraint table_mapping_pkey PRIMARY KEY (area_code, dataset_id, columns_hash);
alter table dataset.draft add constraint draft_pkey PRIMARY KEY (area_code, dataset_id);
alter table dataset.draft_file add constraint draft_file_pkey PRIMARY KEY (area_code, dataset_id, name);
alter table fact.figure add constraint figure_pkey PRIMARY KEY (area_code, indicator_id, period, source_id, version);
alter table fact.reading add constraint reading_pkey PRIMARY KEY (area_code, part, period, source_id);
alter table open.figure add constraint figure_pkey PRIMARY KEY (area_code, indicator_id, period, source_id, version);
alter table open.quality add constraint quality_pkey PRIMARY KEY (area_code, dataset_id);
alter table open.series add constraint series_pkey PRIMARY KEY (indicator_id, version, source_id, period, level);
alter table raw.act add constraint act_pkey PRIMARY KEY (area_code, record_id, id);
alter table raw.attachment add constraint attachment_pkey PRIMARY KEY (instance_id, dataset_id, name);
alter table raw.erasure add constraint erasure_pkey PRIMARY KEY (area_code, id, record_id);
alter table raw.file add constraint file_pkey PRIMARY KEY (area_code, id);
alter table raw.import add constraint import_pkey PRIMARY KEY (area_code, id);
alter table raw.import_file add constraint import_file_pkey PRIMARY KEY (area_code, import_id, file_id);
alter table raw.import_undo add constraint import_undo_pkey PRIMARY KEY (area_code, import_id);
alter table raw.submission add constraint submission_pkey PRIMARY KEY (instance_id, dataset_id);
alter table raw.table_figure add constraint table_figure_pkey PRIMARY KEY (import_id, area_code, period);
alter table raw.table_import add constraint table_import_pkey PRIMARY KEY (area_code, id);
alter table raw.waiting add constraint waiting_pkey PRIMARY KEY (instance_id, dataset_id);
alter table team.area add constraint area_pkey PRIMARY KEY (area_code, team_id);
alter table team.invite add constraint invite_pkey PRIMARY KEY (area_code, id);
alter table team.team add constraint team_pkey PRIMARY KEY (area_code, id);
alter table auth.account add constraint account_provider_id_account_id_key UNIQUE (provider_id, account_id);
alter table auth.session add constraint session_token_key UNIQUE (token);
alter table auth.token add constraint token_hash_key UNIQUE (hash);
alter table auth."user" add constraint user_email_key UNIQUE (email);
alter table auth."user" add constraint user_user_name_key UNIQUE (user_name);
alter table core.area_change add constraint area_change_area_code_kind_day_predecessor_successor_key UNIQUE NULLS NOT DISTINCT (area_code, kind, day, predecessor, successor);
alter table core.duplicate add constraint duplicate_area_code_one_other_key UNIQUE (area_code, one, other);
alter table core.target add constraint target_area_code_dataset_id_round_id_key UNIQUE NULLS NOT DISTINCT (area_code, dataset_id, round_id);
alter table raw.file add constraint file_area_code_sha256_key UNIQUE (area_code, sha256);
alter table team.invite add constraint invite_area_code_hash_key UNIQUE (area_code, hash);
alter table access.glass add constraint glass_reason_check CHECK ((reason <> ''::text));
alter table access."grant" add constraint grant_check CHECK (((valid_until IS NULL) OR (valid_from < valid_until)));
alter table access.person add constraint person_name_check CHECK ((name <> ''::text));
alter table audit.export add constraint export_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'token'::text, 'operator'::text, 'system'::text, 'stranger'::text])));
alter table audit.line add constraint line_action_check CHECK ((action ~ '^[a-z-]+\.[a-z-]+$'::text));
alter table audit.line add constraint line_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'token'::text, 'operator'::text, 'system'::text, 'stranger'::text])));
alter table audit.seal add constraint seal_check CHECK ((length(hashes) = (32 * cardinality(lines))));
alter table audit.seal add constraint seal_id_check CHECK ((id > 0));
alter table audit.seal add constraint seal_lines_check CHECK ((cardinality(lines) > 0));
alter table auth.account add constraint account_access_token_check CHECK ((access_token IS NULL));
alter table auth.account add constraint account_account_id_check CHECK ((account_id !~ '^\d{13}$'::text));
alter table auth.account add constraint account_id_token_check CHECK ((id_token IS NULL));
alter table auth.account add constraint account_refresh_token_check CHECK ((refresh_token IS NULL));
alter table auth.token add constraint token_areas_check CHECK ((cardinality(areas) > 0));
alter table auth.token add constraint token_kind_check CHECK ((kind = ANY (ARRAY['program'::text, 'collector'::text])));
alter table auth.token add constraint token_name_check CHECK ((name <> ''::text));
alter table core.area add constraint area_check CHECK (((valid_from IS NULL) OR (valid_until IS NULL) OR (valid_from < valid_until)));
alter table core.area add constraint area_check1 CHECK (((code = 'TH'::text) OR (parent_code IS NOT NULL)));
alter table core.area_change add constraint area_change_share_check CHECK (((share >= (0)::numeric) AND (share <= (1)::numeric)));
alter table core.duplicate add constraint duplicate_check CHECK ((one < other));
alter table core.duplicate add constraint duplicate_state_check CHECK ((state = ANY (ARRAY['open'::text, 'different'::text, 'merged'::text])));
alter table core.proposal add constraint proposal_kind_check CHECK ((kind = ANY (ARRAY['retention'::text, 'consent'::text])));
alter table core.round add constraint round_check CHECK ((from_day <= until_day));
alter table core.round add constraint round_name_en_check CHECK ((name_en <> ''::text));
alter table core.round add constraint round_name_th_check CHECK ((name_th <> ''::text));
alter table core.target add constraint target_expected_check CHECK ((expected >= 0));
alter table fact.figure add constraint figure_publication_check CHECK ((publication = ANY (ARRAY['public'::text, 'internal'::text])));
alter table fact.figure add constraint figure_status_check CHECK ((status = ANY (ARRAY['published'::text, 'summed'::text, 'provisional'::text])));
alter table fact.reading add constraint reading_publication_check CHECK ((publication = ANY (ARRAY['public'::text, 'internal'::text])));
alter table open.figure add constraint figure_status_check CHECK ((status = ANY (ARRAY['published'::text, 'summed'::text, 'provisional'::text])));
alter table raw.erasure add constraint erasure_cause_check CHECK ((cause = ANY (ARRAY['request'::text, 'retention'::text, 'consent'::text])));
alter table raw.table_import add constraint table_import_state_check CHECK ((state = ANY (ARRAY['given'::text, 'tried'::text, 'imported'::text, 'refused'::text, 'undone'::text])));
alter table team.invite add constraint invite_areas_check CHECK ((cardinality(areas) > 0));
alter table team.invite add constraint invite_check CHECK (((used >= 0) AND (used <= uses)));
alter table team.invite add constraint invite_uses_check CHECK ((uses > 0));
alter table team.team add constraint team_name_en_check CHECK ((name_en <> ''::text));
alter table team.team add constraint team_name_th_check CHECK ((name_th <> ''::text));
alter table access.glass add constraint glass_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table access."grant" add constraint grant_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table access.person add constraint person_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table access.person_term add constraint person_term_area_code_person_id_fkey FOREIGN KEY (area_code, person_id) REFERENCES access.person(area_code, id) ON UPDATE CASCADE;
alter table access.phone add constraint phone_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table auth.account add constraint account_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.session add constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.token add constraint token_person_id_fkey FOREIGN KEY (person_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.two_factor add constraint two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table core.area add constraint area_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES core.area(code);
alter table core.area_act add constraint area_act_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.area_act_row add constraint area_act_row_area_code_act_id_fkey FOREIGN KEY (area_code, act_id) REFERENCES core.area_act(area_code, id);
alter table core.area_change add constraint area_change_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.area_change add constraint area_change_predecessor_fkey FOREIGN KEY (predecessor) REFERENCES core.area(code);
alter table core.area_change add constraint area_change_successor_fkey FOREIGN KEY (successor) REFERENCES core.area(code);
alter table core.area_group_member add constraint area_group_member_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.area_group_member add constraint area_group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES core.area_group(id);
alter table core.boundary add constraint boundary_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.check_set add constraint check_set_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.dataset add constraint dataset_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.duplicate add constraint duplicate_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.duplicate_search add constraint duplicate_search_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.flag add constraint flag_area_code_record_id_fkey FOREIGN KEY (area_code, record_id) REFERENCES core.record(area_code, id) ON UPDATE CASCADE ON DELETE CASCADE;
alter table core.form add constraint form_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.form_file add constraint form_file_area_code_dataset_id_version_fkey FOREIGN KEY (area_code, dataset_id, version) REFERENCES core.form(area_code, dataset_id, version) ON UPDATE CASCADE;
alter table core.ladder add constraint ladder_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.national_id add constraint national_id_area_code_record_id_fkey FOREIGN KEY (area_code, record_id) REFERENCES core.record(area_code, id) ON UPDATE CASCADE ON DELETE CASCADE;
alter table core.proposal add constraint proposal_area_code_record_id_fkey FOREIGN KEY (area_code, record_id) REFERENCES core.record(area_code, id) ON UPDATE CASCADE ON DELETE CASCADE;
alter table core.record_row add constraint record_row_area_code_record_id_fkey FOREIGN KEY (area_code, record_id) REFERENCES core.record(area_code, id) ON UPDATE CASCADE ON DELETE CASCADE;
alter table core.round add constraint round_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.round_lock add constraint round_lock_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.table_mapping add constraint table_mapping_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table core.target add constraint target_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table dataset.draft add constraint draft_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table dataset.draft_file add constraint draft_file_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table fact.reading add constraint reading_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table fact.reading add constraint reading_source_id_fkey FOREIGN KEY (source_id) REFERENCES core.source(id);
alter table open.series add constraint series_indicator_id_version_fkey FOREIGN KEY (indicator_id, version) REFERENCES core.indicator(id, version);
alter table open.series add constraint series_source_id_fkey FOREIGN KEY (source_id) REFERENCES core.source(id);
alter table raw.file add constraint file_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table raw.import add constraint import_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table raw.import add constraint import_source_id_fkey FOREIGN KEY (source_id) REFERENCES core.source(id);
alter table raw.import_file add constraint import_file_area_code_file_id_fkey FOREIGN KEY (area_code, file_id) REFERENCES raw.file(area_code, id);
alter table raw.import_file add constraint import_file_area_code_import_id_fkey FOREIGN KEY (area_code, import_id) REFERENCES raw.import(area_code, id);
alter table raw.import_undo add constraint import_undo_area_code_import_id_fkey FOREIGN KEY (area_code, import_id) REFERENCES raw.import(area_code, id);
alter table raw.table_figure add constraint table_figure_area_code_fkey1 FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table raw.table_import add constraint table_import_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table team.area add constraint area_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table team.invite add constraint invite_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);
alter table team.team add constraint team_area_code_fkey FOREIGN KEY (area_code) REFERENCES core.area(code);

-- Indexes

CREATE INDEX account_user ON auth.account USING btree (user_id);
CREATE INDEX act_batch ON raw.act USING btree (batch) WHERE (batch IS NOT NULL);
CREATE INDEX act_import ON raw.act USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX act_instance ON raw.act USING btree (instance_id, dataset_id);
CREATE INDEX act_updated ON raw.act USING btree (record_id) WHERE ((import_id IS NOT NULL) AND (kind = 'update'::text));
CREATE INDEX area_act_id ON core.area_act USING btree (id);
CREATE INDEX area_act_row_before ON core.area_act_row USING btree (id) WHERE (place = 'raw.act.change'::text);
CREATE INDEX area_change_predecessor ON core.area_change USING btree (predecessor);
CREATE INDEX area_change_successor ON core.area_change USING btree (successor);
CREATE INDEX area_group_member_group ON core.area_group_member USING btree (group_id);
CREATE INDEX area_level ON core.area USING btree (level, code);
CREATE INDEX area_parent ON core.area USING btree (parent_code, level, code);
CREATE INDEX area_team ON team.area USING btree (team_id);
CREATE INDEX area_term_part ON core.area_term USING gin (term gin_trgm_ops) WITH (gin_pending_list_limit='256') WHERE whole;
CREATE INDEX area_term_start ON core.area_term USING btree (term, whole, depth, area_code);
CREATE INDEX area_term_upper ON core.area_term USING btree (depth, area_code, term) WHERE (whole AND (depth < 4));
CREATE INDEX area_valid_from ON core.area USING btree (valid_from) WHERE (valid_from IS NOT NULL);
CREATE INDEX area_valid_until ON core.area USING btree (valid_until) WHERE (valid_until IS NOT NULL);
CREATE INDEX attachment_hash ON raw.attachment USING btree (sha256);
CREATE INDEX attempt_last ON auth.attempt USING btree (last_at);
CREATE INDEX duplicate_area ON core.duplicate USING btree (area_code, dataset_id, state, score DESC, id);
CREATE INDEX duplicate_id ON core.duplicate USING btree (id);
CREATE INDEX duplicate_one ON core.duplicate USING btree (one);
CREATE INDEX duplicate_other ON core.duplicate USING btree (other);
CREATE INDEX duplicate_search_open ON core.duplicate_search USING btree (asked_at) WHERE (ended_at IS NULL);
CREATE INDEX erasure_at ON raw.erasure USING btree (at, id);
CREATE INDEX erasure_id ON raw.erasure USING btree (id);
CREATE INDEX export_actor ON audit.export USING btree (actor) WHERE (actor IS NOT NULL);
CREATE INDEX export_at ON audit.export USING btree (at, id);
CREATE INDEX export_id ON audit.export USING btree (id);
CREATE INDEX export_place_id ON audit.export_place USING btree (export_id);
CREATE INDEX figure_layer ON open.figure USING btree (indicator_id, period, level, area_code) INCLUDE (numerator, denominator, source_id, version, status);
CREATE INDEX figure_source ON fact.figure USING btree (source_id, period);
CREATE INDEX figure_source ON open.figure USING btree (source_id, period);
CREATE INDEX file_sha256 ON raw.file USING btree (sha256);
CREATE INDEX flag_dataset ON core.flag USING btree (dataset_id, area_code, record_id);
CREATE INDEX form_dataset ON core.form USING btree (dataset_id, version);
CREATE INDEX glass_opened ON access.glass USING btree (area_code, opened_at);
CREATE INDEX glass_person ON access.glass USING btree (person_id, record_id);
CREATE INDEX grant_person ON access."grant" USING btree (person_id);
CREATE INDEX grant_team ON access."grant" USING btree (team_id) WHERE (team_id IS NOT NULL);
CREATE INDEX import_file_file ON raw.import_file USING btree (area_code, file_id);
CREATE INDEX import_source ON raw.import USING btree (source_id);
CREATE INDEX invite_hash ON team.invite USING btree (hash);
CREATE INDEX invite_team ON team.invite USING btree (team_id) WHERE (team_id IS NOT NULL);
CREATE INDEX ladder_dataset ON core.ladder USING btree (dataset_id, version);
CREATE INDEX line_about ON audit.line USING btree (about, id) WHERE (about IS NOT NULL);
CREATE INDEX line_actor ON audit.line USING btree (actor, id) WHERE (actor IS NOT NULL);
CREATE INDEX line_backup ON audit.line USING btree (at) WHERE (action = 'backup.make'::text);
CREATE INDEX line_id ON audit.line USING btree (id);
CREATE INDEX line_sealing ON audit.line USING btree (cluster, transaction, id);
CREATE INDEX line_target ON audit.line USING btree (target, id) WHERE (target IS NOT NULL);
CREATE INDEX national_id_hash ON core.national_id USING btree (hash);
CREATE INDEX person_id ON access.person USING btree (id);
CREATE INDEX person_name ON access.person USING btree (name COLLATE "C", id);
CREATE INDEX person_term_term ON access.person_term USING btree (term);
CREATE INDEX phone_person ON access.phone USING btree (person_id, phone_id);
CREATE INDEX proposal_due ON core.proposal USING btree (due_day, record_id);
CREATE INDEX reading_import ON fact.reading USING btree (import_id);
CREATE INDEX reading_source ON fact.reading USING btree (source_id, period, part);
CREATE INDEX record_about ON core.record USING btree (about) WHERE (about IS NOT NULL);
CREATE INDEX record_acted ON core.record USING btree (dataset_id, acted_at);
CREATE INDEX record_changed ON core.record USING btree (dataset_id, changed_at, id, area_code, state);
CREATE INDEX record_conflict ON core.record USING btree (dataset_id, area_code) WHERE (faults @> '[{"kind": "conflict"}]'::jsonb);
CREATE INDEX record_count_dataset ON core.record_count USING btree (dataset_id, area_code, state) INCLUDE (count, faulty, shown);
CREATE INDEX record_dataset ON core.record USING btree (dataset_id, area_code, id);
CREATE INDEX record_day ON core.record USING btree (dataset_id, day);
CREATE INDEX record_delta_turn ON core.record_delta USING btree (id);
CREATE INDEX record_faulty ON core.record USING btree (dataset_id, area_code) WHERE (faults <> '[]'::jsonb);
CREATE INDEX record_id ON core.record USING btree (id);
CREATE INDEX record_made_by ON core.record USING btree (made_by, dataset_id);
CREATE INDEX record_merged ON core.record USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX record_public ON core.record USING btree (area_code, dataset_id) WHERE (may_publish AND (state = ANY (ARRAY['approved'::text, 'verified'::text, 'locked'::text])));
CREATE INDEX record_returned ON core.record USING btree (made_by) WHERE (state = 'returned'::text);
CREATE INDEX record_row_dataset ON core.record_row USING btree (dataset_id, area_code, record_id);
CREATE INDEX record_spot ON core.record USING btree (lat, lon) WHERE (lat IS NOT NULL);
CREATE INDEX record_state ON core.record USING btree (dataset_id, state, changed_at, id, area_code);
CREATE INDEX record_waiting ON core.record USING btree (dataset_id, acted_at) WHERE (state = ANY (ARRAY['received'::text, 'returned'::text]));
CREATE INDEX round_dataset ON core.round USING btree (dataset_id, from_day);
CREATE INDEX round_id ON core.round USING btree (id);
CREATE INDEX round_lock_round ON core.round_lock USING btree (round_id);
CREATE INDEX seal_cluster ON audit.seal USING btree (cluster, id);
CREATE INDEX series_source ON open.series USING btree (source_id);
CREATE INDEX session_expires ON auth.session USING btree (expires_at);
CREATE INDEX session_of_user ON auth.session USING btree (user_id);
CREATE INDEX submission_person ON raw.submission USING btree (person_id, received_at);
CREATE INDEX submission_place ON raw.submission USING btree (area_code, dataset_id, received_at);
CREATE INDEX table_figure_area ON raw.table_figure USING btree (area_code);
CREATE INDEX table_import_id ON raw.table_import USING btree (id);
CREATE INDEX table_import_job ON raw.table_import USING btree (given_at) WHERE (job IS NOT NULL);
CREATE INDEX table_import_same ON raw.table_import USING btree (dataset_id, sha256);
CREATE INDEX target_dataset ON core.target USING btree (dataset_id, round_id, area_code);
CREATE INDEX team_id ON team.team USING btree (id);
CREATE INDEX token_person ON auth.token USING btree (person_id);
CREATE INDEX two_factor_user ON auth.two_factor USING btree (user_id);
CREATE INDEX verification_expires ON auth.verification USING btree (expires_at);
CREATE INDEX verification_identifier ON auth.verification USING btree (identifier);
CREATE INDEX waiting_turn ON raw.waiting USING btree (arrived);

-- Views

create view open.area as
 SELECT code,
    level,
    type,
    parent_code,
    name_th,
    name_en,
    valid_from,
    valid_until,
    lat,
    lon,
    area_km2,
    has_shape
   FROM core.area;

create view open.area_change as
 SELECT id,
    area_code,
    kind,
    day,
    "precision",
    predecessor,
    successor,
    share,
    name_before_th,
    name_before_en,
    name_after_th,
    name_after_en,
    note_th,
    note_en,
    source,
    made_at
   FROM core.area_change;

create view open.area_group as
 SELECT id,
    scheme,
    name_th,
    name_en
   FROM core.area_group;

create view open.area_group_member as
 SELECT area_code,
    group_id
   FROM core.area_group_member;

create view open.area_term as
 SELECT area_code,
    term,
    whole,
    depth
   FROM core.area_term;

create view open.boundary as
 SELECT area_code,
    level,
    topology,
    version
   FROM core.boundary;

create view open.check_set as
 SELECT area_code,
    dataset_id,
    version,
    checks,
    limits,
    published_at
   FROM core.check_set;

create view open.dataset as
 SELECT area_code,
    id,
    "position",
    definition
   FROM core.dataset;

create view open.edition as
 SELECT md5(concat_ws(' '::text, ( SELECT string_agg(((indicator.xmin)::text || (indicator.ctid)::text), ''::text) AS string_agg
           FROM core.indicator), ( SELECT string_agg(((source.xmin)::text || (source.ctid)::text), ''::text) AS string_agg
           FROM core.source), ( SELECT string_agg(((series.xmin)::text || (series.ctid)::text), ''::text) AS string_agg
           FROM open.series), ( SELECT string_agg(((area_change.xmin)::text || (area_change.ctid)::text), ''::text) AS string_agg
           FROM core.area_change), current_database(), pg_postmaster_start_time())) AS id;

create view open.form as
 SELECT area_code,
    dataset_id,
    version,
    workbook,
    xform,
    md5,
    model,
    published_at,
    closed_at
   FROM core.form;

create view open.form_file as
 SELECT area_code,
    dataset_id,
    version,
    name,
    md5,
    media_type,
    bytes
   FROM core.form_file;

create view open.indicator as
 SELECT id,
    version,
    "position",
    definition
   FROM core.indicator;

create view open.picture as
 SELECT DISTINCT ON (r.area_code, r.id, (q.value ->> 'name'::text)) r.area_code,
    r.id AS record_id,
    (q.value ->> 'name'::text) AS key,
    a.sha256,
    a.media_type
   FROM ((((open.record r
     JOIN core.form f ON (((f.area_code = r.form_area) AND (f.dataset_id = r.dataset_id) AND (f.version = r.version))))
     CROSS JOIN LATERAL jsonb_array_elements((f.model -> 'questions'::text)) q(value))
     JOIN raw.act act ON (((act.area_code = r.area_code) AND (act.record_id = r.id) AND (act.kind = ANY (ARRAY['make'::text, 'update'::text])))))
     JOIN raw.attachment a ON (((a.instance_id = act.instance_id) AND (a.dataset_id = act.dataset_id) AND (a.name = (r.answers ->> (q.value ->> 'name'::text))))))
  WHERE (((q.value ->> 'role'::text) = 'photo'::text) AND ((q.value ->> 'sensitivity'::text) = 'open'::text) AND ((q.value ->> 'repeat'::text) IS NULL) AND (a.media_type ~~ 'image/%'::text))
  ORDER BY r.area_code, r.id, (q.value ->> 'name'::text), act.id DESC;

create view open.record as
 SELECT r.area_code,
    r.id,
    r.dataset_id,
    r.form_area,
    r.version,
    r.day,
    r.changed_at,
    r.open AS answers,
        CASE
            WHEN (r.point_kept = 'open'::text) THEN r.lat
            ELSE NULL::double precision
        END AS lat,
        CASE
            WHEN (r.point_kept = 'open'::text) THEN r.lon
            ELSE NULL::double precision
        END AS lon
   FROM (core.record r
     JOIN core.dataset d ON ((d.id = r.dataset_id)))
  WHERE (r.may_publish AND (r.state = ANY (ARRAY['approved'::text, 'verified'::text, 'locked'::text])) AND ((r.state <> 'approved'::text) OR (COALESCE((d.definition #>> '{ladder,counts}'::text[]), 'approved'::text) <> 'verified'::text)) AND ((d.definition ->> 'unit'::text) = ANY (ARRAY['record'::text, 'place'::text])) AND ((d.definition #>> '{catalogue,data_category}'::text[]) = 'ข้อมูลสาธารณะ'::text));

create view open.source as
 SELECT id,
    definition
   FROM core.source;

-- Row-level security

create policy in_place on access.glass for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on access.glass for select to public using ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy in_place on access."grant" for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on access."grant" for select to public using ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy colleague on access.person for select to public using ((EXISTS ( SELECT FROM access."grant" g WHERE ((g.person_id = person.id) AND ((( SELECT current_setting('rakkaeo.areas'::text, true) AS current_setting) = 'TH'::text) OR (g.area_code ^@ ANY (( SELECT string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text) AS string_to_array)::text[])))))));
create policy in_place on access.person for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on access.person for select to public using ((id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy own_change on access.person for update to public using ((id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif"))) with check ((id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy colleague on access.person_term for select to public using ((EXISTS ( SELECT FROM access."grant" g WHERE (g.person_id = person_term.person_id))));
create policy in_place on access.person_term for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on access.phone for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on access.phone for select to public using ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy append on audit.export for insert to rakkaeo_app with check (((kind = ( SELECT current_setting('rakkaeo.kind'::text, true) AS current_setting)) AND (NOT (actor IS DISTINCT FROM ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")))));
create policy held on audit.export for select to rakkaeo_app using (((actor = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")) OR (EXISTS ( SELECT FROM audit.export_place p WHERE (p.export_id = export.id)))));
create policy in_place on audit.export for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy append on audit.export_place for insert to rakkaeo_app with check (((( SELECT NULLIF(current_setting('rakkaeo.person'::text, true), ''::text) AS "nullif") IS NOT NULL) OR (( SELECT current_setting('rakkaeo.areas'::text, true) AS current_setting) = 'TH'::text)));
create policy in_place on audit.export_place for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy append on audit.line for insert to rakkaeo_app with check (((kind = ( SELECT current_setting('rakkaeo.kind'::text, true) AS current_setting)) AND (NOT (actor IS DISTINCT FROM ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")))));
create policy in_place on audit.line for select to rakkaeo_app using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on audit.line for select to rakkaeo_app using (((actor = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")) OR (about = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif"))));
create policy seal on audit.line for select to rakkaeo_sealer using (true);
create policy own on auth.token for all to rakkaeo_app using ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif"))) with check ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy resolve on auth.token for all to rakkaeo_auth using (true) with check (true);
create policy in_place on core.area_act for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.area_act_row for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.duplicate for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.duplicate_search for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.duplicate_turn for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.flag for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.national_id for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.proposal for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy glass on core.record for select to public using (((id = ( SELECT (COALESCE(NULLIF(current_setting('rakkaeo.glass'::text, true), ''::text), '00000000-0000-0000-0000-000000000000'::text))::uuid AS "coalesce")) AND (EXISTS ( SELECT FROM access.glass g WHERE ((g.record_id = record.id) AND (g.person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")) AND (g.ended_at IS NULL) AND (g.until > now()))))));
create policy in_place on core.record for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on core.record for select to public using ((made_by = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy shown on core.record for select to rakkaeo_owner using ((may_publish AND (state = ANY (ARRAY['approved'::text, 'verified'::text, 'locked'::text]))));
create policy in_place on core.record_count for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.record_delta for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.record_last for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy glass on core.record_row for select to public using (((record_id = ( SELECT (COALESCE(NULLIF(current_setting('rakkaeo.glass'::text, true), ''::text), '00000000-0000-0000-0000-000000000000'::text))::uuid AS "coalesce")) AND (EXISTS ( SELECT FROM access.glass g WHERE ((g.record_id = record_row.record_id) AND (g.person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")) AND (g.ended_at IS NULL) AND (g.until > now()))))));
create policy in_place on core.record_row for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on core.record_row for select to public using ((made_by = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy in_place on core.record_sum for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.round_lock for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.table_mapping for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on core.target for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on dataset.draft for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on dataset.draft_file for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on fact.figure for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on fact.reading for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.act for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy only_imported on raw.act for delete to public using ((((import_id IS NOT NULL) OR (kind = 'recode'::text)) AND (current_setting('rakkaeo.areas'::text, true) <> ''::text)));
create policy own on raw.act for select to public using ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy shown on raw.act for select to rakkaeo_owner using (((kind = ANY (ARRAY['make'::text, 'update'::text])) AND (EXISTS ( SELECT FROM core.record r WHERE ((r.area_code = act.area_code) AND (r.id = act.record_id) AND r.may_publish AND (r.state = ANY (ARRAY['approved'::text, 'verified'::text, 'locked'::text])))))));
create policy in_place on raw.attachment for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on raw.attachment for select to public using ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy shown on raw.attachment for select to rakkaeo_owner using ((EXISTS ( SELECT FROM raw.act WHERE ((act.instance_id = attachment.instance_id) AND (act.dataset_id = attachment.dataset_id)))));
create policy in_place on raw.erasure for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.file for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.import for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.import_file for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.import_undo for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.submission for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy own on raw.submission for select to public using ((person_id = ( SELECT (NULLIF(current_setting('rakkaeo.person'::text, true), ''::text))::uuid AS "nullif")));
create policy in_place on raw.table_figure for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.table_import for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on raw.waiting for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on team.area for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on team.invite for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy in_place on team.team for all to public using ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text))))) with check ((( SELECT (current_setting('rakkaeo.areas'::text, true) = 'TH'::text)) OR ((area_code >= ( SELECT NULLIF(current_setting('rakkaeo.areas'::text, true), ''::text) AS "nullif")) AND (area_code < ( SELECT (current_setting('rakkaeo.areas'::text, true) || '~'::text)))) OR (area_code <@ ( SELECT range_agg(meta.codes(code.code, (code.code || '~'::text))) AS range_agg FROM unnest(string_to_array(current_setting('rakkaeo.areas'::text, true), ','::text)) code(code) WHERE (code.code <> ''::text)))));
create policy shared on team.team for select to public using ((EXISTS ( SELECT FROM team.area a WHERE (a.team_id = team.id))));

-- Grants

grant insert, select, update on access.glass to rakkaeo_app;
grant insert, select, update on access."grant" to rakkaeo_app;
grant insert, select, update on access.person to rakkaeo_app;
grant delete, insert, select, update on access.person_term to rakkaeo_app;
grant insert, select, update on access.phone to rakkaeo_app;
grant insert, select on audit.export to rakkaeo_app;
grant insert, select on audit.export_place to rakkaeo_app;
grant select on audit.line to rakkaeo_app;
grant insert, select, update on auth.token to rakkaeo_app;
grant delete, insert, select, update on core.area to rakkaeo_app;
grant delete, insert, select, update on core.area_act to rakkaeo_app;
grant delete, insert, select, update on core.area_act_row to rakkaeo_app;
grant delete, insert, select, update on core.area_change to rakkaeo_app;
grant delete, insert, select, update on core.area_group to rakkaeo_app;
grant delete, insert, select, update on core.area_group_member to rakkaeo_app;
grant delete, insert, select, update on core.area_term to rakkaeo_app;
grant delete, insert, select, update on core.boundary to rakkaeo_app;
grant delete, insert, select, update on core.check_set to rakkaeo_app;
grant delete, insert, select, update on core.check_work to rakkaeo_app;
grant delete, insert, select, update on core.dataset to rakkaeo_app;
grant delete, insert, select, update on core.duplicate to rakkaeo_app;
grant delete, insert, select, update on core.duplicate_search to rakkaeo_app;
grant delete, insert, select, update on core.duplicate_turn to rakkaeo_app;
grant delete, insert, select, update on core.file_gone to rakkaeo_app;
grant delete, insert, select, update on core.flag to rakkaeo_app;
grant delete, insert, select, update on core.form to rakkaeo_app;
grant delete, insert, select, update on core.form_file to rakkaeo_app;
grant delete, insert, select, update on core.indicator to rakkaeo_app;
grant delete, insert, select, update on core.ladder to rakkaeo_app;
grant delete, insert, select, update on core.national_id to rakkaeo_app;
grant delete, insert, select, update on core.proposal to rakkaeo_app;
grant delete, insert, select, update on core.record to rakkaeo_app;
grant delete, insert, select, update on core.record_count to rakkaeo_app;
grant delete, insert, select, update on core.record_delta to rakkaeo_app;
grant delete, insert, select, update on core.record_last to rakkaeo_app;
grant delete, insert, select, update on core.record_row to rakkaeo_app;
grant delete, insert, select, update on core.record_sum to rakkaeo_app;
grant delete, insert, select, update on core.round to rakkaeo_app;
grant delete, insert, select, update on core.round_lock to rakkaeo_app;
grant delete, insert, select, update on core.seed to rakkaeo_app;
grant delete, insert, select, update on core.source to rakkaeo_app;
grant delete, insert, select, update on core.table_mapping to rakkaeo_app;
grant delete, insert, select, update on core.target to rakkaeo_app;
grant delete, insert, select, update on dataset.draft to rakkaeo_app;
grant delete, insert, select, update on dataset.draft_file to rakkaeo_app;
grant delete, insert, select, update on fact.figure to rakkaeo_app;
grant delete, insert, select, update on fact.reading to rakkaeo_app;
grant delete, insert, select, update on open.area to rakkaeo_app;
grant delete, insert, select, update on open.area_change to rakkaeo_app;
grant delete, insert, select, update on open.area_group to rakkaeo_app;
grant delete, insert, select, update on open.area_group_member to rakkaeo_app;
grant delete, insert, select, update on open.area_term to rakkaeo_app;
grant delete, insert, select, update on open.boundary to rakkaeo_app;
grant delete, insert, select, update on open.check_set to rakkaeo_app;
grant delete, insert, select, update on open.dataset to rakkaeo_app;
grant delete, insert, select, update on open.edition to rakkaeo_app;
grant delete, insert, select, update on open.figure to rakkaeo_app;
grant delete, insert, select, update on open.form to rakkaeo_app;
grant delete, insert, select, update on open.form_file to rakkaeo_app;
grant delete, insert, select, update on open.indicator to rakkaeo_app;
grant delete, insert, select, update on open.picture to rakkaeo_app;
grant delete, insert, select, update on open.quality to rakkaeo_app;
grant delete, insert, select, update on open.record to rakkaeo_app;
grant delete, insert, select, update on open.series to rakkaeo_app;
grant delete, insert, select, update on open.source to rakkaeo_app;
grant delete, insert, select on raw.act to rakkaeo_app;
grant insert, select on raw.attachment to rakkaeo_app;
grant insert, select on raw.erasure to rakkaeo_app;
grant insert, select on raw.file to rakkaeo_app;
grant insert, select on raw.import to rakkaeo_app;
grant insert, select on raw.import_file to rakkaeo_app;
grant insert, select on raw.import_undo to rakkaeo_app;
grant insert, select on raw.submission to rakkaeo_app;
grant insert, select on raw.table_figure to rakkaeo_app;
grant delete, insert, select, update on raw.table_import to rakkaeo_app;
grant delete, insert, select, update on raw.waiting to rakkaeo_app;
grant delete, insert, select, update on team.area to rakkaeo_app;
grant insert, select, update on team.invite to rakkaeo_app;
grant insert, select, update on team.team to rakkaeo_app;
grant delete, insert, select, update on auth.account to rakkaeo_auth;
grant delete, insert, select, update on auth.attempt to rakkaeo_auth;
grant delete, insert, select, update on auth.session to rakkaeo_auth;
grant delete, insert, select, update on auth.token to rakkaeo_auth;
grant delete, insert, select, update on auth.two_factor to rakkaeo_auth;
grant delete, insert, select, update on auth."user" to rakkaeo_auth;
grant delete, insert, select, update on auth.verification to rakkaeo_auth;
grant select on open.area to rakkaeo_public;
grant select on open.area_change to rakkaeo_public;
grant select on open.area_group to rakkaeo_public;
grant select on open.area_group_member to rakkaeo_public;
grant select on open.area_term to rakkaeo_public;
grant select on open.boundary to rakkaeo_public;
grant select on open.check_set to rakkaeo_public;
grant select on open.dataset to rakkaeo_public;
grant select on open.edition to rakkaeo_public;
grant select on open.figure to rakkaeo_public;
grant select on open.form to rakkaeo_public;
grant select on open.form_file to rakkaeo_public;
grant select on open.indicator to rakkaeo_public;
grant select on open.picture to rakkaeo_public;
grant select on open.quality to rakkaeo_public;
grant select on open.record to rakkaeo_public;
grant select on open.series to rakkaeo_public;
grant select on open.source to rakkaeo_public;
grant select on audit.line to rakkaeo_sealer;
grant insert, select on audit.seal to rakkaeo_sealer;
