-- What a name says, taken apart: so that "ALPENA CTY SHERIFF'S DEPT" and "Alpena
-- County Sheriff's Office" are the same, and no sheriff is a police department.
-- Text is upper case. Macros that nest name their parameter once: each naming is
-- the whole text again.

-- Letters and digits, single spaces. An apostrophe joins, all else separates.
create or replace macro name_upper(in_name) as
    trim(
        regexp_replace(
            replace(
                regexp_replace(upper(strip_accents(in_name)), '[''’`´]', '', 'g'),
                '&',
                ' AND '
            ),
            '[^\p{L}\p{N}]+', ' ', 'g'
        )
    );

-- Without the marks of one federal register at the end (LEA: a law enforcement
-- agency; HI_ED: higher education).
create or replace macro name_unmarked(in_upper) as
    regexp_replace(in_upper, '( LEA| HI ED)+$', '');

-- Short words that mean something only where they stand. ST before these is a
-- state. SO, HP and DA are offices at the end; at the beginning SO is South, and
-- NO is North, not Number.
create or replace macro name_phrases_meant(in_upper) as
    case when not regexp_matches(
        in_upper, '\bST | P D( |$)| (SO|HP|DA)$|\bCOMM COLL|^(N|NO|S|SO|E|W) '
    ) then in_upper
    else
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
        in_upper,
        '\bST( POLICE| PATROL| TROOPERS| HIGHWAY| HWY| UNIV| UNIVERSITY| COLLEGE)\b',
        'STATE\1'
    ),
        ' P D( |$)', ' PD\1'
    ),
        ' SO$', ' SHERIFF'
    ),
        ' HP$', ' HIGHWAY PATROL'
    ),
        ' DA$', ' DISTRICT ATTORNEY'
    ),
        '\bCOMM COLL', 'COMMUNITY COLL'
    ),
        '^(N|NO) ', 'NORTH '
    ),
        '^(S|SO) ', 'SOUTH '
    ),
        '^E ', 'EAST '
    ),
        '^W ', 'WEST '
    )
    end;

-- The state's code is its name at the beginning, before what follows a state's
-- name: "UT COUNTY SHERIFF", "AL STATE UNIV". LA is so in Louisiana only.
create or replace macro name_state_first(in_upper, in_state, in_state_name) as
    case
        when
            starts_with(in_upper, in_state || ' ')
            and regexp_matches(
                in_upper,
                '^\w+ (STATE|DEPT|DEPARTMENT|HIGHWAY|HWY|LAW|GAME|FISH|NATURAL|'
                || 'PAROLE|PUBLIC|CAPITOL|BUREAU|OFFICE|DIVISION|DIV|COUNTY|UNIV|'
                || 'UNIVERSITY|ATTORNEY|FORESTRY|DNR|DPS|HP)\b'
            )
            then upper(in_state_name) || substr(in_upper, length(in_state) + 1)
        else in_upper
    end;

-- And after "university of": "UNIV OF AR LITTLE ROCK".
create or replace macro name_state_of_university(in_upper, in_state, in_state_name) as
    case
        when
            regexp_extract(
                in_upper,
                '\bUNIV(?:ERSITY)?(?: OF)?(?: NORTH| SOUTH| EAST| WEST)? (\w\w)\b',
                1
            ) = in_state
            then trim(
                replace(
                    in_upper || ' ',
                    ' ' || in_state || ' ',
                    ' ' || upper(in_state_name) || ' '
                )
            )
        else in_upper
    end;

-- CO is a county, but for the first word. A parish's sheriff is a county's.
create or replace macro name_counties(in_words) as
    regexp_replace(
        regexp_replace(in_words, '(\w) CO( |$)', '\1 COUNTY\2', 'g'),
        '\bPARISH( SHERIFF)', 'COUNTY\1'
    );

