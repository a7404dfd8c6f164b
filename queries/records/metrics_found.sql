-- Metrics in whose ID or name each word of the text occurs.
with described as (
    select
        metric_id,
        metric_name,
        unit,
        goal,
        concat_ws(
            ' ',
            metric_id,
            metric_name
        ) as searched
    from metrics
)
select * exclude (searched)
from described
where has_each_word(searched, $text)
order by metric_name, metric_id
limit $row_limit
