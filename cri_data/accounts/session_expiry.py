"""When a sign-in ends: by time, by its owner, by an administrator, or by a restore."""

import math
from dataclasses import dataclass

from cri_data import settings
from cri_data.accounts.oidc_claims import Identity

# How far the provider's clock may be ahead of ours, in seconds.
_CLOCKS_DIFFER = 300


@dataclass(frozen=True)
class Moments:
    """Times of a sign-in by our own clock, in seconds since 1970.

    `first_at` is when it was admitted and `last_at` when this server last saw it.
    `ended_at` is when the person's sign-ins were last ended, `all_ended_at` when
    everyone's were.
    """

    first_at: float | None = None
    last_at: float | None = None
    is_signed_out: bool = False
    ended_at: float | None = None
    all_ended_at: float = -math.inf


def why_over(identity: Identity, moments: Moments, now: float) -> str | None:
    """Why a sign-in is over, in a sentence. None if it is still valid."""
    # The provider's clock may be ahead. An admitted sign-in had begun by our clock.
    began_at = identity.began_at
    if moments.first_at is not None:
        began_at = min(began_at, moments.first_at)
    if moments.is_signed_out:
        return "You are signed out."
    if began_at <= moments.all_ended_at:
        return "A backup was restored since you signed in. Sign in again."
    if moments.ended_at is not None and began_at <= moments.ended_at:
        return "Your sign-ins were ended. Sign in again."
    if identity.began_at > now + _CLOCKS_DIFFER:
        return "Your sign-in is dated in the future, so a clock is wrong."
    return _why_too_late(identity, moments, now)


def _why_too_late(identity: Identity, moments: Moments, now: float) -> str | None:
    hours, minutes = settings.SESSION_HOURS, settings.IDLE_MINUTES
    if now >= identity.began_at + hours.whole_number() * 3600:
        return f"You signed in {_count(hours, 'hour')} ago. Sign in again."
    if identity.expires_at is not None and now >= identity.expires_at:
        return "Your sign-in has expired. Sign in again."
    # If this server has not seen it, it was last used when it began.
    last_at = identity.began_at if moments.last_at is None else moments.last_at
    if now >= last_at + minutes.whole_number() * 60:
        return f"You were inactive for {_count(minutes, 'minute')}. Sign in again."
    return None


def _count(setting: settings.Setting, one: str) -> str:
    number = setting.whole_number()
    return f"{number:,} {one if number == 1 else one + 's'}"
