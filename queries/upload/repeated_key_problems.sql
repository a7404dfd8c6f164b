-- Rows with the same key that disagree are all rejected, so their order doesn't matter. If
-- they agree, the first one counts.
insert into problems
select
    typed."row",
    $key as column_name,
    typed.record_id as value,
    if(is_disagreeing, 'key_repeated', 'row_repeated') as rule,
    if(is_disagreeing, 'error', 'warning') as severity,
    if(
        is_disagreeing,
        format($conflict, left(all_rows, 200)),
        format($duplicate, first_name)
    ) as message
from typed
join repeated_keys using (record_id)
where is_disagreeing or typed."row" <> first_row
