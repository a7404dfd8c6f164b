"""A few rows loaded as people load them: what the tests of the upload are made of."""

from duckdb import ColumnExpression, ConstantExpression

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult, load, preview
from cri_data.model.datasets import DATASETS
from cri_data.store.store import Store

AGENCIES = "agency_id,agency_name,state\n"
REQUESTS = "request_id,agency_id,received_on,topic_ids\n"


def quietly(step: str) -> None:
    """Progress that nobody watches."""
    del step


def loaded(store: Store, dataset: str, text: str | bytes, **headings: str) -> ImportResult:
    """The file with its good rows written; `headings` maps headings to columns."""
    content = text.encode() if isinstance(text, str) else text
    name = file_name(dataset, content)
    return load(
        store,
        dataset,
        SourceFile.from_bytes(name, content),
        Recipe(headings=headings),
        "a test",
        quietly,
    )


def looked_at(
    store: Store, dataset: str, text: str | bytes, **headings: str
) -> ImportResult:
    """The file checked, and nothing written."""
    content = text.encode() if isinstance(text, str) else text
    name = file_name(dataset, content)
    return preview(
        store,
        dataset,
        SourceFile.from_bytes(name, content),
        Recipe(headings=headings),
        quietly,
    )


def file_name(dataset: str, content: bytes) -> str:
    """A name that ends as its content is."""
    return f"{dataset}.xlsx" if content.startswith(b"PK") else f"{dataset}.csv"


def problems(loading: ImportResult) -> list[tuple]:
    """(row, column, value, rule, severity) of every problem, as they are listed."""
    listed = loading.checked.problems
    assert listed.message.str.len().gt(0).all()
    columns = ["row", "column", "value", "rule", "severity"]
    return list(listed[columns].itertuples(index=False, name=None))


def counts(loading: ImportResult) -> tuple[int, ...]:
    """(rows, new, changed, unchanged, rejected, warnings), which add up."""
    of = loading.checked.counts
    assert of.rows == of.inserted + of.updated + of.unchanged + of.rejected
    return (of.rows, of.inserted, of.updated, of.unchanged, of.rejected, of.warnings)


def contents(store: Store) -> dict[str, list[tuple]]:
    """Every row of every dataset, each dataset in the order of its key."""
    with store.cursor() as cursor:
        return {
            name: cursor.table(name).order(dataset.key).fetchall()
            for name, dataset in DATASETS.items()
        }


def stored(store: Store, dataset: str, record_id: str) -> dict[str, object]:
    """One record, by column."""
    key = ColumnExpression(DATASETS[dataset].key)
    with store.cursor() as cursor:
        is_this = key == ConstantExpression(record_id)
        (row,) = cursor.table(dataset).filter(is_this).fetchall()
    names = [column.name for column in DATASETS[dataset].columns]
    return dict(zip(names, row, strict=True))
