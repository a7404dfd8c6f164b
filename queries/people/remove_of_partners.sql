-- Nobody belongs to a partner any more; who did, and to which.
delete from people
where role = 'partner'
returning email, partner_id;
