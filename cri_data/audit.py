"""The trail: who did what and when, each entry sealed to the one before."""

import hashlib
import json
from datetime import UTC, datetime
from enum import StrEnum

from cri_data import catalog
from cri_data.store import Store

# What the first entry carries as the hash of the one before.
BEGINNING = "0" * 64


class Action(StrEnum):
    """What a person did, or what the dashboard did by itself."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    UPLOADED = "uploaded"
    UNDONE = "undone"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    EXPORTED = "exported"
    PUBLISHED = "published"
    REDACTED = "redacted"
    LET_GO = "let_go"
    BACKED_UP = "backed_up"
    RESTORED = "restored"


def record(store: Store, who: str, action: Action, **what: object) -> None:
    """Append one entry: its time is now (UTC), `what` is values that JSON takes.

    Never waits for an upload: the trail has a lock and a transaction of its own.
    """
    with store.trail, store.cursor() as cursor:
        last = cursor.execute(catalog.statement("audit/last_entry")).fetchone()
        number, before = last or (0, BEGINNING)
        entry = {
            "entry_number": number + 1,
            "recorded_at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "who": who,
            "action": action.value,
            "what": json.dumps(what, sort_keys=True, ensure_ascii=False),
            "hash_before": before,
        }
        cursor.execute(catalog.statement("audit/add_entry"), entry | {"hash": seal(entry)})


def seal(entry: dict[str, object]) -> str:
    """The hash of an entry: SHA-256 of all its fields as JSON with sorted keys."""
    text = json.dumps(entry, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
