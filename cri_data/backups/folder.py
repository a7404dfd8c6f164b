"""The folder of backups: its content, the next due backup, and how many are kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cri_data import settings

# Only files with such names are listed and removed.
_NAMED = "cri-{:%Y%m%dT%H%M%SZ}.duckdb"
_PATTERN = "cri-*Z.duckdb"


@dataclass(frozen=True)
class Kept:
    """A backup in the folder: its file, when it was made (UTC), and its size in bytes."""

    path: Path
    made_at: datetime
    size: int


def next_path(now: datetime) -> Path:
    """The path for a backup made now."""
    return settings.backup_dir() / _NAMED.format(now.astimezone(UTC))


def kept_backups() -> list[Kept]:
    """The backups in the folder, newest first."""
    found = []
    for path in sorted(settings.backup_dir().glob(_PATTERN), reverse=True):
        known = path.stat()
        found.append(Kept(path, datetime.fromtimestamp(known.st_mtime, UTC), known.st_size))
    return found


def remove_old() -> list[Path]:
    """Remove old backups beyond the number that the setting allows. Returns them."""
    keep = settings.BACKUPS_KEPT.whole_number()
    old = [kept.path for kept in kept_backups()[keep:]] if keep else []
    for path in old:
        path.unlink(missing_ok=True)
    return old


def is_backup_due(kept: list[Kept], now: datetime) -> bool:
    """Whether the newest backup is older than the setting says, or there is none."""
    hours = settings.BACKUP_HOURS.whole_number()
    if not hours:
        return False
    return not kept or now - kept[0].made_at >= timedelta(hours=hours)
