-- One row per request, in order of arrival, with the slot of the requesting agency.
create temp table demo_arrivals as
select
    before + arrival as request_no,
    before_in_year + arrival as number_in_year,
    received_on,
    fiscal_year,
    floor(
        demo_chance($seed, before + arrival, 'agency')
        * (select count(*) from demo_askers)
    )::bigint as asker_slot
from (
    select *, unnest(range(1, requests + 1)) as arrival
    from demo_days
)
order by request_no;
