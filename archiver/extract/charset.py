"""Bytes of a page to text: header, BOM and ``<meta>`` are heard, none of them is believed against the bytes.

Knows how pages declare a character set; must not know HTML beyond that, nor languages (``charset_guess``). Never
raises: what cannot be decoded becomes U+FFFD. UTF-8, most of the web, costs one strict decoding.
"""

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, read_bom

from archiver.extract.charset_guess import best_guess, sample_of, score
from archiver.extract.charset_labels import codec_of

# Python has no character for five of these bytes; browsers show nothing for them either.
_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_STRAY = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_IN_HEADER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([^\s;,\"']{1,60})", re.IGNORECASE)
_IN_BODY = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_SEARCHED_BYTES, _SEARCHED_CHARS = 65_536, 1_000
# Encodings whose bytes are all ASCII: valid UTF-8 that is not UTF-8.
_SEVEN_BIT = {"iso2022_jp", "iso2022_kr", "hz"}
_ESCAPE, _HZ_SHIFT = b"\x1b$", b"~{"
_UTF_16 = {"utf-16-le", "utf-16-be"}
_LOOKED_AT, _FEWEST_HIGH = 400, 5
_GOOD, _FAIR, _BETTER = 0.9, 0.75, 0.12
_BROKEN = 0.01


def decode(body: bytes, content_type: str | None) -> str:
    bom_codec, bom = read_bom(body)
    if bom_codec and bom and (bom_codec != "utf-8" or _as_utf8(body) is not None):
        text = body[len(bom) :].decode(bom_codec, "replace") if bom_codec != "utf-8" else _as_utf8(body) or ""
        return text.lstrip("\ufeff")
    return _without_bom(body, content_type).lstrip("\ufeff")


def _without_bom(body: bytes, content_type: str | None) -> str:
    wide = _wide_order(body)
    if wide:
        return body.decode(wide, "replace")
    if body.isascii():
        return body.decode(_seven_bit(body, content_type), "replace")
    text = _as_utf8(body)
    if text is not None:
        return text
    declared = [codec for codec in _declared(body, content_type) if codec not in _UTF_16]
    return body.decode(_codec(body, declared), "replace")


def _seven_bit(body: bytes, content_type: str | None) -> str:
    """Of bytes that are all ASCII, and may mean more than that."""
    if _ESCAPE not in body and _HZ_SHIFT not in body:
        return "ascii"
    declared = next(iter(_declared(body, content_type)), None)
    if declared in _SEVEN_BIT:
        return declared
    return "iso2022_jp" if _ESCAPE in body and b"\x1b(" in body else "ascii"


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Codecs by header, then by the page itself; UTF-8 is not among them, for the bytes say it themselves."""
    in_header = _IN_HEADER.search((content_type or "")[:_SEARCHED_CHARS])
    in_body = _IN_BODY.search(body[:_SEARCHED_BYTES])
    found = [
        codec_of(in_header.group(1)) if in_header else None,
        codec_of(html_body_declared_encoding(body[:4096]) or ""),
        codec_of((in_body.group(1) or in_body.group(2)).decode("ascii", "replace")) if in_body else None,
    ]
    return [codec for codec in dict.fromkeys(found) if codec and codec not in {"utf-8", "utf-32", "utf-16"}]


def _wide_order(body: bytes) -> str | None:
    """UTF-16 that does not say so: every other byte of markup is zero."""
    start = body[:_LOOKED_AT]
    if start.count(0) * 5 < len(start) * 2 or len(start) < 4:  # noqa: PLR2004 - two characters
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _as_utf8(body: bytes) -> str | None:
    """The text if these bytes are UTF-8: stray windows-1252 bytes are read as such, half a sign at the end dropped."""
    try:
        text, read = codecs.utf_8_decode(body, "strict", False)
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape")
    else:
        # one byte after nothing but ASCII is more likely a letter of another set
        return text if len(body) - read != 1 or not text.isascii() else None
    stray = len(_STRAY.findall(text))
    multibyte = len(_NOT_ASCII.findall(text)) - stray
    return text.translate(_CP1252) if multibyte >= 2 * stray else None


def _codec(body: bytes, declared: list[str]) -> str:
    """The first that was declared and reads as language; else the best guess, if it is much better."""
    sample = sample_of(body)
    scores = {codec: score(sample, codec) for codec in declared if _is_sound(body, codec)}
    good = next((codec for codec, each in scores.items() if each >= _GOOD), None)
    if good:
        return good
    stated = next(iter(scores), None)
    high = sum(1 for byte in sample if byte >= 0x80)  # noqa: PLR2004 - ASCII ends there
    if stated and high < _FEWEST_HIGH:
        return stated
    guess = best_guess(sample)
    if stated and not (guess.score >= _FAIR and guess.score - scores[stated] >= _BETTER):
        return stated
    return guess.codec if guess.score > 0 else stated or "cp1252"


def _is_sound(body: bytes, codec: str) -> bool:
    text = body.decode(codec, "replace")
    return text.count("\ufffd") <= _BROKEN * len(text)
