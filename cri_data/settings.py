"""The settings: each is an environment variable with a default."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

# More days than this would go back before Python's first date.
_LARGEST = 500_000

# The most characters of an invalid value in a message.
_QUOTED = 80


@dataclass(frozen=True)
class Setting:
    """An environment variable: its name, its default, and what it sets."""

    name: str
    default: str
    description: str
    # The smallest valid whole number.
    least: int = 0

    def text(self) -> str:
        """The current value, as written."""
        return os.environ.get(self.name, "").strip() or self.default

    def whole_number(self) -> int:
        """The current value. Raises SettingError if it is not a valid whole number."""
        text = self.text()
        # Its length first, because Python can't convert thousands of digits.
        is_read = text.isdecimal() and len(text) <= len(str(_LARGEST))
        if not is_read or not self.least <= int(text) <= _LARGEST:
            raise SettingError(
                f"{self.name} must be a whole number from {self.least:,} to {_LARGEST:,}, "
                f"such as {self.default}; it is '{shortened(text)}'."
            )
        return int(text)


def shortened(text: str) -> str:
    """A value for a message: on one line and of limited length."""
    line = ascii(text)[1:-1]
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


class SettingError(Exception):
    """A setting is not valid. The message says what is allowed."""


STORE = Setting(
    "CRI_STORE", "var/cri.duckdb", "Path of the store's file. The folder is created."
)
SUPPRESS_BELOW = Setting(
    "CRI_SUPPRESS_BELOW",
    "5",
    "Hide outcomes with fewer measurements, and published counts below this number.",
)
# Days until the end of each stage of a request, in the order of the stages.
TARGET_DAYS = (
    Setting("CRI_TARGET_DAYS_DECIDED", "30", "Target days from received to decided.", 1),
    Setting("CRI_TARGET_DAYS_ASSIGNED", "30", "Target days from decided to assigned.", 1),
    Setting(
        "CRI_TARGET_DAYS_DELIVERY_STARTED",
        "60",
        "Target days from assigned to the start of delivery.",
        1,
    ),
    Setting(
        "CRI_TARGET_DAYS_CLOSED",
        "180",
        "Target days from the start of delivery to closed.",
        1,
    ),
    Setting(
        "CRI_TARGET_DAYS_RECEIVED_TO_ASSIGNED",
        "60",
        "Target days from received to assigned.",
        1,
    ),
)
MAX_UPLOAD_MB = Setting(
    "CRI_MAX_UPLOAD_MB", "200", "Largest file that can be uploaded, in MB.", 1
)

KEEP_FILE_MB = Setting(
    "CRI_KEEP_FILE_MB",
    "20",
    "Largest uploaded file whose original is kept, in MB. 0 keeps none.",
)
DEMONSTRATION = Setting(
    "CRI_DEMO",
    "1",
    "1 fills a new store with demonstration data. 0 leaves it empty.",
)
ADMIN = Setting(
    "CRI_ADMIN",
    "",
    "Email of the first administrator, added if there is no administrator.",
)
CONTACT = Setting(
    "CRI_CONTACT",
    "the program office",
    "Whom to ask for access, as shown to people without access.",
)
TIME_ZONE = Setting(
    "CRI_TIME_ZONE",
    "America/New_York",
    "Time zone of the times on screen, as an IANA name. Files and logs use UTC.",
)
SESSION_HOURS = Setting("CRI_SESSION_HOURS", "12", "Hours after which a sign-in ends.", 1)
IDLE_MINUTES = Setting(
    "CRI_IDLE_MINUTES", "60", "Minutes without a click after which a sign-in ends.", 1
)
VOUCHED = Setting(
    "CRI_VOUCHED_PROVIDERS",
    "",
    "Sign-in providers, separated by commas, that don't send email_verified but whose "
    "emails the office controls. See .streamlit/secrets.toml.example.",
)

KEEP_FILES_DAYS = Setting(
    "CRI_KEEP_FILES_DAYS",
    "0",
    "Days after which uploaded files are deleted. 0 keeps them.",
)
KEEP_TEXT_DAYS = Setting(
    "CRI_KEEP_TEXT_DAYS",
    "0",
    "Days after a request is closed that its free text is deleted. 0 keeps it.",
)
KEEP_TRAIL_DAYS = Setting(
    "CRI_KEEP_TRAIL_DAYS",
    "0",
    "Days after which audit log entries are deleted. 0 keeps them.",
)
BACKUP_DIR = Setting(
    "CRI_BACKUP_DIR", "var/backups", "Folder of the backups. It is created."
)
BACKUP_HOURS = Setting(
    "CRI_BACKUP_HOURS",
    "24",
    "Hours between automatic backups. 0 makes none.",
)
BACKUPS_KEPT = Setting(
    "CRI_BACKUPS_KEPT",
    "14",
    "Number of automatic backups kept. Older ones are deleted. 0 keeps all.",
)

PUBLIC_URL = Setting(
    "CRI_PUBLIC_URL",
    "",
    "Address that people use, such as https://dashboard.example.org. The dashboard "
    "answers only this address and its own computer.",
)
FRAME_ANCESTORS = Setting(
    "CRI_FRAME_ANCESTORS",
    "'none'",
    "Sites that may show the dashboard in a frame, as in a content security policy.",
)
UPLOADS_PER_HOUR = Setting(
    "CRI_UPLOADS_PER_HOUR",
    "60",
    "Files that one person may preview, and may commit, per hour.",
)
DOWNLOADS_PER_HOUR = Setting(
    "CRI_DOWNLOADS_PER_HOUR", "300", "Files that one person may download per hour."
)

SETTINGS = (
    *(STORE, DEMONSTRATION, SUPPRESS_BELOW, MAX_UPLOAD_MB, KEEP_FILE_MB),
    *TARGET_DAYS,
    *(ADMIN, CONTACT, TIME_ZONE, SESSION_HOURS, IDLE_MINUTES, VOUCHED),
    *(PUBLIC_URL, FRAME_ANCESTORS, UPLOADS_PER_HOUR, DOWNLOADS_PER_HOUR),
    *(KEEP_FILES_DAYS, KEEP_TEXT_DAYS, KEEP_TRAIL_DAYS),
    *(BACKUP_DIR, BACKUP_HOURS, BACKUPS_KEPT),
)


def invalid_settings() -> list[str]:
    """The problems with whole numbers and the time zone, a sentence each."""
    wrong = []
    for setting in SETTINGS:
        try:
            if setting.default.isdecimal():
                setting.whole_number()
        except SettingError as error:
            wrong.append(str(error))
    try:
        time_zone()
    except SettingError as error:
        wrong.append(str(error))
    return wrong


def time_zone() -> ZoneInfo:
    """The office's time zone. Raises SettingError if its name is not valid."""
    return _zone_named(TIME_ZONE.text())


@cache
def _zone_named(name: str) -> ZoneInfo:
    # "localtime" is a file of some systems, which browsers don't know as a time zone.
    if name not in available_timezones() - {"localtime"}:
        raise SettingError(
            f"{TIME_ZONE.name} must be the IANA name of a time zone, such as "
            f"{TIME_ZONE.default}; it is '{shortened(name)}'."
        )
    return ZoneInfo(name)


def target_days() -> list[int]:
    """The target of each stage of a request, in days, in the order of the stages."""
    return [setting.whole_number() for setting in TARGET_DAYS]


def backup_dir() -> Path:
    """The folder of the backups."""
    return Path(BACKUP_DIR.text()).expanduser()


def store_path() -> Path:
    """The path of the store's file."""
    return Path(STORE.text()).expanduser()
