"""A number with its noun, for people."""


def count_of(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 request", "2,345 requests"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
