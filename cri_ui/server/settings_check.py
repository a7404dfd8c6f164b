"""A check, before the start, that all settings are valid."""

from cri_data import settings
from cri_data.accounts.users import plain_email
from cri_data.settings import SettingError, shortened
from cri_ui.server.public_address import public_address


def wrong_settings() -> tuple[str, ...]:
    """The faults, a sentence each: the setting, its value, and an example."""
    wrong = settings.invalid_settings()
    try:
        public_address()
    except SettingError as error:
        wrong.append(str(error))
    return (*wrong, *_wrong_administrator(), *_wrong_frames())


def _wrong_administrator() -> list[str]:
    text = settings.ADMIN.text()
    if not text or plain_email(text):
        return []
    return [
        f"{settings.ADMIN.name} must be an email address, such as name@agency.gov; "
        f"it is '{shortened(text)}'."
    ]


def _wrong_frames() -> list[str]:
    # The value becomes part of a header, between semicolons.
    text = settings.FRAME_ANCESTORS.text()
    if text.isascii() and text.isprintable() and not set(text) & set(";,"):
        return []
    return [
        f"{settings.FRAME_ANCESTORS.name} must be 'none', 'self', or addresses "
        f"separated by spaces, such as https://portal.example.org; it is "
        f"'{shortened(text)}'."
    ]
