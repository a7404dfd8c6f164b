-- Engagement IDs that are one of these but for the number at their end.
select engagement_id
from engagements
where upper(regexp_replace(engagement_id, '-[0-9]+$', '')) in (
    select upper(unnest($stems::varchar[]))
)
order by engagement_id
