-- The list of people goes by name, page after page.
create index person_name on access.person (name collate "C", id);