-- What kind of force it is, marked in the text: <sheriff>, <police> and so on.
create or replace macro name_marked(in_words) as
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
        in_words,
        '\bSTATE POLICE( DEPARTMENT)?\b',
        '<STATE_POLICE>',
        'g'
    ),
        '\b(?:STATE )?(HIGHWAY PATROL|STATE PATROL|STATE TROOPERS)\b',
        '<\1>',
        'g'
    ),
        '\b((OFFICE|DEPARTMENT) (OF )?(THE )?)?SHERIFF( OFFICE| DEPARTMENT)?\b',
        '<SHERIFF>',
        'g'
    ),
        '\bCONSTABLE( OFFICE| DEPARTMENT)?( PRECINCT| DISTRICT)?( NO| NUMBER)?\b',
        '<CONSTABLE>',
        'g'
    ),
        '\b(FIRE )?MARSHAL( OFFICE| DEPARTMENT)?\b',
        '<\1MARSHAL>',
        'g'
    ),
        '\b((DEPARTMENT|DIVISION|BUREAU) (OF )?)?PUBLIC SAFETY( DEPARTMENT| OFFICE)?\b',
        '<PUBLIC SAFETY>',
        'g'
    ),
        '\bTRIBAL( DEPARTMENT)?\b',
        '<TRIBAL>',
        'g'
    ),
        '\b((DEPARTMENT|BUREAU|DIVISION) (OF )?)?POLICE'
        || '( DEPARTMENT| DEPT| DE| FORCE| SERVICE| OFFICE| (BUREAU|DIVISION)$)?\b',
        '<POLICE>',
        'g'
    );

-- Of several kinds the narrower: a sheriff's police is the sheriff's. '' for none.
create or replace macro name_kind(in_marked) as
    case
        when contains(in_marked, '<STATE_POLICE>') then 'state police'
        when contains(in_marked, '<HIGHWAY PATROL>') then 'highway patrol'
        when contains(in_marked, '<STATE PATROL>') then 'state patrol'
        when contains(in_marked, '<STATE TROOPERS>') then 'state troopers'
        when contains(in_marked, '<SHERIFF>') then 'sheriff'
        when contains(in_marked, '<CONSTABLE>') then 'constable'
        when contains(in_marked, '<FIRE MARSHAL>') then 'fire marshal'
        when contains(in_marked, '<MARSHAL>') then 'marshal'
        when contains(in_marked, '<TRIBAL>') then 'tribal police'
        when contains(in_marked, '<PUBLIC SAFETY>') then 'public safety'
        when contains(in_marked, '<POLICE>') then 'police'
        else ''
    end;

-- The kind that an agency's type says where its name says none.
create or replace macro name_kind_of_type(in_agency_type) as
    case in_agency_type
        when 'municipal' then 'police'
        when 'county' then 'police'
        when 'sheriff' then 'sheriff'
        when 'tribal' then 'tribal police'
        else ''
    end;

-- {before, after}: what is said around the kind. A name that begins with its
-- kind ("POLICE DEPARTMENT OF ALPENA") says nothing before it.
create or replace macro name_around_kind(in_marked) as
    regexp_extract(
        regexp_replace(
            in_marked || if(contains(in_marked, '<'), '', '<>'),
            '^([^<]*)<[^>]*>(.*)$',
            '\1|\2'
        ),
        '^\s*(.*?)\s*\|\s*(.*?)\s*$',
        ['before', 'after']
    );

create or replace macro name_without_marks(in_marked) as
    trim(regexp_replace(regexp_replace(in_marked, '<[^>]*>', ' ', 'g'), '\s+', ' ', 'g'));

-- Without words that say nothing, and what stands before a number.
create or replace macro name_bare(in_text) as
    trim(
        regexp_replace(
            ' ' || in_text || ' ', '( (OF|THE|AND|AT|PRECINCT|NUMBER))+ ', ' ', 'g'
        )
    );

-- Forces of which a state has one: their names need name no place.
create or replace macro is_statewide_kind(in_kind) as
    in_kind in (
        'state police', 'highway patrol', 'state patrol', 'state troopers',
        'public safety', 'fire marshal'
    );

-- {unit, name}: "VILLAGE OF GREEN VALLEY" and "GREEN VALLEY VILLAGE" alike.
create or replace macro name_unit_first(in_text) as
    regexp_extract(
        in_text,
        '^(?:(?:CHARTER )?(CITY|TOWNSHIP|TOWN|VILLAGE|BOROUGH|COUNTY|PARISH) OF )?(.*)$',
        ['unit', 'name']
    );

