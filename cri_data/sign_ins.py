"""Whether a sign-in still holds: verified, in time, not ended, and on the list."""

import hashlib
import json
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cri_data import audit, people, settings
from cri_data.access import Viewer
from cri_data.store import Store

# How far the provider's clock may be ahead of ours, in seconds.
_CLOCKS_DIFFER = 300

# Streamlit's cookie is taken for so long: what ended is remembered as long.
_COOKIE = timedelta(days=31)

_ADMITTED, _REFUSED, _ENDED = "admitted", "refused", "ended"


class Refused(Exception):
    """Signed in, but not let in; the message says why."""


class Ended(Exception):
    """The sign-in is over; the message says why. A new one may be let in."""


@dataclass(frozen=True)
class Identity:
    """One sign-in of one person. Times are seconds since 1970."""

    email: str
    sign_in_id: str
    began_at: float
    expires_at: float | None


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
    text = json.dumps([email, began_at, *parts], default=str)
    sign_in_id = hashlib.sha256(text.encode()).hexdigest()
    return Identity(email, sign_in_id, began_at, expires_at)


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
    return people.plain_email(value) if isinstance(value, str) else None


class SignIns:
    """What became of each sign-in, and when it was last seen; one per server."""

    def __init__(self, store: Store):
        self._lock = threading.Lock()
        self._last_seen: dict[str, float] = {}
        since = datetime.now(UTC) - _COOKIE
        self._known = set(store.rows("people/sign_ins_since", since=since))

    def admit(self, store: Store, identity: Identity, now: float) -> Viewer:
        """Who this sign-in looks as now; it was seen now.

        Raises Ended and Refused. Each is told to the trail once.
        """
        with self._lock:
            try:
                self._check(identity, now)
            except Ended:
                self._keep(store, identity, _ENDED)
                raise
            viewer = people.viewer_of(store, identity.email)
            if viewer is None:
                if self._keep(store, identity, _REFUSED):
                    _tell(store, identity, audit.Action.REFUSED)
                raise Refused(f"{identity.email} is on no list of this dashboard.")
            self._last_seen[identity.sign_in_id] = now
            if self._keep(store, identity, _ADMITTED):
                _tell(store, identity, audit.Action.SIGNED_IN)
            return viewer

    def holds(self, store: Store, identity: Identity, viewer: Viewer, now: float) -> bool:
        """Whether it is let in now, as the same viewer; that is no being seen."""
        try:
            self._check(identity, now)
        except Ended:
            return False
        return people.viewer_of(store, identity.email) == viewer

    def end(self, store: Store, identity: Identity) -> None:
        """Sign out: in every tab, and for good, whoever has the cookie."""
        with self._lock:
            if self._keep(store, identity, _ENDED):
                _tell(store, identity, audit.Action.SIGNED_OUT)

    def refuse(self, store: Store, claims: Mapping[str, object], why: str) -> None:
        """Tell the trail once of one that has no verified e-mail."""
        email = _email(claims) or "no e-mail"
        text = json.dumps(dict(claims), sort_keys=True, default=str)
        sign_in_id = hashlib.sha256(text.encode()).hexdigest()
        with self._lock:
            identity = Identity(email, sign_in_id, 0, None)
            if self._keep(store, identity, _REFUSED):
                audit.record(store, email, audit.Action.REFUSED, why=why)

    def _check(self, identity: Identity, now: float) -> None:
        """Raise Ended where this sign-in is over."""
        if (identity.sign_in_id, _ENDED) in self._known:
            raise Ended("You are signed out.")
        if identity.began_at > now + _CLOCKS_DIFFER:
            raise Ended("Your sign-in lies in the future: a clock is wrong.")
        hours, minutes = settings.SESSION_HOURS, settings.IDLE_MINUTES
        if now >= identity.began_at + hours.whole_number() * 3600:
            raise Ended(f"You signed in {_count(hours, 'hour')} ago. Sign in again.")
        if identity.expires_at is not None and now >= identity.expires_at:
            raise Ended("Your sign-in has run out. Sign in again.")
        # Not seen by this server: not seen since it began.
        seen = self._last_seen.get(identity.sign_in_id, identity.began_at)
        if now >= seen + minutes.whole_number() * 60:
            raise Ended(f"Nothing was done for {_count(minutes, 'minute')}. Sign in again.")

    def _keep(self, store: Store, identity: Identity, state: str) -> bool:
        """Remember what became of it; whether that is new."""
        kept = (identity.sign_in_id, state)
        if kept in self._known:
            return False
        now = datetime.now(UTC)
        store.rows("people/add_sign_in", sign_in_id=kept[0], state=state, recorded_at=now)
        self._known.add(kept)
        return True


def _tell(store: Store, identity: Identity, action: audit.Action) -> None:
    audit.record(store, identity.email, action)


def _count(setting: settings.Setting, one: str) -> str:
    number = setting.whole_number()
    return f"{number:,} {one if number == 1 else one + 's'}"
