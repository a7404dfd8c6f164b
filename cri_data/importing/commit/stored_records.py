"""Insert, replace, and remove records of any dataset inside a transaction."""

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from cri_data.importing.staging import PUT_RECORDS, RECORDS_TO_KEEP
from cri_data.model.datasets import Dataset
from cri_data.store import query_files


def put_records(
    cursor: DuckDBPyConnection, dataset: Dataset, rows: DuckDBPyRelation
) -> None:
    """Store these rows, one per record, in place of rows with the same key.

    `rows` has all columns of the dataset.
    """
    columns = [Col(name) for name in cursor.table(dataset.name).columns]
    RECORDS_TO_KEEP.run(rows.select(*columns), "keep_put_records")
    put = PUT_RECORDS.rows(cursor)
    remove_records(cursor, dataset, put.select(Col(dataset.key).alias("record_id")))
    # In the order of the store's columns, because they are inserted by position.
    put.insert_into(dataset.name)


def remove_records(
    cursor: DuckDBPyConnection, dataset: Dataset, record_ids: DuckDBPyRelation
) -> None:
    """Remove the stored records with these IDs (`record_id`)."""
    named = record_ids.select(Value(dataset.name).alias("dataset"), Col("record_id"))
    RECORDS_TO_KEEP.run(named, "keep_removed_records")
    cursor.execute(query_files.statement("upload/remove_records"))
