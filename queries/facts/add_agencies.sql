insert into facts_of_agencies by name
from agencies_now
where $everything::boolean or exists (from due where dataset = 'agencies')
