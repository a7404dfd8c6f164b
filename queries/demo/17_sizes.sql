-- The number of sworn officers by an agency's rank among its kind: few large agencies and
-- very many small ones, as in reality.
create temp table demo_sizes as
with points as (
    select *
    from (values
        ('municipal', 0.00008, 10000), ('municipal', 0.0003, 4500),
        ('municipal', 0.0008, 2300), ('municipal', 0.0036, 1000),
        ('municipal', 0.008, 560), ('municipal', 0.024, 230),
        ('municipal', 0.056, 106), ('municipal', 0.13, 50), ('municipal', 0.27, 24),
        ('municipal', 0.505, 9.6), ('municipal', 0.80, 4), ('municipal', 1, 1),
        ('sheriff', 0.0003, 6000), ('sheriff', 0.003, 1500), ('sheriff', 0.016, 500),
        ('sheriff', 0.06, 140), ('sheriff', 0.12, 80), ('sheriff', 0.23, 45),
        ('sheriff', 0.40, 24), ('sheriff', 0.65, 12), ('sheriff', 0.85, 6),
        ('sheriff', 1, 2),
        ('county', 0.01, 2600), ('county', 0.1, 1300), ('county', 0.5, 260),
        ('county', 1, 40),
        ('state', 0.01, 6800), ('state', 0.1, 2600), ('state', 0.5, 650),
        ('state', 0.75, 120), ('state', 1, 22),
        ('tribal', 0.005, 230), ('tribal', 0.1, 60), ('tribal', 0.3, 25),
        ('tribal', 0.5, 14), ('tribal', 0.8, 6), ('tribal', 1, 2),
        ('campus', 0.001, 240), ('campus', 0.05, 80), ('campus', 0.2, 38),
        ('campus', 0.5, 17), ('campus', 0.8, 8), ('campus', 1, 2),
        ('special', 0.0015, 2200), ('special', 0.02, 450), ('special', 0.1, 95),
        ('special', 0.3, 30), ('special', 0.5, 14), ('special', 0.8, 6),
        ('special', 1, 2)
    ) as points(agency_type, share, sworn)
)

select
    agency_type,
    share as share_from,
    -- The first row also applies to all ranks above it.
    case when lag(share) over kinds is null then 0 else share end as applies_from,
    sworn as sworn_from,
    lead(share, 1, 2) over kinds as share_to,
    lead(sworn, 1, sworn) over kinds as sworn_to
from points
window kinds as (partition by agency_type order by share);
