-- Lists, maps and files are asked for by day: of 300,000 records a few thousand were looked for one by one.
create index record_day on core.record (dataset_id, day);
