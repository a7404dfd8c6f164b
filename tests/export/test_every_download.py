"""Every download of the program is in this list, and runs nothing in a spreadsheet."""

import ast
import csv
import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cri_data.export.dataset_csv import counted_dataset_csv
from cri_data.importing.mapping.templates import template_csv, template_xlsx
from cri_data.model.datasets import DATASETS
from cri_data.records.assign import PlannedEngagement, planned_csv
from cri_ui.components.downloads import guarded_csv, guarded_workbook
from tests.support.stores import new_store
from tests.support.uploads import looked_at

ROOT = Path(__file__).resolve().parents[2]
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def csv_cells(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def of_a_table() -> list[str]:
    table = pd.DataFrame({"name": FORMULAS})
    given = (table, "=title", "=filters", date(2026, 1, 1))
    book = openpyxl.load_workbook(io.BytesIO(guarded_workbook(*given)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    return [*csv_cells(guarded_csv(*given)), *(str(cell.value) for cell in cells)]


def of_a_dataset() -> list[str]:
    store = new_store()
    with store.writing() as cursor:
        cursor.executemany(
            "insert into agencies (agency_id, agency_name, state) values (?, ?, 'TX')",
            [(f"Z{n}", text) for n, text in enumerate(FORMULAS)],
        )
    cells = csv_cells(counted_dataset_csv(store, DATASETS["agencies"])[0])
    store.close()
    return cells


def of_rejected_rows() -> list[str]:
    store = new_store()
    rows = "".join(f'Z{n},"{text}",Mars\n' for n, text in enumerate(FORMULAS))
    text = f"agency_id,agency_name,state\n{rows}"
    cells = csv_cells(looked_at(store, "agencies", text).rejects)
    store.close()
    return cells


def of_planned_engagements() -> list[str]:
    store = new_store()
    day = date(2026, 1, 1)
    planned = [
        PlannedEngagement(f"{text}{n}", text, day, day, text, -1.0)
        for n, text in enumerate(FORMULAS)
    ]
    cells = csv_cells(planned_csv(store, planned))
    store.close()
    return cells


def of_templates() -> list[str]:
    return [
        cell
        for dataset in DATASETS.values()
        for cell in (*csv_cells(template_csv(dataset)), *workbook_cells(dataset))
    ]


def workbook_cells(dataset) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(dataset)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    # In a workbook a text is a text: only what is typed as a formula runs.
    return []


# Where a download is made, and what shows that it is guarded. The file as it
# came is given back as it came, byte for byte: who sent it gets what they sent,
# its sum holds, and it is called octet-stream so that no browser opens it.
DOWNLOADS = {
    ("cri_ui/components/page.py", "_download_button"): of_a_table,
    ("cri_ui/views/about.py", "tables"): of_a_dataset,
    ("cri_ui/views/matching_overall.py", "_files"): of_planned_engagements,
    ("cri_ui/views/upload/report.py", "_problems"): of_rejected_rows,
    ("cri_ui/views/upload_history.py", "_kept"): of_rejected_rows,
    ("cri_ui/views/upload/upload.py", "_templates"): of_templates,
}


# A whole store, and a calendar file, which no spreadsheet opens.
NOT_A_TABLE = {
    ("cri_ui/views/backups.py", "draw_download"),
    ("cri_ui/views/partner_calendar.py", "draw_file"),
}


def made() -> set[tuple[str, str]]:
    """Every function of app, pages and cri_ui that draws a download."""
    found = set()
    files = {*ROOT.glob("cri_ui/**/*.py"), *ROOT.glob("pages/**/*.py")}
    # What draws all of them, whatever they hold.
    for file in files - {ROOT / "cri_ui" / "components" / "downloads.py"}:
        tree = ast.parse(file.read_text())
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        name = file.relative_to(ROOT).as_posix()
        for node in ast.walk(tree):
            if ast.unparse(node) in ("st.download_button", "downloads.button"):
                inside = [
                    f.name for f in functions if f.lineno <= node.lineno <= f.end_lineno
                ]
                found.add((name, inside[-1] if inside else ""))
    return found


@pytest.mark.long
def test_every_download_is_in_the_list():
    assert made() == set(DOWNLOADS) | NOT_A_TABLE


@pytest.mark.long
@pytest.mark.parametrize("cells", sorted(set(DOWNLOADS.values()), key=lambda f: f.__name__))
def test_no_cell_of_a_download_runs(cells):
    # A number is a number, also below zero.
    number = re.compile(r"-?\d+(\.\d+)?")
    found = [cell for cell in cells() if not number.fullmatch(cell)]
    assert found
    assert [cell for cell in found if cell.startswith(DANGEROUS)] == []


def test_streamlits_own_export_without_a_guard_is_off():
    assert "disableDataExport = true" in (ROOT / ".streamlit" / "config.toml").read_text()
