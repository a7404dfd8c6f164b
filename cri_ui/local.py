"""Who does what without sign-in."""

WHO = "staff (local)"
