"""Backups page: make, list, and download backups."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from cri_data import settings
from cri_data.backups.backup import backup
from cri_data.backups.copy import BackupError
from cri_data.backups.folder import Kept, kept_backups, next_path
from cri_data.store.store import StoreError
from cri_ui.components import downloads, page
from cri_ui.components.text import count_of, moment, plain_markdown
from cri_ui.session import services, session

# Larger backups can't be downloaded, because a download is held in memory.
_LARGEST = 500_000_000

_UNFORESEEN = (
    "The server log has the reason, at that time. Send those lines to the person who "
    "maintains the dashboard."
)


def in_words() -> None:
    """Draw when automatic backups are made and how many are kept."""
    hours = settings.BACKUP_HOURS.whole_number()
    kept = settings.BACKUPS_KEPT.whole_number()
    every = f"every {count_of(hours, 'hour')}" if hours else "off"
    if session.info().is_demonstration:
        every = "off for demonstration data"
    how_many = f"The newest {kept:,} are kept" if kept else "All are kept"
    page.note(
        f"Automatic backups: {every}. {how_many}. To restore a backup, stop the dashboard "
        "and run `python -m cri_data restore FILE`. The replaced store is kept."
    )


def failures() -> None:
    """Draw the automatic jobs that failed, with what to do."""
    for failure in services.current().upkeep.failures:
        tried = moment(failure.tried_at)
        why = failure.why or _UNFORESEEN
        st.warning(
            f"{failure.what}, last tried {tried}: {plain_markdown(why)} "
            "The dashboard will try again.",
            icon=":material/warning:",
        )


def make_one() -> None:
    """Draw the button that makes a backup now."""
    if not st.button("Make a backup now", type="primary", icon=":material/backup:"):
        return
    path = next_path(datetime.now(UTC))
    try:
        with st.spinner("Making a backup…"):
            rows = backup(session.store(), path, session.who())
    except (BackupError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    st.success(
        f"Backup {path.name} made, with {count_of(rows, 'row')}. Download it below and "
        "keep it on another computer.",
        icon=":material/check_circle:",
    )


def listed() -> list[Kept]:
    """Draw the list of backups, newest first. Returns the backups."""
    kept = kept_backups()
    if not kept:
        return kept
    page.grid(
        pd.DataFrame(
            {
                "backup": [each.path.name for each in kept],
                "made": [moment(each.made_at) for each in kept],
                "size_mb": [f"{each.size / 1e6:,.1f}" for each in kept],
            }
        ),
        "Backups, newest first: name, time made, and size.",
    )
    return kept


def draw_download(kept: list[Kept]) -> None:
    """Draw the choice of a backup and its download button."""
    by_name = {each.path.name: each for each in kept}
    name = st.selectbox("Backup to download", list(by_name), key="backup_chosen")
    chosen = by_name[name]
    if chosen.size > _LARGEST:
        page.note(
            "This backup is too large to download. Copy it from its folder on the server."
        )
        return
    downloads.button(
        f"Download {name}",
        downloads.Export(
            f"backup {name}", lambda: downloads.Taken(chosen.path.read_bytes())
        ),
        file_name=name,
        mime="application/octet-stream",
        key="download_backup",
        help="A backup holds every row of the store. Keep it where only people with full "
        "access can read it.",
    )
