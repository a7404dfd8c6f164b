"""Whether a sign-in still holds: verified, in time, not ended, and on the list."""

import hashlib
import json
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cri_data import audit, catalog, people, settings
from cri_data.access import Viewer
from cri_data.audit import Action
from cri_data.store import Store

# How far the provider's clock may be ahead of ours, in seconds.
_CLOCKS_DIFFER = 300

# Streamlit's cookie is taken for so long: what ended is remembered as long.
_COOKIE = timedelta(days=31)

# All that began before are over: a restore says so.
ALL_ENDED = "all_ended"

_ADMITTED, _REFUSED, _ENDED = "admitted", "refused", "ended"


class Refused(Exception):
    """Signed in, but not let in; the message says why."""


class Ended(Exception):
    """The sign-in is over; the message says why. A new one may be let in."""


@dataclass(frozen=True)
class Identity:
    """One sign-in of one person. Times are seconds since 1970.

    `account` is a hash of the provider and of its own name for the person.
    """

    email: str
    sign_in_id: str
    began_at: float
    expires_at: float | None
    account: str = ""


def identity_of(claims: Mapping[str, object]) -> Identity:
    """The sign-in that a provider's claims tell of.

    What is missing counts against it. Raises Refused without an e-mail that the
    provider says is verified, and Ended where it does not say since when.
    """
    email = _verified_email(claims)
    # `auth_time` may be days ago, at the provider; `iat` is this very sign-in.
    began_at = _seconds(claims, "iat")
    if began_at is None:
        began_at = _seconds(claims, "auth_time")
    if began_at is None:
        raise Ended("Your sign-in does not say when it was. Sign in again.")
    expires_at = _seconds(claims, "exp")
    if expires_at is None and claims.get("exp") is not None:
        raise Ended("Your sign-in does not say how long it holds. Sign in again.")
    # A nonce is new with every sign-in, also within the same second.
    parts = [claims.get(name) for name in ("provider", "sub", "nonce")]
    account = [claims.get("iss") or claims.get("provider"), claims.get("sub")]
    sign_in_id = _hash([email, began_at, *parts])
    return Identity(email, sign_in_id, began_at, expires_at, _hash(account))


