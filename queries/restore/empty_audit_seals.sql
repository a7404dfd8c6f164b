delete from audit_seals;
