"""When a sign-in is over, moment by moment."""

import pytest

from cri_data.accounts.oidc_claims import Identity
from cri_data.accounts.session_expiry import Moments, why_over

BEGAN, MINUTE, HOUR = 1_800_000_000, 60, 3600
DAY_LONG = Identity("ann@office.gov", "1", BEGAN, BEGAN + 24 * HOUR)
WITHOUT_END = Identity("ann@office.gov", "2", BEGAN, None)


@pytest.mark.parametrize(
    ("identity", "moments", "after", "why"),
    [
        (DAY_LONG, Moments(), 0, None),
        (DAY_LONG, Moments(), 60 * MINUTE - 1, None),
        (DAY_LONG, Moments(), 60 * MINUTE, "You were inactive"),
        (DAY_LONG, Moments(last_at=BEGAN + HOUR), 2 * HOUR - 1, None),
        (DAY_LONG, Moments(last_at=BEGAN + HOUR), 2 * HOUR, "You were inactive"),
        (DAY_LONG, Moments(last_at=BEGAN + 12 * HOUR), 12 * HOUR, "12 hours ago"),
        (WITHOUT_END, Moments(last_at=BEGAN + 12 * HOUR), 12 * HOUR - 1, None),
        (Identity("", "3", BEGAN, BEGAN + MINUTE), Moments(), MINUTE, "has expired"),
        (DAY_LONG, Moments(), -300, None),
        (DAY_LONG, Moments(), -301, "a clock is wrong"),
        (DAY_LONG, Moments(is_signed_out=True), 0, "signed out"),
        (DAY_LONG, Moments(ended_at=BEGAN - 1), 0, None),
        (DAY_LONG, Moments(ended_at=BEGAN), 1, "were ended"),
        (DAY_LONG, Moments(all_ended_at=BEGAN - 1), 0, None),
        (DAY_LONG, Moments(all_ended_at=BEGAN), 1, "backup was restored"),
        # The provider's clock was 200 s ahead: it began before it was ended.
        (DAY_LONG, Moments(first_at=BEGAN - 200, ended_at=BEGAN - 100), 0, "were ended"),
        (DAY_LONG, Moments(first_at=BEGAN - 200, all_ended_at=BEGAN - 100), 0, "backup"),
        (DAY_LONG, Moments(first_at=BEGAN - 50, ended_at=BEGAN - 100), 0, None),
        # What this server saw late began when the provider says.
        (DAY_LONG, Moments(first_at=BEGAN + 90, ended_at=BEGAN + 60), 100, "were ended"),
    ],
)
def test_when_a_sign_in_is_over(
    identity: Identity, moments: Moments, after: int, why: str | None
) -> None:
    said = why_over(identity, moments, BEGAN + after)
    assert (said is None) if why is None else (why in said)
