-- Telephones that collect in the browser, by what they last told of themselves; each lies where its holder collects. Several people may hold one.
create table access.phone (
  area_code text collate "C" not null references core.area (code),
  person_id uuid not null,
  phone_id uuid not null,
  name text not null,
  version text not null,
  -- submissions on it that were not sent yet, and since when the oldest waits
  unsent int not null,
  oldest timestamptz,
  seen_at timestamptz not null default now(),
  -- the session by which it last spoke, to be ended with it
  session_id uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (area_code, person_id, phone_id)
);
create index phone_person on access.phone (person_id, phone_id);
call meta.keep_in_place('access.phone');

-- Whoever now collects elsewhere still hears that a telephone of theirs was revoked.
create policy own on access.phone for select using (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
