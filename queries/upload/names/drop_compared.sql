-- Drop intermediate tables.
drop table if exists candidate_names;
drop table if exists compared_names;
drop table name_parts;
