"""The table that is polluted: like the benchmark's, with words of our own."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

ROWS = 83
HEADINGS = (
    *("DATE", "TIME", "Qty", "ITEMID", "Price", "ItemType", "ItemDescription"),
    *("URL", "Comments"),
)
# Columns that are always written in quotes, headings included.
_ALWAYS_QUOTED = (6, 7)

_ITEMS = (
    *("Patrol Bag", "Officers' Field Jacket", "Rain Poncho, Reflective", "Boot Laces"),
    *('Traffic Cone, 28"', "Women's Duty Boots", "Chief's Badge Holder", "Radio Strap"),
    *('Training Baton 24"', "Deputy's Campaign Hat, Felt", "Flashlight, Two-Pack"),
    *("K-9 Harness", "Sheriff's Star Pin", "Kids' Bicycle Helmet, Red", "Map Case"),
)
_DESCRIPTIONS = (
    "Holds a day's papers, two radios and a lunch. Won't slip from the shoulder.",
    "Warm lining and a collar that stands up to wind make this the coat for nights",
    "Visible from afar, light to carry, dry in the worst of weather.",
    "A pole of 6\\'4\" length for signs, easily taken apart",
    "Comes with a booklet: what to check first, what to leave alone, whom to ask",
    "Made of one piece and tested in the field for a year without a single repair.",
    'The well-known model, now with a 5" clip, and in three colors',
)


@dataclass(frozen=True)
class Cell:
    """A cell and whether it is written in quotes."""

    text: str
    quoted: bool = False


Row = list[Cell]


def source() -> list[Row]:
    """The headings and rows, always the same."""
    chance = random.Random(7)  # noqa: S311
    day = date(2018, 1, 28)
    rows = [[Cell(name, place in _ALWAYS_QUOTED) for place, name in enumerate(HEADINGS)]]
    for number in range(ROWS):
        day += timedelta(days=chance.choice((1, 1, 1, 13)))
        code = f"{chance.choice(('MG', 'RI', 'CC', 'BH'))}-{chance.randint(1000, 9999)}"
        texts = [
            f"{day:%d/%m/%Y}",
            f"{number // 4 % 24:02}:{number % 4 * 15:02}",
            str(chance.randint(0, 33)),
            code,
            f"${chance.randint(90, 9_999) / 100:g}",
            _ITEMS[number * 7 % len(_ITEMS)],
            _DESCRIPTIONS[number * 3 % len(_DESCRIPTIONS)],
            f"https://www.example.com/item/{code.replace('-', '_')}.html",
            "",
        ]
        rows.append(
            [
                Cell(text, place in _ALWAYS_QUOTED or "," in text or '"' in text)
                for place, text in enumerate(texts)
            ]
        )
    return rows
