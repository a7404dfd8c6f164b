-- Whether the store has more than the initial topics and metrics.
select
    exists (from agencies)
    or exists (from partners)
    or exists (from requests)
    or exists (from engagements)
    or exists (from outcomes)
    or exists (from uploads)
