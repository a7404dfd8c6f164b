-- One agency: how it is found, its events, and the agencies like it.

-- Whether each word occurs, as it is written or as what it is short for.
create or replace macro has_each_word_meant(in_searched, in_words) as
    len(
        list_filter(
            in_words,
            lambda word: not contains(lower(in_searched), word.written)
            and not contains(lower(in_searched), word.meant)
        )
    ) = 0;

-- One event of a record. A value that is measured has its number.
create or replace macro event_of(in_event, in_order, in_on, in_status, in_value) as {
    'event': in_event::varchar,
    'event_order': in_order::integer,
    'event_on': in_on::date,
    'event_status': in_status::varchar,
    'value': in_value::double
};

-- How a request was decided, as its status shows it later. Null where it does not.
create or replace macro decision_of(in_status) as
    case
        when in_status in ('declined', 'withdrawn') then in_status
        when in_status in ('accepted', 'assigned', 'in_delivery', 'completed')
            then 'accepted'
    end;

-- Its rows: by its number in the facts, which is quicker to find than its ID in the tables.
create or replace macro is_of_agency(in_agency_code, in_agency_id) as
    in_agency_code in (
        select agencies.agency_code
        from facts_of_agencies as agencies
        where agencies.agency_id = in_agency_id
    );

create or replace macro requests_of_agency(in_viewer, in_agency_id) as table
select requests.*, topic_sets.topic_ids
from visible_request_facts(in_viewer) as requests
join topic_sets using (topic_set)
where is_of_agency(requests.agency_code, in_agency_id);

create or replace macro engagements_of_agency(in_viewer, in_agency_id) as table
select *
from visible_engagement_facts(in_viewer)
where is_of_agency(agency_code, in_agency_id);

create or replace macro outcomes_of_agency(in_viewer, in_agency_id) as table
select *
from visible_outcome_facts(in_viewer)
where is_of_agency(agency_code, in_agency_id);

-- With fewer peers of the same type, an agency is compared with all types.
create or replace macro fewest_peers_of_type() as 10;

-- The agencies of the same size and region, and of the same type where there are enough.
-- None where the agency's size or region is not known: all that is known of these is
-- that nothing is.
create or replace macro peers_of(in_viewer, in_agency_id) as table
with alike as (
    select
        peers.*,
        coalesce(peers.agency_type = own.agency_type, false) as is_same_type
    from visible_agency_facts(in_viewer) as peers
    join visible_agency_facts(in_viewer) as own
        on
            own.agency_id = in_agency_id
            and own.size_band <> 'Not reported'
            and own.region <> 'Not reported'
            and peers.size_band = own.size_band
            and peers.region = own.region
            and peers.agency_id <> own.agency_id
),

typed as (
    select
        *,
        count(*) filter (where is_same_type) over () >= fewest_peers_of_type()
            as is_of_type
    from alike
)

select * exclude (is_same_type)
from typed
where is_same_type or not is_of_type;

-- Each peer with its number of requests, which may be 0.
create or replace macro peers_with_requests(in_viewer, in_agency_id) as table
with counted as (
    select
        agency_code,
        count(*) as requests,
        row_count(is_open) as requests_open,
        max(received_on) as last_received_on
    from visible_request_facts(in_viewer)
    where agency_code in (select agency_code from peers_of(in_viewer, in_agency_id))
    group by agency_code
)

select
    peers.*,
    coalesce(requests, 0) as requests,
    coalesce(requests_open, 0) as requests_open,
    last_received_on
from peers_of(in_viewer, in_agency_id) as peers
left join counted using (agency_code);

create or replace macro agency_with_requests(in_viewer, in_agency_id) as table
select
    agencies.*,
    (select count(*) from requests_of_agency(in_viewer, in_agency_id)) as requests
from visible_agency_facts(in_viewer) as agencies
where agencies.agency_id = in_agency_id;

-- Groups of twice as many requests each: 0, 1, 2 to 3, 4 to 7, and so on.
create or replace macro requests_group(in_requests) as
    if(in_requests = 0, 0, floor(log2(in_requests))::integer + 1);

create or replace macro requests_group_name(in_group) as
    case
        when in_group < 2 then in_group::varchar
        else concat((1 << (in_group - 1)), '-', (1 << in_group) - 1)
    end;
