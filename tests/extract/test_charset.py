# ruff: noqa: RUF001 - the letters of every script are meant
"""Text is decoded by what the bytes are, whatever header and meta say."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.extract.charset import decode
from archiver.extract.charset_labels import codec_of

TEXT = "Grüße aus Köln – „schön“ heute, und morgen wieder: naïve Café-Gäste. "
META = '<html><head><meta charset="{}"></head><body>{}</body></html>'
UTF8 = "text/html; charset=utf-8"

TEXTS = {
    "german": "Die Bürgermeisterin kündigte an, dass der Hafen größer werden müsse; die Fähre fährt wieder täglich.",
    "french": "Le conseil a décidé que le phare resterait ouvert aux visiteurs, après une longue soirée à débattre.",
    "spanish": "El año próximo la señora López dirá cuándo volverá el último barco a la bahía.",
    "portuguese": "A prefeitura não pôde decidir ainda, porém a manutenção começará amanhã; três irmãos são contra.",
    "danish": "Færgen sejler ikke på søndag, og de små både må blive på øen, når det blæser.",
    "polish": "Rada miasta zdecydowała, że latarnia będzie otwarta; wieść rozeszła się szybko, a łódź czeka.",
    "czech": "Městská rada rozhodla, že maják zůstane otevřený; příští týden loď nepojede kvůli opravě řetězu.",
    "hungarian": "A városi tanács úgy döntött, hogy a világítótorony nyitva marad, és a hűs időben is őrködik.",
    "turkish": "Belediye meclisi, eski fenerin açık kalmasına karar verdi; güneşli günlerde ışığı görünür.",
    "lithuanian": "Miesto taryba nusprendė, kad senasis švyturys liks atviras, nors žiemą jį uždarys ir užrakins.",
    "russian": "Городской совет решил, что старый маяк останется открытым. Паром не пойдёт в воскресенье.",
    "ukrainian": "Міська рада вирішила, що старий маяк залишиться відкритим. Її рішення підтримали всі.",
    "greek": "Το δημοτικό συμβούλιο αποφάσισε να μείνει ανοιχτός ο παλιός φάρος για τους επισκέπτες.",
    "hebrew": "מועצת העיר החליטה להשאיר את המגדלור הישן פתוח למבקרים.",
    "arabic": "قرر مجلس المدينة إبقاء المنارة القديمة مفتوحة للزوار بعد نقاش طويل.",
    "thai": "สภาเทศบาลเมืองตัดสินใจเปิดประภาคารเก่าให้ผู้เข้าชม",
    "japanese": "町議会は火曜日の夜、長い議論の末に古い灯台を公開し続けることを決めた。船は日曜日に運航しません。",
    "chinese": "镇议会周二晚上经过长时间的讨论，决定让古老的灯塔继续向游客开放。渡轮星期天不开。",
    "chinese-old": "鎮議會週二晚上經過長時間的討論，決定讓古老的燈塔繼續向遊客開放。這是我們的決定。",
    "korean": "시의회는 오래된 등대를 방문객에게 계속 개방하기로 결정했다. 배는 일요일에 다니지 않는다.",
}
WRITTEN_IN = [
    *((name, "windows-1252") for name in ("german", "french", "spanish", "portuguese", "danish")),
    *((name, charset) for name in ("polish", "czech", "hungarian") for charset in ("windows-1250", "iso-8859-2")),
    ("german", "macintosh"),
    ("turkish", "windows-1254"),
    ("lithuanian", "windows-1257"),
    *(("russian", each) for each in ("windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic")),
    *(("ukrainian", each) for each in ("windows-1251", "koi8-u")),
    *(("greek", each) for each in ("windows-1253", "iso-8859-7")),
    ("hebrew", "windows-1255"),
    ("arabic", "windows-1256"),
    ("thai", "tis-620"),
    *(("japanese", each) for each in ("shift_jis", "euc-jp", "iso-2022-jp")),
    ("chinese", "gb2312"),
    ("chinese-old", "big5"),
    ("korean", "euc-kr"),
]
LIES = [None, "utf-8", "iso-8859-1", "windows-1252", "windows-1251", "shift_jis", "gb2312", "no-such-charset"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html; charset=iso-8859-1"),
        (TEXT.encode(), "text/html; charset=utf8mb4"),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=windows-1252"),
        (TEXT.encode("cp1252"), "text/html;charset='windows-1252'"),
        (TEXT.encode("cp1252"), 'text/html; charset="iso-8859-1"'),
        (TEXT.encode("cp1252"), "text/html; charset=x-user-defined"),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8"),
        (TEXT.encode("cp1252"), "text/html; charset="),
        (TEXT.encode("cp1252"), None),
        (META.format("iso-8859-1", TEXT).encode("cp1252"), None),
        (META.format("iso-8859-1", TEXT).encode(), None),
        (META.format("utf-16", TEXT).encode(), None),
        (f'<?xml version="1.0" encoding="windows-1252"?><p>{TEXT}'.encode("cp1252"), None),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=iso-8859-1"),
        (b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(), None),
        (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), "text/html; charset=windows-1252"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "text/html; charset=utf-8"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), None),
        (TEXT.encode("utf-16-le"), None),
        (TEXT.encode("utf-16-be"), "text/html; charset=utf-16"),
        (TEXT.encode("utf-16-le"), "text/html; charset=utf-8"),
    ],
    ids=[
        *("utf8", "utf8-said", "utf8-denied", "utf8mb4", "cp1252-as-latin1", "cp1252", "quoted", "double-quoted"),
        *("user-defined", "utf8-lie", "no-name", "undeclared", "meta", "meta-lies", "meta-utf16-lies", "xml", "bom"),
        *("double-bom", "bom-lies", "bom-utf16", "bom-utf16-be", "utf16-le", "utf16-be", "utf16-denied"),
    ],
)
def test_text_is_decoded(body: bytes, content_type: str | None) -> None:
    text = decode(body, content_type)
    assert TEXT in text
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize("lie", LIES, ids=str)
@pytest.mark.parametrize(("language", "charset"), WRITTEN_IN)
def test_language_tells_the_charset_whatever_is_declared(language: str, charset: str, lie: str | None) -> None:
    source = f"<html><body><h1>Harbour</h1><p>{TEXTS[language]}</p></body></html>"
    body = source.encode(codec_of(charset) or "")
    assert decode(body, f"text/html; charset={lie}" if lie else None) == source


@pytest.mark.parametrize(("language", "charset"), WRITTEN_IN)
def test_meta_is_heard_where_the_server_says_something_else(language: str, charset: str) -> None:
    source = META.format(charset, TEXTS[language])
    assert decode(source.encode(codec_of(charset) or ""), "text/html; charset=ISO-8859-1") == source


def test_meta_after_a_long_head_is_heard() -> None:
    source = f"<html><head><script>{'x' * 9_000}</script><meta charset=windows-1258></head>cà phê sữa đá".replace(
        "ữ", "u"
    )
    assert decode(source.encode("cp1258"), None) == source


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Новости дня: маяк остаётся открытым", "windows-1251"),
        ("灯台は開いたままです", "shift_jis"),
        ("灯台は開いたままです", "x-sjis"),
        ("灯台は開いた", "iso-2022-jp"),
        ("€ 5", "windows-1252"),
        ("„nur Zeichen“ – ©", "iso-8859-1"),
        ("镕", "gb2312"),
        ("ที่", "windows-874"),
    ],
)
def test_declared_charset_is_heard(text: str, charset: str) -> None:
    assert decode(text.encode(codec_of(charset) or ""), f"text/html; charset={charset}") == text


def test_stray_windows_bytes_in_utf8_are_read_as_what_they_are() -> None:
    assert decode(b"Caf\xe9", None) == "Café"
    body = (TEXT * 3).encode() + "„ä“".encode("cp1252")
    assert decode(body, "text/html; charset=utf-8").endswith("„ä“")
    middle = TEXT.encode() + b"\x93quoted\x94" + TEXT.encode()
    assert decode(middle, UTF8) == f"{TEXT}“quoted”{TEXT}"


@pytest.mark.parametrize("cut", [1, 2])
def test_half_a_sign_at_the_end_spoils_nothing(cut: int) -> None:
    assert decode(f"{TEXT}灯".encode()[:-cut], UTF8) == TEXT
    assert decode("Ein Satz ohne Umlaut, dann 灯🚢".encode()[:-cut], None) == "Ein Satz ohne Umlaut, dann 灯"


def test_cut_off_wide_sign_spoils_nothing() -> None:
    text = TEXTS["japanese"]
    assert decode(text.encode("cp932")[:-1], "text/html; charset=shift_jis").startswith(text[:-1])


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "rot13", "hex", "no-such-charset", "idna", "\udcff"])
def test_odd_charsets_are_not_obeyed(charset: str) -> None:
    assert "Caf" in decode("Café \\x41".encode("cp1252"), f"text/html; charset={charset}")
    assert codec_of(charset) is None


def test_bytes_in_no_charset_become_text() -> None:
    assert decode(bytes(range(128, 256)) * 3, None)


# The Encoding Standard's labels, those that differ in more than case
LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso88596",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso88597 sun_eu_greek",
    "iso8859-8": "csiso88598e hebrew iso-8859-8 iso-8859-8-e iso-ir-138 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 l1 latin1"
    " iso_8859-1 iso_8859-1:1987 us-ascii windows-1252 x-cp1252",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5 windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}


@pytest.mark.parametrize("codec", LABELS)
def test_labels_of_the_encoding_standard_are_known(codec: str) -> None:
    assert {label: codec_of(label) for label in LABELS[codec].split()} == dict.fromkeys(LABELS[codec].split(), codec)


# Laws

CHARSETS = sorted({codec for codec in LABELS if not codec.startswith(("utf-16", "iso2022"))})


@given(st.binary(max_size=600), st.sampled_from([None, UTF8, *(f"text/html; charset={each}" for each in CHARSETS)]))
@example(b"\x1b$B\x1b(", None)
@example(b"\xef\xbb\xbf\xff", None)
def test_any_bytes_become_the_same_text_twice(body: bytes, content_type: str | None) -> None:
    text = decode(body, content_type)
    assert text == decode(body, content_type)
    assert not text.startswith("\ufeff")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff")), st.sampled_from([None, *CHARSETS]))
def test_what_was_encoded_as_utf8_comes_back(text: str, charset: str | None) -> None:
    if "\x1b" not in text:
        assert decode(text.encode(), f"text/html; charset={charset}" if charset else None) == text


@given(st.data(), st.sampled_from(CHARSETS))
def test_what_was_encoded_as_declared_comes_back(data: st.DataObject, charset: str) -> None:
    """Some words of any one language that the declared charset is for; a few short ones can be as good in another."""
    language = data.draw(st.sampled_from(sorted(name for name in TEXTS if is_for(charset, name))))
    words = sorted(set(TEXTS[language].split()))
    fewest = min(8, len(words))
    text = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=fewest, max_size=30, unique=True)))
    decoded = decode(text.encode(charset), f"text/html; charset={charset}")
    assert decoded == text


def is_for(charset: str, language: str) -> bool:
    """Whether it writes the language; those of East Asia have Russian and Greek too, and are not used for it."""
    try:
        codecs.encode(TEXTS[language], charset)
    except UnicodeEncodeError:
        return False
    is_wide = charset in {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"}
    return not is_wide or language in {"japanese", "chinese", "chinese-old", "korean"}
