"""How long it takes to match many names of agencies against many known ones.

The agencies are invented on real places: a police department for every city, of
which some share a name, and a sheriff for every county. Each is named several
times as files do: short, misspelled, without its kind, or not known at all.
"""

import statistics

import pyarrow as pa

from cri_data.store import Store, open_store
from cri_data.upload.names import ALIAS, NAME, ORI, match_agencies
from tests.bench.timing import peak_memory_mb, processor_seconds, seconds

# A long measurement repeats less.
_MOST_RUNS = 3

AGENCIES = """
insert into agencies by name
with places as (
    select distinct 'Police Department' as kind, 'municipal' as agency_type, state, city
    from zip_places
    union
    select distinct 'Sheriff''s Office', 'sheriff', state, county
    from zip_places
    where county <> ''
)

select
    format('{}{:07d}', state, row_number() over (order by hash(places))) as agency_id,
    concat(city, ' ', kind) as agency_name,
    agency_type,
    state
from places
order by agency_id
limit $agencies
"""

# (agency_id, state, name): null where the agency is none of the store.
NAMES = """
with numbered as (
    select *, row_number() over (order by agency_id) - 1 as agency_number
    from agencies
),

drawn as (
    select
        agency_id,
        state,
        upper(agency_name) as name,
        (hash(agency_id) % 7 + number // (select count(*) from agencies)) % 7 as writing,
        2 + hash(number) % greatest(1, length(agency_name) - 20) as place
    from range($names::bigint) as numbers(number)
    join numbered on agency_number = number % (select count(*) from agencies)
)

select
    if(writing = 6, null, agency_id) as agency_id,
    state,
    case writing
        when 0 then name
        when 1 then replace(name, 'POLICE DEPARTMENT', 'PD')
        when 2 then replace(replace(name, 'DEPARTMENT', 'DEPT'), 'SHERIFF''S OFFICE', 'SO')
        -- One letter left out, one doubled, and the kind left out.
        when 3 then concat(name[:place], name[place + 2:])
        when 4 then concat(name[:place], name[place:])
        when 5 then regexp_replace(name, ' (POLICE|SHERIFF).*', '')
        else concat('UPPER ', name[place:], ' CONSTABLE PCT ', place)
    end as name
from drawn
"""


def measured(agencies: int, names: int, runs: int) -> dict[str, object]:
    """Seconds (median) for so many names against so many agencies, and how they match.

    `wrong` are the names matched with certainty to another agency than was meant.
    """
    store = open_store(None)
    try:
        with store.writing() as cursor:
            cursor.execute(AGENCIES, {"agencies": agencies})
        with store.cursor() as cursor:
            named = cursor.execute(NAMES, {"names": names}).to_arrow_table()
        return {"agencies": _count(store), "names": names} | _matched(store, named, runs)
    finally:
        store.close()


def _count(store: Store) -> int:
    with store.cursor() as cursor:
        return cursor.execute("select count(*) from agencies").fetchone()[0]


def _matched(store: Store, named: pa.Table, runs: int) -> dict[str, object]:
    taken: list[float] = []
    processor = processor_seconds()
    times = min(runs, _MOST_RUNS)
    with store.cursor() as cursor:
        for _ in range(times):
            taken.append(seconds(lambda: match_agencies(cursor, named)))
        processor = (processor_seconds() - processor) / times
        matched = match_agencies(cursor, named)
        cursor.register("named", named)
        cursor.register("matched", matched)
        kinds = cursor.execute(
            "select how, sum(rows) from matched group by how order by how"
        ).fetchall()
        wrong = cursor.execute(
            "select count(*) from named join matched using (state, name)"
            " where list_contains($certain, how)"
            " and record_id is distinct from agency_id",
            {"certain": [ORI, ALIAS, NAME]},
        ).fetchone()[0]
    return {
        "seconds": round(statistics.median(taken), 3),
        "processor_seconds": round(processor, 3),
        "memory_mb": peak_memory_mb(),
        "matched": {how: int(rows) for how, rows in kinds},
        "wrong": wrong,
    }
