"""Views that people save: a page with its filters, under a name, own or shared."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from uuid import uuid4

from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.model.refusal import Refusal
from cri_data.store import query_files
from cri_data.store.store import Store

LONGEST_NAME = 80
_LONGEST_ADDRESS = 2_000
_MOST_OF_A_PERSON = 100


class SavedViewError(Refusal):
    """The view can't be saved or removed this way. The message says what to do."""


@dataclass(frozen=True)
class SavedView:
    """A page with its filters: `address` is what stands after the "?"."""

    view_id: str
    name: str
    saved_by: str
    page: str
    address: str
    is_shared: bool
    saved_at: datetime


def of_person(store: Store, person: str, sees_shared: bool) -> list[SavedView]:
    """The person's own views by name, then those that others share.

    Shared views are for people who see everything: `sees_shared`.
    """
    given = {"person": person, "sees_shared": sees_shared}
    return [SavedView(*row) for row in store.rows("saved_views/of_person", **given)]


def save(
    store: Store, person: str, name: str, page: str, address: str, is_shared: bool
) -> SavedView:
    """Save a view. One of the same name of this person is replaced.

    Raises SavedViewError for a name that is blank or too long, for an address that is too
    long, and for more than a hundred views.
    """
    plain = " ".join(name.split())
    if not plain:
        raise SavedViewError("Enter a name for the view.")
    if len(plain) > LONGEST_NAME or not plain.isprintable():
        raise SavedViewError(
            f"The name can have up to {LONGEST_NAME} characters, all of them visible."
        )
    if len(address) > _LONGEST_ADDRESS:
        raise SavedViewError("Too many filters are set. Remove some, then save the view.")
    with store.users_lock:
        own = of_person(store, person, sees_shared=False)
        replaced = [view for view in own if view.name.casefold() == plain.casefold()]
        if len(own) - len(replaced) >= _MOST_OF_A_PERSON:
            raise SavedViewError(
                f"You have {_MOST_OF_A_PERSON} saved views. Remove one, then save this one."
            )
        view = SavedView(
            str(uuid4()), plain, person, page, address, is_shared, datetime.now(UTC)
        )
        with log.append_transaction(store, person) as transaction:
            for one in replaced:
                _remove(transaction, one)
            add = query_files.statement("saved_views/add")
            transaction.cursor.execute(add, asdict(view))
            transaction.record(Action.VIEW_SAVED, page=page, shared=is_shared)
    return view


def remove(store: Store, person: str, view_id: str) -> None:
    """Remove a person's own view. Raises SavedViewError if they have no such view."""
    with store.users_lock:
        own = of_person(store, person, sees_shared=False)
        found = [view for view in own if view.view_id == view_id]
        if not found:
            raise SavedViewError("This view is not there any more. Reload the page.")
        with log.append_transaction(store, person) as transaction:
            _remove(transaction, found[0])
            transaction.record(Action.VIEW_REMOVED, page=found[0].page)


def _remove(transaction: log.AuditedTransaction, view: SavedView) -> None:
    row = {"view_id": view.view_id, "saved_by": view.saved_by}
    transaction.cursor.execute(query_files.statement("saved_views/remove"), row)
