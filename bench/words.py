"""Made words and prose of them: a vocabulary of 50,000 whose frequencies fall as those of a language do.

The same on every machine: no word of it is drawn but from dice that are given.
"""

import random
from functools import cache
from typing import Final

VOCABULARY: Final = 50_000
_FLATTER: Final = 2.7
_STEEPNESS: Final = 1.05
"""Zipf's law as Mandelbrot has it, with what it comes to in English prose."""

_URN: Final = 1 << 21
"""Words to draw from, each as often as it is likely: the rarest some three times."""

_COMMON: Final = 200
_KNOWN: Final = 3000
"""Ranks up to which words are short, and rather short."""

_ONSETS: Final = ("b c d f g h k l m n p r s t v w " * 3 + "br ch cl dr fl gr pl pr sh sl st str th tr").split()
_VOWELS: Final = ("a e i o u " * 12 + "ea ou ai ee oo ie é ü").split()
_CODAS: Final = ["", "", "", "", "", "n", "r", "s", "t", "l", "m", "nd", "st"]
_ENDINGS: Final = ["", "", "", "", "", "", "s", "s", "ed", "ing", "er", "ly", "tion", "ness"]


class Prose:
    """Words by rank, the commonest first. Only ``dice`` changes from call to call."""

    def __init__(self) -> None:
        self.words = _made_words()
        weights = [(rank + _FLATTER) ** -_STEEPNESS for rank in range(1, VOCABULARY + 1)]
        share = _URN / sum(weights)
        self._urn = [
            word for word, weight in zip(self.words, weights, strict=True) for _ in range(round(weight * share))
        ]

    def draw(self, dice: random.Random, count: int) -> list[str]:
        return dice.choices(self._urn, k=count)

    def text(self, dice: random.Random, count: int) -> str:
        """So many words in sentences, the sentences in paragraphs parted by a blank line."""
        words = self.draw(dice, count)
        chance = dice.random
        parts: list[str] = []
        start = 0
        while start < count:
            end = start + 7 + int(chance() * 18)
            sentence = words[start:end]
            sentence[0] = sentence[0].capitalize()
            if len(sentence) > 12:  # noqa: PLR2004 - a long one has a comma
                sentence[5] += ","
            parts += (" ".join(sentence), ".\n\n" if chance() < 0.25 else ". ")  # noqa: PLR2004 - four to a paragraph
            start = end
        parts[-1] = "."
        return "".join(parts)

    def title(self, dice: random.Random) -> str:
        return " ".join(self.draw(dice, 5 + int(dice.random() * 6))).capitalize()

    def name(self, dice: random.Random) -> str:
        """Of a person: rare words, for names are not said often."""
        first, last = (self.words[2000 + int(dice.random() * 5000)] for _ in range(2))
        return f"{first.capitalize()} {last.capitalize()}"


@cache
def prose() -> Prose:
    return Prose()


def _made_words() -> list[str]:
    """Short words first, as common ones are; each but once."""
    dice = random.Random(50_000)  # noqa: S311 - the same words each time, nothing secret
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        rank = len(found)
        longer = 0 if rank < _COMMON else 0.5 if rank < _KNOWN else 1.3
        syllables = 1 + int(longer + dice.random())
        word = "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS) for _ in range(syllables))
        found.setdefault(word + (dice.choice(_ENDINGS) if rank >= _COMMON else ""))
    return list(found)
