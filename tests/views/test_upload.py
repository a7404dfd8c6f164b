"""The upload page: problems chosen and put right, a class of them at once."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.importing.commit import commit
from cri_data.importing.mapping import read_dataset, source_file
from cri_data.importing.mapping.templates import template_csv
from cri_data.model.datasets import DATASETS
from cri_data.reading import read
from cri_ui.session import session
from cri_ui.views.upload import repairs
from tests.support.tables import tables_of
from tests.support.uploads import loaded
from tests.support.workbooks import workbook_of

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

FILE = b"""ORI,Agency Name,State,Agency Type,Sworn Officers
TX0010100,Elm Police,Texass,Sherif,many
TX0010200,Oak Police,Texass,Sherif,lots
TX0010300,Fir Police,TX,City,12
TX0010400,Ash Police,,City,12
"""


@pytest.fixture
def page(empty_app: Opened) -> AppTest:
    page = empty_app("pages/data/upload.py")
    return page.file_uploader[0].upload("agencies.csv", FILE).run()


def counts(page: AppTest) -> list[str]:
    """Rows, new, changed, unchanged, rejected."""
    assert not page.exception
    return [metric.value for metric in page.metric]


def kinds(page: AppTest) -> list[str]:
    """Severity, column and value of the problems that are listed by kind."""
    (table,) = [table for table in tables_of(page) if "Rows" in table]
    return [problem.split("\n")[0] for problem in table["Problem"]]


def button(page: AppTest, words: str):
    return next(button for button in page.button if words in button.label)


def count_calls(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, made: list[str]
) -> None:
    """Write the name of a function into `made` whenever it is called."""
    real = getattr(module, name)

    def counted(*given: object) -> object:
        made.append(name)
        return real(*given)

    monkeypatch.setattr(module, name, counted)


def test_problems_can_be_chosen_by_rule_and_by_column(page: AppTest) -> None:
    assert counts(page) == ["4", "1", "0", "0", "3"]
    assert len(kinds(page)) == 5
    page.multiselect(key="problem_rules").set_value(["unknown_code"]).run()
    assert kinds(page) == ["Error: state Texass", "Warning: agency_type Sherif"]
    page.multiselect(key="problem_columns").set_value(["state"]).run()
    assert kinds(page) == ["Error: state Texass"]


def test_a_rerun_without_a_change_reads_hashes_and_matches_nothing(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    for module, name in (
        (read_dataset, "read_file"),
        (read, "sha256_of"),
        (source_file, "sha256_of"),
        (source_file, "map_file"),
        (commit, "check_rows"),
        (repairs, "class_repairs"),
    ):
        count_calls(monkeypatch, module, name, made)
    page.run()
    assert made == []
    # A decision maps and checks anew, but reads and hashes nothing.
    button(page, "Apply all 2 suggestions").click().run()
    assert sorted(set(made)) == [
        "check_rows",
        "class_repairs",
        "map_file",
    ]
    assert counts(page) == ["4", "3", "0", "0", "1"]
    made.clear()
    button(page, "Commit 3 rows").click().run()
    # What is committed is checked within its transaction.
    assert made == ["check_rows"]
    assert "U-000001 is committed" in page.success[0].value


def test_the_session_keeps_no_rows_of_a_file_that_is_gone(page: AppTest) -> None:
    button(page, "Apply all 2 suggestions").click().run()
    page.file_uploader[0].set_value([]).run()
    state = page.session_state
    assert "Upload the file again under Agencies" in page.info[0].value
    assert "_upload_source" not in state
    kept = state["_upload_decided"]
    assert (kept.source, kept.review, kept.done) == (None, None, None)
    assert kept.file.rows.num_rows == 0
    page.file_uploader[0].upload("agencies.csv", FILE).run()
    assert counts(page) == ["4", "3", "0", "0", "1"]


def test_one_click_takes_what_is_likely_everywhere(page: AppTest) -> None:
    button(page, "Apply all 2 suggestions").click().run()
    assert counts(page) == ["4", "3", "0", "0", "1"]
    # What was taken can be seen, and taken back, value by value.
    chosen = {box.label: box.value for box in page.selectbox}
    assert chosen["state: Texass"] == "TX"
    assert chosen["agency_type: Sherif"] == "sheriff"
    state = next(box for box in page.selectbox if box.label == "state: Texass")
    state.set_value(None).run()
    assert counts(page) == ["4", "1", "0", "0", "3"]


def test_one_click_counts_unclear_cells_as_blank(page: AppTest) -> None:
    button(page, "unrecognized values of sworn").click().run()
    assert not [kind for kind in kinds(page) if "sworn" in kind]
    button(page, "Commit 1 row").click().run()
    assert "U-000001 is committed" in page.success[0].value


def test_what_is_said_of_blank_cells_is_what_is_done(page: AppTest) -> None:
    said = " ".join(text.value for text in page.markdown)
    assert "A blank cell keeps the stored value." in said
    erase = next(
        box for box in page.checkbox if box.label.startswith("Clear stored values")
    )
    erase.check().run()
    said = " ".join(text.value for text in page.markdown)
    assert "A blank cell clears the stored value." in said
    assert "A blank cell keeps" not in said


def test_blank_cells_of_a_required_column_are_filled_at_once(page: AppTest) -> None:
    fill = next(text for text in page.text_input if "blank row" in text.label)
    assert fill.label == "Fill state in 1 blank row with"
    fill.set_value("TX").run()
    assert counts(page) == ["4", "2", "0", "0", "2"]
    (constant,) = [text for text in page.text_input if text.label == "state in every row"]
    assert constant.value == "TX"


LOG = b"""request_id,received_on,topic_ids,ORI,Agency
R1,2024-01-31,training,TX0010100,Elm Police
"""


def chooser(page: AppTest, heading: str):
    return next(box for box in page.selectbox if box.label == heading)


def test_of_two_headings_that_mean_one_column_the_page_asks_which(
    empty_app: Opened,
) -> None:
    page = empty_app("pages/data/upload.py")
    loaded(session.store(), "agencies", "agency_id,agency_name,state\nTX0010100,Elm,TX\n")
    page.selectbox(key="upload_dataset").set_value("requests").run()
    page.file_uploader[0].upload("log.csv", LOG).run()
    assert not page.exception
    assert "'ORI' and 'Agency' both match agency_id" in page.error[0].value
    assert (chooser(page, "ORI").value, chooser(page, "Agency").value) == (None, None)
    chooser(page, "ORI").set_value("agency_id").run()
    assert not page.error
    assert counts(page) == ["1", "1", "0", "0", "0"]
    button(page, "Commit 1 row").click().run()
    # It is remembered, and no other file with these headings is asked again.
    page.file_uploader[0].upload("next.csv", LOG.replace(b"R1", b"R2")).run()
    assert counts(page) == ["1", "1", "0", "0", "0"]
    assert chooser(page, "ORI").value == "agency_id"


MIXED = b"agency_id,agency_name,state\nTX1,Elm,TX\nTX2,Oak,XX\nTX3,,TX\n"


def test_a_file_with_rejected_rows_is_never_said_to_be_done(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py")
    page.file_uploader[0].upload("a.csv", MIXED).run()
    button(page, "Commit 1 row").click().run()
    # After a commit there is nothing to type over: the way on is said.
    assert "committed" in page.success[0].value
    assert page.warning[0].value == (
        "2 rows still have problems. Download 2 rejected rows below, correct them, and "
        "upload that file."
    )
    page.file_uploader[0].upload("again.csv", MIXED).run()
    assert not page.success
    assert page.warning[0].value == (
        "1 row is already stored. 2 rows still have problems. Fix them below, then commit."
    )
    page.file_uploader[0].upload("good.csv", MIXED[:39]).run()
    assert "Nothing to do" in page.success[0].value
    assert not page.warning


def test_where_no_row_is_good_the_page_says_where_to_put_it_right(
    empty_app: Opened,
) -> None:
    page = empty_app("pages/data/upload.py")
    bad = b"agency_id,agency_name,state\nTX2,Oak,XX\n"
    page.file_uploader[0].upload("bad.csv", bad).run()
    assert page.error[0].value == (
        "No row of this file can be loaded yet. Fix it below, then commit."
    )
    broken = b"agency_id,agency_name,state\nTX2,Oak\nTX3,Fir\n"
    page.file_uploader[0].upload("broken.csv", broken).run()
    assert "Download 2 rejected rows below" in page.error[0].value


def test_a_file_of_the_example_alone_is_said_to_be_that(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py")
    template = template_csv(DATASETS["agencies"])
    page.file_uploader[0].upload("template.csv", template).run()
    assert not page.error
    assert "contains only the example row" in page.info[0].value


def test_what_is_wrong_fits_a_narrow_screen(page: AppTest) -> None:
    (table,) = [table for table in tables_of(page) if "Rows" in table]
    # All that is said stands in one column: of more, the last has a letter a line.
    assert list(table) == ["Problem", "Rows", "First row"]
    said = next(problem for problem in table["Problem"] if "Texass" in problem)
    assert said.startswith("Error: state Texass\nNot a valid state.")
    assert list(table["Rows"][table["Problem"] == said]) == ["2"]


def test_a_row_of_several_sheets_is_named_with_its_sheet(empty_app: Opened) -> None:
    head = ["ORI", "Agency Name", "State"]
    content = workbook_of(
        {
            "FY23": [head, ["TX0010100", "Elm Police", "TX"]],
            "FY24": [
                head,
                ["TX0010200", "Oak Police", "Texass"],
                ["TX0010300", "Fir", "TX"],
            ],
        }
    )
    page = empty_app("pages/data/upload.py")
    page = page.file_uploader[0].upload("agencies.xlsx", content).run()
    assert counts(page) == ["3", "2", "0", "0", "1"]
    (table,) = [table for table in tables_of(page) if "Rows" in table]
    assert list(table["First row"]) == ["2 of 'FY24'"]
    new = page.dataframe[-1].value
    assert list(new["row"]) == ["2 of 'FY23'", "3 of 'FY24'"]
    assert button(page, "Exclude row").label == "Exclude row 2 of 'FY24'"
