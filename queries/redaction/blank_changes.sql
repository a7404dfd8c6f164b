-- $blank is a JSON object with null for each column. This removes the keys, so undo
-- restores nothing for them.
update changes
set
    "before" = case
        when "before" is not null then json_merge_patch("before", $blank::varchar)
    end,
    "after" = case
        when "after" is not null then json_merge_patch("after", $blank::varchar)
    end
where
    dataset = $dataset::varchar
    and record_id in (select record_id from redacting)
    and exists (
        select 1
        from (select unnest($columns::varchar[]) as name) as free
        where
            json_extract_string("before", '$."' || free.name || '"') is not null
            or json_extract_string("after", '$."' || free.name || '"') is not null
    )
