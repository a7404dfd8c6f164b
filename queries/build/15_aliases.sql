-- Names that a person has confirmed to be a record of the store, used before
-- any likeness when a file names it so again.

create table if not exists name_aliases (
    dataset varchar,
    -- 'name': another writing of the name. 'id': an id that the record had
    -- before, as of an agency that was merged into it; state and city are null.
    alias_kind varchar,
    state varchar,
    city varchar,
    -- As name_key makes it of a name; of an id, the id.
    alias_key varchar,
    -- As it was written where it was confirmed, to be shown.
    written varchar,
    record_id varchar,
    remembered_by varchar,
    remembered_at timestamptz
);
