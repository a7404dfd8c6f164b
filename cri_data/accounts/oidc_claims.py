"""The sign-in that a provider's claims describe. A missing claim counts against it."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from cri_data import settings
from cri_data.accounts import users


class Refused(Exception):
    """Signed in at the provider, but not admitted. The message says why."""


class Ended(Exception):
    """The sign-in is over. The message says why. The person can sign in again."""


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
    """The sign-in that a provider's claims describe.

    Raises Refused without an email that the provider verified, and Ended without the time
    of the sign-in.
    """
    email = _verified_email(claims)
    # `iat` is the time of this sign-in. `auth_time` may be days earlier.
    began_at = _seconds(claims, "iat")
    if began_at is None:
        began_at = _seconds(claims, "auth_time")
    if began_at is None:
        raise Ended("Your sign-in has no time. Sign in again.")
    expires_at = _seconds(claims, "exp")
    if expires_at is None and claims.get("exp") is not None:
        raise Ended("Your sign-in has no valid end time. Sign in again.")
    # The nonce differs between sign-ins, even within the same second.
    parts = [claims.get(name) for name in ("provider", "sub", "nonce")]
    account = [claims.get("iss") or claims.get("provider"), claims.get("sub")]
    sign_in_id = _hash([email, began_at, *parts])
    return Identity(email, sign_in_id, began_at, expires_at, _hash(account))


def identity_without_email(claims: Mapping[str, object]) -> Identity:
    """Claims that admit no one; the message is recorded in the audit log."""
    return Identity(_email(claims) or "no email", _hash(dict(claims)), 0, None)


def _hash(parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _verified_email(claims: Mapping[str, object]) -> str:
    email = _email(claims)
    if email is None:
        raise Refused("Your sign-in has no email address.")
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
    # NaN compares as neither earlier nor later, so such a sign-in would never end.
    return float(value) if math.isfinite(value) else None


def _email(claims: Mapping[str, object]) -> str | None:
    value = claims.get("email")
    # An address with spaces around it is not the one on the list.
    if not isinstance(value, str) or value != value.strip():
        return None
    return users.plain_email(value)
