"""How long it takes to match many names of agencies against many known ones.

The agencies are invented on real places: a police department for every city, of
which some share a name, and a sheriff for every county. Each is named several
times as files do: short, misspelled, without its kind, or not known at all.
"""

import statistics

import pyarrow as pa
from duckdb import DuckDBPyConnection

from cri_data.importing.matching.match import CERTAIN, match_agencies
from cri_data.store.connection import open_store
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


# Certain, but another agency than was meant; a letter left out of a name can
# make it another one's own, which nobody could tell.
WRONG = """
select count(*)
from named
join matched using (state, name)
where
    list_contains($certain, how)
    and record_id is distinct from agency_id
    and upper(record_name) <> name
"""


def measured(agencies: int, names: int, runs: int) -> dict[str, object]:
    """Seconds (median) for so many names against so many agencies, and how they match.

    `wrong` are the names matched with certainty to another agency than was meant.
    """
    store = open_store(None)
    try:
        with store.writing() as cursor:
            cursor.execute(AGENCIES, {"agencies": agencies})
            known = cursor.execute("select count(*) from agencies").fetchone()[0]
            named = cursor.execute(NAMES, {"names": names}).to_arrow_table()
        with store.cursor() as cursor:
            times = [_timed(cursor, named) for _ in range(min(runs, _MOST_RUNS))]
            matched = match_agencies(cursor, named)
            return {
                "agencies": known,
                "names": names,
                "seconds": round(statistics.median(t for t, _ in times), 3),
                "processor_seconds": round(statistics.median(p for _, p in times), 3),
                "memory_mb": peak_memory_mb(),
                **_result(cursor, named, matched),
            }
    finally:
        store.close()


def _timed(cursor: DuckDBPyConnection, named: pa.Table) -> tuple[float, float]:
    before = processor_seconds()
    taken = seconds(lambda: match_agencies(cursor, named))
    return taken, processor_seconds() - before


def _result(
    cursor: DuckDBPyConnection, named: pa.Table, matched: pa.Table
) -> dict[str, object]:
    cursor.register("named", named)
    cursor.register("matched", matched)
    kinds = cursor.execute(
        "select how, sum(rows)::bigint from matched group by how order by how"
    ).fetchall()
    (wrong,) = cursor.execute(WRONG, {"certain": list(CERTAIN)}).fetchone()
    return {"matched": dict(kinds), "wrong": wrong}
