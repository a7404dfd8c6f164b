-- Names that a person has confirmed to be a record of the store, used before
-- any likeness when a file names it so again. An agency that was merged into
-- another is followed there by merged_agencies.

create table if not exists name_aliases (
    dataset varchar,
    state varchar,
    city varchar,
    -- As name_key makes it of the name.
    alias_key varchar,
    -- As it was written where it was confirmed, to be shown.
    written varchar,
    record_id varchar,
    remembered_by varchar,
    remembered_at timestamptz
);
