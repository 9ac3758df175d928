"""Short text ids made from content.

The same content gives the same id on every machine and in every load order, so ids can be cited and
databases merged. 80 bits of SHA-256 in lower-case base32: no padding, no case, safe in a URL.
"""

import hashlib
from functools import lru_cache
from typing import Final

from db.urls import page_key

LENGTH: Final = 16

_DIGITS: Final = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS: Final = tuple(one + other for one in _DIGITS for other in _DIGITS)


def capture_id(record_id: str) -> str:
    return _short_id("capture", record_id)


@lru_cache(maxsize=8192)
def page_id(url: str) -> str:
    """Return the id of the page that any form of this URL means; an article's id is that of its page."""
    return _short_id("page", page_key(url))


def comment_id(article_id: str, native_id: str, *, number: int = 0) -> str:
    """Return the id of a comment by the site's own id; ``number`` counts earlier ones of the same id."""
    return _short_id("comment", article_id, native_id, *_repeated(number))


def fingerprint_id(article_id: str, author: str | None, text: str, *, number: int = 0) -> str:
    """Return the id of a comment without a native id; ``number`` counts equal ones before it.

    White space does not count, so that a change of markup makes no new comment.
    """
    author = "" if author is None else " ".join(author.split())
    return _short_id("fingerprint", article_id, author, " ".join(text.split()), *_repeated(number))


def digest(text: str) -> str:
    """Return the short digest by which equal states are known."""
    return _short_id("state", text)


def _repeated(number: int) -> tuple[str, ...]:
    return (str(number),) if number else ()


def _short_id(*parts: str) -> str:
    # Each part is preceded by its length, so that no two lists of parts look alike.
    message = "".join([f"{len(part)}:{part}" for part in parts]).encode("utf-8", "surrogatepass")
    return _base32(hashlib.sha256(message).digest()[: LENGTH * 5 // 8])


def _base32(octets: bytes) -> str:
    """As base64.b32encode, in lower case, at a fifth of its time. A multiple of 5 bytes: no padding."""
    number = int.from_bytes(octets)
    return "".join([_PAIRS[number >> place & 1023] for place in range(len(octets) * 8 - 10, -1, -10)])
