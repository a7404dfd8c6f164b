-- Which rows of a table by something may not be shown: those of too few, and one
-- more where they could be worked out from the total. What is hidden must not
-- follow from it: where the hidden rows together are still too few, the smallest
-- of the others is hidden too. Over all rows of the answer: ask after grouping.
create or replace macro is_hidden(in_n, in_id, in_suppress_below) as
    is_too_few(in_n, in_suppress_below)
    or (
        row_number() over (
            partition by is_too_few(in_n, in_suppress_below) order by in_n, in_id
        ) = 1
        and coalesce(
            sum(in_n) filter (where is_too_few(in_n, in_suppress_below)) over (), 0
        ) > 0
        and is_too_few(
            sum(in_n) filter (where is_too_few(in_n, in_suppress_below)) over (),
            in_suppress_below
        )
    );
