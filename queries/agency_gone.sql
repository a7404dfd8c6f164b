-- What happened to an agency that is no longer stored: the agency that it was merged into,
-- or the upload that removed it.
-- key: agency_id
-- params: viewer, agency_id
with recursive followed as (
    select agency_id, into_agency_id, upload_id, 1 as steps
    from visible_merges($viewer)
    where upper(agency_id) = upper($agency_id::varchar)
    union all
    select followed.agency_id, merges.into_agency_id, followed.upload_id, steps + 1
    from followed
    join visible_merges($viewer) as merges on merges.agency_id = followed.into_agency_id
    -- Circular merges have no end.
    where steps < 100
),

merged as (
    select
        followed.agency_id,
        followed.into_agency_id,
        agencies.agency_name as into_agency_name,
        followed.upload_id
    from followed
    join visible_agencies($viewer) as agencies
        on agencies.agency_id = followed.into_agency_id
),

removed as (
    select
        record_id as agency_id,
        null::varchar as into_agency_id,
        null::varchar as into_agency_name,
        upload_id
    from visible_upload_changes($viewer)
    where
        dataset = 'agencies'
        and upper(record_id) = upper($agency_id::varchar)
        and (after is null) <> coalesce(is_undone, false)
),

gone as (
    select * from merged
    union all
    select * from removed
)

select
    gone.agency_id,
    into_agency_id,
    into_agency_name,
    upload_id,
    coalesce(uploads.undone_at, uploads.uploaded_at) at time zone 'UTC' as gone_at
from gone
left join visible_uploads($viewer) as uploads using (upload_id)
where gone.agency_id not in (select agency_id from visible_agencies($viewer))
qualify
    row_number() over (
        partition by gone.agency_id
        order by into_agency_id is null, gone_at desc nulls last, upload_id desc
    ) = 1
order by agency_id
