-- Engagements in whose ID or site each word of the text occurs, or in the ID or name of their
-- request, agency, or lead partner.
with described as (
    select
        engagements.engagement_id,
        agencies.agency_name,
        partners.partner_name as lead_partner_name,
        engagements.started_on,
        engagements.status,
        concat_ws(
            ' ',
            engagements.engagement_id,
            engagements.request_id,
            engagements.site_name,
            agencies.agency_id,
            agencies.agency_name,
            partners.partner_id,
            partners.partner_name,
            partners.acronym
        ) as searched
    from engagements
    left join requests using (request_id)
    left join agencies using (agency_id)
    left join partners on partners.partner_id = engagements.lead_partner_id
)
select * exclude (searched)
from described
where has_each_word(searched, $text)
order by started_on desc nulls last, engagement_id
limit $row_limit
