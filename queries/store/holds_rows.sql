-- Anything but the topics and metrics that a new store starts with.
select
    exists (from agencies)
    or exists (from partners)
    or exists (from requests)
    or exists (from engagements)
    or exists (from outcomes)
    or exists (from uploads)
