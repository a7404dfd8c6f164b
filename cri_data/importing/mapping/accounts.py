"""What became of each row of a file: read, or left out for a reason."""

from collections import Counter
from dataclasses import dataclass

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.model.problem_rules import Rule, message
from cri_data.reading import Block, Fault, FileRead, LeftOut, Reason

_REASONS = {
    Rule.ROW_LEFT_OUT: Reason.EXCLUDED,
    Rule.EXAMPLE_ROW: Reason.EXAMPLE,
    Rule.TOTAL_ROW: Reason.TOTAL,
}


@dataclass(frozen=True)
class Account:
    """The rows of a file, without blank ones and its headings.

    `rows` is the number of those in the file: those in `blocks` and those `left_out`.
    `blocks` are the tables that were read, and count rows with problems, too.
    """

    rows: int
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def read(self) -> int:
        """The number of rows that were read."""
        return sum(block.rows for block in self.blocks)

    @property
    def in_words(self) -> list[str]:
        """One sentence for each reason of a sheet, and one for several tables."""
        lines = [
            f"{_where(block.sheet)}ows {block.first_row} to {block.last_row} were read "
            f"({block.rows:,})."
            for block in self.blocks
            if len(self.blocks) > 1
        ]
        return lines + [
            f"Not read{f' of {part.sheet!r}' if part.sheet else ''}: "
            f"{part.rows:,} {'row' if part.rows == 1 else 'rows'} from row "
            f"{part.first_row}, {part.reason}."
            for part in self.left_out
        ]


def _where(sheet: str) -> str:
    return f"Sheet {sheet!r}: r" if sheet else "R"


def account_of(prepared: MappedFile) -> Account:
    """The account of a file: each of its rows is in it exactly once."""
    file = prepared.file
    gone = [(file.place(fault.row), fault.rule) for fault in prepared.left_out]
    left_out = [*file.left_out]
    for sheet, reason in dict.fromkeys((place[0], _REASONS[rule]) for place, rule in gone):
        numbers = [
            place[1]
            for place, rule in gone
            if place[0] == sheet and _REASONS[rule] is reason
        ]
        left_out.append(LeftOut(sheet, len(numbers), reason, min(numbers)))
    blocks = _without(file, [fault.row for fault in prepared.left_out])
    order = {name: n for n, name in enumerate(file.dialect.sheets)}
    left_out.sort(key=lambda part: (order.get(part.sheet, 0), part.first_row))
    rows = sum(block.rows for block in blocks) + sum(part.rows for part in left_out)
    return Account(rows, blocks, tuple(left_out))


def _without(file: FileRead, rows: list[int]) -> tuple[Block, ...]:
    """The blocks of a file, without these of its rows."""
    if not rows:
        return file.blocks
    fewer = Counter(
        max(n for n, block in enumerate(file.blocks) if n == 0 or _begins(block) <= row)
        for row in rows
    )
    return tuple(
        Block(b.sheet, b.first_row, b.last_row, b.rows - fewer[n], b.before)
        for n, b in enumerate(file.blocks)
    )


def _begins(block: Block) -> int:
    return block.first_row + block.before


def rows_not_read(file: FileRead) -> tuple[Fault, ...]:
    """A warning for each further table, and for each sheet that fits, too.

    A sheet has no row in the file, so its warning is at the headings.
    """
    before = {block.sheet: block.before for block in file.blocks}
    headings = max(file.blocks[0].first_row - 1, 1) if file.blocks else 1
    faults = []
    for part in file.left_out:
        if part.reason is Reason.TABLE:
            row, value, case = part.first_row + before.get(part.sheet, 0), "", "table"
        elif part.reason is Reason.FITTING_SHEET:
            row, value, case = headings, part.sheet, "sheet"
        else:
            continue
        said = message(Rule.ROWS_NOT_READ, case, rows=f"{part.rows:,}")
        faults.append(Fault(row, Rule.ROWS_NOT_READ, value, said))
    return tuple(faults)
