"""Audit log entries for what a person was denied."""

from cri_data.audit import log
from cri_data.store.store import Store
from cri_ui.session import services


def record_denial(store: Store, who: str, **what: str) -> None:
    """Record a denial, at most once an hour per person and subject.

    `what` has only our own names, never a visitor's text.
    """
    if not services.current().denials.seconds_to_wait(f"{who} {sorted(what.items())}", 1):
        log.record(store, who, log.Action.DENIED, **what)
