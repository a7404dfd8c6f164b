-- Remove records from the tables of their datasets.
delete from agencies
where
    agency_id in (select record_id from removed_records where dataset = 'agencies');

delete from topics
where
    topic_id in (select record_id from removed_records where dataset = 'topics');

delete from partners
where
    partner_id in (select record_id from removed_records where dataset = 'partners');

delete from metrics
where
    metric_id in (select record_id from removed_records where dataset = 'metrics');

delete from requests
where
    request_id in (select record_id from removed_records where dataset = 'requests');

delete from engagements
where
    engagement_id in (select record_id from removed_records where dataset = 'engagements');

delete from outcomes
where
    outcome_id in (select record_id from removed_records where dataset = 'outcomes');
