-- Values that one upload changed, before and after. For a new record, its values.
-- key: upload_id, dataset, record_id, column
-- params: viewer, upload_id, row_limit
with touched as (
    select
        *
    from visible_upload_changes($viewer)
    where upload_id = $upload_id::varchar
    order by upload_id, dataset, record_id
    -- Of records, so that none is shown in part.
    limit $row_limit::bigint
),

per_column as (
    select
        upload_id,
        dataset,
        record_id,
        case
            when before is null then 'new'
            when after is null then 'withdrawn'
            else 'changed'
        end as change,
        unnest(json_keys(coalesce(after, before))) as "column",
        generate_subscripts(json_keys(coalesce(after, before)), 1) as column_order,
        before,
        after
    from touched
)

select
    upload_id,
    dataset,
    record_id,
    change,
    "column",
    json_as_cell(before, "column") as before,
    json_as_cell(after, "column") as after
from per_column
where json_as_cell(before, "column") is distinct from json_as_cell(after, "column")
order by upload_id, dataset, record_id, column_order, "column"
