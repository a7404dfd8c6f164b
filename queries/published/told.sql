-- What the trail says was published since a restore that left it out: newest last.
select what
from audit
where
    action = $published::varchar
    and entry_number > coalesce(
        (
            select max(entry_number)
            from audit
            where
                action = $restored::varchar
                and not coalesce(
                    list_contains(
                        json_extract_string(what, '$.goes_on[*]')::varchar[], 'published'
                    ),
                    false
                )
        ),
        0
    )
order by entry_number;
