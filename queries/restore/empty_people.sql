delete from people;
