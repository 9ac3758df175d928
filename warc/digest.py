"""Digests as WARC writes them: ``algorithm:value``.

Payload digests are sha1 in base32, as CDXJ and all tools expect; block digests are sha256 in hex, to prove.
"""

import base64
import hashlib


def payload_digest(payload: bytes) -> str:
    """``sha1:BASE32`` over the entity body, transfer coding removed (WARC/1.1 section 5.9)."""
    value = hashlib.sha1(payload, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(value).decode("ascii")


def block_digest(block: bytes) -> str:
    """``sha256:hex`` over the whole record block (WARC/1.1 section 5.8)."""
    return "sha256:" + hashlib.sha256(block).hexdigest()
