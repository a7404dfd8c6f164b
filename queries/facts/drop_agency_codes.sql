-- Where no fact stays, none of its numbers does.
delete from agency_codes
where $everything::boolean
