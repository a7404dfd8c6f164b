"""What a restore keeps from today's store: people, ended sign-ins, and the audit log.

It also keeps what others already know: published quarters and redactions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from cri_data.accounts.login_sessions import ALL_ENDED
from cri_data.audit.log import Action, audited_transaction
from cri_data.backups.reapply_redactions import in_words, redact_again, redacted_since
from cri_data.backups.replaced_store import (
    damage_in_words,
    deleted_entries_in_words,
    readable_tables,
    trail_faults,
)
from cri_data.store import query_files
from cri_data.store.rows import only_row
from cri_data.store.store import Store

# Rows read at once.
_ROWS = 50_000

_PUBLISHED = ("published_requests", "published_totals")

# The account of each person, and the people whose sign-ins were ended.
_OF_PEOPLE = {"people_accounts", "sign_ins_ended"}

# The tables that continue from the replaced store.
_GOES_ON = {"people", "sign_ins", "audit", "audit_seals", *_OF_PEOPLE, *_PUBLISHED}

Signs = dict[str, tuple[str, str | None]]


@dataclass(frozen=True)
class CarriedOn:
    """What is carried over from the replaced store, and the notes to report.

    `newest` is the number and seal of the newest entry of its audit log. None if there
    was none that could be read.
    """

    newest: tuple[int, str] | None = None
    goes_on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def carry_on(
    present: DuckDBPyConnection | None, store: Store, who: str, rows: int
) -> CarriedOn:
    """Carry over what continues from the current store into the restored one.

    `present` is the current store, or None if none can be read. `rows` is the number of
    rows of the backup, for the audit log.
    """
    with store.cursor() as target:
        readable = readable_tables(present, _GOES_ON) if present else set()
        records = redacted_since(present, target) if present and "audit" in readable else []
        # A transaction of its own, because the next entry follows the newest committed one.
        target.begin()
        done = _carried(present, target, readable) if present else _without(target)
        target.commit()
    with audited_transaction(store, who) as transaction:
        # Everyone must sign in again.
        ended = {"sign_in_id": "", "state": ALL_ENDED, "recorded_at": datetime.now(UTC)}
        _run(transaction.cursor, "people/add_sign_in", **ended)
        number, seal = done.newest or (None, None)
        places = redact_again(transaction, records, says_so="audit" in done.goes_on)
        transaction.record(
            Action.RESTORED,
            rows=rows,
            goes_on=list(done.goes_on),
            entry_put_aside=number,
            seal_put_aside=seal,
            redacted_again=places,
        )
    return replace(done, notes=(*done.notes, *in_words(records, places)))


def _without(target: DuckDBPyConnection) -> CarriedOn:
    notes = [
        "There was no store that can be read. Changes since the backup are lost, and text "
        "redacted since then is back. Redact it again."
    ]
    people = _people(target)
    if people:
        notes.append(
            "These people can sign in with their roles from the backup. Remove those who "
            "lost access since then: "
            + "; ".join(_as_text(email, of) for email, of in people.items())
            + "."
        )
    return CarriedOn(None, (), tuple(notes))


def _carried(
    present: DuckDBPyConnection, target: DuckDBPyConnection, known: set[str]
) -> CarriedOn:
    """Carry over the tables. `known` are the readable tables of the current store."""
    there = {name for name in known if present.table(name).shape[0]}
    goes_on, notes = [], damage_in_words(present, _GOES_ON - known)
    if "people" in there:
        notes += _differences(_people(target), _people(present))
        goes_on += _replace(present, target, "people")
        # These tables belong to the list. Older stores don't have them.
        _replace(present, target, *sorted(known & _OF_PEOPLE))
    elif people := _people(target):
        why = "No one had access" if "people" in known else "The list is damaged"
        notes.append(
            f"{why}, so people can sign in with their roles from the backup: "
            f"{len(people):,}."
        )
    if "sign_ins" in there:
        goes_on += _replace(present, target, "sign_ins")
    newest = None
    if "audit_seals" in there:
        newest = _run(present, "audit/last_entry").fetchone()
    if there & {"audit", "audit_seals"}:
        faults = trail_faults(present, known)
        if faults:
            notes.append(
                "The audit log of the previous store is not complete, so it stays with "
                "that store. "
                f"{faults[0]} Check whether more was redacted than is listed here."
            )
        else:
            notes += deleted_entries_in_words(present, target)
            goes_on += _replace(present, target, "audit", "audit_seals")
    if there.issuperset(_PUBLISHED) and _is_of_one_kind(present, target):
        _publish_as_before(present, target)
        goes_on.append("published")
    return CarriedOn(newest, tuple(goes_on), tuple(notes))


def _run(
    cursor: DuckDBPyConnection, statement: str, **values: object
) -> DuckDBPyConnection:
    return cursor.execute(query_files.statement(statement), values)


def _people(cursor: DuckDBPyConnection) -> Signs:
    rows = _run(cursor, "people/list").fetchall()
    return {email: (role, partner_id) for email, role, partner_id, *_ in rows}


def _differences(backup: Signs, today: Signs) -> Iterator[str]:
    """People whose role differs between the backup and today's list, which counts."""
    for email in sorted({*backup, *today}):
        was, now = backup.get(email), today.get(email)
        if was != now:
            in_backup = _in_words(was) if was else "without access"
            as_now = _in_words(now) if now else "without access"
            yield f"{email}: {in_backup} in the backup; stays {as_now}."


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
    """Whether both stores are demonstrations, or neither is."""
    first, second = (only_row(_run(each, "store/info"))[1] for each in (one, other))
    return first == second


def _publish_as_before(present: DuckDBPyConnection, target: DuckDBPyConnection) -> None:
    """Keep the published quarters, because two versions could be subtracted."""
    for name in _PUBLISHED:
        table = present.table(name)
        quarters = [quarter for (quarter,) in table.select("quarter").distinct().fetchall()]
        _run(target, f"restore/drop_{name}", quarters=quarters)
        target.from_arrow(table.to_arrow_reader(_ROWS)).insert_into(name)
