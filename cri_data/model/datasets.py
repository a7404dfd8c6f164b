"""The seven datasets: which columns people upload, and the rules for each.

This is the only description of the data. The upload is checked against it, and
the About page and the documentation are generated from it. A test compares it
with the tables in queries/build/10_tables.sql. The order is the order in which
an empty store can be loaded: a dataset comes after those it refers to.
"""

from cri_data.model.agencies import AGENCIES
from cri_data.model.columns import EARLIEST, LATEST, SQL_TYPES, Column, Dataset, Kind
from cri_data.model.engagements import ENGAGEMENTS
from cri_data.model.outcomes import OUTCOMES
from cri_data.model.reference import METRICS, PARTNERS, TOPICS
from cri_data.model.requests import REQUESTS

__all__ = [
    "AGENCIES",
    "DATASETS",
    "EARLIEST",
    "ENGAGEMENTS",
    "LATEST",
    "METRICS",
    "OUTCOMES",
    "PARTNERS",
    "REQUESTS",
    "SQL_TYPES",
    "TOPICS",
    "Column",
    "Dataset",
    "Kind",
]

DATASETS = {
    dataset.name: dataset
    for dataset in (
        AGENCIES,
        TOPICS,
        PARTNERS,
        METRICS,
        REQUESTS,
        ENGAGEMENTS,
        OUTCOMES,
    )
}
