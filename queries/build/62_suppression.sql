-- Which rows of a table by something may not be shown: those of too few, and as many more as
-- it takes that nothing about them can be worked out from the total. The rows are taken from
-- the smallest on; the next one is hidden too while the hidden ones together are too few, or
-- while none or all of them are of the kind that a share counts (`in_part`, such as those
-- that improved): each of them would be known to be so. Over all rows of the answer: ask
-- after grouping.
create or replace macro hidden_before(in_amount, in_n, in_id, in_suppress_below) as
    coalesce(
        sum(in_amount) over (
            order by is_too_few(in_n, in_suppress_below) desc, in_n, in_id
            rows between unbounded preceding and 1 preceding
        ),
        0
    );

create or replace macro is_hidden(in_n, in_part, in_id, in_suppress_below) as
    is_too_few(in_n, in_suppress_below)
    or (
        hidden_before(in_n, in_n, in_id, in_suppress_below) > 0
        and coalesce(
            sum(in_n) filter (where is_too_few(in_n, in_suppress_below)) over (), 0
        ) > 0
        and (
            is_too_few(
                hidden_before(in_n, in_n, in_id, in_suppress_below), in_suppress_below
            )
            or hidden_before(in_part, in_n, in_id, in_suppress_below) = 0
            or hidden_before(in_part, in_n, in_id, in_suppress_below)
                = hidden_before(in_n, in_n, in_id, in_suppress_below)
        )
    );
