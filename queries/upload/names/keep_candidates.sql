-- Pairs of names to compare, for names without a certain match: the same letters, the same
-- letters except one, a rare word in common, or the same beginning. All within a state; if
-- none is given, only the letters count.
create or replace temp table candidate_names as
with asked as (
    select * from name_parts
    where is_given and name_no not in (select given_no from settled_names)
),

-- Each name without one letter. Names that differ by one letter have one of these in common.
shortened as (
    select
        is_given,
        name_no,
        coalesce(state, '') as state,
        unnest(
            list_distinct(
                list_transform(
                    range(0, length(joined) + 1),
                    lambda place: joined[:place] || joined[place + 2:]
                ) 
            )
        ) as letters
    from (
        from asked
        union all
        from name_parts where not is_given
    ) as parts
    where length(joined) between 4 and 60
),

by_letter as (
    select given.name_no as given_no, known.name_no as known_no
    from shortened as given
    join shortened as known using (state, letters)
    where given.is_given and not known.is_given
),

by_letter_anywhere as (
    select given.name_no as given_no, known.name_no as known_no
    from shortened as given
    join shortened as known using (letters)
    where
        given.is_given and not known.is_given
        and given.state = '' and known.state <> ''
),

known_words as (
    select name_no, coalesce(state, '') as state, unnest(words) as word
    from name_parts
    where not is_given
),

word_counts as (
    select state, word, count(*) as names
    from known_words
    group by state, word
),

rarest as (
    select given.name_no as given_no, state, word, names
    from (
        select name_no, coalesce(state, '') as state, unnest(words) as word from asked
    ) as given
    join word_counts using (state, word)
    where names <= 300
    qualify
        row_number() over (partition by given.name_no order by names, word) <= 2
),

by_word as (
    select given_no, name_no as known_no
    from rarest
    join known_words using (state, word)
),

-- A beginning that hundreds of names share means as little as a frequent word.
beginnings as (
    select coalesce(state, '') as state, left(joined, 4) as beginning
    from name_parts
    where not is_given
    group by all
    having count(*) <= 500
),

by_beginning as (
    select given.name_no as given_no, known.name_no as known_no
    from asked as given
    join name_parts as known
        on
            coalesce(given.state, '') = coalesce(known.state, '')
            and left(given.joined, 4) = left(known.joined, 4)
    join beginnings
        on
            coalesce(known.state, '') = beginnings.state
            and left(known.joined, 4) = beginnings.beginning
    where
        not known.is_given
        and given.joined <> ''
        and jaro_winkler_similarity(given.joined, known.joined) >= 0.88
)

select given_no, known_no from by_letter
union
select given_no, known_no from by_letter_anywhere
union
select given_no, known_no from by_word
union
select given_no, known_no from by_beginning
union
select given_no, known_no
from same_names
where given_no not in (select given_no from settled_names)
