-- What the engagement map colors by, and how it puts engagements together.

-- The program's topics in five groups: as many colors as people tell apart. A store's own
-- topics are in none.
create or replace macro topic_group(in_topic_id) as
    case
        when in_topic_id in (
            'crime-reduction', 'gun-violence', 'focused-deterrence', 'gang-prevention'
        ) then 'violence'
        when in_topic_id in ('mass-casualty', 'active-shooter', 'mass-demonstrations')
            then 'critical'
        when in_topic_id in ('stakeholder-coordination', 'information-sharing', 'compstat')
            then 'coordination'
        when in_topic_id in ('officer-wellness', 'training') then 'officers'
        when in_topic_id in ('tribal', 'shared-services') then 'tribal_shared'
        else 'other'
    end;

create or replace macro size_group(in_band_order) as
    case
        when in_band_order = 1 then 'under_10'
        when in_band_order = 2 then '10_24'
        when in_band_order = 3 then '25_49'
        when in_band_order in (4, 5) then '50_249'
        when in_band_order in (6, 7, 8) then '250_or_more'
        else 'other'
    end;

-- The five partners that lead most of what the viewer sees, whatever the filters: a filter
-- changes no color.
create or replace macro partners_with_color(in_viewer) as table
select
    lead_partner_id,
    row_number() over (order by count(*) desc, lead_partner_id) as partner_order
from visible_engagement_facts(in_viewer)
where lead_partner_id is not null
group by lead_partner_id
qualify partner_order <= 5;

-- Not as one of the codes above, whatever a partner's ID is.
create or replace macro partner_group(in_lead_partner_id) as
    coalesce('partner ' || in_lead_partner_id, 'other');

create or replace macro map_engagements(in_viewer, in_filters, in_colored_by) as table
select
    engagements.*,
    case coalesce(in_colored_by::varchar, 'topic')
        when 'partner' then partner_group(colored.lead_partner_id)
        when 'status' then coalesce(engagements.status, 'other')
        when 'size' then size_group(engagements.band_order)
        else topic_group(engagements.topic_id)
    end as map_group
from filtered_engagements(in_viewer, in_filters) as engagements
left join partners_with_color(in_viewer) as colored
    on colored.lead_partner_id = engagements.lead_partner_id
    and in_colored_by::varchar = 'partner';

-- Drawn in insets: each is one place, however many degrees it spans.
create or replace macro is_in_inset(in_state) as
    coalesce(in_state in ('AK', 'AS', 'GU', 'HI', 'MP', 'PR', 'VI'), false);

-- The cell of a grid, a fifth less high than wide in degrees: square on the map. Without a
-- width it is half a degree both ways, in the insets too.
create or replace macro map_place(in_state, in_latitude, in_longitude, in_degrees) as
    case
        when not is_place(in_latitude, in_longitude) then null
        when in_degrees::double is null then concat(
            floor(in_latitude * 2)::bigint, ' ', floor(in_longitude * 2)::bigint
        )
        when is_in_inset(in_state) then in_state
        else concat(
            floor(in_latitude / (0.8 * greatest(in_degrees::double, 0.1)))::bigint,
            ' ',
            floor(in_longitude / greatest(in_degrees::double, 0.1))::bigint
        )
    end;
