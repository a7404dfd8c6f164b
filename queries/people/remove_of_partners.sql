-- Remove all people of partners. Returns their emails and partners.
delete from people
where role = 'partner'
returning email, partner_id;
