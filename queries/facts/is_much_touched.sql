-- Whether these uploads touched so many records that to make all facts is quicker: what
-- hangs on them need not be looked for.
select
    (
        select count(*)
        from changes
        where list_contains($upload_ids::varchar[], upload_id)
    ) * 4 > (
        (select count(*) from requests)
        + (select count(*) from engagements)
        + (select count(*) from outcomes)
    );
