"""The trail in words, for the page and the command line."""

import json

from cri_data.audit.log import Action

IN_WORDS = {
    Action.SIGNED_IN: "Signed in",
    Action.SIGNED_OUT: "Signed out",
    Action.REFUSED: "Was refused",
    Action.DENIED: "Was denied something",
    Action.SIGN_INS_ENDED: "Ended sign-ins",
    Action.ROLE_GIVEN: "Gave a role",
    Action.ROLE_TAKEN: "Took a role away",
    Action.ACCOUNT_BOUND: "Signed in with this account first",
    Action.UPLOADED: "Uploaded a file",
    Action.UNDONE: "Undid an upload",
    Action.CORRECTED: "Corrected a record",
    Action.WITHDRAWN: "Withdrew a record",
    Action.MERGED: "Merged two agencies",
    Action.NAMES_REMEMBERED: "Confirmed what names mean",
    Action.NAMES_FORGOTTEN: "Forgot what names mean",
    Action.DECISIONS_FORGOTTEN: "Forgot how files are written",
    Action.EXPORTED: "Downloaded rows",
    Action.PUBLISHED: "Published a quarter",
    Action.REDACTED: "Redacted a record",
    Action.LET_GO: "Let old things go",
    Action.BACKED_UP: "Made a backup",
    Action.RESTORED: "Restored a backup",
    Action.FILLED: "Filled the store with a demonstration",
    Action.STARTED_EMPTY: "Threw the demonstration away",
}


def action_in_words(action: str) -> str:
    """What an action is called; one that this program does not know, as it stands."""
    return next((text for known, text in IN_WORDS.items() if known == action), action)


def what_in_words(what: str) -> str:
    """What else an entry says: name and value of each, the unknown left out."""
    try:
        said = json.loads(what)
    except ValueError:
        return what
    if not isinstance(said, dict):
        return what
    return "; ".join(
        f"{name.replace('_', ' ')}: {_value(value)}"
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
