-- The net a third time, as ranges: the same rows, at less cost (docs/decisions/0019-net-as-ranges.md).
--
-- One place alone is two comparisons (between a list of several and the same with ~ lies no code), several are one look-up in a multirange,
-- which also brings them into order. Nothing stated, or an empty name in the list, is null and shows nothing.
create type meta.codes as range (subtype = text, subtype_opclass = text_pattern_ops, collation = "C");

create or replace procedure meta.keep_in_place(place regclass) language plpgsql as $$
declare
  net text := replace($net$(select STATED = 'TH') or (area_code >= (select nullif(STATED, '')) and area_code < (select STATED || '~'))
    or area_code <@ (select range_agg(meta.codes(code, code || '~')) from unnest(string_to_array(STATED, ',')) code where code <> '')$net$,
    'STATED', $net$current_setting('rakkaeo.areas', true)$net$);
begin
  execute format('alter table %s enable row level security, force row level security', place);
  execute format('drop policy if exists in_place on %s', place);
  -- lines of the audit are read in one's places and written for whatever place the act was in
  if place = to_regclass('audit.line') then execute format('create policy in_place on %s for select to rakkaeo_app using (%s)', place, net);
  else execute format('create policy in_place on %s using (%s) with check (%s)', place, net, net);
  end if;
end $$;

do $$ declare place regclass; begin
  for place in select format('%I.%I', schemaname, tablename)::regclass from pg_policies where policyname = 'in_place'
  loop call meta.keep_in_place(place); end loop;
end $$;
