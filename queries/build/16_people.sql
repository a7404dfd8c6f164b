-- Who may sign in, as what. An e-mail stands in lower case, once.

create table if not exists people (
    email varchar,
    role varchar,
    -- The partner that a person of role partner belongs to, else null.
    partner_id varchar,
    added_by varchar,
    added_at timestamptz
);

-- Whose account of which provider a person signed in with first: no other one is
-- let in under that e-mail.
create table if not exists people_accounts (
    email varchar,
    -- A hash of the provider's address and of its own name for the person.
    account varchar,
    bound_at timestamptz
);
