"""How much may be tried on a file whose writing makes no sense, before it is given up."""

# Counted in ways that are tried, which are the same on every machine, not in seconds.
# A row that a person has written takes a few dozen.
_MOST_FOR_A_LINE = 50_000
_ANYWAY = 150_000
_FOR_A_CHARACTER = 1

# So many characters that are looked at cost as much as one way that is tried.
_CHARACTERS_A_WAY = 100


class Effort:
    """What may still be tried on one text of so many characters."""

    def __init__(self, characters: int) -> None:
        self.left = _ANYWAY + _FOR_A_CHARACTER * characters
        self._left_for_line = 0

    def begin_line(self) -> None:
        """Another line may use up what is left, but no more than one line may."""
        self._left_for_line = min(self.left, _MOST_FOR_A_LINE)

    def spend(self, ways: int, characters: int = 0) -> bool:
        """Take off what trying costs; whether there was as much left."""
        cost = ways + characters // _CHARACTERS_A_WAY
        self.left -= cost
        self._left_for_line -= cost
        return self._left_for_line >= 0
