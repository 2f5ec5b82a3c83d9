-- Which edition of the catalogue (definitions, sources, years, the ledger of places) a reader sees: the server keeps what it read of it for as
-- long as the edition is the same. A row that changes is written anew, by another transaction or at another place, so its two names tell of it.
create view open.edition as select md5(concat_ws(' ',
  (select string_agg(xmin::text || ctid::text, '') from core.indicator),
  (select string_agg(xmin::text || ctid::text, '') from core.source),
  (select string_agg(xmin::text || ctid::text, '') from open.series),
  (select string_agg(xmin::text || ctid::text, '') from core.area_change),
  current_database(), pg_postmaster_start_time())) as id;

-- What was added to the index of parts of names waits in a list that every search reads through, until the database next tidies up. After the
-- first start 4 MB of it waited, and a name with its district took 37 ms instead of 6.
alter index core.area_term_part set (gin_pending_list_limit = 256);
