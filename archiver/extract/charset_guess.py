# ruff: noqa: RUF001 - the letters of every script are meant
"""In which character set bytes read as language: for pages that declare none, or one that cannot be.

Knows alphabets, and how often the commonest signs of Chinese come; must not know HTML. A function of the bytes
alone: no library whose version or presence changes the answer. What stands in the page as plain ASCII says nothing
and is left out.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

_LATIN_WEST = (
    "äöüß",
    "àâæçéèêëîïôœùûüÿ",
    "áéíñóúüªº",
    "áàâãçéêíóôõúüªº",
    "àèéìíîòóùú",
    "áéëèïíóöüúê",
    "åäöé",
    "æøåéóòâê",
    "áðéíóúýþæö",
    "àçèéíïòóúü",
)
_LATIN_EAST = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čšžćđ", "ăâîșțşţ")
_LATIN_TURKISH = ("çğıöşüâîû",)
_LATIN_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž")
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_CYRILLIC = (
    _RUSSIAN,
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "абвгдежзийклмнопрстуфхцчшщъьюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
    "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
)
_GREEK = ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊ",)
_VOWELS: dict[tuple[str, ...], str] = {_CYRILLIC: "аеёиоуыэюяіїєў", _GREEK: "αεηιουωάέήίόύώϊ"}
_HEBREW = ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)
_ARABIC = ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژکگی،؛؟",)
_THAI = ("กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮะัาำิีึืุูเแโใไๅๆ็่้๊๋์",)
_NEUTRAL = frozenset("„“”‘’‚‛‹›«»–—―…•·°©®™§€£¥¢\xa0\xad№±×½¼¾²³´¿¡†‡‰¬¶¨¸¯\u200c\u200d\u200e\u200f")
_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这中大来上个国和也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者"
    "多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从们为到说以"
)
_TRADITIONAL = frozenset(
    "的一是不了在人有我他這中大來上個國和也子時道出而要於就下得可你年生自會那後能對著事其裡所去行過家十用發天如然作方成者"
    "多日都三小軍二無同麼經法當起與好看學進種將還分此心前面又定見只主沒公從們為到說以"
)
_SYLLABLES = frozenset(
    bytes((lead, trail)).decode("euc_kr") for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF)
)
"""Those of Hangul that are in use; the others stand where other sets have their commonest signs."""
_KANA, _HAN, _HANGUL = re.compile("[\u3041-\u30fe]"), re.compile("[\u4e00-\u9fff]"), re.compile("[\uac00-\ud7a3]")
_OTHER_WORD = re.compile("[\u0391-\u03c9]{2,}|[\u0401-\u0451]{2,}")
"""Greek and Cyrillic, which the wide sets have too."""
_WIDE_MARKS = re.compile("[\u3000-\u303f\uff01-\uff5e]")
_ASCII_OR_SPACE = re.compile(r"[\x00-\x7f\s]")
_WORD_ENDS = re.compile(rb"[\s<>\"=]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MIXED = re.compile(r"[A-Za-z](?=[^\W\d_A-Za-z])|[^\W\d_A-Za-z](?=[A-Za-z])")
"""A Latin letter beside one of another script."""
_IN_WORD = re.compile(r"(?<=[A-Za-z])[№±×½¼¾²³¹¿¡†‡‰¬¶¨¸¯£¥¢¤¦ª°®©§µ](?=[A-Za-z])")
_RUN = re.compile("[\u00c0-\u024f]{6,}")
_LONE = re.compile(
    "(?<=[A-Za-z])[\u3041-\u9fff\uac00-\ud7a3](?![\u3041-\u9fff\uac00-\ud7a3])"
    "|(?<![\u3041-\u9fff\uac00-\ud7a3])[\u3041-\u9fff\uac00-\ud7a3](?=[A-Za-z])"
)
"""One wide sign within a word of Latin letters."""
_STRAY_THAI = re.compile("(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""A vowel sign or tone mark that stands on no consonant."""
_SAMPLED_FROM, _SAMPLE = 400_000, 8_000
_MISFIT, _FLIP, _UNKNOWN, _MARKS_ONLY, _FEWEST_VOWELS = 2.0, 3, 0.5, 0.6, 0.33


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    codec: str
    score: float
    """1 where all that is not ASCII reads as one language; negative for nonsense."""


