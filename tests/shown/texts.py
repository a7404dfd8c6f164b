"""The forms of IDs, codes, lists, ZIP Codes, and free text, and what they mean."""

from collections.abc import Mapping
from random import Random

from tests.shown.cell import ERRORS, NO_VALUE, Form, Shown, either, nothing, plain

_TEXTS = (
    *(
        "Elm",
        "St. Mary's",
        "O'Brien & Sons",
        'The "old" mill',
        "a, b; c",
        "Line one\nline two",
    ),
    *("=1+1", "+1 for this", "-5 officers", "@home", "'tis", "=SUM(A1:A9)"),
    *(
        "007",
        "1,500",
        "1e5",
        "3.10",
        "1/2",
        "2024-01-31",
        "TRUE",
        "50%",
        "$5",
        "(5)",
        "1.0",
    ),
    *(
        "12345678901234567890",
        "é à ü ñ",
        "日本",
        "🚓 car",
        "a\tb",
        "A  B",
        "a\\b",
        "a|b",
        "#1",
    ),
    *(
        "unknown",
        "TBD",
        "Total",
        "Total of all",
        "Note: see below",
        "n / a",
        "nothing",
        "0",
    ),
    *(
        "\N{ZERO WIDTH SPACE}Elm",
        "E\N{SOFT HYPHEN}lm",
        "El\N{NO-BREAK SPACE}m",
        "null and void",
    ),
    *("<b>bold</b>", "&amp;", "%", "--x", "\N{HYPHEN}", "E\ufeffm", "x" * 1_500),
)


def text_forms() -> list[Form]:
    """Forms of free text, all of which are the text itself, or no value."""
    outer = ("  Elm  ", "\tElm", "Elm\n", "\N{NO-BREAK SPACE}Elm")
    forms = plain(*_TEXTS) * 3 + either(*outer, of=str.strip)
    # In a text file, apostrophes may also quote a cell.
    forms += [lambda _: Shown("'quoted'", ("'quoted'", "quoted"))]
    # An apostrophe before a formula, or before another one, marks text.
    forms += either("'=1+1", "'+1", "''Elm", of=lambda text: text[1:])
    return forms + nothing(*NO_VALUE, *ERRORS)


def text_cells() -> list[Form]:
    """Numbers, dates, and truth values under a column of text."""

    def typed(text: str, value: object, number_format: str, *meanings: str) -> Form:
        return lambda _: Shown(text, (text, *meanings), value, number_format)

    return [
        typed("17", 17, "General"),
        typed("2.5", 2.5, "General"),
        typed("1,500", 1500, "#,##0", "1500"),
        typed("00017", 17, "00000"),
        typed("R-0017", 17, '"R-"0000'),
        typed("0017-24", 17, '0000"-24"'),
        typed("012-34-5678", 12345678, "000-00-0000"),
        typed("45%", 0.45, "0%"),
        typed("$1,500.00", 1500, '"$"#,##0.00', "$1500"),
        typed("TRUE", True, "General"),
        typed("123456789012345", 123456789012345, "0"),
    ]


def id_forms(number: int, is_workbook: bool) -> list[Form]:
    """Forms of a new ID with this number. Only the ID as a person sees it is stored."""
    usual = f"N-{number:04}"
    seen = (
        *(
            usual,
            f"  {usual}\N{NO-BREAK SPACE}",
            f"\N{ZERO WIDTH SPACE}{usual}",
            f"'{usual}",
        ),
        *(f'="{usual}"', f"{usual}\t"),
    )
    forms = either(*[usual] * 12, *seen, of=lambda _: usual)
    forms += plain(
        *(
            f"{number:05}",
            f"{number}",
            f"n{number}",
            f"N{number}.0",
            f"{number}.0",
            f"{number}E5",
        ),
        *(f"12345678901234567{number:03}", f"N {number}", f"N/{number}", f"Ñ{number}"),
        *(
            f"#{number}",
            f"{number},000",
            f"24-{number}",
            f"TX{number:07}",
            f"TX{number:05}",
        ),
    )
    forms += either(f"=N{number}", f"+{number}", f"-{number}", f"@{number}", of=str)
    forms += nothing(
        f"A;{number}", f"1.2E+1{number % 10}", "1/31/2024", "NULL", "#REF!", "24-Jan"
    )
    if is_workbook:
        forms += id_cells(number) * 2
    return forms


