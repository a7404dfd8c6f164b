delete from audit;
