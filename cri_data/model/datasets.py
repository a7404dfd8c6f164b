"""What each dataset holds: the columns that people upload, and their rules.

The one description of the data. The upload checks by it, the About page and
the documentation are generated from it, and a test holds the tables of
queries/build/10_tables.sql to it.
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