-- {name, unit, more}: "HAMILTON TOWNSHIP ATLANTIC COUNTY" says more than its unit.
create or replace macro name_unit_last(in_text) as
    regexp_extract(
        in_text,
        '^(.+?)(?: CITY OF| (?:CHARTER )?'
        || '(TOWNSHIP|TOWN|VILLAGE|BOROUGH|COUNTY|PARISH)(?: OF)?'
        || '(?: (\w+ COUNTY|\w+ \w+ COUNTY))?)?$',
        ['name', 'unit', 'more']
    );

-- Written in one word or two: La Follette, McDonald, O'Donnell.
create or replace macro name_joined_particles(in_text) as
    regexp_replace(
        in_text, '\b(MC|MAC|O|D|L|LA|LE|DE|DU|DES|DEL) (\w)', '\1\2', 'g'
    );

-- "West Virginia", "State" and "West Virginia State" name no place in it; Utah
-- County is one.
create or replace macro name_place(in_core, in_unit, in_kind, in_state_name) as
    case
        when
            is_statewide_kind(in_kind)
            and in_unit = ''
            and in_core in (in_state_name, 'STATE', in_state_name || ' STATE')
            then ''
        else in_core
    end;

-- What a name is remembered by.
create or replace macro name_key(in_parts) as
    concat_ws(', ', in_parts.core, in_parts.unit, in_parts.kind, in_parts.rest);

create or replace macro name_city(in_city) as
    regexp_replace(
        regexp_replace(
            regexp_replace(cell_plain(in_city), '^st ', 'saint '), '^mt ', 'mount '
        ),
        '^ft ', 'fort '
    );

create or replace macro name_numbers(in_words) as
    list_sort(list_filter(in_words, lambda word: regexp_matches(word, '\d')));

-- A city need not say that it is one; every other unit is told apart.
create or replace macro is_same_unit(in_given, in_known) as
    replace(in_given, 'CITY', '') = replace(in_known, 'CITY', '');

-- An institution's own force is police however the name says it.
create or replace macro is_same_kind(in_given, in_known, in_is_institution) as
    in_given = in_known
    or (in_is_institution and in_known = '' and in_given in ('police', 'public safety'));

-- Public safety is police at times, and a name need not say its kind.
create or replace macro may_be_kind(in_given, in_known, in_is_institution) as
    is_same_kind(in_given, in_known, in_is_institution)
    or in_given = ''
    or in_known = ''
    or (
        in_given in ('police', 'public safety')
        and in_known in ('police', 'public safety')
    );

-- "WASHINGTON POLICE" may be the township's too, or the county's.
create or replace macro may_mean_unit(in_given, in_known) as
    is_same_unit(in_given, in_known)
    or (in_given = '' and in_known <> '');

-- County is what national lists call a sheriff's office and a county's police.
create or replace macro is_other_type(in_given, in_known) as
    coalesce(
        in_given <> in_known
        and not (in_given in ('county', 'sheriff') and in_known in ('county', 'sheriff')),
        false
    );

-- Where police or public safety are of the institution, however it says so.
create or replace macro is_institution_name(in_core) as
    regexp_matches(
        in_core,
        '\b(UNIVERSITY|COLLEGE|SCHOOL|SCHOOLS|INSTITUTE|ACADEMY|SEMINARY|CAMPUS|'
        || 'AIRPORT|HOSPITAL|RAILROAD|RAILWAY|TRANSIT|AUTHORITY|PARK DISTRICT)\b'
    );

-- The words of the first that the second does not have.
create or replace macro words_beyond(in_words, in_others) as
    list_filter(in_words, lambda word: not list_contains(in_others, word));

create or replace macro is_long_slip(in_given, in_known) as
    len(in_given) = 1
    and len(in_known) = 1
    and greatest(length(in_given[1]), length(in_known[1])) >= 6
    and left(in_given[1], 1) = left(in_known[1], 1);

-- Whether all words are the same but one long word, which begins the same.
create or replace macro is_one_slip(in_given_words, in_known_words) as
    is_long_slip(
        words_beyond(in_given_words, in_known_words),
        words_beyond(in_known_words, in_given_words)
    );
