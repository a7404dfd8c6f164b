"""The files of an export: their form, their order, and their every value."""

import csv
import io
import random
from pathlib import Path

import pytest

from cri_data.export.csv_writer import row_writer
from cri_data.export.dataset_csv import counted_dataset_csv, export
from cri_data.model.datasets import DATASETS
from tests.support.small_store import small_store
from tests.support.uploads import contents, counts, loaded


@pytest.fixture(scope="module")
def store():
    store = small_store()
    with store.writing() as cursor:
        cursor.execute(
            "update agencies set latitude = 31.100000000000001, longitude = -1e-7, "
            "zip = '01234', agency_name = 'Ménard, \"The\" PD' where agency_id = 'A1'"
        )
        cursor.execute("insert into agencies (agency_id, state) values ('0', 'TX')")
    yield store
    store.close()


def test_one_file_for_each_dataset_in_key_order(store, tmp_path: Path):
    written = export(store, tmp_path / "new" / "folder")
    assert written == {
        **{"agencies": 6, "topics": 14, "partners": 2, "metrics": 16},
        **{"requests": 6, "engagements": 5, "outcomes": 6},
    }
    for name, dataset in DATASETS.items():
        content = (tmp_path / "new" / "folder" / f"{name}.csv").read_bytes()
        assert b"\r" not in content
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        assert rows[0] == [column.name for column in dataset.columns]
        keys = [row[0] for row in rows[1:]]
        assert keys == sorted(keys)
        assert len(keys) == written[name]


def test_values_are_written_as_load_reads_them(store, tmp_path: Path):
    export(store, tmp_path)
    lines = (tmp_path / "agencies.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "0,,,TX,,,,,,,,"
    assert lines[2] == ('A1,"Ménard, ""The"" PD",municipal,TX,,Alder,01234,31.1,-1e-07,8,,')
    requests = (tmp_path / "requests.csv").read_text(encoding="utf-8").splitlines()
    assert requests[1] == (
        "R1,A1,,2024-01-10,completed,2024-01-20,2024-02-01,2024-02-20,2024-05-10,"
        ",,Help with training,training;tribal"
    )


@pytest.mark.long
@pytest.mark.parametrize("name", DATASETS)
def test_a_file_for_a_spreadsheet_changes_nothing_when_loaded(store, name: str):
    if name == "agencies":
        with store.writing() as cursor:
            cursor.execute("delete from agencies where agency_id = '0'")
    before = contents(store)
    content = counted_dataset_csv(store, DATASETS[name])[0]
    assert content.startswith(b"\xef\xbb\xbf" + DATASETS[name].key.encode())
    loading = loaded(store, name, content)
    assert counts(loading)[3] == counts(loading)[0] == len(before[name])
    assert contents(store) == before


def test_numbers_come_back_to_the_last_digit(store):
    chance = random.Random(7)  # noqa: S311
    # Complaints are counted, so there are no fewer than none.
    numbers = [chance.random() * 10 ** chance.randint(-12, 12) for _ in range(200)]
    text = "outcome_id,engagement_id,metric_id,baseline_value\n" + "".join(
        f"N{n:03},E1,complaints,{number!r}\n" for n, number in enumerate(numbers)
    )
    loaded(store, "outcomes", text)
    assert [row[3] for row in contents(store)["outcomes"] if row[0][0] == "N"] == numbers
    assert counts(
        loaded(store, "outcomes", counted_dataset_csv(store, DATASETS["outcomes"])[0])
    )[3]
    assert [row[3] for row in contents(store)["outcomes"] if row[0][0] == "N"] == numbers


@pytest.mark.parametrize("seed", range(20))
def test_rows_are_read_back_cell_for_cell(seed: int):
    chance = random.Random(seed)  # noqa: S311
    pieces = ["a", "é", ",", ";", '"', "\n", "\r", "\r\n", " ", "'", "\t", ""]
    table = [
        ["".join(chance.choices(pieces, k=chance.randint(0, 5))) for _ in range(3)]
        for _ in range(20)
    ]
    file = io.StringIO(newline="")
    write_row = row_writer(file)
    for row in table:
        write_row(row)
    assert list(csv.reader(io.StringIO(file.getvalue(), newline=""))) == table
