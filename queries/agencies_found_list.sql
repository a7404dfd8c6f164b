-- Agencies in whose ID, name, city, county, or state each word of a text occurs, as written
-- or as what it is short for ("St Louis PD"), or those with the given IDs, in that order.
-- Those of a state that the text names come first, then those with all words in their ID and
-- name, the most similar name first.
-- key: agency_id
-- params: viewer, text, agency_ids, row_limit
with searched_words as (
    select
        list(
            {'written': searched.word, 'meant': lower(coalesce(meant, searched.word))}
        ) as words
    from (
        select unnest(string_split(lower(trim($text::varchar)), ' ')) as word
    ) as searched
    left join name_words on written = upper(searched.word)
),

described as (
    select
        agency_id,
        agency_name,
        state,
        city,
        county,
        agency_type,
        concat_ws(' ', agency_id, agency_name) as named,
        concat_ws(' ', city, county, state, state_name) as placed
    from visible_agencies($viewer)
),

found as (
    select
        *,
        list_position($agency_ids::varchar[], agency_id) as place,
        list_contains(
            list_transform(words, lambda word: word.written), lower(state)
        ) as is_of_state,
        has_each_word_meant(named, words) as is_by_name
    from described
    cross join searched_words
    where
        coalesce(
            list_contains($agency_ids::varchar[], agency_id),
            has_each_word_meant(concat_ws(' ', named, placed), words)
        )
)

select
    agency_id,
    agency_name,
    state,
    city,
    county,
    agency_type
from found
order by
    place,
    is_of_state desc,
    is_by_name desc,
    case
        when is_by_name
            then jaro_winkler_similarity(lower(agency_name), lower(trim($text::varchar)))
    end desc nulls last,
    agency_name,
    agency_id
limit $row_limit::bigint
