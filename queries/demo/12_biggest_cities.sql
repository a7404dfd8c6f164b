-- The largest cities by population, because numbers of ZIP Codes rank some too high.
create temp table demo_biggest_cities as
select *
from (values
    (1, 'NY', 'New York'), (2, 'IL', 'Chicago'), (3, 'CA', 'Los Angeles'),
    (4, 'PA', 'Philadelphia'), (5, 'TX', 'Houston'), (6, 'DC', 'Washington'),
    (7, 'TX', 'Dallas'), (8, 'AZ', 'Phoenix'), (9, 'NV', 'Las Vegas'),
    (10, 'TX', 'San Antonio'), (11, 'MD', 'Baltimore'), (12, 'MI', 'Detroit'),
    (13, 'MA', 'Boston'), (14, 'TN', 'Memphis'), (15, 'CA', 'San Francisco'),
    (16, 'NC', 'Charlotte'), (17, 'CA', 'San Diego'), (18, 'OH', 'Columbus'),
    (19, 'TX', 'Austin'), (20, 'TX', 'Fort Worth'), (21, 'FL', 'Jacksonville'),
    (22, 'IN', 'Indianapolis'), (23, 'WI', 'Milwaukee'), (24, 'GA', 'Atlanta'),
    (25, 'TN', 'Nashville'), (26, 'CO', 'Denver'), (27, 'HI', 'Honolulu'),
    (28, 'OH', 'Cleveland'), (29, 'WA', 'Seattle'), (30, 'FL', 'Miami'),
    (31, 'MO', 'Kansas City'), (32, 'LA', 'New Orleans'), (33, 'MO', 'Saint Louis'),
    (34, 'TX', 'El Paso'), (35, 'CA', 'San Jose'), (36, 'KY', 'Louisville'),
    (37, 'NJ', 'Newark'), (38, 'OH', 'Cincinnati'), (39, 'OK', 'Oklahoma City'),
    (40, 'NM', 'Albuquerque'), (41, 'FL', 'Tampa'), (42, 'PA', 'Pittsburgh'),
    (43, 'AZ', 'Tucson'), (44, 'OR', 'Portland'), (45, 'CA', 'Long Beach'),
    (46, 'NE', 'Omaha'), (47, 'CA', 'Fresno'), (48, 'MN', 'Minneapolis'),
    (49, 'VA', 'Virginia Beach'), (50, 'CA', 'Oakland'), (51, 'OK', 'Tulsa'),
    (52, 'CO', 'Colorado Springs'), (53, 'AL', 'Birmingham'), (54, 'NY', 'Buffalo'),
    (55, 'CA', 'Sacramento'), (56, 'AZ', 'Mesa'), (57, 'NC', 'Raleigh'),
    (58, 'KS', 'Wichita'), (59, 'NY', 'Rochester'), (60, 'VA', 'Richmond')
) as biggest(city_rank, state, city);
