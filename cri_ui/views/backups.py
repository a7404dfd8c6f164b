"""Backups: made now, listed, taken away."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from cri_data import settings
from cri_data.backups.backup import backup
from cri_data.backups.copy import BackupError
from cri_data.backups.folder import Kept, kept_backups, next_path
from cri_data.store.store import StoreError
from cri_ui.components import downloads, page
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import services, session

# A download is held in the server's memory: a larger file is fetched from its folder.
_LARGEST = 500_000_000

_UNFORESEEN = (
    "Why is in the server's log, at that time. Send those lines to who looks after the "
    "dashboard."
)


def in_words() -> None:
    """Draw when backups are made and how many are kept."""
    hours = settings.BACKUP_HOURS.whole_number()
    kept = settings.BACKUPS_KEPT.whole_number()
    every = f"makes one every {count_of(hours, 'hour')}" if hours else "makes none"
    if session.info().is_demonstration:
        every = "makes none of a demonstration"
    how_many = f"the newest {kept:,} are kept" if kept else "all are kept"
    page.note(
        f"By itself the dashboard {every}; {how_many}. To put one back, stop the "
        "dashboard and run `python -m cri_data restore FILE`: it puts the store of today "
        "aside and does not delete it."
    )


def failures() -> None:
    """Draw what the dashboard was to do by itself and could not, with what to do."""
    for failure in services.current().upkeep.failures:
        tried = f"{failure.tried_at:%Y-%m-%d %H:%M} UTC"
        why = failure.why or _UNFORESEEN
        st.warning(
            f"{failure.what}, last tried {tried}: {plain_markdown(why)} "
            "It is tried again by itself.",
            icon=":material/warning:",
        )


def make_one() -> None:
    """Draw the button that makes a backup now."""
    if not st.button("Make a backup now", type="primary", icon=":material/backup:"):
        return
    path = next_path(datetime.now(UTC))
    try:
        with st.spinner("Making a backup …"):
            rows = backup(session.store(), path, session.who())
    except (BackupError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    st.success(
        f"{path.name} is made: {count_of(rows, 'row')}. Download it below, and keep it "
        "on another computer.",
        icon=":material/check_circle:",
    )


def listed() -> list[Kept]:
    """Draw the backups that there are, newest first; them."""
    kept = kept_backups()
    if not kept:
        return kept
    page.grid(
        pd.DataFrame(
            {
                "backup": [each.path.name for each in kept],
                "made_at": [each.made_at.strftime("%Y-%m-%d %H:%M") for each in kept],
                "megabytes": [f"{each.size / 1e6:,.1f}" for each in kept],
            }
        ),
        "Backups, newest first: name, when it was made in UTC, and size.",
    )
    return kept


def take_away(kept: list[Kept]) -> None:
    """Draw the choice of a backup and the button that takes it away."""
    by_name = {each.path.name: each for each in kept}
    name = st.selectbox("Download which backup?", list(by_name), key="backup_chosen")
    chosen = by_name[name]
    if chosen.size > _LARGEST:
        page.note("It is too large to download: copy it from its folder on the server.")
        return
    downloads.button(
        f"Download {name}",
        downloads.Export(
            f"backup {name}", lambda: downloads.Taken(chosen.path.read_bytes())
        ),
        file_name=name,
        mime="application/octet-stream",
        key="download_backup",
        help="It holds every row of the store. Keep it where only those who may see all "
        "can read it.",
    )
