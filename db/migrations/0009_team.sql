-- Teams, and how people come in.

-- The giver as they were called then: whoever holds a grant may know it, also when they may not see the giver's own row.
alter table access.grant add column given_by_name text;
-- Through which team somebody holds a role: its members are those whose grant says so and holds.
alter table access.grant add column team_id uuid;
create index grant_team on access.grant (team_id) where team_id is not null;

-- The words of a person's name, their user name and address, whole and in small letters: `like` is not leakproof and would lose its
-- index under a policy, `=` on words does not.
create table access.person_term (
  -- the person's home place
  area_code text collate "C" not null,
  person_id uuid not null,
  term text collate "C" not null,
  primary key (area_code, term, person_id),
  foreign key (area_code, person_id) references access.person (area_code, id)
);
create index person_term_term on access.person_term (term);
call meta.keep_in_place('access.person_term');
-- Who holds a role here is found here, wherever they are at home.
create policy colleague on access.person_term for select using (exists (select from access.grant g where g.person_id = person_term.person_id));

create schema team;

-- A university's team. It is kept in one of its places; whoever holds any of them sees it.
create table team.team (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  name_th text not null check (name_th <> ''),
  name_en text not null check (name_en <> ''),
  university_th text not null,
  university_en text not null,
  made_at timestamptz not null default now(),
  made_by uuid,
  primary key (area_code, id)
);
create index team_id on team.team (id);

-- The tambons of a team, scattered ones too.
create table team.area (
  area_code text collate "C" not null references core.area (code),
  team_id uuid not null,
  primary key (area_code, team_id)
);
create index area_team on team.area (team_id);

-- A link that gives a role in places, so many times, until a day. Its secret is kept as a hash.
create table team.invite (
  area_code text collate "C" not null references core.area (code),
  id uuid not null,
  hash bytea not null,
  team_id uuid,
  role text not null,
  areas text[] not null check (cardinality(areas) > 0),
  -- how long the role will hold
  valid_until date,
  uses int not null check (uses > 0),
  used int not null default 0 check (used between 0 and uses),
  made_by uuid not null,
  made_by_name text not null,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (area_code, id),
  unique (area_code, hash)
);
create index invite_hash on team.invite (hash);
create index invite_team on team.invite (team_id) where team_id is not null;

call meta.keep_in_place('team.team');
call meta.keep_in_place('team.area');
call meta.keep_in_place('team.invite');
create policy shared on team.team for select using (exists (select from team.area a where a.team_id = team.id));
