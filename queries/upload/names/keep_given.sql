-- The name in each row of the file. Equal names in several rows have one number.
create or replace temp table given_rows as
with read as (
    select
        "row",
        nullif(trim(name), '') as written,
        nullif(trim(state), '') as state_written,
        cell_code(
            nullif(trim(state), ''),
            $state_codes::varchar[], $state_aliases::varchar[],
            $state_alias_codes::varchar[]
        ) as state,
        nullif(trim(city), '') as city,
        nullif(trim(agency_type), '') as type_written,
        cell_code(
            nullif(trim(agency_type), ''),
            $type_codes::varchar[], $type_aliases::varchar[],
            $type_alias_codes::varchar[]
        ) as agency_type
    from named_rows
)
select
    dense_rank() over (
        order by state, written, city, agency_type, state_written, type_written
    ) as given_no,
    *
from read
