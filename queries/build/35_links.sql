-- The lists that rows carry, as tables: one row per pair.

create or replace view request_topics as
select request_id, topic_id, topic_order = 1 as is_primary
from (
    select
        request_id,
        unnest(topic_ids) as topic_id,
        generate_subscripts(topic_ids, 1) as topic_order
    from requests
);

create or replace view partner_topics as
select partner_id, unnest(topic_ids) as topic_id
from partners;

create or replace view engagement_partners as
select engagement_id, unnest(supporting_partner_ids) as partner_id
from engagements;
