"""Staging tables: each described once, and used as its description says."""

import re

import pytest

from cri_data.importing.staging import STAGING_TABLES, StagingTable
from cri_data.store.query_files import QUERIES
from tests.conftest import ROOT

STATEMENTS = {
    str(path.relative_to(QUERIES / "upload").with_suffix("")): re.sub(
        r"--.*", "", path.read_text("utf-8")
    )
    for path in sorted((QUERIES / "upload").rglob("*.sql"))
}


def mentioning(pattern: str) -> set[str]:
    """The statements in which a pattern is found."""
    return {name for name, sql in STATEMENTS.items() if re.search(pattern, sql)}


@pytest.mark.parametrize("table", STAGING_TABLES, ids=lambda table: table.name)
def test_statements_use_a_table_as_described(table: StagingTable) -> None:
    name = rf"{table.name}\b"
    writes = rf"(temp (table|view)|insert into|delete from)\s+{name}"
    reads = rf"(?<!delete )\b(from|join|using)\s+{name}"
    assert set(table.written_by) == mentioning(writes)
    assert set(table.read_by) == mentioning(reads)


def test_every_temporary_table_of_an_upload_is_described() -> None:
    made = {
        name
        for sql in STATEMENTS.values()
        for name in re.findall(r"temp (?:table|view)\s+(\w+)", sql)
    }
    assert made
    assert made <= {table.name for table in STAGING_TABLES}


def test_no_module_names_a_staging_table_by_itself() -> None:
    names = "|".join(table.name for table in STAGING_TABLES)
    bare = re.compile(rf"\.(table|register|unregister|query)\(\s*\"({names})\"")
    found = [
        path.name
        for room in ("importing", "records")
        for path in (ROOT / "cri_data" / room).rglob("*.py")
        if bare.search(path.read_text("utf-8"))
    ]
    assert found == []
