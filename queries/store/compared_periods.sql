-- The periods that headlines compare, one row: see build/60_measures.
select
    last_day_of($filters, $as_of) as last_day_on,
    recent_from($filters, $as_of) as recent_from_on,
    recent_to($filters, $as_of) as recent_to_on,
    before_from($filters, $as_of) as before_from_on,
    before_to($filters, $as_of) as before_to_on;
