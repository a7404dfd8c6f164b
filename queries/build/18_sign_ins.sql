-- What became of a sign-in: once admitted, once refused, once ended. So that one
-- that ended stays ended when the server starts again, and none is told twice.

create table if not exists sign_ins (
    -- A hash of whose it is and when it began; not an e-mail.
    sign_in_id varchar,
    state varchar,
    recorded_at timestamptz
);

-- When somebody's sign-ins were ended, all that had begun by then.
create table if not exists sign_ins_ended (
    email varchar,
    ended_at timestamptz
);
