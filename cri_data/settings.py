"""Settings, each from one environment variable with a default."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """An environment variable: its name, default and what it sets."""

    name: str
    default: str
    description: str

    def text(self) -> str:
        """The value in force, as written."""
        return os.environ.get(self.name, "").strip() or self.default

    def whole_number(self) -> int:
        """The value in force. Raises SettingError where it is no whole number."""
        text = self.text()
        if not text.isdecimal():
            raise SettingError(
                f"{self.name} must be a whole number, such as {self.default}; "
                f"it is '{text}'."
            )
        return int(text)


class SettingError(Exception):
    """A setting that cannot be understood; the message says what to write."""


STORE = Setting("CRI_STORE", "var/cri.duckdb", "The store's file; its folder is created.")
SUPPRESS_BELOW = Setting(
    "CRI_SUPPRESS_BELOW", "5", "Outcome figures of fewer measurements are not shown."
)
MAX_UPLOAD_MB = Setting(
    "CRI_MAX_UPLOAD_MB", "200", "The largest file that can be loaded, in megabytes."
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
    "CRI_SESSION_HOURS", "12", "A sign-in ends after so many hours, whatever happens."
)
IDLE_MINUTES = Setting(
    "CRI_IDLE_MINUTES", "60", "A sign-in ends after so many minutes without a click."
)
VOUCHED = Setting(
    "CRI_VOUCHED_PROVIDERS",
    "",
    "Sign-in providers, separated by commas, that never say email_verified but whose "
    "e-mails are the office's own; see .streamlit/secrets.toml.example.",
)

SETTINGS = (
    STORE,
    DEMONSTRATION,
    SUPPRESS_BELOW,
    MAX_UPLOAD_MB,
    KEEP_FILE_MB,
    ADMIN,
    CONTACT,
    SESSION_HOURS,
    IDLE_MINUTES,
    VOUCHED,
)


def store_path() -> Path:
    """Where the store is."""
    return Path(STORE.text()).expanduser()