def _hash(parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _verified_email(claims: Mapping[str, object]) -> str:
    email = _email(claims)
    if email is None:
        raise Refused("Your sign-in came without an e-mail address.")
    verified = claims.get("email_verified")
    vouched = [name.strip() for name in settings.VOUCHED.text().split(",")]
    is_vouched = verified is None and claims.get("provider") in vouched
    if verified is not True and not is_vouched:
        raise Refused(f"Your provider does not say that {email} is verified.")
    return email


def _seconds(claims: Mapping[str, object], name: str) -> float | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # What is no number is neither before nor after anything: it would never end.
    return float(value) if math.isfinite(value) else None


def _email(claims: Mapping[str, object]) -> str | None:
    value = claims.get("email")
    # Blanks around it are another address than the one on the list.
    is_exact = isinstance(value, str) and value == value.strip()
    return people.plain_email(value) if is_exact else None


@dataclass(frozen=True)
class Seen:
    """A sign-in that this server has let in: when first, when last."""

    identity: Identity
    first_at: float
    last_at: float


class SignIns:
    """What became of each sign-in, and when it was last seen; one per server."""

    def __init__(self, store: Store):
        self._lock = threading.Lock()
        self._seen: dict[str, Seen] = {}
        since = datetime.now(UTC) - _COOKIE
        self._known = set(store.rows("people/sign_ins_since", since=since))
        (ended_at,) = store.rows("people/all_ended_at", state=ALL_ENDED)[0]
        self._all_ended_at = ended_at.timestamp() if ended_at else -math.inf

    def admit(self, store: Store, identity: Identity, now: float) -> Viewer:
        """Who this sign-in looks as now; it was seen now.

        Raises Ended and Refused. Each is told to the trail once.
        """
        with self._lock:
            try:
                self._check(store, identity, now)
            except Ended:
                self._keep(store, identity, _ENDED)
                self._seen.pop(identity.sign_in_id, None)
                raise
            viewer = people.viewer_of(store, identity.email)
            if viewer is None:
                self._keep(store, identity, _REFUSED, Action.REFUSED)
                raise Refused(f"{identity.email} is on no list of this dashboard.")
            if not people.is_account_of(store, identity.email, identity.account):
                why = "another account claims the e-mail"
                self._keep(store, identity, _REFUSED, Action.REFUSED, why=why)
                raise Refused(f"{identity.email} signs in with another account here.")
            known = self._seen.get(identity.sign_in_id)
            first_at = known.first_at if known else now
            self._seen[identity.sign_in_id] = Seen(identity, first_at, now)
            self._keep(store, identity, _ADMITTED, Action.SIGNED_IN)
            return viewer

    def holds(self, store: Store, identity: Identity, viewer: Viewer, now: float) -> bool:
        """Whether it is let in now, as the same viewer; that is no being seen."""
        if not self._is_open(store, identity, now):
            return False
        return people.viewer_of(store, identity.email) == viewer

    def open_of(self, store: Store, email: str, now: float) -> list[Seen]:
        """The sign-ins of a person that hold now, the one seen last first.

        Those that have clicked since the server started.
        """
        found = [one for one in list(self._seen.values()) if one.identity.email == email]
        still = [one for one in found if self._is_open(store, one.identity, now)]
        return sorted(still, key=lambda one: one.last_at, reverse=True)

    def end(self, store: Store, identity: Identity) -> None:
        """Sign out: in every tab, and for good, whoever has the cookie."""
        with self._lock:
            self._keep(store, identity, _ENDED, Action.SIGNED_OUT)

    def refuse(self, store: Store, claims: Mapping[str, object], why: str) -> None:
        """Tell the trail once of one that has no verified e-mail."""
        email = _email(claims) or "no e-mail"
        with self._lock:
            identity = Identity(email, _hash(dict(claims)), 0, None)
            self._keep(store, identity, _REFUSED, Action.REFUSED, why=why)

    def _is_open(self, store: Store, identity: Identity, now: float) -> bool:
        try:
            self._check(store, identity, now)
        except Ended:
            return False
        return True

    def _check(self, store: Store, identity: Identity, now: float) -> None:
        """Raise Ended where this sign-in is over."""
        if (identity.sign_in_id, _ENDED) in self._known:
            raise Ended("You are signed out.")
        if identity.began_at <= self._all_ended_at:
            raise Ended("A backup was restored since you signed in. Sign in again.")
        seen = self._seen.get(identity.sign_in_id)
        # The provider's clock may be ahead: what was seen before it began had begun.
        began_at = min(identity.began_at, seen.first_at) if seen else identity.began_at
        ended_at = store.rows("people/ended_at", email=identity.email)[0][0]
        if ended_at is not None and began_at <= ended_at:
            raise Ended("Your sign-ins were ended. Sign in again.")
        if identity.began_at > now + _CLOCKS_DIFFER:
            raise Ended("Your sign-in lies in the future: a clock is wrong.")
        hours, minutes = settings.SESSION_HOURS, settings.IDLE_MINUTES
        if now >= identity.began_at + hours.whole_number() * 3600:
            raise Ended(f"You signed in {_count(hours, 'hour')} ago. Sign in again.")
        if identity.expires_at is not None and now >= identity.expires_at:
            raise Ended("Your sign-in has run out. Sign in again.")
        # Not seen by this server: not seen since it began.
        last_at = seen.last_at if seen else identity.began_at
        if now >= last_at + minutes.whole_number() * 60:
            raise Ended(f"Nothing was done for {_count(minutes, 'minute')}. Sign in again.")

    def _keep(
        self,
        store: Store,
        identity: Identity,
        state: str,
        action: Action | None = None,
        **what: object,
    ) -> None:
        """Remember what became of it, and where that is new tell the trail of it."""
        kept = (identity.sign_in_id, state)
        if kept in self._known:
            return
        row = {"sign_in_id": kept[0], "state": state, "recorded_at": datetime.now(UTC)}
        if action is None:
            store.rows("people/add_sign_in", **row)
        else:
            with audit.noting(store, identity.email) as doing:
                doing.cursor.execute(catalog.statement("people/add_sign_in"), row)
                doing.say(action, **what)
        self._known.add(kept)


def end_all(store: Store, email: str, who: str, now: float | None = None) -> None:
    """End every sign-in of a person that has begun by now, on whatever device.

    They may sign in again; to keep them out, take them off the list. Raises
    PeopleError for what is no e-mail.
    """
    plain = people.checked_email(email)
    at = datetime.now(UTC) if now is None else datetime.fromtimestamp(now, UTC)
    with audit.noting(store, who) as doing:
        row = {"email": plain, "ended_at": at}
        doing.cursor.execute(catalog.statement("people/add_ending"), row)
        doing.say(Action.SIGN_INS_ENDED, email=plain)


def _count(setting: settings.Setting, one: str) -> str:
    number = setting.whole_number()
    return f"{number:,} {one if number == 1 else one + 's'}"
