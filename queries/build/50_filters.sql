-- What the filters beside the pages mean, once for every query: in_filters is one
-- struct with the fields of Filters, so that a field that is not there is an error.
-- An absent filter (null) means everything, an empty list means nothing. Values are
-- known when DuckDB plans: a test of an absent filter is gone before it runs.

create or replace macro is_chosen(in_chosen, in_value) as
    in_chosen is null or coalesce(list_contains(in_chosen, in_value), false);

-- One chosen value is the usual case, and three times as fast on its own.
create or replace macro is_any_chosen(in_chosen, in_values) as
    in_chosen is null
    or (
        len(in_chosen) = 1
        and coalesce(list_contains(in_values, in_chosen[1]), false)
    )
    or (len(in_chosen) > 1 and coalesce(list_has_any(in_values, in_chosen), false));

-- Of a value that may be unknown, which can be chosen, too.
create or replace macro is_known_chosen(in_chosen, in_value) as
    in_chosen is null
    or list_contains(in_chosen, coalesce(in_value, 'Not reported'));

create or replace macro is_on_or_after(in_on, in_from) as
    in_from is null or coalesce(in_on >= in_from, false);

create or replace macro is_on_or_before(in_on, in_to) as
    in_to is null or coalesce(in_on <= in_to, false);

create or replace macro is_in_period(in_filters, in_on) as
    is_on_or_after(in_on, in_filters['date_from']::date)
    and is_on_or_before(in_on, in_filters['date_to']::date);

-- In one place: what DuckDB says of a value that is no list must not depend on which rows
-- it looked at first.
create or replace macro chosen_topics(in_filters) as
    in_filters['topics']::varchar[];

create or replace macro is_topic_chosen(in_filters, in_topic_id) as
    is_chosen(chosen_topics(in_filters), in_topic_id);

create or replace macro is_any_topic_chosen(in_filters, in_topic_ids) as
    is_any_chosen(chosen_topics(in_filters), in_topic_ids);

-- Of a row that has these columns of its agency: a new filter of them is added here.
create or replace macro is_agency_chosen(in_filters) as
    is_chosen(in_filters['regions']::varchar[], region)
    and is_chosen(in_filters['divisions']::varchar[], division)
    and is_chosen(in_filters['states']::varchar[], state)
    and is_chosen(in_filters['size_bands']::varchar[], size_band)
    and is_known_chosen(in_filters['agency_types']::varchar[], agency_type);

-- Who leads or supports an engagement, and how it is delivered.
create or replace macro is_delivery_chosen(
    in_filters, in_lead, in_supporting, in_mode
) as
    (
        in_filters['partners']::varchar[] is null
        or coalesce(list_contains(in_filters['partners']::varchar[], in_lead), false)
        or coalesce(
            list_has_any(in_supporting, in_filters['partners']::varchar[]), false
        )
    )
    and is_known_chosen(in_filters['delivery_modes']::varchar[], in_mode);

-- Whether one of the filters is set that ask for the engagements of a request.
create or replace macro is_by_delivery(in_filters) as
    in_filters['partners']::varchar[] is not null
    or in_filters['delivery_modes']::varchar[] is not null;

-- Whether one of the filters is set that ask for the request of an engagement.
create or replace macro is_by_request(in_filters) as
    in_filters['request_statuses']::varchar[] is not null
    or in_filters['sources']::varchar[] is not null;

-- The topics that each list of topics names: requests are counted by their list
-- first, of which there are few. Numbers are quicker to group by than ids.
create or replace macro topics_of_sets() as table
select topic_set, topic_id, dense_rank() over (order by topic_id) as topic_number
from (select topic_set, unnest(topic_ids) as topic_id from topic_sets);

-- The same period and topics, whatever agencies are chosen: what the nation asked for.
create or replace macro of_all_agencies(in_filters) as
    struct_pack(
        date_from := in_filters['date_from'],
        date_to := in_filters['date_to'],
        topics := in_filters['topics'],
        partners := in_filters['partners'],
        delivery_modes := in_filters['delivery_modes'],
        request_statuses := in_filters['request_statuses'],
        sources := in_filters['sources'],
        regions := null,
        divisions := null,
        states := null,
        size_bands := null,
        agency_types := null
    );

create or replace macro filtered_agencies(in_viewer, in_filters) as table
select *
from visible_agency_facts(in_viewer)
where is_agency_chosen(in_filters);

-- Requests of a status and a source, that have an engagement of a partner and a delivery
-- mode. Each is "all, where it is not asked for" and "those, where it is": one of them is
-- gone when DuckDB plans, and with it what it reads.
create or replace macro requests_of_sources(in_viewer, in_filters) as table
with chosen as not materialized (
    select *
    from visible_request_facts(in_viewer)
    where is_known_chosen(in_filters['request_statuses']::varchar[], status)
),

