-- The first and last day with a request, and the day that "now" means.
-- key: one row
-- params: viewer_role, viewer_partner, as_of
select
    min(received_on) as first_on,
    max(received_on) as last_on,
    case
        when is_known_viewer($viewer_role, $viewer_partner) then $as_of::date
    end as as_of_on
from visible_request_rows($viewer_role, $viewer_partner)
order by all
