"""From which row and column of the file each outcome and each of its values came."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cri_data.importing.shaping.waves import Wave
from cri_data.model.problem_rules import Rule, Severity, message
from cri_data.reading import FileRead

# Several outcomes of one row of the file need numbers of their own. Those of the first
# metric are the numbers of their rows, as are those of rows that are no outcome.

ROWS = 1 << 32


def outcome_row(rows: np.ndarray, metric: np.ndarray) -> np.ndarray:
    """The numbers of outcomes, from their rows in the file and the number of the metric."""
    return rows + metric.astype(np.int64) * ROWS


def file_row(rows: pd.Series) -> pd.Series:
    """The rows of the file, from numbers of outcomes."""
    return rows % ROWS


@dataclass(frozen=True)
class Origins:
    """Where outcomes come from.

    `headings` has the heading by number of the metric and column of outcomes. `sources`
    has, by the number of the outcome, the file's row of each wave, if each has its own.
    """

    headings: Mapping[tuple[int, str], str] = field(default_factory=dict)
    sources: pd.DataFrame | None = None

    def in_file(self, problems: pd.DataFrame, file: FileRead) -> pd.DataFrame:
        """The problems with rows of the file, and with the heading of each value.

        A rejected outcome rejects each of its rows.
        """
        found = problems.assign(outcome=problems["row"])
        pairs = zip(found["row"] // ROWS, found["column"], strict=True)
        headings = [self.headings.get(pair) for pair in pairs]
        found["message"] = [
            f"In the column '{heading}': {said}" if heading else said
            for heading, said in zip(headings, found["message"], strict=True)
        ]
        found["row"] = self._rows(found)
        if self.sources is not None:
            found = pd.concat([found, *self._of_other_rows(found, file)])
        by = ["row", "severity", "column", "rule", "message"]
        found = found.drop(columns="outcome").drop_duplicates()
        return found.sort_values(by, kind="stable", ignore_index=True)

    def _rows(self, problems: pd.DataFrame) -> pd.Series:
        """The row of each problem: that of its wave, if it is about one."""
        rows = file_row(problems["outcome"])
        for wave in Wave:
            is_its = problems["column"].str.startswith(wave)
            own = self._of_wave(problems, wave)
            rows = rows.where(~is_its | own.isna(), own)
        return rows.astype("int64")

    def _of_other_rows(self, found: pd.DataFrame, file: FileRead) -> list[pd.DataFrame]:
        """The problems of the other row of each rejected outcome."""
        errors = found[found["severity"] == Severity.ERROR]
        others = []
        for wave in Wave:
            own = self._of_wave(errors, wave)
            is_other = own.notna() & (own != errors["row"])
            other = errors[is_other].assign(row=own[is_other].astype("int64"))
            is_of_wave = other["column"].str.startswith(tuple(Wave))
            because = errors.loc[other.index[is_of_wave], "row"]
            others.append(other[~is_of_wave])
            others.append(_rejected_with(other[is_of_wave], because, file))
        return others

    def _of_wave(self, problems: pd.DataFrame, wave: Wave) -> pd.Series:
        """The row of each problem's outcome that has this wave, or none."""
        if self.sources is None:
            return pd.Series(np.nan, problems.index)
        return problems["outcome"].map(self.sources[str(wave)])


def _rejected_with(other: pd.DataFrame, because: pd.Series, file: FileRead) -> pd.DataFrame:
    """The problems of rows whose outcome is rejected because of another row."""
    said = [message(Rule.REJECTED_WITH, row=file.row_name(row)) for row in because]
    return other.assign(column="", value="", rule=str(Rule.REJECTED_WITH), message=said)
