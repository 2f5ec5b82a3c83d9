-- The net again, in a form that forty scattered places do not slow down (docs/decisions/0014-net-by-bisection.md).
--
-- server/db/scope.ts states places in order and none inside another. So one place alone can hold a code: the last that is not
-- after it, which width_bucket finds by halving. In a list that is not in order a row may be missed, and none is ever shown too much:
-- the place that is found must still begin the code.
create or replace procedure meta.keep_in_place(place regclass) language plpgsql as $$
declare
  places text := $net$(select string_to_array(current_setting('rakkaeo.areas', true), ','))::text[]$net$;
  net text := format($net$(select current_setting('rakkaeo.areas', true) = 'TH') or area_code ^@ (%s)[width_bucket(area_code, %s)]$net$, places, places);
begin
  execute format('alter table %s enable row level security, force row level security', place);
  execute format('drop policy if exists in_place on %s', place);
  execute format('create policy in_place on %s using (%s) with check (%s)', place, net, net);
end $$;

do $$ declare place regclass; begin
  for place in select format('%I.%I', schemaname, tablename)::regclass from pg_policies where policyname = 'in_place' and not (schemaname = 'audit' and tablename = 'line')
  loop call meta.keep_in_place(place); end loop;
end $$;

-- Lines of the audit are read in one's places and written for whatever place the act was in.
alter policy in_place on audit.line using (
  (select current_setting('rakkaeo.areas', true) = 'TH') or area_code ^@ ((select string_to_array(current_setting('rakkaeo.areas', true), ','))::text[])
    [width_bucket(area_code, (select string_to_array(current_setting('rakkaeo.areas', true), ','))::text[])]);
