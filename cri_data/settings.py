"""Settings, each from one environment variable with a default."""

import os
from dataclasses import dataclass
from pathlib import Path

# More days than these reach back before the first date there is.
_LARGEST = 500_000

# So much of a value that cannot be understood stands in the message about it.
_QUOTED = 80


@dataclass(frozen=True)
class Setting:
    """An environment variable: its name, default and what it sets."""

    name: str
    default: str
    description: str
    # The least that makes sense of a whole number.
    least: int = 0

    def text(self) -> str:
        """The value in force, as written."""
        return os.environ.get(self.name, "").strip() or self.default

    def whole_number(self) -> int:
        """The value in force. Raises SettingError where it is no whole number."""
        text = self.text()
        # By its length first: Python refuses to read thousands of digits.
        is_read = text.isdecimal() and len(text) <= len(str(_LARGEST))
        if not is_read or not self.least <= int(text) <= _LARGEST:
            raise SettingError(
                f"{self.name} must be a whole number from {self.least:,} to {_LARGEST:,}, "
                f"such as {self.default}; it is '{shortened(text)}'."
            )
        return int(text)


def shortened(text: str) -> str:
    """A value as a message quotes it: on one line, and not for ever."""
    line = ascii(text)[1:-1]
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


class SettingError(Exception):
    """A setting that cannot be understood; the message says what to write."""


STORE = Setting("CRI_STORE", "var/cri.duckdb", "The store's file; its folder is created.")
SUPPRESS_BELOW = Setting(
    "CRI_SUPPRESS_BELOW",
    "5",
    "Outcomes of fewer measurements, and published counts below it, are not shown.",
)
MAX_UPLOAD_MB = Setting(
    "CRI_MAX_UPLOAD_MB", "200", "The largest file that can be loaded, in megabytes.", 1
)

KEEP_FILE_MB = Setting(
    "CRI_KEEP_FILE_MB",
    "20",
    "Uploaded files up to so many megabytes are kept as they came; 0: none.",
)
DEMONSTRATION = Setting(
    "CRI_DEMO",
    "1",
    "1: the dashboard fills a store that it makes with invented data; 0: it stays empty.",
)
ADMIN = Setting(
    "CRI_ADMIN",
    "",
    "The e-mail of the first administrator, added where none is listed.",
)
CONTACT = Setting(
    "CRI_CONTACT",
    "the program office",
    "Whom to ask for access, as the page for those on no list says it.",
)
SESSION_HOURS = Setting(
    "CRI_SESSION_HOURS", "12", "A sign-in ends after so many hours, whatever happens.", 1
)
IDLE_MINUTES = Setting(
    "CRI_IDLE_MINUTES", "60", "A sign-in ends after so many minutes without a click.", 1
)
VOUCHED = Setting(
    "CRI_VOUCHED_PROVIDERS",
    "",
    "Sign-in providers, separated by commas, that never say email_verified but whose "
    "e-mails are the office's own; see .streamlit/secrets.toml.example.",
)

KEEP_FILES_DAYS = Setting(
    "CRI_KEEP_FILES_DAYS",
    "0",
    "Uploaded files are deleted after this many days; 0 keeps them forever.",
)
KEEP_TEXT_DAYS = Setting(
    "CRI_KEEP_TEXT_DAYS",
    "0",
    "The free text of a request is deleted this many days after it closes; 0: never.",
)
KEEP_TRAIL_DAYS = Setting(
    "CRI_KEEP_TRAIL_DAYS",
    "0",
    "Audit log entries are deleted after this many days; 0 keeps them forever.",
)
BACKUP_DIR = Setting(
    "CRI_BACKUP_DIR", "var/backups", "Where backups are kept; the folder is created."
)
BACKUP_HOURS = Setting(
    "CRI_BACKUP_HOURS",
    "24",
    "While the dashboard runs it makes a backup every so many hours; 0: none.",
)
BACKUPS_KEPT = Setting(
    "CRI_BACKUPS_KEPT",
    "14",
    "So many backups are kept, older ones that the dashboard made removed; 0: all.",
)

PUBLIC_URL = Setting(
    "CRI_PUBLIC_URL",
    "",
    "The address that people use, such as https://dashboard.example.org; only it and "
    "this computer are answered.",
)
FRAME_ANCESTORS = Setting(
    "CRI_FRAME_ANCESTORS",
    "'none'",
    "Which pages may show the dashboard in a frame, as in a content security policy.",
)
UPLOADS_PER_HOUR = Setting(
    "CRI_UPLOADS_PER_HOUR",
    "60",
    "So many files may one person look at, and so many commit, in an hour.",
)
DOWNLOADS_PER_HOUR = Setting(
    "CRI_DOWNLOADS_PER_HOUR", "300", "So many files may one person download in an hour."
)

SETTINGS = (
    *(STORE, DEMONSTRATION, SUPPRESS_BELOW, MAX_UPLOAD_MB, KEEP_FILE_MB),
    *(ADMIN, CONTACT, SESSION_HOURS, IDLE_MINUTES, VOUCHED),
    *(PUBLIC_URL, FRAME_ANCESTORS, UPLOADS_PER_HOUR, DOWNLOADS_PER_HOUR),
    *(KEEP_FILES_DAYS, KEEP_TEXT_DAYS, KEEP_TRAIL_DAYS),
    *(BACKUP_DIR, BACKUP_HOURS, BACKUPS_KEPT),
)


def wrong_numbers() -> list[str]:
    """What is wrong with the settings that must be whole numbers, a sentence each."""
    wrong = []
    for setting in SETTINGS:
        try:
            if setting.default.isdecimal():
                setting.whole_number()
        except SettingError as error:
            wrong.append(str(error))
    return wrong


def backup_dir() -> Path:
    """Where backups are."""
    return Path(BACKUP_DIR.text()).expanduser()


def store_path() -> Path:
    """Where the store is."""
    return Path(STORE.text()).expanduser()
