-- Who may sign in, as what. An e-mail stands in lower case, once.

create table if not exists people (
    email varchar,
    role varchar,
    -- The partner that a person of role partner belongs to, else null.
    partner_id varchar,
    added_by varchar,
    added_at timestamptz
);
