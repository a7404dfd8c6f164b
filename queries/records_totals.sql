-- How many agencies, requests, engagements, and outcomes there are, whatever is chosen.
-- key: one row
-- params: viewer
select
    (select count(*) from visible_agency_facts($viewer)) as agencies,
    (select count(*) from visible_request_facts($viewer)) as requests,
    (select count(*) from visible_engagement_facts($viewer)) as engagements,
    (select count(*) from visible_outcome_facts($viewer)) as outcomes
order by all
