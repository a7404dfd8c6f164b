-- Delete the backup's ended sign-ins, because today's list continues.
delete from sign_ins_ended;
