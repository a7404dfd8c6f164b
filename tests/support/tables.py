"""Tables of HTML on a page, as what they hold."""

import re
from xml.etree import ElementTree

import pandas as pd
from streamlit.testing.v1 import AppTest


def tables_of(app: AppTest) -> list[pd.DataFrame]:
    """The tables of rows on a page, in order, as text.

    Raises ParseError where a cell holds more than text.
    """
    return tables_in([html.value for html in app.html])


def tables_in(drawn: list[str]) -> list[pd.DataFrame]:
    """The tables of rows among pieces of HTML."""
    ours = [html for html in drawn if html.startswith('<div class="table"')]
    # Our own, so not what an attacker made of it.
    read = [ElementTree.fromstring(html) for html in ours]  # noqa: S314
    return [_rows(region) for region in read if region.find("table/thead") is not None]


def _rows(region: ElementTree.Element) -> pd.DataFrame:
    heads = [_text(head) for head in region.iterfind("table/thead/tr/th")]
    rows = [[_text(cell) for cell in row] for row in region.iterfind("table/tbody/tr")]
    return pd.DataFrame(rows, columns=heads, dtype=object)


def _text(cell: ElementTree.Element) -> str:
    assert len(cell) == 0, "A cell holds an element."
    return cell.text or ""


def tiles_of(app: AppTest) -> dict[str, str]:
    """The numbers of the tiles on a page by their labels; none if it has no tiles."""
    drawn = "".join(html.value for html in app.html if 'class="tiles"' in html.value)
    # With or without a link.
    label = r'class="label">(?:<a href="[^"]+">)?([^<]+)(?:</a>)?'
    found = dict(re.findall(label + r"</p><strong>([^<]+)<", drawn))
    assert len(found) == drawn.count("<li>")
    return found
