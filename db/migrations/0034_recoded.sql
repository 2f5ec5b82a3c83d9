-- An import of a table is taken back also after its records got other codes (docs/changes.md): what told them of it goes with them.
drop policy only_imported on raw.act;
create policy only_imported on raw.act as restrictive for delete using ((import_id is not null or kind = 'recode') and current_setting('rakkaeo.areas', true) <> '');

-- Acts that say how a record stood before a table updated it, and what became of the codes in them since: an act itself is never changed.
create index act_updated on raw.act (record_id) where import_id is not null and kind = 'update';
create index area_act_row_before on core.area_act_row (id) where place = 'raw.act.change';
