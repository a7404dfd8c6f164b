-- Topics in whose ID or name each word of the text occurs.
with described as (
    select
        topic_id,
        topic_name,
        effective_from_on,
        effective_to_on,
        concat_ws(
            ' ',
            topic_id,
            topic_name
        ) as searched
    from topics
)
select * exclude (searched)
from described
where has_each_word(searched, $text)
order by topic_name, topic_id
limit $row_limit
