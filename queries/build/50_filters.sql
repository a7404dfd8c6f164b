-- What the filters beside the pages mean, once for every query. An absent
-- filter (null) means everything, an empty list means nothing.

create or replace macro is_chosen(in_chosen, in_value) as
    in_chosen is null or coalesce(list_contains(in_chosen, in_value), false);

create or replace macro is_in_period(in_from, in_to, in_on) as
    (in_from is null or coalesce(in_on >= in_from, false))
    and (in_to is null or coalesce(in_on <= in_to, false));

create or replace macro filtered_agencies(
    in_viewer_role, in_viewer_partner,
    in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from visible_agencies(in_viewer_role, in_viewer_partner)
where
    is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type);

create or replace macro filtered_requests(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from visible_requests(in_viewer_role, in_viewer_partner)
where
    is_in_period(in_date_from::date, in_date_to::date, received_on)
    and (
        in_topics::varchar[] is null
        or coalesce(list_has_any(topic_ids, in_topics::varchar[]), false)
    )
    and is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type);

-- The same requests, once for each topic that they name (of those chosen).
create or replace macro filtered_request_topics(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from (
    select *, unnest(topic_ids) as topic_id
    from filtered_requests(
        in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
        in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
    )
)
where is_chosen(in_topics::varchar[], topic_id);

create or replace macro filtered_engagements(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types,
    in_partners, in_statuses
) as table
select *
from visible_engagements(in_viewer_role, in_viewer_partner)
where
    is_in_period(in_date_from::date, in_date_to::date, period_on)
    and is_chosen(in_topics::varchar[], topic_id)
    and is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type)
    and is_chosen(in_statuses::varchar[], status)
    and (
        in_partners::varchar[] is null
        or coalesce(list_contains(in_partners::varchar[], lead_partner_id), false)
        or coalesce(
            list_has_any(supporting_partner_ids, in_partners::varchar[]), false
        )
    );

create or replace macro filtered_outcomes(
    in_viewer_role, in_viewer_partner, in_date_from, in_date_to,
    in_topics, in_regions, in_divisions, in_states, in_size_bands, in_agency_types
) as table
select *
from visible_outcomes(in_viewer_role, in_viewer_partner)
where
    is_in_period(in_date_from::date, in_date_to::date, period_on)
    and is_chosen(in_topics::varchar[], topic_id)
    and is_chosen(in_regions::varchar[], region)
    and is_chosen(in_divisions::varchar[], division)
    and is_chosen(in_states::varchar[], state)
    and is_chosen(in_size_bands::varchar[], size_band)
    and is_chosen(in_agency_types::varchar[], agency_type);
