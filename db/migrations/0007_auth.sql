-- Accounts: passwords, sessions, second factors, tokens. Only the role rakkaeo_auth sees them, and it sees nothing else; whoever reads
-- figures or people has no password hash within reach. The tables are those of better-auth (server/auth/auth.ts names its columns so).
create schema auth;

create table auth.user (
  -- the id of access.person; that row is the person, this one the account
  id uuid primary key default gen_random_uuid(),
  name text not null,
  -- who has no address gets one that cannot exist: <id>@no-mail.invalid
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  user_name text unique,
  two_factor_enabled boolean default false
);

create table auth.session (
  id uuid primary key default gen_random_uuid(),
  expires_at timestamptz not null,
  -- the cookie carries it signed with the key of the keys file: nobody signs in with what stands here alone
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  user_id uuid not null references auth.user (id) on delete cascade
);
create index session_of_user on auth.session (user_id);
create index session_expires on auth.session (expires_at);

create table auth.account (
  id uuid primary key default gen_random_uuid(),
  -- of ThaID: the citizen's number as a keyed hash, never the number
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references auth.user (id) on delete cascade,
  -- what a provider hands out can hold the citizen's number: nothing of it is kept
  access_token text check (access_token is null),
  refresh_token text check (refresh_token is null),
  id_token text check (id_token is null),
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id),
  check (account_id !~ '^\d{13}$')
);
create index account_user on auth.account (user_id);

-- Links and states on the way: reset links (their secret as a hash), second factors asked for, sign-ins at ThaID.
create table auth.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);
create index verification_expires on auth.verification (expires_at);

create table auth.two_factor (
  id uuid primary key default gen_random_uuid(),
  -- both encrypted with the key of the keys file
  secret text not null,
  backup_codes text not null,
  user_id uuid not null references auth.user (id) on delete cascade,
  verified boolean default true,
  failed_verification_count int default 0,
  locked_until timestamptz
);
create index two_factor_user on auth.two_factor (user_id);

-- Wrong passwords by the name and by the address that was tried (keyed hashes): each one more makes the wait longer.
create table auth.attempt (
  key text primary key,
  failures int not null,
  last_at timestamptz not null default now(),
  locked_until timestamptz
);
create index attempt_last on auth.attempt (last_at);

-- Keys for programs. The secret is shown once; its hash is kept.
create table auth.token (
  id uuid primary key,
  person_id uuid not null references auth.user (id) on delete cascade,
  name text not null check (name <> ''),
  hash bytea not null unique,
  areas text[] not null check (cardinality(areas) > 0),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index token_person on auth.token (person_id);

-- The application sees and changes the tokens of the person it speaks for; a token that comes with a request is looked up by rakkaeo_auth.
alter table auth.token enable row level security, force row level security;
create policy own on auth.token to rakkaeo_app
  using (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid))
  with check (person_id = (select nullif(current_setting('rakkaeo.person', true), '')::uuid));
create policy resolve on auth.token to rakkaeo_auth using (true) with check (true);
