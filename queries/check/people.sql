-- Faults in the list of people: the fault, number, and first of them.
with listed as (
    select
        people.email,
        role,
        nullif(partner_id, '') as partner_id,
        count(*) over (partition by people.email) as times
    from people
),

faults as (
    select 'no email' as what, email from listed where coalesce(email, '') = ''
    union all
    select 'email more than once' as what, email from listed where times > 1
    union all
    select 'email not in plain lower case' as what, email
    from listed
    where email <> lower(trim(email))
    union all
    select 'unknown role' as what, email
    from listed
    where not coalesce(list_contains($roles::varchar[], role), false)
    union all
    select 'a partner role without partner' as what, email
    from listed
    where role = 'partner' and partner_id is null
    union all
    select 'a partner for another role' as what, email
    from listed
    where role <> 'partner' and partner_id is not null
    union all
    select 'partner_id names none of the partners' as what, email
    from listed
    where partner_id is not null and partner_id not in (select partner_id from partners)
)

select what, count(*) as records, min(email) as example
from faults
group by what
order by what;
