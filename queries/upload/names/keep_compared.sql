-- The similarity of each pair of names, from 0 to 1, and their differences. A sheriff is
-- not at all like police, nor one number like another.
create or replace temp table compared_names as
with words as (
    select
        is_given,
        name_no,
        coalesce(state, '') as state,
        unnest(list_distinct(words)) as word
    from name_parts
),

weights as (
    select state, word, 1 / sqrt(count(*)) as weight
    from words
    where not is_given
    group by state, word
),

-- A rare common word counts more than a frequent one.
weighed as (
    select is_given, name_no, word, coalesce(weight, 1) as weight
    from words
    left join weights using (state, word)
),

totals as (
    select is_given, name_no, sum(weight) as total
    from weighed
    group by is_given, name_no
),

in_common as (
    select given_no, known_no, sum(given.weight) as common
    from candidate_names
    join weighed as given on given.is_given and given.name_no = given_no
    join weighed as known
        on not known.is_given and known.name_no = known_no and known.word = given.word
    group by given_no, known_no
),

pairs as (
    select
        given_no,
        known_no,
        given,
        known,
        coalesce(
            2 * common / (given_total.total + known_total.total), 0
        ) as share_in_common,
        jaro_winkler_similarity(given.joined, known.joined) as likeness
    from candidate_names
    join name_parts as given on given.is_given and given.name_no = given_no
    join name_parts as known on not known.is_given and known.name_no = known_no
    left join totals as given_total
        on given_total.is_given and given_total.name_no = given_no
    left join totals as known_total
        on not known_total.is_given and known_total.name_no = known_no
    left join in_common using (given_no, known_no)
),

told as (
    select
        *,
        case
            when given.core = known.core then 'same'
            when given.joined = known.joined then 'joined'
            when
                length(given.joined) >= 4
                and abs(length(given.joined) - length(known.joined)) <= 1
                and damerau_levenshtein(given.joined, known.joined) = 1
                then 'letter'
            when list_sort(given.words) = list_sort(known.words) then 'order'
            when list_has_all(known.words, given.words) then 'more'
            when list_has_all(given.words, known.words) then 'less'
            when share_in_common > 0 then 'some'
            else 'alike'
        end as names_are
    from pairs
)

select
    given_no,
    known_no,
    names_are,
    case names_are
        when 'same' then 1
        when 'joined' then 0.98
        when 'letter' then 0.93
        when 'order' then 0.93
        else greatest(
            0.9 * share_in_common,
            if(likeness >= 0.88, 0.6 + 2.5 * (likeness - 0.88), 0)
        )
    end as name_score,
    case
        when is_same_kind(given.kind, known.kind, known.is_institution) then 1
        when given.kind = '' or known.kind = '' then 0.9
        when may_be_kind(given.kind, known.kind, known.is_institution) then 0.95
        else 0
    end as kind_score,
    if(name_numbers(given.words) = name_numbers(known.words), 1, 0) as number_score,
    case
        when is_same_unit(given.unit, known.unit) then 1
        when given.unit = 'COUNTY' or known.unit = 'COUNTY'
            then if(given.unit = '' or known.unit = '', 0.9, 0.75)
        when given.unit = '' and known.unit in ('TOWNSHIP', 'TOWN') then 0.92
        when given.unit = '' or known.unit = '' then 0.95
        else 0.85
    end as unit_score,
    case
        when names_are not in ('same', 'joined', 'letter') then 1
        when given.rest = known.rest then 1
        when given.rest = '' or known.rest = '' then 0.93
        else 0.75
    end as rest_score,
    case
        when given.city_plain = known.city_plain then 1.05
        when given.city_plain <> known.city_plain then 0.9
        else 1
    end as city_score,
    if(is_other_type(given.agency_type, known.agency_type), 0.85, 1) as type_score
from told