_ALPHABETS = {
    "cp1252": _LATIN_WEST,
    "cp1251": _CYRILLIC,
    "koi8-u": _CYRILLIC,
    "cp1250": _LATIN_EAST,
    "iso8859-2": _LATIN_EAST,
    "cp1254": _LATIN_TURKISH,
    "cp1253": _GREEK,
    "iso8859-7": _GREEK,
    "cp1257": _LATIN_BALTIC,
    "cp1255": _HEBREW,
    "cp1256": _ARABIC,
    "cp874": _THAI,
    "cp866": _CYRILLIC,
    "iso8859-5": _CYRILLIC,
    "mac-cyrillic": _CYRILLIC,
    "mac-roman": _LATIN_WEST,
}
"""By codec, most used first: where two read alike, the first is taken."""
_OTHER_SCRIPTS = frozenset(
    {"cp1251", "koi8-u", "koi8-r", "cp1253", "iso8859-7", "cp1255", "iso8859-8", "cp1256", "iso8859-6", "cp874"}
    | {"cp866", "iso8859-5", "mac-cyrillic"}
)
_WIDE_CODECS = ("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949")
_DECLARED_ONLY = {
    "koi8-r": _CYRILLIC,
    "iso8859-3": (*_LATIN_TURKISH, "ĉĝĥĵŝŭ", "ċġħż"),
    "iso8859-4": (*_LATIN_BALTIC, *_LATIN_WEST),
    "iso8859-6": _ARABIC,
    "iso8859-8": _HEBREW,
    "iso8859-10": (*_LATIN_BALTIC, *_LATIN_WEST),
    "iso8859-13": (*_LATIN_BALTIC, *_LATIN_WEST),
    "iso8859-14": (*_LATIN_WEST, "âêîôûŵŷ"),
    "iso8859-15": _LATIN_WEST,
    "iso8859-16": (*_LATIN_EAST, *_LATIN_WEST),
    "cp1258": ("àáâãăèéêìíóôơùúưđýñ\u0300\u0301\u0303\u0309\u0323", *_LATIN_WEST),
}
"""Sets that are not guessed: another reads the same, or hardly any page is written in them."""
_ALL: Mapping[str, tuple[str, ...]] = _ALPHABETS | _DECLARED_ONLY
_LETTERS = {
    codec: tuple(frozenset(alphabet + alphabet.upper()) for alphabet in alphabets) for codec, alphabets in _ALL.items()
}


def sample_of(body: bytes) -> bytes:
    """The words with bytes above ASCII, parted by spaces; none of the bytes that part them is half a sign anywhere."""
    found: list[bytes] = []
    size = 0
    for word in _WORD_ENDS.split(body[:_SAMPLED_FROM]):
        if word.isascii():
            continue
        found.append(word[:_SAMPLE])
        size += len(found[-1]) + 1
        if size >= _SAMPLE:
            break
    return b" ".join(found)


def best_guess(sample: bytes) -> Guess:
    guesses = [Guess(codec=codec, score=score(sample, codec)) for codec in (*_ALPHABETS, *_WIDE_CODECS)]
    return max(guesses, key=lambda one: one.score)


def score(sample: bytes, codec: str) -> float:
    """How much reads as language; 1 for a sample without a byte above ASCII."""
    text = sample.decode(codec, "replace")
    bare = _ASCII_OR_SPACE.sub("", text)
    if not bare:
        return 1.0
    return _wide_score(text, bare, codec) if codec in _WIDE_CODECS else _narrow_score(text, bare, codec)


def _narrow_score(text: str, bare: str, codec: str) -> float:
    """By the best of the codec's alphabets; a set of which we know none is neither good nor bad."""
    counts = Counter(char for char in bare if char not in _NEUTRAL)
    total = sum(counts.values())
    nonsense = len(_IN_WORD.findall(text))
    if not total:
        return _MARKS_ONLY - nonsense / len(bare)
    if codec not in _LETTERS:
        return _UNKNOWN
    nonsense += _FLIP * sum(map(_flips, _WORD.findall(text)))
    if codec not in _OTHER_SCRIPTS:
        nonsense += sum(map(len, _RUN.findall(text)))
    else:
        nonsense += len(_MIXED.findall(text)) + len(_STRAY_THAI.findall(text))
    fits = max(sum(counts[char] for char in counts.keys() & letters) for letters in _LETTERS[codec])
    return (fits - _MISFIT * (total - fits + nonsense)) / total - _want_of_vowels(bare, codec)


def _flips(word: str) -> int:
    """Capitals after small letters, which no language has: sets that differ in case tell themselves so."""
    return sum(1 for before, after in pairwise(word) if after > "\x7f" and before.islower() and after.isupper())


def _want_of_vowels(bare: str, codec: str) -> float:
    """Letters of one script read in another have vowels at random, and too few."""
    vowels = _VOWELS.get(_ALL[codec])
    if vowels is None:
        return 0.0
    small = bare.lower()
    return max(0.0, _FEWEST_VOWELS - sum(map(small.count, vowels)) / len(small))


def _wide_score(text: str, bare: str, codec: str) -> float:
    """By what its language is mostly made of, and what it has not."""
    han = _HAN.findall(bare)
    kana, hangul, marks = (len(each.findall(bare)) for each in (_KANA, _HANGUL, _WIDE_MARKS))
    marks += sum(1 for char in bare if char in _NEUTRAL) + sum(map(len, _OTHER_WORD.findall(bare)))
    rest = len(bare) - len(han) - kana - hangul - marks
    if codec == "cp949":
        good = 2 * sum(1 for char in bare if char in _SYLLABLES) - hangul - len(han) / 2 - kana
    elif codec in {"cp932", "euc_jp"}:
        good = kana + (0.8 if kana else 0.3) * len(han) - hangul
    else:
        common = _SIMPLIFIED if codec == "gb18030" else _TRADITIONAL
        good = 0.7 * len(han) + 0.9 * sum(1 for char in han if char in common) - kana - hangul
    return (min(good, len(bare)) + marks / 2 - _MISFIT * (rest + len(_LONE.findall(text)))) / len(bare)
