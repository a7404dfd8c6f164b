create or replace temp table due (dataset varchar, record_id varchar)
