"""No cell of a file is stored as another value without a problem that names it."""

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from cri_data.model.columns import Dataset
from cri_data.model.datasets import AGENCIES, ENGAGEMENTS
from tests.shown.cell import Shown
from tests.shown.files import datasets, shown_file, written
from tests.shown.judge import check, seeded

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("dataset", datasets(), ids=lambda dataset: dataset.name)
# A file is made from its number, which cannot be made smaller. Its wrong cells are.
@settings(
    max_examples=1,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(number=st.integers(0, 2**32))
def test_each_cell_is_stored_as_it_shows_or_named(dataset: Dataset, number: int):
    # Hypothesis begins with 0 each time.
    assume(number)
    check(shown_file(dataset, is_workbook=number % 2 == 0, chance=seeded(number)))


@pytest.mark.parametrize(
    ("dataset", "column", "shown", "said"),
    [
        # Meanings that no importer could give these cells: the test itself would tell.
        (
            AGENCIES,
            "city",
            Shown("Elm", ("Oak",)),
            "'Elm' of city in row 2 is stored as 'Elm'",
        ),
        (ENGAGEMENTS, "hours", Shown("16"), "'16' of hours in row 2 is stored as '16.0'"),
    ],
)
def test_a_cell_that_is_stored_otherwise_is_found(dataset, column, shown, said):
    usual = {
        "agency_name": "Elm",
        "state": "TX",
        "request_id": "R1",
        "lead_partner_id": "P1",
    }
    names = [name for name in dataset.required if name in usual]
    cells = [Shown("N1", ("N1",)), *(Shown(usual[name], (usual[name],)) for name in names)]
    columns = (dataset.key, *names, column)
    file = written(dataset, columns, ((*cells, shown),), seeded(1), is_workbook=False)
    with pytest.raises(AssertionError, match=said):
        check(file)
