-- The names of topics: name, description, and the words of the ID.
create or replace temp table known_names as
with labels as (
    select topic_id, topic_name, topic_name as written from topics
    union
    select topic_id, topic_name, description from topics
    union
    select topic_id, topic_name, topic_id from topics
)

select
    row_number() over (order by topic_id, written) as known_no,
    topic_id as record_id,
    topic_name as name,
    written,
    null::varchar as state,
    null::varchar as city,
    null::varchar as agency_type
from labels
where written is not null
