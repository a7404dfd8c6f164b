-- Repeatable random numbers: a hash of seed, key, and salt, hashed again because a single
-- hash leaves the salts correlated.

-- Uniform, from 0 to below 1.
create or replace temp macro demo_chance(in_seed, in_key, in_salt) as
    (hash(hash(in_seed::bigint, in_key, in_salt)) >> 11) / 9007199254740992.0;

-- Normal, mean 0 and standard deviation 1 (Box and Muller).
create or replace temp macro demo_normal(in_seed, in_key, in_salt) as
    sqrt(-2 * ln(1 - demo_chance(in_seed, in_key, in_salt || '-far')))
    * cos(2 * pi() * demo_chance(in_seed, in_key, in_salt || '-turn'));

-- Days around a median, distributed like waiting times.
create or replace temp macro demo_days_around(
    in_median, in_spread, in_seed, in_key, in_salt
) as
    greatest(
        1, round(in_median * exp(in_spread * demo_normal(in_seed, in_key, in_salt)))
    )::integer;

create or replace temp macro demo_pick(in_list, in_chance) as
    in_list[1 + floor(in_chance * len(in_list))::integer];

-- The same day, or the Monday after a weekend. Keeps the order of days.
create or replace temp macro demo_workday(in_on) as
    in_on + case isodow(in_on) when 6 then 2 when 7 then 1 else 0 end::integer;
