-- Confirmed names, in the form in which they are saved.
create or replace temp table confirmed_names as
select distinct
    given_rows.state,
    parts.city_plain as city,
    name_key(parts) as alias_key,
    given_rows.written,
    confirmed_rows.record_id
from given_rows
join confirmed_rows using ("row")
join name_parts as parts on is_given and name_no = given_no
