-- One agency: what it is, and where. A link may write its ID in any case, and an ORI with
-- seven characters. Its place is its own, else that of its ZIP.
-- key: agency_id
-- params: viewer, agency_id
with found as (
    select *
    from visible_agencies($viewer)
    where upper(agency_id) in (upper($agency_id::varchar), upper($agency_id::varchar || '00'))
    qualify
        row_number() over (
            order by
                agency_id = $agency_id::varchar desc,
                length(agency_id),
                agency_id
        ) = 1
)

select
    agency_id,
    agency_name,
    agency_type,
    found.city,
    found.county,
    found.state,
    state_name,
    found.zip,
    region,
    division,
    size_band,
    sworn_officers,
    sworn_as_of_on,
    population_served,
    case
        when is_place(found.latitude, found.longitude) then found.latitude
        else zip_places.latitude
    end as latitude,
    case
        when is_place(found.latitude, found.longitude) then found.longitude
        else zip_places.longitude
    end as longitude,
    case
        when is_place(found.latitude, found.longitude) then 'agency'
        when is_place(zip_places.latitude, zip_places.longitude) then 'zip'
    end as place_of
from found
left join zip_places on zip_places.zip = found.zip
order by agency_id