def id_cells(number: int) -> list[Form]:
    """IDs that a workbook holds as numbers."""

    def typed(text: str, value: object, number_format: str = "General") -> Form:
        return lambda _: Shown(text, (text,), value, number_format)

    return [
        typed(f"{number}", number),
        typed(f"{number}", float(number)),
        typed(f"{number:05}", number, "00000"),
        typed(f"R-{number:04}", number, '"R-"0000'),
        typed(f"R{number}", number, "\\R0"),
        typed(f"{number:04}-24", number, '0000"-24"'),
        typed(f"24-{number:03}", 24000 + number, "00-000"),
        typed(f"12345678901{number:04}", int(f"12345678901{number:04}"), "0"),
    ]


def code_forms(meanings: Mapping[str, str], unknown: tuple[str, ...]) -> list[Form]:
    """Forms of these texts with their codes, in any case, and of texts without one."""
    written = [*meanings, *map(str.upper, meanings), *map(str.title, meanings)]
    folded = {text.lower(): code for text, code in meanings.items()}
    forms = either(*written, of=lambda text: folded[text.lower()])
    return forms * 2 + nothing(*unknown, "1", "=x", "TRUE", "X?", *NO_VALUE, *ERRORS)


def zip_forms() -> list[Form]:
    """Forms of ZIP Codes: five digits, and the zeros that programs drop."""

    def some(write: str) -> Form:
        def make(chance: Random) -> Shown:
            code = chance.randint(501, 99_950)
            return Shown(write.format(code), (f"{code:05}",))

        return make

    forms = [some(write) for write in ("{:05}", "{:05}", "{}", "{:05}-1234", "{:05}1234")]
    bad = ("12", "750012", "75001.0", "7500l", "TX 75001", "75001?", "7,500", "75-001", "0")
    return forms * 5 + nothing(*bad, "1234567", "45%", "7.5E+04", *NO_VALUE, *ERRORS)


def zip_cells() -> list[Form]:
    """ZIP Codes that a workbook holds as numbers."""

    def some(write: str, number_format: str) -> Form:
        def make(chance: Random) -> Shown:
            code = chance.randint(501, 99_950)
            return Shown(write.format(code), (f"{code:05}",), code, number_format)

        return make

    def longer(chance: Random) -> Shown:
        code = chance.randint(501, 99_950)
        return Shown(f"{code:05}-1234", (f"{code:05}",), code * 10_000 + 1234, "00000-0000")

    return [some("{}", "General"), some("{:05}", "00000"), longer]


def reference_forms(
    lists: Mapping[str, tuple[str, ...]], known: tuple[str, ...], is_list: bool
) -> list[Form]:
    """Forms of references to these stored records, and of these lists of them."""
    forms: list[Form] = [
        lambda _, text=text, ids=ids: Shown(text, (ids,))
        for text, ids in lists.items()
        if {*ids} <= {*known}
    ]
    for one in known:
        spaced = (f" {one} ", f"\N{NO-BREAK SPACE}{one}", f"\N{ZERO WIDTH SPACE}{one}")
        written = (*[one] * 3, *spaced, one.lower(), one.upper(), f'="{one}"')
        meant = (one,) if is_list else one
        forms += either(*written, of=lambda _, meant=meant: meant)
    return forms + nothing("no-such", "1", "=x", "?", "A;;B", *NO_VALUE, *ERRORS)
