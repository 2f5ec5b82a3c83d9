-- Definitions of numbers and of where they come from, as JSON in the shape of domain/indicator/indicator.ts.
create table core.source (
  id text primary key,
  definition jsonb not null
);
create table core.indicator (
  id text not null,
  version text not null,
  position int not null,
  definition jsonb not null,
  primary key (id, version)
);
