-- Whether two agencies can be in one county: they are, or one county is not known.
create or replace macro is_same_county(in_one, in_other) as
    coalesce(
        regexp_replace(cell_plain(in_one), ' (county|parish|borough|co)$', '')
        = regexp_replace(cell_plain(in_other), ' (county|parish|borough|co)$', ''),
        true
    );
