-- The trail: what was done, by whom. Only ever appended to; every entry carries
-- the hash of the one before, so that a change of an old one is seen.

create table if not exists audit (
    entry_number bigint,
    recorded_at timestamptz,
    -- An e-mail, or who does what without sign-in. No other personal data.
    who varchar,
    action varchar,
    -- What else there is to say, as JSON with sorted keys.
    what varchar,
    hash_before varchar,
    hash varchar
);

-- The seal of every entry once more, apart from the entries: an end that was cut
-- off is seen, and a chain that was sealed anew. Only ever appended to, for two
-- transactions that append do not conflict, and a row that both update does.
create table if not exists audit_seals (
    entry_number bigint,
    hash varchar
);
