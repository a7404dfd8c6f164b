-- Names that are equal except for spaces. is_fitting: all other parts agree, too. is_near:
-- the name may also mean this record.
create or replace temp table same_names as
with given as (
    select
        *,
        unnest(
            if(may_mean_city, [joined, joined || 'CITY'], [joined])
        ) as meant
    from name_parts
    where is_given and name_no not in (select given_no from settled_names)
),

pairs as (
    select
        given.name_no as given_no,
        known.name_no as known_no,
        record_id,
        -- A name with a typing error is only proposed.
        not given.is_guessed
        and given.core = known.core
        and is_same_unit(given.unit, known.unit)
        and is_same_kind(given.kind, known.kind, known.is_institution)
        and given.rest = known.rest as is_same,
        is_same_kind(given.kind, known.kind, known.is_institution)
        and (
            may_mean_unit(given.unit, known.unit)
            or (given.meant <> given.joined and known.unit = '')
        )
        and given.rest in (known.rest, '') as is_near,
        coalesce(given.city_plain <> known.city_plain, false) as is_other_city,
        is_other_type(given.agency_type, known.agency_type) as is_other_type,
        -- A name without a place or a state is never enough.
        (given.state is not null or $dataset <> 'agencies')
        and (given.core <> '' or is_statewide_kind(given.kind)) as is_enough
    from given
    join name_parts as known
        on
            given.meant = known.joined
            and coalesce(given.state, known.state, '') = coalesce(known.state, '')
    join known_names on known_no = known.name_no
    where not known.is_given
)

select
    given_no,
    known_no,
    record_id,
    is_same and is_enough and not is_other_city and not is_other_type as is_fitting,
    is_near and not is_other_city and not is_other_type as is_near
from pairs
