"""The rules that rows of a file can break: their names, labels, and messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error rejects its row; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Rule(StrEnum):
    """The name of a rule, as problems and JSON output have it."""

    AGENCY_BY_NAME = "agency_by_name"
    AGENCY_NOT_CERTAIN = "agency_not_certain"
    AMBIGUOUS_DATE = "ambiguous_date"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    BROKEN_CHARACTER = "broken_character"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    EXAMPLE_ROW = "example_row"
    ID_CHANGED = "id_changed"
    ID_NOT_CERTAIN = "id_not_certain"
    KEY_REPEATED = "key_repeated"
    LOST_CELL = "lost_cell"
    MERGED_AGENCY = "merged_agency"
    NOT_A_DATE = "not_a_date"
    NOT_A_LIST = "not_a_list"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_PLACE = "not_a_place"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_ZIP = "not_a_zip"
    NOT_AN_ID = "not_an_id"
    OTHER_SEPARATOR = "other_separator"
    OTHER_UNIT = "other_unit"
    OUT_OF_RANGE = "out_of_range"
    OUTCOME_NOT_CERTAIN = "outcome_not_certain"
    QUOTE_NOT_CLOSED = "quote_not_closed"
    QUOTES_NOT_CLEAR = "quotes_not_clear"
    REJECTED_WITH = "rejected_with"
    REQUIRED_MISSING = "required_missing"
    ROW_LEFT_OUT = "row_left_out"
    ROWS_NOT_READ = "rows_not_read"
    ROW_REPEATED = "row_repeated"
    SAME_RECORD = "same_record"
    SIMILAR_AGENCY = "similar_agency"
    TOO_FEW_CELLS = "too_few_cells"
    TOO_LONG = "too_long"
    TOO_MANY_CELLS = "too_many_cells"
    TOTAL_ROW = "total_row"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_REFERENCE = "unknown_reference"
    UNLIKELY = "unlikely"
    UNUSUAL = "unusual"
    WAVE_REPEATED = "wave_repeated"
    WAVE_UNKNOWN = "wave_unknown"


# The case of a rule that has only one message.
ONLY = ""


@dataclass(frozen=True)
class RuleText:
    """The texts of a rule for people.

    `label` is in the filter of problems. `message` says what is wrong and what to do. A
    rule with several cases has `cases` by name instead. Names in braces are filled in.
    `severity` None depends on the column: an error for a required value or a reference,
    otherwise a warning.
    """

    label: str
    message: str = ""
    severity: Severity | None = Severity.ERROR
    cases: Mapping[str, str] = field(default_factory=dict)


RULES: Mapping[Rule, RuleText] = {
    Rule.AGENCY_BY_NAME: RuleText(
        "Agency found by its name",
        "The agency_id is blank. By its name and state, this is {agency}. If another one "
        "is meant, enter its ID.",
        severity=Severity.WARNING,
    ),
    Rule.AGENCY_NOT_CERTAIN: RuleText(
        "Agency is not certain",
        cases={
            "blank": "The agency is missing. Enter its agency_id, or its name and state.",
            "unlike any": (
                "No similar agency name found{place}. Enter the agency_id, or load the "
                "agency first under agencies."
            ),
            "like some": (
                "This agency name is not an exact match. Possible matches: {matches}. "
                "Enter the correct agency_id."
            ),
        },
    ),
    Rule.AMBIGUOUS_DATE: RuleText(
        "Ambiguous date",
        severity=None,
        cases={
            "none shown": (
                "This date is ambiguous: nothing in the column shows whether the month or "
                "the day comes first. Choose the order, or write dates as 2018-01-31."
            ),
            "both shown": (
                "Some dates of this column have the month first, and others the day. A "
                "column is never read in two orders: write its dates as 2018-01-31."
            ),
            "another order": (
                "This column is read {order}, but this date is not written so. Write it as "
                "2018-01-31."
            ),
        },
    ),
    Rule.AMBIGUOUS_NUMBER: RuleText(
        "Ambiguous number",
        "This number is ambiguous: its column does not show whether a comma or a point "
        "separates decimals. Write it without separators, such as 2875 or 2.8750.",
        severity=None,
    ),
    Rule.BROKEN_CHARACTER: RuleText(
        "Invalid character",
        "This row contains an invalid character (NUL). Retype its text.",
    ),
    Rule.DATES_OUT_OF_ORDER: RuleText(
        "Dates out of order",
        "{later} is before {earlier} ({day}). Correct one of them.",
    ),
    Rule.EXAMPLE_ROW: RuleText(
        "Template example",
        "This is the example row of the template. It is not loaded.",
        severity=Severity.WARNING,
    ),
    Rule.ID_CHANGED: RuleText(
        "ID changed by a spreadsheet",
        cases={
            "date": (
                "A spreadsheet seems to have turned this {column} into a date. Enter it as "
                "it was, such as 24-1, in a column formatted as text."
            ),
            "digits": (
                "A spreadsheet shortened this {column}, and its last digits are lost. "
                "Enter all its digits, in a column formatted as text."
            ),
        },
    ),
    Rule.ID_NOT_CERTAIN: RuleText(
        "ID is not certain",
        "Several {dataset} have nearly this {column}: {ids}. Enter the one that is meant, "
        "exactly as it is stored.",
    ),
    Rule.KEY_REPEATED: RuleText(
        "Same ID, conflicting rows",
        "Rows {rows} have the same {key} but conflicting values. Keep one of them and "
        "exclude the others.",
    ),
    Rule.LOST_CELL: RuleText(
        "Error, formula, or ditto mark instead of a value",
        severity=None,
        cases={
            "error": "The spreadsheet shows an error here, not a value. Enter the value.",
            "formula": (
                "The workbook does not hold the result of this formula. Open it in Excel, "
                "save it, and load it again, or enter the value."
            ),
            "ditto": "This stands for the value of a cell above. Enter the value itself.",
        },
    ),
    Rule.MERGED_AGENCY: RuleText(
        "Agency was merged",
        "This agency was merged into another one. Exclude the row, or undo the merge in "
        "the upload history.",
    ),
    Rule.NOT_A_DATE: RuleText(
        "Not a valid date",
        "Not a valid date. Write it as 2018-01-31.",
        severity=None,
    ),
    Rule.NOT_A_LIST: RuleText(
        "Not a list",
        "{column} contains only semicolons. Enter at least one ID.",
        severity=Severity.WARNING,
    ),
    Rule.NOT_A_NUMBER: RuleText(
        "Not a number",
        "Not a number. Write it in digits, such as 1200.",
        severity=None,
    ),
    Rule.NOT_A_PLACE: RuleText(
        "Not in the country",
        severity=Severity.WARNING,
        cases={
            "zero": "Latitude and longitude are both 0, not a place. Leave them blank.",
            "sign": (
                "This place is not in the United States, whose longitudes are negative. "
                "Add the minus sign."
            ),
            "swapped": (
                "This place is not in the United States. Latitude and longitude may be "
                "swapped: exchange them."
            ),
            "abroad": (
                "This place is not in the United States. Check latitude and longitude."
            ),
            "half": "The other number of this place is not valid. Correct it.",
        },
    ),
    Rule.NOT_A_WHOLE_NUMBER: RuleText(
        "Not a whole number",
        "Not a whole number. Write it in digits, such as 1200.",
        severity=None,
    ),
    Rule.NOT_A_ZIP: RuleText(
        "Not a ZIP Code",
        "Not a valid ZIP Code. Enter its five digits, such as 04101.",
        severity=None,
    ),
    Rule.NOT_AN_ID: RuleText(
        "Not a valid ID",
        "An ID cannot contain a semicolon, tab, or line break. Remove it.",
    ),
    Rule.OTHER_SEPARATOR: RuleText(
        "Different separators",
        "This row uses different separators than the rows around it. Use the same ones.",
    ),
    Rule.OTHER_UNIT: RuleText(
        "Different unit",
        "{column} is in {unit}, but this value has another unit. Convert it and write only "
        "the number.",
        severity=None,
    ),
    Rule.OUT_OF_RANGE: RuleText(
        "Out of range",
        severity=None,
        cases={
            "date": "This date is not between {low} and {high}. Check the year.",
            "number": "This number is not between {low} and {high}. Check it.",
            "metric": (
                "The metric is in {unit}, and this number is not between {low} and {high}. "
                "Check it."
            ),
        },
    ),
    Rule.OUTCOME_NOT_CERTAIN: RuleText(
        "Outcome is not certain",
        cases={
            "several": (
                "Several outcomes of this engagement and metric are stored: {ids}. Load "
                "this one with its outcome_id, in a file with one row for each outcome."
            ),
            "other": (
                "The outcome '{ids}' is stored with another engagement or metric. Load "
                "this one with its outcome_id, in a file with one row for each outcome."
            ),
        },
    ),
    Rule.QUOTE_NOT_CLOSED: RuleText(
        "Quotation mark not closed",
        "This row opens a quotation mark and never closes it. Close it, or write it "
        "twice if it is part of the text.",
    ),
    Rule.QUOTES_NOT_CLEAR: RuleText(
        "Unclear quotation marks",
        "The quotation marks in this row can be read in too many ways. Write each one "
        "that is part of the text twice, and put one before and after the cell.",
    ),
    Rule.REJECTED_WITH: RuleText(
        "Other row rejected",
        "This row and row {row} are one outcome, which is rejected. Correct that row.",
    ),
    Rule.REQUIRED_MISSING: RuleText(
        "Required value missing",
        cases={
            ONLY: "{column} is required. Enter a value.",
            "empty list": "{column} contains only semicolons. Enter at least one ID.",
        },
    ),
    Rule.ROW_LEFT_OUT: RuleText(
        "Excluded row",
        "You excluded this row.",
        severity=Severity.WARNING,
    ),
    Rule.ROWS_NOT_READ: RuleText(
        "Rows not read",
        severity=Severity.WARNING,
        cases={
            "table": (
                "Another table begins in this row. Its {rows} {are} not read. Save it "
                "as a separate file, and load that."
            ),
            "sheet": (
                "This sheet fits, too, but has other headings. Its {rows} {are} not "
                "read. Load them by choosing that sheet."
            ),
        },
    ),
    Rule.ROW_REPEATED: RuleText(
        "Duplicate row",
        "Duplicate of row {row}. No action needed.",
        severity=Severity.WARNING,
    ),
    Rule.SAME_RECORD: RuleText(
        "ID written differently",
        "This is read as the {row_is} '{id}'. If another one is meant, correct the ID.",
        severity=Severity.WARNING,
    ),
    Rule.SIMILAR_AGENCY: RuleText(
        "Like a stored agency",
        "This new agency looks like the stored agency '{id}' ({name}). If it is the same, "
        "enter that ID, or exclude the row.",
        severity=Severity.WARNING,
    ),
    Rule.TOO_FEW_CELLS: RuleText(
        "Too few cells",
        "This row has {cells} cells under {headings} headings. Add the missing separators.",
    ),
    Rule.TOO_LONG: RuleText(
        "Too long",
        "This is longer than the limit of {limit} characters. Shorten it.",
        severity=None,
    ),
    Rule.TOO_MANY_CELLS: RuleText(
        "Too many cells",
        "This row has {cells} cells under {headings} headings. Put text that contains the "
        "separator in quotation marks.",
    ),
    Rule.TOTAL_ROW: RuleText(
        "Total",
        "This row looks like a total, not a record of one {row_is}. It is not loaded.",
        severity=Severity.WARNING,
    ),
    Rule.UNKNOWN_CODE: RuleText(
        "Unrecognized value",
        severity=None,
        cases={
            ONLY: "Not a valid {column}. Use one of: {codes}.",
            "state": (
                "Not a valid {column}. Use the USPS code of a state, DC, or a territory, "
                "such as TX."
            ),
        },
    ),
    Rule.UNKNOWN_REFERENCE: RuleText(
        "Record not found",
        cases={
            ONLY: (
                "There is no {row_is} '{id}'. Correct it, or load it first under {dataset}."
            ),
            "name": (
                "There is no {row_is} '{id}'. This looks like a name, not an ID. Add a "
                "state column so that it can be matched by name."
            ),
        },
    ),
    Rule.UNLIKELY: RuleText(
        "Unlikely value",
        severity=Severity.WARNING,
        cases={
            "future": (
                "This date is in the future (after {today}). Check the year. If it is not "
                "known, leave the cell blank."
            ),
            "far ahead": (
                "This date is far in the future. Check the year. If it is not known, leave "
                "the cell blank."
            ),
            "long ago": (
                "This date is long before the program. Some programs write such days for "
                "an unknown date. Check it. If it is not known, leave the cell blank."
            ),
            "swapped": (
                "Day and month of this date may be swapped: the dates of this column that "
                "are text are all after the 12th, {order}. Compare it with the original "
                "file."
            ),
            "share": (
                "The metric is in percent, but all values of this column are between 0 and "
                "1, like shares: 0.45 means 0.45%, not 45%. If they are shares, multiply "
                "them by 100."
            ),
        },
    ),
    Rule.UNUSUAL: RuleText(
        "Unusual, but possible",
        severity=Severity.WARNING,
        cases={
            "closed at once": (
                "The request was closed on the day it was received. Check both dates."
            ),
            "closed, but open": (
                "The request has a closing date, but its status is not completed, "
                "declined, or withdrawn, so it counts as open. Check both."
            ),
            "reason, but open": (
                "The request has a reason for closing, but its status is not completed, "
                "declined, or withdrawn. Check both. If this is why the agency asks, it "
                "belongs in summary."
            ),
            "delivery, but not accepted": (
                "Delivery has a start date, but the request is not accepted yet. Check "
                "both."
            ),
            "hours": "More than {hours} hours is unusual for one engagement. Check it.",
            "more responded": (
                "More people responded than were invited ({invited}). Check both."
            ),
            "sworn officers": "This is at least {times} times the stored value. Check it.",
            "personal": (
                "This looks like a personal phone number or email address. Remove it if "
                "it is one."
            ),
            "ZIP elsewhere": (
                "This ZIP Code is in {state}, not in the agency's state. Check both."
            ),
            "far away": (
                "This location is more than 500 miles from the agency's state. Check the "
                "latitude, longitude, and state."
            ),
        },
    ),
    Rule.WAVE_REPEATED: RuleText(
        "Same wave twice",
        cases={
            "two": (
                "Rows {first} and {last} are both the {wave} of one outcome ({outcome}). "
                "Keep one of them and exclude the other."
            ),
            "more": (
                "{rows} rows from {first} to {last} are all the {wave} of one outcome "
                "({outcome}). Keep one of them and exclude the others."
            ),
        },
    ),
    Rule.WAVE_UNKNOWN: RuleText(
        "Wave not known",
        cases={
            ONLY: (
                "This does not say whether the value is baseline or follow-up. Write "
                "baseline or follow-up, or choose what the word means."
            ),
            "blank": "The wave of this value is missing. Write baseline or follow-up.",
        },
    ),
}

# Added to the message if an invalid value does not reject its row.
COUNTS_AS_BLANK = " Until you fix it, it counts as blank."


def message(rule: Rule, case: str = ONLY, /, **filled_in: object) -> str:
    """The message of a rule, with the names in braces filled in."""
    texts = RULES[rule]
    return (texts.cases[case] if texts.cases else texts.message).format(**filled_in)
