"""Names of character sets as pages write them, to Python's codecs: the Encoding Standard's labels, and slips.

w3lib knows most labels and that ``iso-8859-1`` means windows-1252, ``gb2312`` gb18030; here is what it leaves out.
Must not know bytes.
"""

import re
from functools import lru_cache

from w3lib.encoding import resolve_encoding

_NAMES = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf8mb4 utf8mb3 utf-8mb4 utf-8-sig utf8n"
    " utf-8n utf",
    "iso8859-2": "iso88592",
    "iso8859-3": "iso88593",
    "iso8859-4": "iso88594",
    "iso8859-5": "iso88595",
    "iso8859-6": "csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i iso88596",
    "iso8859-7": "iso88597 sun_eu_greek",
    "iso8859-8": "csiso88598e iso-8859-8-e iso88598 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "iso885910",
    "iso8859-13": "iso885913",
    "iso8859-14": "iso885914",
    "iso8859-15": "csisolatin9 iso885915",
    "koi8-r": "koi koi8",
    "koi8-u": "koi8-ru",
    "mac-roman": "csmacintosh mac x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso885911",
    "cp1250": "x-cp1250 win-1250",
    "cp1251": "x-cp1251 cp-1251 win1251 windows1251",
    "cp1252": "iso88591 x-cp1252 x-user-defined x-ansi ansi none binary",
    "cp1253": "x-cp1253",
    "cp1254": "iso88599 x-cp1254",
    "cp1255": "x-cp1255",
    "cp1256": "x-cp1256",
    "cp1257": "x-cp1257",
    "cp1258": "x-cp1258",
    "gb18030": "csgb2312 gb_2312 x-gbk x-gb2312",
    "big5hkscs": "cn-big5 x-x-big5 x-big5",
    "euc_jp": "cseucpkdfmtjapanese x-euc-jp x-euc",
    "cp949": "cseuckr csksc56011987 iso-ir-149 ks_c_5601-1989 ksc_5601 windows-949 x-windows-949",
    "utf-16-be": "unicodefffe",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16",
}
_CODECS = {label: codec for codec, labels in _NAMES.items() for label in labels.split()}
# Python's own names for what no page is written in, some of which turn bytes into code points at will
_NO_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7", "mbcs", "oem"}
_LABEL = re.compile(r"[\w.:-]{2,40}", re.ASCII)
_NOT_ASCII = b"\xe9\x8e"


@lru_cache(maxsize=256)
def codec_of(label: str) -> str | None:
    """Python's codec for a label; None where it names nothing that pages are written in."""
    label = label.strip().strip("\"'").strip().lower()
    if not _LABEL.fullmatch(label):
        return None
    found = _CODECS.get(label) or resolve_encoding(label)
    return found if found and _is_charset(found) else None


def _is_charset(codec: str) -> bool:
    """Whether it makes text of bytes (``rot13`` makes text of text, ``hex`` bytes of bytes: Python refuses those)."""
    if codec.replace("-", "_") in _NO_CHARSETS:
        return False
    try:
        _NOT_ASCII.decode(codec, "replace")
    except (LookupError, ValueError):
        return False
    return True
