-- The parts of given and known names (queries/build/75_names). Names of partners and topics
-- have only a core, without a state, unit, or kind.
create or replace temp table name_parts as
with named as (
    select
        true as is_given, given_no as name_no, written, state, city, agency_type
    from given_names
    -- Longer text is not a name and gets no proposal.
    where length(written) <= 300
    union all
    select false, known_no, written, state, city, agency_type
    from known_names
),

whole as (
    select
        named.*,
        -- Without a given state, states are not compared.
        upper(coalesce(state_name, '')) as state_name,
        string_split(
            name_unmarked(
                name_phrases_meant(
                    name_state_of_university(
                        name_state_first(
                            name_upper(written),
                            coalesce(state, ''),
                            coalesce(state_name, '')
                        ),
                        coalesce(state, ''),
                        coalesce(state_name, '')
                    )
                )
            ),
            ' '
        ) as words
    from named
    left join states using (state)
),

single as (
    select
        is_given,
        name_no,
        unnest(words) as written,
        generate_subscripts(words, 1) as place
    from whole
),

-- A word of no known name that is POLICE or another long word with a typing error.
guessed as (
    select written, min(word) as guess
    from (
        select distinct written
        from single
        where is_given and $dataset = 'agencies' and length(written) >= 5
    ) as given
    anti join name_words using (written)
    anti join (from single where not is_given) as known using (written)
    join (select unnest(name_long_words()) as word) as long_words
        on
            left(written, 1) = left(word, 1)
            and damerau_levenshtein(written, word) <= if(length(word) >= 9, 2, 1)
    where
        not list_contains(name_long_words(), written)
        and not list_contains(name_other_words(), written)
    group by written
    having count(*) = 1
),

-- Names with such a word, or with one that has another meaning. To join the words of all
-- names again takes long.
abbreviated as (
    select distinct is_given, name_no
    from single
    where
        written in (select written from name_words)
        or (is_given and written in (select written from guessed))
),

meant as (
    select
        is_given,
        name_no,
        string_agg(
            coalesce(meant, if(is_given, guess, null), written), ' ' order by place
        ) as words,
        bool_or(is_given and guess is not null) as is_guessed
    from single
    semi join abbreviated using (is_given, name_no)
    left join name_words using (written)
    left join guessed using (written)
    group by is_given, name_no
    union all
    select is_given, name_no, array_to_string(words, ' '), false
    from whole
    anti join abbreviated using (is_given, name_no)
    where words is not null
),

marked as (
    select
        is_given,
        name_no,
        is_guessed,
        if(
            $dataset = 'agencies',
            name_marked(name_counties(words)),
            words
        ) as marked
    from meant
),

around as (
    select
        is_given,
        name_no,
        is_guessed,
        name_kind(marked) as kind,
        name_around_kind(marked) as around
    from marked
),

-- If a name begins with its kind ("POLICE DEPARTMENT OF ALPENA"), its core follows.
cored as (
    select
        is_given,
        name_no,
        is_guessed,
        kind,
        name_unit_first(
            name_without_marks(if(around.before = '', around.after, around.before))
        ) as begun,
        if(around.before = '', '', name_without_marks(around.after)) as after
    from around
),

ended as (
    select
        is_given,
        name_no,
        is_guessed,
        kind,
        begun,
        if(
            $dataset = 'agencies',
            name_unit_last(begun.name),
            {'name': begun.name, 'unit': '', 'more': ''}
        ) as ended,
        after
    from cored
),

parts as (
    select
        ended.is_given,
        ended.name_no,
        ended.is_guessed,
        whole.state,
        whole.city,
        whole.agency_type,
        name_joined_particles(name_bare(ended.name)) as core,
        replace(
            coalesce(nullif(ended.unit, ''), begun.unit), 'PARISH', 'COUNTY'
        ) as unit,
        if(
            kind = '' and $dataset = 'agencies',
            name_kind_of_type(whole.agency_type),
            kind
        ) as kind,
        name_bare(concat_ws(' ', ended.more, after)) as rest,
        -- Mostly a county. For a city, both names must be compared.
        contains(' ' || name_upper(whole.written) || ' ', ' CTY ') as may_mean_city,
        whole.state_name
    from ended
    join whole using (is_given, name_no)
)

select
    * exclude (core, state_name),
    name_place(core, unit, kind, state_name) as core,
    replace(name_place(core, unit, kind, state_name), ' ', '') as joined,
    name_city(city) as city_plain,
    is_institution_name(core) as is_institution,
    list_filter(
        string_split(concat_ws(' ', core, rest), ' '), lambda word: word <> ''
    ) as words
from parts
