-- A county's name as it is compared.
create or replace macro county_plain(in_county) as
    regexp_replace(cell_plain(in_county), ' (county|parish|borough|co)$', '');

-- Whether two agencies can be in one county: they are, or one county is not known.
create or replace macro is_same_county(in_one, in_other) as
    coalesce(county_plain(in_one) = county_plain(in_other), true);
