"""What a person decided about a file: which heading is what, which text means what."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace

from cri_data.model.code_lists import plain
from cri_data.model.refusal import Refusal
from cri_data.reading import ReadOptions

# What a heading is matched to that is no column.
LEFT_OUT = ""

# Which of two small numbers of a date is the month.
DATE_ORDERS = ("mdy", "dmy")


# The key of the read options in a saved recipe.
_READ_OPTIONS = "told"


class RecipeError(Refusal):
    """What was decided cannot be understood; the message says what to write."""


@dataclass(frozen=True)
class Recipe:
    """Decisions about one file. Left alone, everything is found by itself.

    read_options    how the file is written, where that is not found rightly
    headings        heading -> column, or LEFT_OUT
    constants       column -> the text that every row has, where the file lacks it
    lists           column -> headings whose cells make one list, in order
    city_state      the heading that holds "City, ST", to be split into both
    values          column -> text of a cell -> what to take instead
    date_orders     column -> one of DATE_ORDERS
    blanks_erase    a blank cell erases what is stored, instead of keeping it
    all_or_nothing  one rejected row keeps all others out
    repairs         row -> heading -> the text to take instead
    left_out        rows of the file that are not loaded
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

    def to_remember(self) -> "Recipe":
        """What holds for the next file too: not repairs, nor how to commit."""
        return replace(
            self, repairs={}, left_out=(), blanks_erase=False, all_or_nothing=False
        )

    def beyond(self, before: "Recipe") -> "Recipe":
        """What was decided of values, dates and rows that `before` does not say."""
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
        """How many cells, values, orders of dates and rows were decided."""
        cells = sum(map(len, self.repairs.values()))
        values = sum(map(len, self.values.values()))
        return cells + values + len(self.date_orders) + len(self.left_out)

    def with_headings(self, written: Callable[[str], str]) -> "Recipe":
        """The same, with every heading as `written` has it."""
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
        """Whether nothing was decided."""
        return self == Recipe()

    def to_json(self) -> str:
        """As text; equal recipes are the same text."""
        parts = asdict(self)
        parts[_READ_OPTIONS] = parts.pop("read_options")
        return json.dumps(parts, ensure_ascii=False, sort_keys=True)


_FIELDS = [part.name for part in fields(Recipe)]


def recipe_from_json(text: str) -> Recipe:
    """The recipe that to_json wrote, or a person. Raises RecipeError."""
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
    except (AttributeError, TypeError, ValueError) as error:
        raise RecipeError(f"The recipe cannot be understood: {error}.") from error
    return recipe


def _refuse_unknown_orders(recipe: Recipe) -> None:
    for column, order in recipe.date_orders.items():
        if order not in DATE_ORDERS:
            raise RecipeError(
                f"The dates of {column} are '{order}'; they are one of: "
                f"{', '.join(DATE_ORDERS)}."
            )


def headings_key(headings: tuple[str, ...]) -> str:
    """What files with the same headings share, whatever case and order they have."""
    known = "\n".join(sorted(plain(heading) for heading in headings))
    return hashlib.sha256(known.encode()).hexdigest()
