-- Record that all sign-ins of a person so far are ended.
insert into sign_ins_ended by name
select $email::varchar as email, $ended_at::timestamptz as ended_at;
