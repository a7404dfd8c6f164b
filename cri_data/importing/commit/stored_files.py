"""The files that were uploaded, as they came, and their rejected rows."""

import gzip
from dataclasses import dataclass

from cri_data.store.store import Store


@dataclass(frozen=True)
class KeptFile:
    """What was kept of an upload; None where there was none, or it was too large."""

    content: bytes | None
    rejected: bytes | None


def kept_file(store: Store, upload_id: str) -> KeptFile:
    """The file of an upload as it came, byte for byte, and its rejected rows."""
    found = store.rows("upload/kept_file", upload_id=upload_id)
    content, rejected = found[0] if found else (None, None)
    return KeptFile(_unpacked(content), _unpacked(rejected))


def _unpacked(packed: bytes | None) -> bytes | None:
    return None if packed is None else gzip.decompress(packed)
