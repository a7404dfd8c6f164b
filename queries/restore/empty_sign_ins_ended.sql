-- Whose sign-ins had been ended by then: what is known today goes on.
delete from sign_ins_ended;
