"""How alike texts are: a table of edits and of other texts, and the laws."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.likeness import likeness, same_text
from tests.site_content import ARTICLES, SEED

LIKENESS: dict[str, tuple[str, str, float]] = {
    "equal": ("A short text.", "A short text.", 1.0),
    "nothing": ("", "", 1.0),
    "nothing but space": ("", " \n", 1.0),
    "nothing and something": ("", "word", 0.0),
    "case, punctuation, space": ("Well, NO!", " well no", 1.0),
    "one word of four changed": ("the cat is grey", "the cat is black", 0.75),
    "words said twice count twice": ("no no no", "no", 0.5),
    "nothing shared": ("yes", "no", 0.0),
    "number and sign": ("+1", "+1!", 1.0),
    "signs alone": ("???", "!!!", 0.0),
    "signs alone, in part": ("?!", "??", 0.5),
    "emoji": ("👍👍", "👍", 2 / 3),
    "signs beside words do not count": ("👍 yes", "yes", 1.0),
    "Chinese: one character of five": ("今天天气好", "今天天气坏", 0.75),
    "Chinese: other words of the same characters": ("好天气", "气好", 0.0),
    "one character": ("好", "好!", 1.0),
    "Japanese": ("これは猫です", "これは犬です", 0.6),
    "Thai with its marks": ("ที่นี่", "ที่นั่น", 6 / 11),
    "Korean has words": ("오늘 날씨", "오늘 비", 0.5),
    "both kinds in one text": ("Python 好的", "python 好的 yes", 0.8),
}


@pytest.mark.parametrize(("one", "other", "expected"), LIKENESS.values(), ids=LIKENESS)
def test_likeness(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected)


_SEED = "\n\n".join(SEED.paragraphs)
_FERRY, _LIBRARY, _CLOCK = ("\n\n".join(article.paragraphs) for article in ARTICLES[1:4])
_NOTICE = "Please enable JavaScript and cookies to continue to this page."
_CHINESE = "港口办公室星期四表示、由于东码头的冰层仍然很厚、渡轮至少还要按照冬季时刻表运行两个星期。"
_OTHER_CHINESE = "图书馆六年来一直出借书籍、梯子和种子、退休的邮递员在星期三下午拿走了第一万包种子。"

SAME: dict[str, tuple[str, str]] = {
    "itself": (_SEED, _SEED),
    "an edited paragraph": (_SEED, _SEED.replace(SEED.paragraphs[1], "Another paragraph stands here now.")),
    "the first half, as at a pay wall": (_SEED, _SEED[: len(_SEED) // 2]),
    "twenty words": (" ".join("abcdefghijklmnopqrst"), " ".join("abcdefghijklmnopqrst")),
    "with a headline and a byline more": (_CLOCK, f"{ARTICLES[3].title}\n\nBy somebody\n\n{_CLOCK}"),
    "Chinese": (_CHINESE, _CHINESE.replace("星期四", "星期五")),
}
NOT_SAME: dict[str, tuple[str, str]] = {
    "two articles of a site": (_FERRY, _CLOCK),
    "two others": (_FERRY, _LIBRARY),
    "long and short": (_SEED, _LIBRARY),
    "a notice and itself": (_NOTICE, _NOTICE),
    "nothing and nothing": ("", ""),
    "an article and its teaser": (_SEED, SEED.paragraphs[0][:160]),
    "an article in a list of articles": (_FERRY, f"{_FERRY}\n{_LIBRARY}\n{_CLOCK}\n{_SEED}"),
    "nineteen words": (" ".join("abcdefghijklmnopqrs"), " ".join("abcdefghijklmnopqrs")),
    "two Chinese ones": (_CHINESE, _OTHER_CHINESE),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_texts_of_one_article(one: str, other: str) -> None:
    assert same_text(one, other)
    assert same_text(other, one)


@pytest.mark.parametrize(("one", "other"), NOT_SAME.values(), ids=NOT_SAME)
def test_texts_that_are_not_shown_to_be_one_article(one: str, other: str) -> None:
    assert not same_text(one, other)
    assert not same_text(other, one)


_TEXT = st.text(st.sampled_from("ab ß?👍好的天ทีか\n") | st.characters(), max_size=30)


@given(_TEXT, _TEXT)
def test_likeness_is_a_symmetric_share(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, other) == likeness(other, one)


@given(_TEXT)
def test_text_is_like_itself(text: str) -> None:
    assert likeness(text, text) == 1.0
    assert likeness(text, f" {text}\n") == 1.0, "counted, not compared"


@given(st.lists(st.sampled_from(["one", "two", "Two", "drei", "四"])), st.randoms(use_true_random=False))
def test_order_of_words_does_not_count(words: list[str], random: Random) -> None:
    mixed = list(words)
    random.shuffle(mixed)
    assert likeness(" ".join(words), " ".join(mixed)) == 1.0
