"""Text is decoded by what the bytes are, whatever header and meta say."""

import pytest

from archiver.extract.charset import decode

TEXT = "Grüße aus Köln – „schön“ heute, und morgen wieder: naïve Café-Gäste. "  # noqa: RUF001 - a dash as pages write it
META = '<html><head><meta charset="{}"></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html; charset=iso-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=windows-1252"),
        (META.format("iso-8859-1", TEXT).encode("cp1252"), None),
        (META.format("iso-8859-1", TEXT).encode(), None),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=iso-8859-1"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "text/html; charset=utf-8"),
    ],
    ids=["utf8", "utf8-said", "utf8-denied", "cp1252-as-latin1", "cp1252", "meta", "meta-lies", "bom", "bom-utf16"],
)
def test_text_is_decoded(body: bytes, content_type: str | None) -> None:
    assert TEXT in decode(body, content_type)


def test_stray_windows_bytes_in_utf8_are_read_as_what_they_are() -> None:
    body = (TEXT * 3).encode() + "„ä“".encode("cp1252")
    assert decode(body, "text/html; charset=utf-8").endswith("„ä“")


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Новости дня: маяк остаётся открытым", "windows-1251"),
        ("灯台は開いたままです", "shift_jis"),
        ("灯台は開いた", "iso-2022-jp"),
    ],
)
def test_declared_charset_is_heard(text: str, charset: str) -> None:
    assert decode(text.encode(charset), f"text/html; charset={charset}") == text


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "rot13", "hex", "no-such-charset", "idna", "\udcff"])
def test_odd_charsets_are_not_obeyed(charset: str) -> None:
    assert "Caf" in decode("Café \\x41".encode("cp1252"), f"text/html; charset={charset}")


def test_bytes_in_no_charset_become_text() -> None:
    assert decode(bytes(range(128, 256)) * 3, None)
