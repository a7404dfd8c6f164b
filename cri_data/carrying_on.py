"""What a restore does not take back: who may sign in, who was signed out, the trail.

Nor what others were told already: what was published, and what was redacted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from cri_data import catalog
from cri_data.audit import Action, writing
from cri_data.chain import faults_of
from cri_data.redaction import redactable, take_out_texts
from cri_data.schema import DATASETS
from cri_data.sign_ins import ALL_ENDED
from cri_data.store import Store

# Rows read at once.
_ROWS = 50_000

_PUBLISHED = ("published_requests", "published_totals")

# Whose account each person signs in with, and whose sign-ins were ended.
_OF_PEOPLE = {"people_accounts", "sign_ins_ended"}

Signs = dict[str, tuple[str, str | None]]


@dataclass(frozen=True)
class CarriedOn:
    """What of the store before goes on, and what people must be told of it.

    `newest` is number and seal of the newest entry of its trail, None where
    there was none to be read.
    """

    newest: tuple[int, str] | None = None
    goes_on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def carry_on(
    present: DuckDBPyConnection | None, store: Store, who: str, rows: int
) -> CarriedOn:
    """Put what goes on of the store that is there into the one restored.

    `present` is the store that is there; None: there is none that can be read.
    `rows` are those of the backup, for the trail.
    """
    with store.cursor() as target:
        since = _run(target, "restore/newest_moment").fetchone()[0]
        # Apart: the next entry follows the newest that is committed.
        target.begin()
        done = _carried(present, target) if present else _without(target)
        target.commit()
    with writing(store, who) as doing:
        # Who was let in before is asked for a sign-in again, whatever is remembered.
        ended = {"sign_in_id": "", "state": ALL_ENDED, "recorded_at": datetime.now(UTC)}
        _run(doing.cursor, "people/add_sign_in", **ended)
        number, seal = done.newest or (None, None)
        doing.say(
            Action.RESTORED,
            rows=rows,
            goes_on=list(done.goes_on),
            entry_put_aside=number,
            seal_put_aside=seal,
            redacted_again=_redact_again(doing.cursor, since),
        )
    return done


def _without(target: DuckDBPyConnection) -> CarriedOn:
    notes = [
        "No store was there, or none that can be read: what was changed since is lost."
    ]
    people = _people(target)
    if people:
        notes.append(
            "These sign in as the backup says; take away what was taken away since: "
            + "; ".join(_as_text(email, of) for email, of in people.items())
            + "."
        )
    return CarriedOn(None, (), tuple(notes))


def _carried(present: DuckDBPyConnection, target: DuckDBPyConnection) -> CarriedOn:
    known = {name for (name,) in _run(present, "backup/tables").fetchall()}
    there = {name for name in known if present.table(name).shape[0]}
    goes_on, notes = [], []
    if "people" in there:
        notes += _differences(_people(target), _people(present))
        goes_on += _replace(present, target, "people")
        # What belongs to the list; a store from before has no such tables.
        _replace(present, target, *sorted(known & _OF_PEOPLE))
    elif people := _people(target):
        notes.append(f"Nobody was on the list: {len(people):,} sign in as the backup says.")
    if "sign_ins" in there:
        goes_on += _replace(present, target, "sign_ins")
    newest = None
    if "audit_seals" in there:
        newest = _run(present, "audit/last_entry").fetchone()
        faults = faults_of(present)
        if faults:
            notes.append(
                "The trail of the store before is not whole: it stays with that one. "
                f"{faults[0]}"
            )
        else:
            goes_on += _replace(present, target, "audit", "audit_seals")
    if there.issuperset(_PUBLISHED) and _is_of_one_kind(present, target):
        _publish_as_before(present, target)
        goes_on.append("published")
    return CarriedOn(newest, tuple(goes_on), tuple(notes))


def _run(
    cursor: DuckDBPyConnection, statement: str, **values: object
) -> DuckDBPyConnection:
    return cursor.execute(catalog.statement(statement), values)


def _people(cursor: DuckDBPyConnection) -> Signs:
    rows = _run(cursor, "people/list").fetchall()
    return {email: (role, partner_id) for email, role, partner_id, *_ in rows}


def _differences(backup: Signs, today: Signs) -> Iterator[str]:
    """Every person of whom backup and today's list differ; today's holds."""
    for email in sorted({*backup, *today}):
        was, now = backup.get(email), today.get(email)
        if was != now:
            in_backup = f"as {_in_words(was)}" if was else "on no list"
            as_now = _in_words(now) if now else "nobody"
            yield f"{email}: in the backup {in_backup}; stays {as_now}."


def _in_words(of: tuple[str, str | None]) -> str:
    role, partner_id = of
    return f"{role} of {partner_id}" if partner_id else role


def _as_text(email: str, of: tuple[str, str | None]) -> str:
    return f"{email} as {_in_words(of)}"


def _replace(
    present: DuckDBPyConnection, target: DuckDBPyConnection, *names: str
) -> list[str]:
    for name in names:
        _run(target, f"restore/empty_{name}")
        target.from_arrow(present.table(name).to_arrow_reader(_ROWS)).insert_into(name)
    return list(names)


def _is_of_one_kind(one: DuckDBPyConnection, other: DuckDBPyConnection) -> bool:
    """Whether both are demonstrations, or neither is."""
    first, second = (_run(each, "store/info").fetchone()[1] for each in (one, other))
    return first == second


def _publish_as_before(present: DuckDBPyConnection, target: DuckDBPyConnection) -> None:
    """What was published stays: two versions could be subtracted from each other."""
    for name in _PUBLISHED:
        table = present.table(name)
        quarters = [quarter for (quarter,) in table.select("quarter").distinct().fetchall()]
        _run(target, f"restore/drop_{name}", quarters=quarters)
        target.from_arrow(table.to_arrow_reader(_ROWS)).insert_into(name)


def _redact_again(cursor: DuckDBPyConnection, since: datetime | None) -> int:
    """Redact what was redacted since the backup; how many places."""
    places = 0
    for name in redactable():
        named = {"dataset": name, "since": since, "action": Action.REDACTED.value}
        _run(cursor, "restore/keep_redacted", **named)
        if _run(cursor, "keeping/any_redacting").fetchone()[0]:
            places += take_out_texts(cursor, DATASETS[name]).total
    return places
