-- People of partners that are not stored: the fault, number, and first of them.
select
    'partner_id names none of the partners' as what,
    count(*) as records,
    min(email) as example
from people
where partner_id <> '' and partner_id not in (select partner_id from partners)
having count(*) > 0;
