"""The audit log in words, for the page and the command line."""

import json

from cri_data.audit.log import Action

IN_WORDS = {
    Action.SIGNED_IN: "Signed in",
    Action.SIGNED_OUT: "Signed out",
    Action.REFUSED: "Sign-in refused",
    Action.DENIED: "Access denied",
    Action.SIGN_INS_ENDED: "Ended sign-ins",
    Action.ROLE_GIVEN: "Gave a role",
    Action.ROLE_TAKEN: "Removed a role",
    Action.ACCOUNT_BOUND: "First sign-in with an account",
    Action.UPLOADED: "Uploaded a file",
    Action.UNDONE: "Undid an upload",
    Action.CORRECTED: "Corrected a record",
    Action.WITHDRAWN: "Withdrew a record",
    Action.MERGED: "Merged two agencies",
    Action.ASSIGNED: "Chose a partner for a request",
    Action.NAMES_REMEMBERED: "Confirmed names",
    Action.NAMES_FORGOTTEN: "Deleted confirmed names",
    Action.DECISIONS_FORGOTTEN: "Reset saved choices for a file",
    Action.VIEW_SAVED: "Saved a view",
    Action.VIEW_REMOVED: "Removed a saved view",
    Action.EXPORTED: "Downloaded data",
    Action.PUBLISHED: "Published a quarter",
    Action.REDACTED: "Redacted a record",
    Action.OLD_DATA_DELETED: "Deleted old data",
    Action.BACKED_UP: "Made a backup",
    Action.RESTORED: "Restored a backup",
    Action.FILLED: "Added demonstration data",
    Action.STARTED_EMPTY: "Deleted demonstration data",
}


# Labels of details whose stored names don't say enough.
_LABELS = {
    "entry_put_aside": "newest entry of the replaced log",
    "files_let_go": "files deleted",
    "goes_on": "tables carried over",
    "remembered": "saved choices deleted",
    "seal_put_aside": "its seal",
    "texts_of_changes": "changes with deleted text",
    "texts_of_files_let_go": "files deleted because of text",
    "texts_of_files_rewritten": "files rewritten without text",
    "texts_of_records": "records with deleted text",
    "texts_of_remembered": "saved choices deleted",
    "trail_seal": "its seal",
    "trail_up_to": "entries deleted up to number",
}


def action_in_words(action: str) -> str:
    """The label of an action. An unknown action is returned unchanged."""
    return next((text for known, text in IN_WORDS.items() if known == action), action)


def what_in_words(what: str) -> str:
    """The details of an entry as "name: value" pairs, without null values."""
    try:
        said = json.loads(what)
    except ValueError:
        return what
    if not isinstance(said, dict):
        return what
    return "; ".join(
        f"{_LABELS.get(name, name.replace('_', ' '))}: {_value(value)}"
        for name, value in said.items()
        if value is not None
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return json.dumps(value, ensure_ascii=False)
