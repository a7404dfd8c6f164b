-- Invented associations that deliver assistance: some from the start, two that joined later,
-- one that left, one not selected, and one still applying.
insert into partners by name
with association as (
    select *
    from (values
        ('NAPS', 'National Association of Police Supervisors', 'labor', 'selected', '2017-06-12', '2017-10-01', null, 'Columbus', 'OH', 2200, ['officer-wellness', 'training', 'active-shooter', 'crime-reduction', 'gun-violence', 'gang-prevention', 'shared-services']),
        ('APOL', 'Allied Patrol Officers League', 'labor', 'selected', '2017-06-20', '2017-10-01', null, 'Saint Louis', 'MO', 1900, ['officer-wellness', 'training', 'active-shooter', 'mass-casualty', 'mass-demonstrations']),
        ('SAPC', 'Society of American Police Commanders', 'executives', 'selected', '2017-06-05', '2017-10-01', null, 'Alexandria', 'VA', 2900, ['crime-reduction', 'gun-violence', 'focused-deterrence', 'gang-prevention', 'stakeholder-coordination', 'information-sharing', 'mass-casualty', 'mass-demonstrations', 'compstat', 'training', 'officer-wellness', 'tribal']),
        ('ASCO', 'American Sheriffs Cooperative', 'sheriffs', 'selected', '2017-06-26', '2017-10-01', null, 'Nashville', 'TN', 2600, ['shared-services', 'crime-reduction', 'information-sharing', 'gang-prevention', 'stakeholder-coordination', 'officer-wellness', 'training', 'active-shooter', 'tribal']),
        ('CPSD', 'Collegiate Public Safety Directors League', 'campus', 'selected', '2017-06-30', '2017-10-01', null, 'Hartford', 'CT', 900, ['active-shooter', 'mass-casualty', 'mass-demonstrations', 'training', 'officer-wellness']),
        ('FDPA', 'Four Directions Tribal Policing Alliance', 'tribal', 'selected', '2017-06-29', '2017-10-01', null, 'Albuquerque', 'NM', 1000, ['tribal', 'training', 'crime-reduction', 'officer-wellness', 'shared-services']),
        ('WPCN', 'Women in Police Command Network', 'women executives', 'selected', '2019-03-18', '2019-10-01', null, 'Minneapolis', 'MN', 1100, ['officer-wellness', 'training', 'stakeholder-coordination', 'compstat', 'focused-deterrence', 'gun-violence', 'gang-prevention']),
        ('STRP', 'Small Town and Rural Policing Union', 'small departments', 'selected', '2021-11-08', '2022-05-01', null, 'Des Moines', 'IA', 1400, ['shared-services', 'officer-wellness', 'training', 'crime-reduction', 'active-shooter', 'stakeholder-coordination']),
        ('LPCA', 'League of Police Crime Analysts', 'analysts', 'former', '2017-07-03', '2017-10-01', '2022-09-30', 'Denver', 'CO', 1600, ['compstat', 'information-sharing', 'gun-violence', 'focused-deterrence', 'crime-reduction']),
        ('MCRF', 'Municipal Crisis Response Federation', 'trainers', 'not_selected', '2019-03-29', null, null, 'Tampa', 'FL', null, ['training', 'mass-casualty']),
        ('PPPF', 'Police and Prosecutors Partnership Forum', 'prosecutors', 'applied', '2026-06-15', null, null, 'Sacramento', 'CA', null, ['stakeholder-coordination', 'focused-deterrence', 'gang-prevention'])
    ) as invented(
        partner_id, partner_name, kind, selection_status, applied_on,
        effective_from_on, effective_to_on, base_city, base_state,
        capacity_hours_per_quarter, topic_ids
    )
)

select
    association.partner_id,
    association.partner_name,
    association.partner_id as acronym,
    association.kind,
    association.selection_status,
    association.applied_on::date as applied_on,
    association.effective_from_on::date as effective_from_on,
    association.effective_to_on::date as effective_to_on,
    association.base_city,
    association.base_state,
    places.latitude as base_latitude,
    places.longitude as base_longitude,
    association.capacity_hours_per_quarter,
    association.topic_ids
from association
left join demo_places as places
    on
        places.state = association.base_state
        and places.city = association.base_city
order by association.applied_on, association.partner_id;
