-- Why a proposal is not certain, in words; null where nothing is to be said.
create or replace macro name_reason(in_names_are, in_given_words, in_known_words) as
    case in_names_are
        when 'same' then 'same name'
        when 'joined' then 'same name, written in one word or two'
        when 'letter' then 'one letter differs'
        when 'order' then 'the same words in another order'
        when 'more' then concat(
            'the known name says more: ',
            lower(
                array_to_string(
                    list_filter(
                        in_known_words,
                        lambda word: not list_contains(in_given_words, word)
                    ),
                    ' '
                )
            )
        )
        when 'less' then concat(
            'the known name does not say: ',
            lower(
                array_to_string(
                    list_filter(
                        in_given_words,
                        lambda word: not list_contains(in_known_words, word)
                    ),
                    ' '
                )
            )
        )
        when 'some' then concat(
            'only these words are the same: ',
            lower(
                array_to_string(
                    list_filter(
                        in_given_words,
                        lambda word: list_contains(in_known_words, word)
                    ),
                    ' '
                )
            )
        )
        else 'a similar name'
    end;

create or replace macro kind_reason(in_is_other, in_given, in_known) as
    case
        when not in_is_other then null
        when in_known = ''
            then concat('the known name does not say that it is ', in_given)
        when in_given = '' then concat('the known one is ', in_known)
        else concat('the type differs (', in_known, ', not ', in_given, ')')
    end;

create or replace macro unit_reason(in_is_other, in_given, in_known) as
    case
        when not in_is_other then null
        when in_known = ''
            then concat('the known name does not say ', lower(in_given))
        when in_given = '' then concat('the known one is a ', lower(in_known))
        else concat('the known one is a ', lower(in_known), ', no ', lower(in_given))
    end;

create or replace macro rest_reason(in_is_other, in_given, in_known) as
    case
        when not in_is_other then null
        when in_known = ''
            then concat('the known name does not say: ', lower(in_given))
        when in_given = ''
            then concat('the known name says more: ', lower(in_known))
        else concat('the known one is of ', lower(in_known))
    end;
