"""Original files of uploads, and their rejected rows."""

import gzip
from dataclasses import dataclass

from cri_data.store.store import Store


@dataclass(frozen=True)
class KeptFile:
    """The stored files of an upload. None if there was none, or it was too large."""

    content: bytes | None
    rejected: bytes | None


def kept_file(store: Store, upload_id: str) -> KeptFile:
    """The original file of an upload, byte for byte, and its rejected rows."""
    found = store.rows("upload/kept_file", upload_id=upload_id)
    content, rejected = found[0] if found else (None, None)
    return KeptFile(_unpacked(content), _unpacked(rejected))


def _unpacked(packed: bytes | None) -> bytes | None:
    return None if packed is None else gzip.decompress(packed)
