"""Files of requests to load: the same rows every time, without and with faults."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa

# Numbers are hashes of the row's own, so that neighbours have nothing in common.
# Days run from received to closed; a topic list has one to three topics.
REQUESTS = """
with drawn as (
    select
        row_number,
        (hash(row_number, 'agency') % 1000000)::integer as agency,
        (hash(row_number, 'topic') % 1000000)::integer as topic,
        (hash(row_number, 'stage') % 4)::integer as stage,
        date '2018-01-01' + (hash(row_number, 'day') % 2500)::integer as received_on,
        (hash(row_number, 'wait') % 40)::integer as wait
    from range($rows::bigint) as numbers(row_number)
),

agencies as (
    select list(agency_id order by agency_id) as agency_ids from agencies_known
),

topics as (
    select list(topic_id order by topic_id) as topic_ids from topics_known
)

select
    format('B-{:08d}', row_number) as request_id,
    agency_ids[1 + agency % len(agency_ids)] as agency_id,
    received_on,
    ['received', 'accepted', 'assigned', 'completed'][1 + stage] as status,
    case when stage >= 1 then received_on + wait end as decided_on,
    case when stage >= 2 then received_on + 2 * wait end as assigned_on,
    case when stage >= 3 then received_on + 200 + wait end as closed_on,
    ['Conference', 'Referral', 'Website'][1 + topic % 3] as source,
    format('Request {} asks for help, as written in its letter', row_number)
        as summary,
    array_to_string(
        list_distinct(
            list_transform(
                range(1 + topic % 3),
                lambda place: topic_ids[1 + (topic // 7 + 5 * place) % len(topic_ids)]
            )
        ),
        ';'
    ) as topic_ids
from drawn, agencies, topics
order by row_number
"""

# The columns of the file as bare DuckDB takes them: a list of topics is text.
PLAIN_TABLE = """
create table requests (
    request_id varchar,
    agency_id varchar,
    received_on date,
    status varchar,
    decided_on date,
    assigned_on date,
    closed_on date,
    source varchar,
    summary varchar,
    topic_ids varchar
)
"""


def _with_cell(place: int, text: str) -> Callable[[str], str]:
    def spoilt(line: str) -> str:
        cells = line.split(",", 4)
        cells[place] = text
        return ",".join(cells)

    return spoilt


# One of them in every FAULT_EVERY lines, in turn. Each rejects its row alone.
FAULT_EVERY = 100
FAULTS: tuple[Callable[[str], str], ...] = (
    _with_cell(1, "NOWHERE"),
    _with_cell(2, ""),
    _with_cell(2, "31/31/2020"),
    lambda line: line.rsplit(",", 1)[0] + ",no-such-topic",
    lambda line: line.rsplit(",", 1)[0],
    lambda line: line + ",one more",
)


def write_faulty(file: Path, faultless: Path) -> int:
    """Write the same rows with 1 % faults; how many rows have one."""
    faults = 0
    with faultless.open(encoding="utf-8") as lines, file.open("w", encoding="utf-8") as out:
        out.write(next(lines))
        for number, line in enumerate(lines, start=1):
            if number % FAULT_EVERY == 0:
                line = FAULTS[faults % len(FAULTS)](line.rstrip("\n")) + "\n"
                faults += 1
            out.write(line)
    return faults


def write_requests(file: Path, rows: int, agencies: pa.Table, topics: pa.Table) -> None:
    """Write so many requests of these agencies, for these topics, as CSV."""
    with duckdb.connect() as connection:
        connection.register("agencies_known", agencies)
        connection.register("topics_known", topics)
        connection.sql(REQUESTS, params={"rows": rows}).write_csv(str(file))
