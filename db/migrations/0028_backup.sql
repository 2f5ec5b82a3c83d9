-- When everything was backed up last is asked for on each desk of an administrator.
create index line_backup on audit.line (at) where action = 'backup.make';
