-- What arrives is kept by one function, so that the database plans the statement once for each connection and not for each submission:
-- planning it (three tables under the net) cost more than doing it. It runs with the rights and in the places of who calls it.
--
-- Of each submission given, in its turn: whether it was kept now; else whether what was there is the same (null: it was not seen).
create function raw.keep(areas text[], instances text[], datasets text[], versions text[], form_areas text[], hashes bytea[], xmls text[], file_names jsonb[],
  person uuid, token uuid[], clients text[], devices text[], deprecated text[])
  returns table (turn int, is_kept boolean, is_same boolean) language plpgsql
  -- planned while the tables may still be empty: by key, whatever they hold by then
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query with given as (
    select * from unnest(areas, instances, datasets, versions, form_areas, hashes, xmls, file_names, token, clients, devices, deprecated) with ordinality
      as g (area_code, instance_id, dataset_id, version, form_area, sha256, xml, files, token_id, client, device_id, deprecated_id, turn)
  ), kept as (
    insert into raw.submission (area_code, instance_id, dataset_id, version, form_area, sha256, xml, files, person_id, token_id, client, device_id, deprecated_id)
      select g.area_code, g.instance_id, g.dataset_id, g.version, g.form_area, g.sha256, g.xml, array(select jsonb_array_elements_text(g.files)), person, g.token_id, g.client, g.device_id, g.deprecated_id
      from given g order by g.turn on conflict (instance_id, dataset_id) do nothing returning area_code, instance_id, dataset_id
  ), queued as (
    insert into raw.waiting (area_code, instance_id, dataset_id) select k.area_code, k.instance_id, k.dataset_id from kept k
  ), noted as (
    insert into audit.line (area_code, actor, actor_name, kind, action, target)
      select k.area_code, person, (select name from access.person p where p.id = person limit 1), current_setting('rakkaeo.kind'), 'record.submit', k.instance_id from kept k
  )
  select g.turn::int, k.instance_id is not null, s.sha256 = g.sha256
  from given g left join kept k on k.instance_id = g.instance_id and k.dataset_id = g.dataset_id
    left join raw.submission s on s.instance_id = g.instance_id and s.dataset_id = g.dataset_id;
end $$;
