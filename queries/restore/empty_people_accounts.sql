-- Whose accounts the backup knew: today's list goes on.
delete from people_accounts;
