-- Delete the backup's accounts, because today's list continues.
delete from people_accounts;
