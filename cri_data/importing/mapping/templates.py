"""The template of each dataset: headings, an example row, and a guide sheet."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from cri_data.export.csv_writer import row_writer
from cri_data.model.datasets import Column, Dataset, Kind

# One complete record of each dataset; together they are consistent.
EXAMPLES: dict[str, dict[str, str]] = {
    "agencies": {
        "agency_id": "TX0000000",
        "agency_name": "Example Police Department",
        "agency_type": "municipal",
        "state": "TX",
        "county": "Example County",
        "city": "Example",
        "zip": "75201",
        "latitude": "32.78",
        "longitude": "-96.80",
        "sworn_officers": "48",
        "sworn_as_of_on": "2025-12-31",
        "population_served": "31000",
    },
    "topics": {
        "topic_id": "example-topic",
        "topic_name": "Example topic",
        "description": "What the program offers under this topic.",
        "maps_to": "training",
        "effective_from_on": "2017-10-01",
        "effective_to_on": "2020-09-30",
    },
    "partners": {
        "partner_id": "EXMP",
        "partner_name": "Example Police Association",
        "acronym": "EXMP",
        "kind": "membership association",
        "selection_status": "selected",
        "applied_on": "2017-08-15",
        "effective_from_on": "2017-10-01",
        "effective_to_on": "2026-09-30",
        "base_city": "Washington",
        "base_state": "DC",
        "base_latitude": "38.90",
        "base_longitude": "-77.04",
        "capacity_hours_per_quarter": "400",
        "topic_ids": "training;officer-wellness",
    },
    "metrics": {
        "metric_id": "example-metric",
        "metric_name": "Example metric",
        "unit": "percent",
        "better": "higher",
        "goal": "officer_safety",
        "level": "behavior",
    },
    "requests": {
        "request_id": "EXAMPLE-1",
        "agency_id": "TX0000000",
        "inquiry_on": "2025-01-06",
        "received_on": "2025-01-13",
        "status": "completed",
        "decided_on": "2025-02-03",
        "assigned_on": "2025-02-17",
        "delivery_started_on": "2025-03-10",
        "closed_on": "2025-06-30",
        "closed_reason": "Assistance delivered",
        "source": "Partner referral",
        "summary": "Training of trainers in de-escalation.",
        "topic_ids": "training;officer-wellness",
    },
    "engagements": {
        "engagement_id": "EXAMPLE-1-1",
        "request_id": "EXAMPLE-1",
        "lead_partner_id": "EXMP",
        "topic_id": "training",
        "delivery_mode": "train_the_trainer",
        "status": "completed",
        "planned_start_on": "2025-03-10",
        "planned_end_on": "2025-06-20",
        "started_on": "2025-03-10",
        "ended_on": "2025-06-27",
        "last_activity_on": "2025-06-27",
        "hours": "36.5",
        "participants_in_person": "24",
        "participants_virtual": "0",
        "site_name": "Example City Hall",
        "latitude": "32.78",
        "longitude": "-96.80",
        "supporting_partner_ids": "",
    },
    "outcomes": {
        "outcome_id": "EXAMPLE-1-1-1",
        "engagement_id": "EXAMPLE-1-1",
        "metric_id": "example-metric",
        "baseline_value": "52.5",
        "baseline_on": "2025-03-10",
        "followup_value": "61",
        "followup_on": "2025-12-15",
        "target_value": "60",
        "respondents_invited": "48",
        "respondents_responded": "41",
    },
}

_HOW = {
    Kind.ID: "An ID, without semicolons.",
    Kind.TEXT: "Text.",
    Kind.CODE: "One of the codes.",
    Kind.ZIP: "Five digits.",
    Kind.DATE: "A date, such as 2025-01-31.",
    Kind.INTEGER: "A whole number.",
    Kind.NUMBER: "A number.",
    Kind.ID_LIST: "IDs, separated by semicolons.",
}

_WIDTH = 22
# Rows of a template that are formatted as text.
_PREPARED = 200
_GUIDE_WIDTHS = (26, 10, 58, 34, 60)


def template_csv(dataset: Dataset) -> bytes:
    """The template as CSV, in UTF-8 with a byte order mark for spreadsheets."""
    text = io.StringIO(newline="")
    write_row = row_writer(text)
    for row in _rows(dataset):
        write_row(row)
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(dataset: Dataset) -> bytes:
    """The template as a workbook; its second sheet is the guide to the columns."""
    book = Workbook()
    sheet = book.active
    sheet.title = dataset.name
    for cells in _rows(dataset):
        sheet.append(cells)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(dataset.columns, start=1):
        sheet.cell(1, place).font = Font(bold=column.required)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTH
        # As text, because a spreadsheet would reformat dates and numbers.
        for number in range(2, _PREPARED + 2):
            sheet.cell(number, place).number_format = "@"
    guide = book.create_sheet("Guide")
    for said in (GUIDE_HEADS, *guide_rows(dataset)):
        guide.append(said)
    for place, width in enumerate(_GUIDE_WIDTHS, start=1):
        guide.cell(1, place).font = Font(bold=True)
        guide.column_dimensions[get_column_letter(place)].width = width
        for number in range(2, guide.max_row + 1):
            guide.cell(number, place).alignment = Alignment(wrap_text=True, vertical="top")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


GUIDE_HEADS = ("Column", "Required", "Description", "Format", "Example")


def guide_rows(dataset: Dataset) -> list[tuple[str, str, str, str, str]]:
    """The guide, a row per column of the dataset, with the fields of GUIDE_HEADS."""
    example = EXAMPLES[dataset.name]
    return [
        (
            column.name,
            "yes" if column.required else "",
            column.description,
            how_to_write(column),
            example[column.name],
        )
        for column in dataset.columns
    ]


def how_to_write(column: Column) -> str:
    """What a cell of the column may hold, in a sentence or two."""
    text = _HOW[column.kind]
    if column.codes and len(column.codes.values) > 20:
        text = "A USPS code, such as TX."
    elif column.codes:
        text = f"One of: {', '.join(column.codes.values)}."
    elif column.low is not None and column.high is not None:
        text = f"{text[:-1]} from {column.low:,.0f} to {column.high:,.0f}."
    if column.refers_to:
        text += f" Must be in the {column.refers_to} dataset."
    return text


def _rows(dataset: Dataset) -> list[list[str]]:
    names = [column.name for column in dataset.columns]
    return [names, [EXAMPLES[dataset.name][name] for name in names]]
