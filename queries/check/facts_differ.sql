-- Whether any fact differs from the tables, by a sum over all values.
with sums as (
    select
        (select (count(*), sum(hash(one))) from agencies_now as one)
            as agencies_now,
        (select (count(*), sum(hash(one))) from facts_of_agencies as one)
            as agencies,
        (select (count(*), sum(hash(one))) from requests_now as one)
            as requests_now,
        (select (count(*), sum(hash(one))) from facts_of_requests as one)
            as requests,
        (select (count(*), sum(hash(one))) from engagements_now as one)
            as engagements_now,
        (select (count(*), sum(hash(one))) from facts_of_engagements as one)
            as engagements,
        (select (count(*), sum(hash(one))) from outcomes_now as one)
            as outcomes_now,
        (select (count(*), sum(hash(one))) from facts_of_outcomes as one)
            as outcomes
)

select
    agencies_now is distinct from agencies
    or requests_now is distinct from requests
    or engagements_now is distinct from engagements
    or outcomes_now is distinct from outcomes
from sums;