of_delivery as not materialized (
    select *
    from chosen
    where not is_by_delivery(in_filters)
    union all
    select *
    from chosen
    where
        is_by_delivery(in_filters)
        and request_id in (
            select request_id
            from visible_engagement_facts(in_viewer)
            where
                not is_cancelled
                and is_delivery_chosen(
                    in_filters, lead_partner_id, supporting_partner_ids, delivery_mode
                )
        )
)

select *
from of_delivery
where in_filters['sources']::varchar[] is null
union all
select *
from of_delivery
where
    in_filters['sources']::varchar[] is not null
    and request_id in (
        select request_id
        from requests
        where is_known_chosen(in_filters['sources']::varchar[], source)
    );

-- Engagements, or outcomes, whose request has a status and a source: their ids.
create or replace macro requests_by_source(in_filters) as table
select request_id
from requests
where
    is_known_chosen(in_filters['request_statuses']::varchar[], status)
    and is_known_chosen(in_filters['sources']::varchar[], source);

-- Without their agency: what is counted by agency first takes it after that.
create or replace macro requests_of_topics(in_viewer, in_filters) as table
select requests.*, topic_sets.topic_ids
from requests_of_sources(in_viewer, in_filters) as requests
join topic_sets using (topic_set)
where is_any_topic_chosen(in_filters, topic_sets.topic_ids);

create or replace macro requests_of_any_period(in_viewer, in_filters) as table
select requests.*, agencies.* exclude (agency_code)
from requests_of_topics(in_viewer, in_filters) as requests
join facts_of_agencies as agencies using (agency_code)
where is_agency_chosen(in_filters);

create or replace macro filtered_requests(in_viewer, in_filters) as table
select *
from requests_of_any_period(in_viewer, in_filters)
where is_in_period(in_filters, received_on);

-- The chosen agencies, each with how many of the chosen requests it made.
create or replace macro filtered_agency_requests(in_viewer, in_filters) as table
with counted as (
    select
        agency_code,
        count(*) as requests,
        count(*) filter (where is_open) as requests_open,
        count(*) filter (where is_worked_on) as requests_worked_on
    from requests_of_topics(in_viewer, in_filters)
    where is_in_period(in_filters, received_on)
    group by agency_code
)
select
    agencies.*,
    coalesce(counted.requests, 0) as requests,
    coalesce(counted.requests_open, 0) as requests_open,
    coalesce(counted.requests_worked_on, 0) as requests_worked_on
from filtered_agencies(in_viewer, in_filters) as agencies
left join counted using (agency_code);

create or replace macro engagements_of_any_period(in_viewer, in_filters) as table
with chosen as not materialized (
    select *
    from visible_engagement_facts(in_viewer)
    where
        is_topic_chosen(in_filters, topic_id)
        and is_delivery_chosen(
            in_filters, lead_partner_id, supporting_partner_ids, delivery_mode
        )
),

of_requests as not materialized (
    select *
    from chosen
    where not is_by_request(in_filters)
    union all
    select *
    from chosen
    where
        is_by_request(in_filters)
        and request_id in (select request_id from requests_by_source(in_filters))
)

select engagements.*, agencies.* exclude (agency_code)
from of_requests as engagements
join facts_of_agencies as agencies using (agency_code)
where is_agency_chosen(in_filters);

-- By the statuses that are chosen too.
create or replace macro filtered_engagements(in_viewer, in_filters) as table
select *
from engagements_of_any_period(in_viewer, in_filters)
where
    is_in_period(in_filters, period_on)
    and is_known_chosen(in_filters['statuses']::varchar[], status);

create or replace macro outcomes_of_any_period(in_viewer, in_filters) as table
with chosen as not materialized (
    select *
    from visible_outcome_facts(in_viewer)
    where
        is_topic_chosen(in_filters, topic_id)
        and is_delivery_chosen(
            in_filters, lead_partner_id, supporting_partner_ids, delivery_mode
        )
),

of_requests as not materialized (
    select *
    from chosen
    where not is_by_request(in_filters)
    union all
    select *
    from chosen
    where
        is_by_request(in_filters)
        and request_id in (select request_id from requests_by_source(in_filters))
)

select outcomes.*, agencies.* exclude (agency_code)
from of_requests as outcomes
join facts_of_agencies as agencies using (agency_code)
where is_agency_chosen(in_filters);

create or replace macro filtered_outcomes(in_viewer, in_filters) as table
select *
from outcomes_of_any_period(in_viewer, in_filters)
where is_in_period(in_filters, period_on);
