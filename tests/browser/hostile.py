"""A store in which every text that people can write means something to a browser."""

import csv
import io
from pathlib import Path

from cri_data.accounts import users
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from cri_data.store.store import Store
from tests.support.stores import demonstration_store
from tests.support.uploads import quietly

# Each with a word of its own, found again on the page with all that stands before it.
TEXTS = {
    "picture": "<img src=x onerror=window.hit=1>picture",
    "scripted": "<script>window.hit=1</script>scripted",
    "vector": '"><svg/onload=window.hit=1>vector',
    "clickme": "[clickme](javascript:window.hit=1)",
    "fetched": "![fetched](http://x.example/y.png)",
    "reference": "<a href='https://x.example'>reference</a>",
    "alphatex": "$\\LaTeX alphatex$",
    "iconic": ":material/home: :skull: :streamlit: iconic",
    "arrows": "a -> b -- c <= d >= e ~= f <-> arrows",
    "crimson": ":red[crimson] :small[x] **y** _z_ `w`",
    "template": "{{template}} %{y} {tooltip} ${window.hit=1}",
    "evaluated": "@@=evaluated",
    "titled": "# titled > quoted",
    "autolink": "www.x.example https://x.example a@x.example autolink",
    "backwards": "\u202e\u2067backwards\u200b\u200e",
    "longword": "longword" + "w" * 4_992,
}

# The columns that take any text, or as good as any.
_COLUMNS = {
    "agencies": ("agency_name", "county", "city"),
    "topics": ("topic_name", "description"),
    "partners": ("partner_name", "acronym", "kind", "base_city"),
    "requests": ("summary", "source", "closed_reason"),
    "engagements": ("site_name",),
    "metrics": ("metric_name",),
}

PARTNER_ID = "P<b>one</b>"

FILE_NAME = "<img src=x onerror=window.hit=1>[f](javascript:x) :red[f] {{f}}.csv"


def email_of(text: str) -> str:
    """An e-mail that the list of people takes, made of that text."""
    return f"{text.translate({32: '/', 64: None})[:60]}@office.gov"


def upload_file(ids: str = "Z") -> bytes:
    """Agencies with such names, ids and headings; those of no state are rejected."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["ORI", "Agency Name", "State", TEXTS["picture"], TEXTS["clickme"]])
    for state in ("TX", TEXTS["crimson"], TEXTS["vector"]):
        writer.writerows(
            [f"{ids}{state[:2]}{n}", name, state, name, ""]
            for n, name in enumerate(TEXTS.values())
        )
    return text.getvalue().encode()


def make_hostile_store(path: Path) -> None:
    """A store of a few invented requests whose texts are all of TEXTS; closed."""
    store = demonstration_store(400, path)
    with store.writing() as cursor:
        cursor.execute("update store_info set is_demonstration = false")
        for table, columns in _COLUMNS.items():
            for shift, column in enumerate(columns):
                cursor.execute(
                    f"update {table} set {column} = $texts[1 + (rowid + $shift) % $n]",
                    {"texts": list(TEXTS.values()), "shift": shift, "n": len(TEXTS)},
                )
        _name_a_partner(cursor)
        _name_records(cursor)
    _use(store)
    store.close()


def _name_a_partner(cursor) -> None:
    (old,) = cursor.execute("select min(lead_partner_id) from engagements").fetchone()
    for statement in (
        "update partners set partner_id = $new where partner_id = $old",
        "update engagements set lead_partner_id = $new where lead_partner_id = $old",
        "update engagements set supporting_partner_ids = list_transform("
        "supporting_partner_ids, lambda id: case when id = $old then $new else id end)",
    ):
        cursor.execute(statement, {"old": old, "new": PARTNER_ID})


def _name_records(cursor) -> None:
    """The newest requests and engagements take such texts for ids."""
    requests = cursor.execute(
        "select request_id from requests order by received_on desc limit $n",
        {"n": len(TEXTS)},
    ).fetchall()
    for (old,), text in zip(requests, TEXTS.values(), strict=True):
        for table in ("requests", "engagements"):
            cursor.execute(
                f"update {table} set request_id = $new where request_id = $old",
                {"old": old, "new": text},
            )
    engagements = cursor.execute(
        "select engagement_id from engagements order by started_on desc nulls last "
        "limit $n",
        {"n": len(TEXTS)},
    ).fetchall()
    for (old,), text in zip(engagements, TEXTS.values(), strict=True):
        for table in ("engagements", "outcomes"):
            cursor.execute(
                f"update {table} set engagement_id = $new where engagement_id = $old",
                {"old": old, "new": text},
            )


def _use(store: Store) -> None:
    """People, an upload and a trail with such names."""
    for text in TEXTS.values():
        if text.isascii():
            users.add(store, email_of(text), "staff", None, email_of(TEXTS["picture"]))
    users.add(store, "partner@office.gov", "partner", PARTNER_ID, "test")
    load(
        store,
        "agencies",
        SourceFile.from_bytes(FILE_NAME, upload_file()),
        Recipe(),
        email_of(TEXTS["clickme"]),
        quietly,
    )
