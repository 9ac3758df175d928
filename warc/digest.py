"""Digests as WARC writes them: ``algorithm:value``.

Payload digests are sha1 in base32, as CDXJ and all tools expect; block digests are sha256 in hex, to prove.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS: Final = tuple(one + other for one in _LETTERS for other in _LETTERS)
_AS_DIGITS: Final = str.maketrans(_LETTERS, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_HEX_SIZES: Final = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadDigests:
    """Over the entity body, transfer coding removed (WARC/1.1 section 5.9). ``sha256`` is hex, ``size`` bytes."""

    sha1: str
    sha256: str
    size: int


def payload_digests(parts: Iterable[bytes]) -> PayloadDigests:
    sha1, sha256, size = hashlib.sha1(usedforsecurity=False), hashlib.sha256(), 0
    for part in parts:
        sha1.update(part)
        sha256.update(part)
        size += len(part)
    return PayloadDigests(sha1=sha1_text(sha1.digest()), sha256=sha256.hexdigest(), size=size)


def sha1_text(digest: bytes) -> str:
    """``sha1:BASE32``; the standard library takes ten times as long for a text that every capture needs."""
    bits = int.from_bytes(digest, "big")
    return "sha1:" + "".join([_PAIRS[(bits >> shift) & 1023] for shift in range(150, -1, -10)])


def payload_digest(payload: bytes) -> str:
    """``sha1:BASE32`` over the entity body, transfer coding removed (WARC/1.1 section 5.9)."""
    return payload_digests((payload,)).sha1


def block_digest(parts: Iterable[bytes]) -> str:
    """``sha256:hex`` over the whole record block (WARC/1.1 section 5.8)."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return "sha256:" + digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A digest as some record's header gives it: the algorithm's name for hashlib, and the value as bytes."""

    algorithm: str
    value: bytes

    def is_kept_by(self, parts: Iterable[bytes]) -> bool:
        digest = hashlib.new(self.algorithm, usedforsecurity=False)
        for part in parts:
            digest.update(part)
        return digest.digest() == self.value


def parse_digest(text: str) -> Promise | None:
    """``sha1:…`` in base16, base32 or base64, any case; None for an algorithm not known here, or for nonsense."""
    name, colon, value = text.strip().partition(":")
    name, value = name.lower().replace("-", ""), value.strip()
    size = _HEX_SIZES.get(name)
    if not colon or size is None:
        return None
    if len(value) == size and re.fullmatch(r"[0-9A-Fa-f]+", value):
        return Promise(algorithm=name, value=bytes.fromhex(value))
    for decode in (_base32, _base64):
        decoded = decode(value)
        if decoded is not None and len(decoded) == size // 2:
            return Promise(algorithm=name, value=decoded)
    return None


def _base32(value: str) -> bytes | None:
    letters = value.rstrip("=")
    if letters.upper().strip(_LETTERS):
        return None
    bits = len(letters) * 5
    number = int(letters.upper().translate(_AS_DIGITS) or "0", 32)  # far quicker than base64.b32decode
    return (number >> bits % 8).to_bytes(bits // 8, "big")


def _base64(value: str) -> bytes | None:
    try:
        return base64.b64decode(value.replace("-", "+").replace("_", "/") + "=" * (-len(value) % 4), validate=True)
    except ValueError:
        return None
