-- Photographs that anyone may see, beside `open.record`: named by an open answer to a question for a photograph, and brought by a visit that
-- stands. What the view does not name cannot leave by it: no file of another question, nor one of a visit that was set aside. It reads as its
-- owner, whom the net shows the visits of records that are shown to everybody, their files, and no others.
create policy shown on raw.act for select to rakkaeo_owner using (kind in ('make', 'update') and exists (
  select from core.record r where r.area_code = act.area_code and r.id = act.record_id and r.may_publish and r.state in ('approved', 'verified', 'locked')));
create policy shown on raw.attachment for select to rakkaeo_owner using (exists (select from raw.act where act.instance_id = attachment.instance_id and act.dataset_id = attachment.dataset_id));
create view open.picture as
  select distinct on (r.area_code, r.id, q.value ->> 'name') r.area_code, r.id as record_id, q.value ->> 'name' as key, a.sha256, a.media_type
  from open.record r join core.form f on f.area_code = r.form_area and f.dataset_id = r.dataset_id and f.version = r.version
    cross join lateral jsonb_array_elements(f.model -> 'questions') q (value)
    join raw.act act on act.area_code = r.area_code and act.record_id = r.id and act.kind in ('make', 'update')
    join raw.attachment a on a.instance_id = act.instance_id and a.dataset_id = act.dataset_id and a.name = r.answers ->> (q.value ->> 'name')
  where q.value ->> 'role' = 'photo' and q.value ->> 'sensitivity' = 'open' and q.value ->> 'repeat' is null and a.media_type like 'image/%'
  order by r.area_code, r.id, q.value ->> 'name', act.id desc;
