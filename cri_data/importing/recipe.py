"""A person's choices about a file: columns of headings, meanings of values, and more."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime

from cri_data.model.code_lists import plain
from cri_data.model.outcomes import Wave
from cri_data.model.refusal import Refusal
from cri_data.reading import ReadOptions

# The match of an ignored heading.
LEFT_OUT = ""

# The order of month and day in a date.
DATE_ORDERS = ("mdy", "dmy")


# The key of the read options in a saved recipe.
_READ_OPTIONS = "told"


@dataclass(frozen=True)
class Remembered:
    """The choices in a recipe that were made for an earlier file, with time and person."""

    decided_at: datetime
    decided_by: str
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The earlier file, in words."""
        on = self.decided_at
        return f"the last similar file ({self.decided_by}, {on:%b} {on.day}, {on.year})"

    def without_constants(self, names: Collection[str]) -> "Remembered":
        """The choices without constants that a person set for this file."""
        kept = {name: text for name, text in self.constants.items() if name not in names}
        return replace(self, constants=kept)


class RecipeError(Refusal):
    """The choices are not valid. The message says what to write."""


@dataclass(frozen=True)
class Recipe:
    """Choices about one file. Without a choice, each is detected.

    read_options    how the file is written
    headings        heading -> column, or LEFT_OUT
    constants       column -> the text for blank or missing cells in all rows
    lists           column -> headings whose cells are joined to a list, in order
    city_state      the heading with "City, ST", which is split into both
    values          column -> text of a cell -> its replacement
    date_orders     column -> one of DATE_ORDERS
    blanks_erase    a blank cell deletes the stored value, instead of keeping it
    all_or_nothing  if one row is rejected, no row is loaded
    repairs         row -> heading -> the replacement text
    left_out        rows of the file that are not loaded
    as_rows         each row is a record, whatever the file's shape
    waves           word -> baseline or followup, or LEFT_OUT to ignore its headings; the
                    word "" is that of headings without one
    remembered      which of these choices come from an earlier file; not part of the text
    """

    read_options: ReadOptions = field(default_factory=ReadOptions)
    headings: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    city_state: str | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)
    blanks_erase: bool = False
    all_or_nothing: bool = False
    repairs: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()
    as_rows: bool = False
    waves: Mapping[str, str] = field(default_factory=dict)
    remembered: Remembered | None = field(default=None, compare=False)

    def to_remember(self) -> "Recipe":
        """The choices for the next file too: without repairs and how to commit."""
        return replace(
            self,
            repairs={},
            left_out=(),
            blanks_erase=False,
            all_or_nothing=False,
            remembered=None,
        )

    def beyond(self, before: "Recipe") -> "Recipe":
        """The choices about values, dates, and rows that are not in `before`."""
        values = {
            column: {
                text: meant
                for text, meant in instead.items()
                if before.values.get(column, {}).get(text) != meant
            }
            for column, instead in self.values.items()
        }
        return Recipe(
            values={column: instead for column, instead in values.items() if instead},
            date_orders={
                column: order
                for column, order in self.date_orders.items()
                if before.date_orders.get(column) != order
            },
            repairs=self.repairs,
            left_out=self.left_out,
        )

    @property
    def repairs_made(self) -> int:
        """The number of choices about cells, values, date orders, and rows."""
        cells = sum(map(len, self.repairs.values()))
        values = sum(map(len, self.values.values()))
        return cells + values + len(self.date_orders) + len(self.left_out)

    def with_headings(self, written: Callable[[str], str]) -> "Recipe":
        """A recipe with each heading replaced by `written`."""
        return replace(
            self,
            headings={written(name): column for name, column in self.headings.items()},
            lists={
                column: tuple(written(name) for name in names)
                for column, names in self.lists.items()
            },
            city_state=written(self.city_state) if self.city_state else None,
        )

    @property
    def is_empty(self) -> bool:
        """Whether there are no choices."""
        return self == Recipe()

    def to_json(self) -> str:
        """The recipe as text. Equal recipes give the same text."""
        # Not asdict() of the whole, which copies each of thousands of repairs.
        parts = {name: getattr(self, name) for name in _FIELDS}
        parts[_READ_OPTIONS] = asdict(parts.pop("read_options"))
        return json.dumps(parts, ensure_ascii=False, sort_keys=True)


_FIELDS = [part.name for part in fields(Recipe) if part.compare]


def recipe_from_json(text: str) -> Recipe:
    """A recipe from the text of to_json(), or written by a person. Raises RecipeError."""
    try:
        parts = json.loads(text)
    except json.JSONDecodeError as error:
        raise RecipeError(f"The recipe is not valid JSON: {error}.") from error
    names = [_READ_OPTIONS if n == "read_options" else n for n in _FIELDS]
    if not isinstance(parts, dict) or not set(parts) <= set(names):
        raise RecipeError(f"A recipe is an object with some of: {', '.join(names)}.")
    try:
        parts["lists"] = {
            column: tuple(headings) for column, headings in parts.get("lists", {}).items()
        }
        parts["repairs"] = {
            int(row): dict(cells) for row, cells in parts.get("repairs", {}).items()
        }
        parts["left_out"] = tuple(map(int, parts.get("left_out", ())))
        parts["read_options"] = ReadOptions(**parts.pop(_READ_OPTIONS, {}))
        recipe = Recipe(**parts)
        _refuse_unknown_orders(recipe)
        _refuse_unknown_waves(recipe)
    except (AttributeError, TypeError, ValueError) as error:
        raise RecipeError(f"The recipe is not valid: {error}.") from error
    return recipe


def _refuse_unknown_orders(recipe: Recipe) -> None:
    for column, order in recipe.date_orders.items():
        if order not in DATE_ORDERS:
            raise RecipeError(
                f"The dates of {column} are '{order}'; they are one of: "
                f"{', '.join(DATE_ORDERS)}."
            )


def _refuse_unknown_waves(recipe: Recipe) -> None:
    for word, wave in recipe.waves.items():
        if wave not in (*Wave, LEFT_OUT):
            raise RecipeError(
                f"The wave of '{word}' is '{wave}'; it is one of: {', '.join(Wave)}."
            )


def headings_key(headings: tuple[str, ...]) -> str:
    """A key of the headings, which ignores case and order."""
    known = "\n".join(sorted(plain(heading) for heading in headings))
    return hashlib.sha256(known.encode()).hexdigest()
