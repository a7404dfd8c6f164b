-- Derived values, each defined once. Parameters begin with in_, as no column
-- does: "where partner = partner" is always true.

create or replace macro fiscal_year(in_on) as
    year(in_on)::integer + (month(in_on) >= 10)::integer;

create or replace macro month_of(in_on) as
    make_date(year(in_on), month(in_on), 1);

create or replace macro size_band_order(in_sworn) as
    case
        when in_sworn is null then 9
        when in_sworn < 10 then 1
        when in_sworn < 25 then 2
        when in_sworn < 50 then 3
        when in_sworn < 100 then 4
        when in_sworn < 250 then 5
        when in_sworn < 500 then 6
        when in_sworn < 1000 then 7
        else 8
    end;

create or replace macro region_order(in_region) as
    case in_region
        when 'Midwest' then 1
        when 'Northeast' then 2
        when 'South' then 3
        when 'West' then 4
        when 'Territories' then 5
        else 6
    end;

-- Not closed in any way: waiting for the office or a partner. The status says so;
-- where there is none, that there is no day of closing.
create or replace macro is_open_request(in_status, in_closed_on) as
    coalesce(
        in_status not in ('completed', 'declined', 'withdrawn'),
        in_closed_on is null
    );

create or replace macro is_place(in_latitude, in_longitude) as
    in_latitude is not null and in_longitude is not null;

-- Of a request that is received on a day to come, unknown.
create or replace macro days_open(in_is_open, in_received_on, in_as_of) as
    case
        when in_is_open and in_received_on <= in_as_of::date
            then in_as_of::date - in_received_on
    end;

-- Taken on by the office, and not finished yet.
create or replace macro is_accepted_status(in_status) as
    coalesce(in_status in ('accepted', 'assigned', 'in_delivery'), false);

-- Engagements without a lead partner count together, as one partner's do.
create or replace macro lead_or_none(in_lead_partner_id) as
    coalesce(in_lead_partner_id, 'Not reported');

create or replace macro is_cancelled(in_engagement_status) as
    coalesce(in_engagement_status = 'cancelled', false);

-- Who leads a request, of its engagements that are not canceled: the partner of the one
-- that began first, of those still under way, else of those completed.
create or replace macro leading_partner(
    in_lead_partner_id, in_status, in_period_on, in_engagement_id
) as
    arg_min(
        lead_or_none(in_lead_partner_id),
        {
            'is_done': coalesce(in_status = 'completed', false),
            'period_on': coalesce(in_period_on, date '9999-12-31'),
            'engagement_id': in_engagement_id
        }
    ) filter (where not is_cancelled(in_status));

-- The day that a period is held against. A request has one: received_on.
create or replace macro engagement_period_on(in_started_on, in_planned_start_on) as
    coalesce(in_started_on, in_planned_start_on);

create or replace macro outcome_period_on(in_followup_on, in_baseline_on) as
    coalesce(in_followup_on, in_baseline_on);

-- The half-width factor of a two-sided 95 % interval of a mean (Student's t,
-- 0.975 quantile): exact to 4 digits for 1 to 3 degrees of freedom, the
-- Cornish-Fisher expansion (within 0.1 %) above.
create or replace macro t_975(in_degrees) as
    case
        when in_degrees < 1 then null
        when in_degrees = 1 then 12.7062
        when in_degrees = 2 then 4.3027
        when in_degrees = 3 then 3.1824
        else 1.959964
            + (pow(1.959964, 3) + 1.959964) / (4 * in_degrees)
            + (5 * pow(1.959964, 5) + 16 * pow(1.959964, 3) + 3 * 1.959964)
                / (96 * pow(in_degrees, 2))
            + (
                3 * pow(1.959964, 7) + 19 * pow(1.959964, 5)
                + 17 * pow(1.959964, 3) - 15 * 1.959964
            ) / (384 * pow(in_degrees, 3))
            + (
                79 * pow(1.959964, 9) + 776 * pow(1.959964, 7)
                + 1482 * pow(1.959964, 5) - 1920 * pow(1.959964, 3)
                - 945 * 1.959964
            ) / (92160 * pow(in_degrees, 4))
    end;

-- Alaska ends beyond the date line, and Guam lies west of Hawaii.
create or replace macro degrees_east_of(in_state, in_longitude) as
    case
        when in_longitude > 0 and in_state in ('AK', 'AS', 'GU', 'HI', 'MP')
            then in_longitude - 360
        else in_longitude
    end;

-- Great-circle distance on a sphere with the Earth's mean radius (haversine).
create or replace macro miles_between(
    in_latitude, in_longitude, in_other_latitude, in_other_longitude
) as
    case
        -- "least" would take no part that is not known for one.
        when is_place(in_latitude, in_longitude)
            and is_place(in_other_latitude, in_other_longitude)
            then 2 * 3958.7613 * asin(least(1, sqrt(
                pow(sin(radians(in_other_latitude - in_latitude) / 2), 2)
                + cos(radians(in_latitude)) * cos(radians(in_other_latitude))
                * pow(sin(radians(in_other_longitude - in_longitude) / 2), 2)
            )))
    end;

-- Within the rectangle of a state, or a degree (up to 69 miles) around it. What is not
-- known to be outside is taken to be inside.
create or replace macro is_near_state(in_latitude, in_longitude, in_box) as
    coalesce(
        in_latitude between in_box['south'] - 1 and in_box['north'] + 1
        and degrees_east_of(in_box['state'], in_longitude)
        between in_box['west'] - 1 and in_box['east'] + 1,
        true
    );
