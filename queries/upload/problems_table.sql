-- What is wrong with the rows of one file, while it is checked.
create or replace temp table problems (
    "row" bigint,
    column_name varchar,
    value varchar,
    rule varchar,
    severity varchar,
    message varchar
)
