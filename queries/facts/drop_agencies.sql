-- They are few: all of them wherever one is touched.
delete from facts_of_agencies
where $everything::boolean or exists (from due where dataset = 'agencies')
