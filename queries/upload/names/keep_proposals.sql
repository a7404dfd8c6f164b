-- The best three proposals for each name without a certain match, and why not certain.
-- is_close: the names are the same except for spelling. is_likely: besides, all parts agree,
-- no other agency of the state comes close, and if a letter of the name itself differs, the
-- city is the same.
create or replace temp table proposed_names as
with scored as (
    select
        *,
        name_score * kind_score * unit_score * rest_score * number_score
        * city_score * type_score as likeness,
        -- A full match that is not certain gets a score below 1.
        round(least(likeness, 0.96), 2) as score
    from compared_names
),

-- A partner has several names. The most similar one counts.
records as (
    select scored.*, record_id, name
    from scored
    join known_names using (known_no)
    where score >= 0.5
    qualify
        row_number() over (
            partition by given_no, record_id order by score desc, known_no
        ) = 1
),

told as (
    select
        records.*,
        case names_are
            when 'same' then given.core <> ''
            when 'joined' then true
            when 'order' then true
            when 'letter'
                then city_score >= 1 and is_one_slip(given.words, known.words)
            else false
        end as is_close,
        given.state is not null
        and kind_score * unit_score * rest_score * type_score = 1
        and city_score >= if(names_are = 'letter', 1.05, 1)
        and names_are <> 'order' as is_strong
    from records
    join name_parts as given on given.is_given and given.name_no = given_no
    join name_parts as known on not known.is_given and known.name_no = known_no
),

placed as (
    select
        *,
        is_close
        and is_strong
        and count(*) filter (where is_close) over (partition by given_no) = 1
            as is_likely,
        row_number() over (
            partition by given_no order by score desc, record_id
        ) as place,
        count(*) filter (where likeness >= 1) over (
            partition by given_no
        ) as fitting
    from told
    qualify place <= 3
)

select
    given_no,
    placed.record_id as id,
    placed.name as name,
    known.city,
    known.state,
    score,
    place,
    is_close,
    is_likely,
    array_to_string(
        list_filter(
            [
                name_reason(names_are, given.words, known.words),
                if(given.is_guessed, 'a word may be misspelled', null),
                kind_reason(kind_score < 1, given.kind, known.kind),
                unit_reason(unit_score < 1, given.unit, known.unit),
                rest_reason(rest_score < 1, given.rest, known.rest),
                case
                    when city_score < 1 then concat('the city differs (', known.city, ')')
                    when city_score > 1 then 'same city'
                end,
                if(type_score < 1, 'the type given differs', null),
                case
                    when $dataset = 'agencies' and state_written is null
                        then 'no state is given'
                    when $dataset = 'agencies' and given.state is null
                        then 'the state given is unknown'
                    when likeness < 1 then null
                    when fitting > 1 then concat('one of ', fitting, ' of that name')
                    when given.core = '' then 'no place is named'
                    when given.is_guessed then null
                    else 'another comes near'
                end
            ],
            lambda reason: reason is not null
        ),
        '; '
    ) as reason
from placed
join given_names using (given_no)
join name_parts as given on given.is_given and given.name_no = given_no
join name_parts as known on not known.is_given and known.name_no = known_no
