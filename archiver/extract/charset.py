"""Bytes of a page to text: header, BOM and ``<meta>`` are heard, none of them is believed against the bytes.

Knows character sets; must not know HTML beyond its declared charset. Never raises: what cannot be decoded
becomes U+FFFD.
"""

import re

from trafilatura.utils import detect_encoding
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

# Python has no character for five of these bytes; browsers show nothing for them either.
_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}

_STRAY = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")

# Encodings whose bytes are all ASCII: valid UTF-8 that is not UTF-8.
_SEVEN_BIT = {"iso2022_jp", "iso-2022-jp", "hz-gb-2312", "hz"}


# Python's own names for what no page is written in, some of which turn bytes into code points at will
_NO_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"}


def decode(body: bytes, content_type: str | None) -> str:
    bom_encoding, bom = read_bom(body)
    if bom_encoding and bom:
        return body[len(bom) :].decode(bom_encoding, "replace")
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body[:4096])
    if declared in _SEVEN_BIT:
        return body.decode(declared, "replace")
    text = _as_utf8(body)
    if text is not None:
        return text
    return _as_declared(body, declared) or _as_detected(body)


def _as_utf8(body: bytes) -> str | None:
    """The text if these bytes are UTF-8, a few stray windows-1252 bytes read as what they are."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape")
    stray = len(_STRAY.findall(text))
    multibyte = len(_NOT_ASCII.findall(text)) - stray
    return text.translate(_CP1252) if multibyte >= 2 * stray else None


def _as_declared(body: bytes, declared: str | None) -> str | None:
    if not declared or declared.replace("-", "_") in _NO_CHARSETS | {"utf_8"}:
        return None
    try:
        text = body.decode(declared, "replace")
    except (LookupError, ValueError):
        return None
    broken = text.count("\ufffd")
    return text if broken * 100 <= len(text) else None


def _as_detected(body: bytes) -> str:
    for guess in detect_encoding(body[:50_000])[:3]:
        try:
            return body.decode(guess, "replace")
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", "replace")
