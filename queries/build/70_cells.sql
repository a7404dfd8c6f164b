-- What the cells of a file mean, each kind once. Null in, null out; a cell
-- that cannot be understood, or could mean two things, is null. The text has
-- no white space around it (cri_data/importing/mapping/cells.py).

-- Lower case, letters and digits only: as `plain` in cri_data/model/code_lists.py.
create or replace macro cell_plain(in_text) as
    trim(
        regexp_replace(
            replace(replace(lower(in_text), '''', ''), '’', ''),
            '[^\p{L}\p{N}]+', ' ', 'g'
        )
    );

-- The two leading numbers of 1/31/2018, 31.1.2018 or 31-1-2018 12:00.
create or replace macro numeric_date_parts(in_text) as
    regexp_extract(
        in_text,
        '^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T]\d.*)?$',
        ['first', 'second', 'year']
    );

create or replace macro date_from_parts(in_year, in_month, in_day) as
    try_strptime(
        concat(in_year, '-', in_month, '-', in_day), '%Y-%m-%d'
    )::date;

-- in_order: 'mdy' or 'dmy' where the column proves it, else null.
create or replace macro date_from_numbers(in_parts, in_order) as
    case
        when in_parts.first = '' then null
        when in_parts.first::integer > 12 or in_order = 'dmy'
            then date_from_parts(in_parts.year, in_parts.second, in_parts.first)
        when
            in_parts.second::integer > 12
            or in_order = 'mdy'
            or in_parts.first::integer = in_parts.second::integer
            then date_from_parts(in_parts.year, in_parts.first, in_parts.second)
    end;

create or replace macro cell_date(in_text, in_order) as
    case
        -- Year first, perhaps with a time. DuckDB alone would take "epoch", what
        -- follows in "2018-01-31?", and "10/11/12" as a day of the year 10.
        when
            regexp_full_match(
                in_text, '\d{4}[-/ ]\d{1,2}[-/ ]\d{1,2}([ T]\d.*)?'
            )
            then try_cast(in_text as date)
        -- Eight digits: of seven, 2018111 could be in January or in November.
        when regexp_full_match(in_text, '\d{8}')
            then try_strptime(in_text, '%Y%m%d')::date
        when regexp_matches(in_text, '\d') then coalesce(
            date_from_numbers(numeric_date_parts(in_text), in_order),
            try_strptime(
                in_text,
                [
                    '%d %b %Y', '%d %B %Y', '%d-%b-%Y', '%b %d, %Y', '%B %d, %Y',
                    '%b %d %Y', '%B %d %Y', '%d. %B %Y'
                ]
            )::date
        )
    end;

create or replace macro is_ambiguous_date(in_text) as
    coalesce(
        try_cast(numeric_date_parts(in_text).first as integer) between 1 and 12
        and try_cast(numeric_date_parts(in_text).second as integer) between 1 and 12,
        false
    );

-- Which order a column's numeric dates prove: null where they prove none, or both.
create or replace macro proven_date_order(in_text) as
    case
        when
            coalesce(
                bool_or(try_cast(numeric_date_parts(in_text).first as integer) > 12),
                false
            )
            = coalesce(
                bool_or(try_cast(numeric_date_parts(in_text).second as integer) > 12),
                false
            )
            then null
        when bool_or(try_cast(numeric_date_parts(in_text).first as integer) > 12)
            then 'dmy'
        else 'mdy'
    end;

-- "1e400" is infinity to DuckDB.
create or replace macro finite_number(in_number) as
    case when isfinite(in_number) then in_number end;

-- Which decimal sign the numbers of a column prove: '.', ',', '?' where they prove
-- both, null where they prove none. 1,200 proves nothing, nor does 2.875.
create or replace macro number_within(in_text) as
    regexp_replace(in_text, '^[^\d.,+\-]+|[^\d.,]+$', '', 'g');

create or replace macro shows_decimal_comma(in_text) as
    regexp_full_match(
        number_within(in_text),
        '[-+]?(\d*,(\d{1,2}|\d{4,})|(0*|\d{4,}),\d{3}|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})'
    );

create or replace macro shows_decimal_point(in_text) as
    regexp_full_match(
        number_within(in_text),
        '[-+]?(\d*\.(\d{1,2}|\d{4,})|(0*|\d{4,})\.\d{3}|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})'
    );

create or replace macro proven_decimal_sign(in_text) as
    case
        when bool_or(shows_decimal_comma(in_text)) and bool_or(shows_decimal_point(in_text))
            then '?'
        when bool_or(shows_decimal_comma(in_text)) then ','
        when bool_or(shows_decimal_point(in_text)) then '.'
    end;

create or replace macro is_ambiguous_number(in_text) as
    regexp_full_match(number_within(in_text), '[-+]?[1-9]\d{0,2}[,.]\d{3}');

create or replace macro number_with_point(in_text) as
    case
        when regexp_full_match(in_text, '[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?')
            then finite_number(try_cast(in_text as double))
        when regexp_full_match(in_text, '[-+]?\d{1,3}([, \x{a0}\x{202f}]\d{3})+(\.\d+)?')
            then try_cast(regexp_replace(in_text, '[, \x{a0}\x{202f}]', '', 'g') as double)
    end;

create or replace macro number_with_comma(in_text) as
    case
        when regexp_full_match(in_text, '[-+]?(\d+,\d+|,\d+)')
            then try_cast(replace(in_text, ',', '.') as double)
        when regexp_full_match(in_text, '[-+]?\d{1,3}([. \x{a0}\x{202f}]\d{3})+(,\d+)?')
            then
                try_cast(
                    replace(
                        regexp_replace(in_text, '[. \x{a0}\x{202f}]', '', 'g'), ',', '.'
                    ) as double
                )
    end;

-- in_sign: the decimal sign of the column, '?' where that is not clear.
create or replace macro plain_number(in_text, in_sign) as
    case
        when in_text is null then null
        when in_sign = '.' then number_with_point(in_text)
        when in_sign = ',' then coalesce(number_with_comma(in_text), number_with_point(in_text))
        when not is_ambiguous_number(in_text)
            then coalesce(number_with_point(in_text), number_with_comma(in_text))
    end;

-- "45 %", "36 hours": in_unit is the pattern of the column's unit behind a number.
create or replace macro cell_number(in_text, in_unit, in_sign) as
    coalesce(
        plain_number(in_text, in_sign),
        plain_number(regexp_replace(in_text, in_unit, '', 'i'), in_sign)
    );

create or replace macro cell_integer(in_text, in_unit, in_sign) as
    case
        when cell_number(in_text, in_unit, in_sign) = trunc(cell_number(in_text, in_unit, in_sign))
            then try_cast(cell_number(in_text, in_unit, in_sign) as integer)
    end;

-- A spreadsheet drops the zeros in front of a ZIP code: they come back.
create or replace macro cell_zip(in_text) as
    case
        when regexp_full_match(in_text, '\d{5}([- ]?\d{4})?') then in_text[1:5]
        when regexp_full_match(in_text, '\d{3,4}') then lpad(in_text, 5, '0')
    end;

create or replace macro cell_code(in_text, in_codes, in_aliases, in_alias_codes) as
    case
        when in_text is null then null
        when list_contains(in_codes, in_text) then in_text
        else in_alias_codes[list_position(in_aliases, cell_plain(in_text))]
    end;

-- Tabs, line ends and hard spaces around an id are blanks too.
create or replace macro ids_between_semicolons(in_text) as
    list_transform(
        string_split(translate(in_text, e'\t\r\n' || chr(160), '    '), ';'),
        lambda id: trim(id)
    );

-- Ids between semicolons, each once, in the order of the file.
create or replace macro cell_list(in_text) as
    case
        when in_text is null then null
        when not contains(in_text, ';') then [in_text]
        else nullif(
            -- Split once, for the ids are looked through for each of them.
            list_transform(
                [ids_between_semicolons(in_text)],
                lambda ids: list_filter(
                    ids,
                    lambda id, position: id <> '' and position = list_position(ids, id)
                )
            )[1],
            []
        )
    end;

-- A value of a record kept as JSON, as a cell of a file: a list with semicolons.
create or replace macro json_as_cell(in_record, in_column) as
    case json_type(in_record, '$."' || in_column || '"')
        when 'ARRAY'
            then array_to_string(
                json_extract_string(json_extract(in_record, '$."' || in_column || '"'), '$[*]'),
                ';'
            )
        else json_extract_string(in_record, '$."' || in_column || '"')
    end;
