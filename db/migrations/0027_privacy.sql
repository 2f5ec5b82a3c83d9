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

-- Records whose time has passed since their last visit, or whose last visit withdrew the consent. A job proposes; people decide.
create table core.proposal (
  area_code text collate "C" not null,
  record_id uuid not null,
  kind text not null check (kind in ('retention', 'consent')),
  dataset_id text not null,
  last_day date not null,
  due_day date not null,
  found_at timestamptz not null default now(),
  -- kept until then, by whom and why; null: nobody has decided
  until date,
  reason text,
  said_by uuid,
  said_by_name text,
  primary key (area_code, record_id, kind),
  foreign key (area_code, record_id) references core.record (area_code, id) on delete cascade on update cascade
);
create index proposal_due on core.proposal (due_day, record_id);
call meta.keep_in_place('core.proposal');

-- What was erased of which record: all that is left, beside the acts. One erasure is one transaction.
create table raw.erasure (
  area_code text collate "C" not null,
  id uuid not null,
  record_id uuid not null,
  dataset_id text not null,
  at timestamptz not null default clock_timestamp(),
  transaction xid8 not null default pg_current_xact_id(),
  person_id uuid,
  person_name text,
  cause text not null check (cause in ('request', 'retention', 'consent')),
  request text,
  reason text not null,
  whole boolean not null,
  primary key (area_code, id, record_id)
);
create index erasure_id on raw.erasure (id);
create index erasure_at on raw.erasure (at, id);
call meta.keep_in_place('raw.erasure');

-- Bytes that no record uses any more, until a job has taken them from the disk: also after a server that was killed.
create table core.file_gone (sha256 bytea primary key, gone_at timestamptz not null default clock_timestamp());

-- What arrived is never changed, but by an erasure of this very transaction, and of the record that it names alone.
create function raw.redact(erasure uuid, record uuid, submissions jsonb, attachments jsonb, acts jsonb) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;
