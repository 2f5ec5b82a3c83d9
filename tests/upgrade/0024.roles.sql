-- Passwords are set by server/db from RAKKAEO_KEYS; migrations run as rakkaeo_owner.
-- rakkaeo_app reads and writes under the policies; rakkaeo_public sees the schema open and nothing else.
grant usage on schema raw, core, fact, open, access to rakkaeo_app;
grant select, insert, update, delete on all tables in schema core, fact, open to rakkaeo_app;
grant select, insert on all tables in schema raw to rakkaeo_app;
-- what arrived is never changed; where it lies follows its record
grant update (area_code) on raw.submission, raw.attachment, raw.act to rakkaeo_app;
-- people and grants end, they are never deleted
grant select, insert, update on all tables in schema access to rakkaeo_app;
grant usage on all sequences in schema raw, core, fact, open to rakkaeo_app;
revoke all on all tables in schema open from rakkaeo_public;
grant usage on schema open to rakkaeo_public;
grant select on all tables in schema open to rakkaeo_public;
-- rakkaeo_auth knows accounts, sessions and tokens and nothing else; the application knows its person's tokens.
grant usage on schema auth to rakkaeo_auth, rakkaeo_app;
grant select, insert, update, delete on all tables in schema auth to rakkaeo_auth;
grant select, insert, update on auth.token to rakkaeo_app;
-- An audit line is inserted in its author's name and never touched again; its number, time and transaction are the database's own.
-- The sealer reads the lines and adds links to the chain; nobody changes either.
grant usage on schema audit to rakkaeo_app, rakkaeo_sealer;
grant select on audit.line to rakkaeo_app, rakkaeo_sealer;
grant insert (area_code, actor, actor_name, kind, action, target, about, reason) on audit.line to rakkaeo_app;
grant select, insert on audit.seal to rakkaeo_sealer;
-- Teams change their names and places; an invitation ends.
grant usage on schema team to rakkaeo_app;
grant select, insert, update on all tables in schema team to rakkaeo_app;
grant delete on team.area, access.person_term to rakkaeo_app;
-- What was read out of the queue goes from it; a draft is written over and thrown away.
grant usage on schema dataset to rakkaeo_app;
grant update, delete on raw.waiting to rakkaeo_app;
grant select, insert, update, delete on all tables in schema dataset to rakkaeo_app;
