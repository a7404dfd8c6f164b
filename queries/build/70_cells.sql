-- What the cells of a file mean, each kind once. Null in, null out; a cell
-- that cannot be understood, or could mean two things, is null. The text has
-- no white space around it (cri_data/importing/cells.py).

-- Lower case, letters and digits only: as `plain` in cri_data/model/code_lists.py.
create or replace macro cell_plain(in_text) as
    trim(
        regexp_replace(
            replace(replace(lower(in_text), '''', ''), '’', ''),
            '[^\p{L}\p{N}]+', ' ', 'g'
        )
    );

-- A date without the weekday before it, and without a time and its zone behind it:
-- the day is the one that is written, whatever it would be in UTC.
create or replace macro date_only(in_text) as
    regexp_replace(
        regexp_replace(
            in_text,
            '^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?\.?,?\s+', '', 'i'
        ),
        concat(
            '(,|,?\s+at)?(\s+|T)\d{1,2}',
            '((:\d{2}){1,2}([.,]\d+)?\s*([ap]\.?m\.?)?|\s*[ap]\.?m\.?)',
            '\s*[a-z]{0,5}\s*([+-]\d{1,2}(:?\d{2})?)?(\s*\([^)]*\))?$'
        ),
        '', 'i'
    );

-- The numbers of 1/31/2018, 31.1.2018 or 31-1-18. What stands twice in a macro is found
-- twice, and planned twice: so macros below find parts once, as the item of a list.
create or replace macro numeric_day_parts(in_day) as
    regexp_extract(
        -- Both separators are equal: 1/5-12 is a range of days.
        regexp_extract(
            in_day,
            '^\d{1,2}(/\s?\d{1,2}/|\.\s?\d{1,2}\.|-\s?\d{1,2}-)\s?(\d{4}|\d{2})$'
        ),
        '^(\d{1,2})[/.\-]\s?(\d{1,2})[/.\-]\s?(\d{4}|\d{2})$',
        ['first', 'second', 'year']
    );

-- The same of 1/31/2018 12:00.
create or replace macro numeric_date_parts(in_text) as
    numeric_day_parts(date_only(in_text));

-- Of a year in two digits: 49 is 2049, 50 is 1950.
create or replace macro full_year(in_year) as
    case
        when length(in_year) <> 2 then in_year
        when in_year < '50' then concat('20', in_year)
        else concat('19', in_year)
    end;

create or replace macro date_from_parts(in_year, in_month, in_day) as
    try_strptime(
        concat(full_year(in_year), '-', in_month, '-', in_day), '%Y-%m-%d'
    )::date;

-- in_order: 'mdy', 'dmy', or (of years in two digits) 'ymd' where the column proves it,
-- 'both' where its dates prove two orders, else null.
create or replace macro date_from_numbers(in_parts, in_order) as
    case
        when in_parts.first = '' then null
        when in_order = 'mdy'
            then date_from_parts(in_parts.year, in_parts.first, in_parts.second)
        when in_order = 'dmy'
            then date_from_parts(in_parts.year, in_parts.second, in_parts.first)
        when in_order = 'ymd' and length(in_parts.year) = 2
            then date_from_parts(lpad(in_parts.first, 2, '0'), in_parts.second, in_parts.year)
        when try_cast(in_parts.first as integer) = try_cast(in_parts.second as integer) and length(in_parts.year) = 4
            then date_from_parts(in_parts.year, in_parts.first, in_parts.second)
    end;

create or replace macro month_number(in_name) as
    list_position(
        ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
        lower(in_name[1:3])
    );

-- "Jan" to "December", as a regular expression.
create or replace macro month_names() as
    concat(
        '(jan(?:uary)?|feb(?:r|ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?',
        '|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?'
    );

-- Dates whose month is a name: 31-Jan-24, 31JAN2024, Sept. 3, 2024, 2024-Jan-31.
create or replace macro date_from_names(in_day_first, in_month_first, in_year_first) as
    case
        when in_day_first.day <> ''
            then date_from_parts(
                in_day_first.year, month_number(in_day_first.month), in_day_first.day
            )
        when in_month_first.day <> ''
            then date_from_parts(
                in_month_first.year, month_number(in_month_first.month), in_month_first.day
            )
        when in_year_first.day <> ''
            then date_from_parts(
                in_year_first.year, month_number(in_year_first.month), in_year_first.day
            )
    end;

create or replace macro named_date(in_day) as
    list_transform(
        [
            {
                day_first:
                    regexp_extract(
                        in_day,
                        concat(
                            '^(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s+)?', month_names(),
                            '[\s,\-/]*''?(\d{4}|\d{2})$'
                        ),
                        ['day', 'month', 'year'], 'i'
                    ),
                month_first:
                    regexp_extract(
                        -- "Jan 5-12" is a range of days.
                        regexp_replace(in_day, '^[a-z.]+\s*\d{1,2}[\-/]\d{2}$', '', 'i'),
                        concat(
                            '^', month_names(),
                            '[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[\s\-/]+)''?(\d{4}|\d{2})$'
                        ),
                        ['month', 'day', 'year'], 'i'
                    ),
                year_first:
                    regexp_extract(
                        in_day,
                        concat('^(\d{4})[\s,\-/]*', month_names(), '[\s\-/]*(\d{1,2})$'),
                        ['year', 'month', 'day'], 'i'
                    )
            }
        ],
        lambda found:
            date_from_names(found.day_first, found.month_first, found.year_first)
    )[1];

create or replace macro year_first_date(in_day) as
    list_transform(
        [
            regexp_extract(
                in_day,
                '^(\d{4})[\-/. ](\d{1,2})[\-/. ](\d{1,2})$', ['year', 'month', 'day']
            )
        ],
        lambda parts:
            case
                when parts.year <> ''
                    then date_from_parts(parts.year, parts.month, parts.day)
            end
    )[1];

create or replace macro numeric_day(in_day, in_order) as
    list_transform(
        [numeric_day_parts(in_day)], lambda parts: date_from_numbers(parts, in_order)
    )[1];

-- A date that needs no order, or whose numbers are in this order.
create or replace macro written_date(in_text, in_order) as
    list_transform(
        [date_only(in_text)],
        lambda day:
            coalesce(
                year_first_date(day),
                -- Eight digits: of seven, 2018111 could be in January or in November.
                case
                    when regexp_full_match(day, '\d{8}')
                        then try_strptime(day, '%Y%m%d')::date
                end,
                numeric_day(day, in_order),
                named_date(day)
            )
    )[1];

create or replace macro excel_day(in_text) as
    date '1899-12-30' + try_cast(in_text[1:5] as integer);

create or replace macro is_iso_date(in_text) as
    regexp_full_match(in_text, '\d{4}-\d{2}-\d{2}');

-- DuckDB alone would also take "epoch".
create or replace macro iso_date(in_text) as
    case when is_iso_date(in_text) then try_cast(in_text as date) end;

-- in_day_numbers: whether the column proves that its five digits count days, as Excel
-- does, from the end of 1899.
create or replace macro cell_date(in_text, in_order, in_day_numbers) as
    case
        when is_iso_date(in_text) then iso_date(in_text)
        when in_day_numbers and regexp_full_match(in_text, '\d{5}(\.\d+)?')
            then excel_day(in_text)
        when regexp_matches(in_text, '\d') then written_date(in_text, in_order)
    end;

-- What is wrong with a text that is no day of its column: "out" where it is a day in one
-- of these orders, but out of range in all, "unclear" where one is within, else null.
create or replace macro date_fault(in_text, in_orders, in_earliest, in_latest) as
    list_transform(
        [
            list_transform(
                in_orders, lambda any_order: cell_date(in_text, any_order, false)
            )
        ],
        lambda days:
            case
                when list_max(days) is null then null
                when length(list_filter(days, lambda day: day between in_earliest and in_latest)) = 0
                    then 'out'
                else 'unclear'
            end
    )[1];

-- in_place: 1 or 2 for the first or second number, 3 for the year.
create or replace macro numeric_part(in_parts, in_place) as
    try_cast(struct_extract_at(in_parts, in_place) as integer);

create or replace macro date_order_of(
    in_month_first, in_day_first, in_year_first, in_month_second
) as
    case
        when in_month_first and in_month_second then 'both'
        when in_day_first and in_year_first then 'both'
        when in_month_first then 'mdy'
        when in_day_first then 'dmy'
        when in_year_first then 'ymd'
    end;

-- Which order a column's numeric dates prove: null where they prove none, 'both' where
-- they prove two. 24-01-15 has a day or a year before its month: that it is no year is
-- proven where it would be after in_newest, the last two digits of a year.
create or replace macro proven_date_order(in_parts, in_newest) as
    date_order_of(
        bool_or(
            numeric_part(in_parts, 1) between 1 and 12
            and numeric_part(in_parts, 2) between 13 and 31
        ),
        bool_or(
            numeric_part(in_parts, 1) between 13 and 31
            and numeric_part(in_parts, 2) between 1 and 12
            and (
                length(in_parts.year) = 4
                or numeric_part(in_parts, 1) > in_newest
                or numeric_part(in_parts, 3) not between 1 and 31
            )
        ),
        bool_or(
            numeric_part(in_parts, 1) not between 1 and 31
            and numeric_part(in_parts, 2) between 1 and 12
            and length(in_parts.year) = 2
            and numeric_part(in_parts, 3) between 1 and 31
        ),
        bool_or(
            numeric_part(in_parts, 1) > 12 and numeric_part(in_parts, 2) between 1 and 12
        )
    );

create or replace macro is_day_number(in_text) as
    regexp_full_match(in_text, '\d{5}(\.\d+)?');

-- Whether all five digits of a column count days from 2000 to in_newest: two of them at
-- least, or one beside dates that are near. in_day is the date of a text that is one.
create or replace macro proves_day_numbers(in_text, in_day, in_newest) as
    coalesce(
        bool_and(excel_day(in_text) between date '2000-01-01' and in_newest)
            filter (is_day_number(in_text))
        and (
            count(*) filter (is_day_number(in_text)) > 1
            or abs(
                max(excel_day(in_text)) filter (is_day_number(in_text)) - max(in_day)
            ) <= 730
        )
        -- Not all of them could be month, day, and year without their zeros.
        and not bool_and(
            try_cast(in_text[1] as integer) between 1 and 12
            and try_cast(in_text[2:3] as integer) between 1 and 31
        ) filter (is_day_number(in_text)),
        false
    );

-- Dates whose day and month may have changed places: a program that expects the other
-- order turned those that it could into dates, and left the others as text.
create or replace macro is_exchangeable_day(in_text) as
    coalesce(
        regexp_matches(in_text, '^\d{4}-\d{2}-\d{2}')
        and in_text[6:7] <> in_text[9:10]
        and in_text[9:10] <= '12',
        false
    );

create or replace macro shows_swapped_days(in_text, in_parts) as
    coalesce(
        bool_and(
            case
                when regexp_matches(in_text, '^\d{4}-\d{2}-\d{2}')
                    then in_text[9:10] <= '12'
                when in_parts.first <> ''
                    then greatest(numeric_part(in_parts, 1), numeric_part(in_parts, 2)) > 12
            end
        )
        and bool_or(is_exchangeable_day(in_text))
        and bool_or(in_parts.first <> ''),
        false
    );

-- "1e400" is infinity to DuckDB, and "1e-400" is 0.
create or replace macro finite_number(in_number, in_text) as
    case
        when isfinite(in_number)
            and (in_number <> 0 or not regexp_matches(in_text, '^[^eE]*[1-9]'))
            then in_number
    end;

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
            then finite_number(try_cast(in_text as double), in_text)
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
create or replace macro zip_digits(in_text) as
    case
        when regexp_full_match(in_text, '\d{5}([- ]?\d{4})?') then in_text[1:5]
        when regexp_full_match(in_text, '\d{3,4}') then lpad(in_text, 5, '0')
    end;

-- 00000 and 99999 stand for an unknown one: no place has less than 00501.
create or replace macro cell_zip(in_text) as
    if(zip_digits(in_text) between '00500' and '99998', zip_digits(in_text), null);

create or replace macro cell_code(in_text, in_codes, in_aliases, in_alias_codes) as
    case
        when in_text is null then null
        when list_contains(in_codes, in_text) then in_text
        -- "Completed?" is a doubt, not that code.
        when contains(in_text, '?') then null
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

-- The rectangle around the ZIP Codes of each state.
create or replace macro state_boxes() as table
    select
        state,
        min(latitude) as south,
        max(latitude) as north,
        min(longitude) as west,
        max(longitude) as east
    from zip_places
    -- Unknown places are at 0, 0.
    where latitude <> 0 and longitude <> 0
    group by state;

create or replace macro miles_beyond(in_latitude, in_degrees_east, in_box) as
    sqrt(
        pow(69 * greatest(in_box.south - in_latitude, in_latitude - in_box.north, 0), 2)
        + pow(
            69 * cos(radians(in_latitude))
            * greatest(
                in_box.west - in_degrees_east, in_degrees_east - in_box.east, 0
            ),
            2
        )
    );

-- How many miles a place is outside a row of state_boxes(). A degree of latitude is 69
-- miles. West of the date line, Alaska has eastern longitudes.
create or replace macro miles_outside(in_latitude, in_longitude, in_box) as
    miles_beyond(
        in_latitude,
        case
            when in_box.state = 'AK' and in_longitude > 0 then in_longitude - 360
            else in_longitude
        end,
        in_box
    );
