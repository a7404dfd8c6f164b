-- The problems of one file's rows, during the check.
create or replace temp table problems (
    "row" bigint,
    column_name varchar,
    value varchar,
    rule varchar,
    severity varchar,
    message varchar
)
