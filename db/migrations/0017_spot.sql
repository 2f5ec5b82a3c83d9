-- Where a record lies, in columns of its own: what is near something is found by range. Computed from the answer with the role `point`
-- whenever a record is kept, with how closely that answer is kept, since who may not see it must not find by it.
alter table core.record add column lat float8, add column lon float8, add column point_kept text;
create index record_spot on core.record (lat, lon) where lat is not null;

-- the net has no hole for migrations: they state all places
select set_config('rakkaeo.areas', 'TH', true);
update core.record r set lat = (s.point ->> 'lat')::float8, lon = (s.point ->> 'lon')::float8, point_kept = s.kept
from (
  select k.area_code, k.id, k.point, k.kept from (
    select r.area_code, r.id, case when r.open ? key then r.open when r.internal ? key then r.internal when r.personal ? key then r.personal else r.sensitive end -> key as point,
      case when r.open ? key then 'open' when r.internal ? key then 'internal' when r.personal ? key then 'personal' else 'sensitive' end as kept
    from core.record r join core.form f on f.area_code = r.form_area and f.dataset_id = r.dataset_id and f.version = r.version
      cross join jsonb_array_elements(f.model -> 'questions') question cross join lateral (select question ->> 'name' as key) named
    where question ->> 'role' = 'point' and question ->> 'repeat' is null
  ) k where k.point ? 'lat'
) s where r.area_code = s.area_code and r.id = s.id;
