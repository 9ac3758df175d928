"""Search beside the same MATCH in plain sqlite3, query by query in turns."""

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from sqlite_utils import Database

from bench.figures import Report, at_most
from bench.words import prose
from db.schema import open_database
from db.search import MARK_END, MARK_START, Scope, search
from db.searchable import SEARCHED

_LIMIT: Final = 20
_TOKENS: Final = 24
_SINGLE, _DOUBLE, _PHRASES, _COMMONEST = 500, 100, 100, 20
_TARGET: Final = at_most(1.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """``texts``: some text of the archive, out of which two words or three in a row are taken."""

    texts: Sequence[str]

    def single(self, dice: random.Random) -> list[str]:
        return dice.sample(prose().words, _SINGLE)

    def double(self, dice: random.Random) -> list[str]:
        return [" ".join(dice.sample(_words(dice.choice(self.texts)), 2)) for _ in range(_DOUBLE)]

    def phrases(self, dice: random.Random) -> list[str]:
        return [self._phrase(dice) for _ in range(_PHRASES)]

    def _phrase(self, dice: random.Random) -> str:
        words = _words(dice.choice(self.texts))
        start = dice.randrange(len(words) - 2)
        return f'"{" ".join(words[start : start + 3])}"'


def _words(text: str) -> list[str]:
    return [word.strip(".,") for word in text.split()]


def searches(report: Report, path: Path, texts: Sequence[str], *, rounds: int) -> None:
    dice = random.Random("queries")  # noqa: S311 - the same each time, nothing secret
    queries = Queries(texts=[text for text in texts if len(text.split()) > 2])  # noqa: PLR2004 - enough for a phrase
    kinds = {"single words": queries.single(dice), "two words": queries.double(dice), "phrases": queries.phrases(dice)}
    with closing(open_database(path, read_only=True)) as ours, closing(sqlite3.connect(path)) as plain:
        report.title("search, articles and comments, ms of CPU")
        compared = _Compared(ours=ours, plain=plain)
        for name, asked in kinds.items():
            compared.print(report, f"{len(asked)} {name}", asked, rounds=rounds, judged=True)
        everything = [query for asked in kinds.values() for query in asked]
        compared.print(report, f"all {len(everything)}", everything, rounds=rounds, judged=True)
        compared.print(
            report, f"the {_COMMONEST} commonest words", prose().words[:_COMMONEST], rounds=rounds, judged=False
        )
        for scope in SEARCHED:
            apart = _Compared(ours=ours, plain=plain, scope=cast("Scope", scope))
            apart.print(report, f"all {len(everything)}, {scope} only", everything, rounds=rounds, judged=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    ours: Database
    plain: sqlite3.Connection
    scope: Scope | None = None

    def print(self, report: Report, name: str, asked: Sequence[str], *, rounds: int, judged: bool) -> None:
        turns = [self._turn(asked, turn) for turn in range(rounds)]
        found = sum(bool(self._by_us(query)) for query in asked)
        report.line(f"{name}: ours, p95 ({found} of {len(asked)} found)", [_p95(one) for one, _ in turns])
        report.line("  plain sqlite3, p95", [_p95(other) for _, other in turns])
        ratios = [_p95(one) / _p95(other) for one, other in turns]
        report.line("  ratio of p95", ratios, _TARGET if judged else None)
        report.line("  ratio of sums", [sum(one) / sum(other) for one, other in turns])

    def _turn(self, asked: Sequence[str], turn: int) -> tuple[list[float], list[float]]:
        took: dict[Callable[[str], object], list[float]] = {self._by_us: [], self._plainly: []}
        calls = list(took)
        for number, query in enumerate(asked):
            for call in calls if (turn + number) % 2 else reversed(calls):
                took[call].append(_cpu_ms(call, query))
        ours, plain = took.values()
        return ours, plain

    def _by_us(self, query: str) -> object:
        return search(self.ours, query, scope=self.scope, limit=_LIMIT)

    def _plainly(self, query: str) -> object:
        expression = query if query.startswith('"') else " ".join(f'"{word}"' for word in query.split())
        return [
            self.plain.execute(
                f"SELECT rowid, snippet({table}_fts, ?, ?, ?, '…', ?) FROM {table}_fts "  # noqa: S608 - names of ours
                f"WHERE {table}_fts MATCH ? ORDER BY rank LIMIT ?",
                [list(columns).index("text"), MARK_START, MARK_END, _TOKENS, expression, _LIMIT],
            ).fetchall()
            for table, columns in SEARCHED.items()
            if self.scope in {None, table}
        ]


def _cpu_ms(call: Callable[[str], object], query: str) -> float:
    start = time.process_time()
    call(query)
    return (time.process_time() - start) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
