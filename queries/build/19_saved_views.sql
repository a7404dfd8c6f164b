-- Views that people have saved: a page with its filters, under a name.

create table if not exists saved_views (
    view_id varchar,
    view_name varchar,
    -- An email, or the local user without sign-in.
    saved_by varchar,
    -- The page's address, and what stands in it after the "?".
    page varchar,
    address varchar,
    -- Whether all who may see everything see it, too.
    is_shared boolean,
    saved_at timestamptz
);
