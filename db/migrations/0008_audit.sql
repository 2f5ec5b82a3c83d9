-- Who did or saw what, where and when. A line comes into being in the transaction of its act and is never changed; a sealer with a role
-- of its own chains the lines of each second by hash, so that a later change by anybody, the owner of the database included, is found.
create schema audit;

create table audit.line (
  -- no foreign key: the audit keeps what was said, also of a place that is not, or no longer, in the list
  area_code text collate "C" not null,
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  -- transaction ids begin anew in another PostgreSQL (a restored backup): together with its number they do not repeat
  cluster bigint not null default ((pg_control_system()).system_identifier),
  transaction xid8 not null default pg_current_xact_id(),
  -- null: the house itself, an operator, or somebody not signed in
  actor uuid,
  -- as they were called then
  actor_name text,
  kind text not null check (kind in ('person', 'token', 'operator', 'system', 'stranger')),
  action text not null check (action ~ '^[a-z-]+\.[a-z-]+$'),
  target text,
  -- whose data it was, when it was a person's
  about uuid,
  reason text,
  primary key (area_code, id)
);
create index line_id on audit.line (id);
create index line_sealing on audit.line (cluster, transaction, id);
create index line_actor on audit.line (actor, id) where actor is not null;
create index line_about on audit.line (about, id) where about is not null;
create index line_target on audit.line (target, id) where target is not null;

-- One link of the chain: all lines of the transactions from `from_transaction` up to and without `until_transaction`, in the order
-- (transaction, id), with the hash of each, so that a fault can be named by its line.
create table audit.seal (
  id bigint primary key check (id > 0),
  cluster bigint not null,
  from_transaction xid8 not null,
  until_transaction xid8 not null,
  lines bigint[] not null check (cardinality(lines) > 0),
  -- 32 bytes for each line, end to end
  hashes bytea not null check (length(hashes) = 32 * cardinality(lines)),
  previous bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now()
);
create index seal_cluster on audit.seal (cluster, id);

alter table audit.line enable row level security, force row level security;
create policy in_place on audit.line for select to rakkaeo_app using (
  (select current_setting('rakkaeo.areas', true)) = 'TH' or area_code ^@ any((select string_to_array(current_setting('rakkaeo.areas', true), ','))::text[]));
-- What I did, and who looked at or changed what is mine, wherever it was noted.
create policy own on audit.line for select to rakkaeo_app using (actor = (select nullif(current_setting('rakkaeo.person', true), '')::uuid)
  or about = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
-- Anyone may leave a trace, in their own name alone: a failed sign-in has no places.
create policy append on audit.line for insert to rakkaeo_app with check (
  kind = (select current_setting('rakkaeo.kind', true)) and actor is not distinct from (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy seal on audit.line for select to rakkaeo_sealer using (true);
