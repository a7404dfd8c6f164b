"""Audit log entries for what a person was denied."""

from cri_data.audit import log
from cri_data.store.store import Store
from cri_ui.session import services


def tell(store: Store, who: str, **what: str) -> None:
    """Record a denial, once an hour per person and thing, so that no one floods the log.

    `what` is one of our own names, never what a visitor wrote.
    """
    if not services.current().denials.seconds_to_wait(f"{who} {sorted(what.items())}", 1):
        log.record(store, who, log.Action.DENIED, **what)
