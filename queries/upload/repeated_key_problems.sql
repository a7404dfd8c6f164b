-- Rows that disagree are all rejected, so that their order never matters; of
-- rows that agree the first counts and the others change nothing.
insert into problems
select
    typed."row",
    $key as column_name,
    typed.record_id as value,
    if(is_disagreeing, 'key_repeated', 'row_repeated') as rule,
    if(is_disagreeing, 'error', 'warning') as severity,
    if(
        is_disagreeing,
        concat(
            'Rows ', left(all_rows, 200), ' have the same ', $key,
            ' and say different things. Keep one of them, and leave the others out.'
        ),
        concat('The same as row ', first_row, '. Nothing to do.')
    ) as message
from typed
join repeated_keys using (record_id)
where is_disagreeing or typed."row" <> first_row
