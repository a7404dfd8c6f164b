-- Drop intermediate tables.
drop table candidate_names;
drop table compared_names;
drop table name_parts;
