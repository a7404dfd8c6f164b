"""Sign-ins: which are admitted, refused, or ended."""

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cri_data.accounts import users
from cri_data.accounts.oidc_claims import Ended, Identity, Refused, identity_without_email
from cri_data.accounts.session_expiry import Moments, why_over
from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.model.roles import Viewer
from cri_data.store import query_files
from cri_data.store.store import Store

# Streamlit accepts its cookie for this long, so ended sign-ins are kept as long.
_COOKIE = timedelta(days=31)

# Recorded by a restore: all earlier sign-ins are ended.
ALL_ENDED = "all_ended"

_ADMITTED, _REFUSED, _ENDED = "admitted", "refused", "ended"


@dataclass(frozen=True)
class Seen:
    """A sign-in that this server admitted: first and last time seen."""

    identity: Identity
    first_at: float
    last_at: float


class SignIns:
    """The state of each sign-in, and when it was last seen. One object per server."""

    def __init__(self, store: Store):
        self._lock = threading.Lock()
        self._seen: dict[str, Seen] = {}
        since = datetime.now(UTC) - _COOKIE
        # When each sign-in reached each state, in seconds since 1970.
        self._became = {
            (sign_in_id, state): at.timestamp()
            for sign_in_id, state, at in store.rows("people/sign_ins_since", since=since)
        }
        (ended_at,) = store.rows("people/all_ended_at", state=ALL_ENDED)[0]
        self._all_ended_at = ended_at.timestamp() if ended_at else -math.inf

    def admit(self, store: Store, identity: Identity, now: float) -> Viewer:
        """The viewer for this sign-in, which is recorded as seen now.

        Raises Ended or Refused; each is recorded in the audit log once.
        """
        with self._lock:
            viewer = users.viewer_of(store, identity.email)
            if viewer is None:
                self._keep(store, identity, _REFUSED, now, Action.REFUSED)
                raise Refused(f"{identity.email} does not have access to this dashboard.")
            if over := why_over(identity, self._moments(store, identity), now):
                self._keep(store, identity, _ENDED, now)
                self._seen.pop(identity.sign_in_id, None)
                raise Ended(over)
            if not users.is_account_of(store, identity.email, identity.account):
                why = "another account claims the email"
                self._keep(store, identity, _REFUSED, now, Action.REFUSED, why=why)
                raise Refused(f"{identity.email} uses another account to sign in here.")
            known = self._seen.get(identity.sign_in_id)
            first_at = known.first_at if known else now
            self._seen[identity.sign_in_id] = Seen(identity, first_at, now)
            self._keep(store, identity, _ADMITTED, now, Action.SIGNED_IN)
            return viewer

    def holds(self, store: Store, identity: Identity, viewer: Viewer, now: float) -> bool:
        """Whether the sign-in is still valid for this viewer, without recording it."""
        return (
            self._is_open(store, identity, now)
            and users.account_of(store, identity.email) == identity.account
            and users.viewer_of(store, identity.email) == viewer
        )

    def open_of(self, store: Store, email: str, now: float) -> list[Seen]:
        """A person's valid sign-ins since the server started, last seen first."""
        found = [one for one in list(self._seen.values()) if one.identity.email == email]
        still = [one for one in found if self._is_open(store, one.identity, now)]
        return sorted(still, key=lambda one: one.last_at, reverse=True)

    def end(self, store: Store, identity: Identity, now: float) -> None:
        """Sign out in every tab, for every holder of the cookie, permanently."""
        with self._lock:
            self._keep(store, identity, _ENDED, now, Action.SIGNED_OUT)

    def refuse(
        self, store: Store, claims: Mapping[str, object], why: str, now: float
    ) -> None:
        """Record in the audit log, once, a sign-in without a verified email."""
        identity = identity_without_email(claims)
        with self._lock:
            self._keep(store, identity, _REFUSED, now, Action.REFUSED, why=why)

    def _is_open(self, store: Store, identity: Identity, now: float) -> bool:
        return why_over(identity, self._moments(store, identity), now) is None

    def _moments(self, store: Store, identity: Identity) -> Moments:
        seen = self._seen.get(identity.sign_in_id)
        return Moments(
            # An earlier server process may have recorded it.
            first_at=self._became.get((identity.sign_in_id, _ADMITTED)),
            last_at=seen.last_at if seen else None,
            is_signed_out=(identity.sign_in_id, _ENDED) in self._became,
            ended_at=store.rows("people/ended_at", email=identity.email)[0][0],
            all_ended_at=self._all_ended_at,
        )

    def _keep(
        self,
        store: Store,
        identity: Identity,
        state: str,
        now: float,
        action: Action | None = None,
        **what: object,
    ) -> None:
        """Store the state of a sign-in, and record a new state in the audit log."""
        kept = (identity.sign_in_id, state)
        if kept in self._became:
            return
        at = datetime.fromtimestamp(now, UTC)
        row = {"sign_in_id": kept[0], "state": state, "recorded_at": at}
        if action is None:
            store.rows("people/add_sign_in", **row)
        else:
            with log.append_transaction(store, identity.email) as transaction:
                transaction.cursor.execute(query_files.statement("people/add_sign_in"), row)
                transaction.record(action, **what)
        self._became[kept] = now


def end_all(store: Store, email: str, who: str, now: float | None = None) -> None:
    """End all of a person's sign-ins so far, on all devices.

    They can sign in again; to prevent that, remove them. Raises PeopleError for an
    invalid email.
    """
    plain = users.checked_email(email)
    at = datetime.now(UTC) if now is None else datetime.fromtimestamp(now, UTC)
    with log.append_transaction(store, who) as transaction:
        users.end_sign_ins(transaction, plain, at)
        transaction.record(Action.SIGN_INS_ENDED, email=plain)
