update engagements
set site_name = null
where
    engagement_id in (select record_id from redacting)
    and site_name is not null
