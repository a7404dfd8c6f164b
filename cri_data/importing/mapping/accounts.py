"""What became of each row of a file: read, or left out for a reason."""

from dataclasses import dataclass, replace

import numpy as np

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.model.counted import count_of
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
        lines = [_said_of_block(block) for block in self.blocks if len(self.blocks) > 1]
        return lines + [
            f"Not read{f' of {part.sheet!r}' if part.sheet else ''}: "
            f"{count_of(part.rows, 'row')} from row {part.first_row}, {part.reason}."
            for part in self.left_out
        ]


def _said_of_block(block: Block) -> str:
    sheet = f"Sheet {block.sheet!r}: r" if block.sheet else "R"
    rows = f"ows {block.first_row} to {block.last_row} were"
    if block.first_row == block.last_row:
        rows = f"ow {block.first_row} was"
    return f"{sheet}{rows} read ({block.rows:,})."


def account_of(prepared: MappedFile) -> Account:
    """The account of a file: each of its rows is in it exactly once."""
    file = prepared.file
    gone: dict[Reason, list[int]] = {}
    for fault in prepared.left_out:
        gone.setdefault(_REASONS[fault.rule], []).append(fault.row)
    of_reasons = {reason: np.array(rows) for reason, rows in gone.items()}
    if prepared.shaped and len(prepared.shaped.no_value):
        of_reasons[Reason.NO_VALUE] = prepared.shaped.no_value.to_numpy()
    left_out, blocks = [*file.left_out], file.blocks
    for reason, rows in of_reasons.items():
        places = _blocks_of(file, rows)
        left_out += _by_sheet(file, reason, rows, places)
        blocks = _with_fewer(blocks, places)
    order = {name: n for n, name in enumerate(file.dialect.sheets)}
    left_out.sort(key=lambda part: (order.get(part.sheet, 0), part.first_row))
    in_file = sum(block.rows for block in blocks) + sum(part.rows for part in left_out)
    return Account(in_file, blocks, tuple(left_out))


def _blocks_of(file: FileRead, rows: np.ndarray) -> np.ndarray:
    """The place of the block that each of these rows is in."""
    begins = [_begins(block) for block in file.blocks]
    return np.maximum(np.searchsorted(begins, rows, side="right") - 1, 0)


def _by_sheet(
    file: FileRead, reason: Reason, rows: np.ndarray, places: np.ndarray
) -> list[LeftOut]:
    """These rows, which are not read for the same reason, by sheet."""
    counted: dict[str, LeftOut] = {}
    for place in np.unique(places):
        block = file.blocks[place]
        of_block = rows[places == place]
        first = int(of_block.min()) - block.before
        known = counted.get(block.sheet, LeftOut(block.sheet, 0, reason, first))
        counted[block.sheet] = LeftOut(
            block.sheet, known.rows + len(of_block), reason, min(known.first_row, first)
        )
    return [*counted.values()]


def _with_fewer(blocks: tuple[Block, ...], places: np.ndarray) -> tuple[Block, ...]:
    """The blocks, without rows at these places."""
    fewer = np.bincount(places, minlength=len(blocks))
    return tuple(
        replace(block, rows=block.rows - int(fewer[place]))
        for place, block in enumerate(blocks)
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
        said = message(
            Rule.ROWS_NOT_READ,
            case,
            rows=count_of(part.rows, "row"),
            are="is" if part.rows == 1 else "are",
        )
        faults.append(Fault(row, Rule.ROWS_NOT_READ, value, said))
    return tuple(faults)
