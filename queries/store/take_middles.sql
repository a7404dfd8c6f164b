insert into facts_of_middles by name
select * from middles_now
