insert into zip_places by name
select * from zip_places_read
