"""A query as SQL: which index leads, what is asked of each row, in which order the best come out.

The leading index gives rows by their rank, and nothing but the best is read, let alone quoted. Filters are asked of
the rows that it gives, so that they never cost more than there are matches; where nothing but filters is given, an
index of their own leads.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from sqlite_utils import Database

from db.query import Query, Term
from db.scripts import UNSPACED
from db.searchable import DATE, GONE, SEARCHED
from db.sites import matching_sites, site_condition
from db.sql import Value, first
from db.withheld import NOT_WITHHELD

Scope = Literal["articles", "comments"]

MARK_START: Final = "\x02"
MARK_END: Final = "\x03"

_AUTHOR: Final[dict[Scope, str]] = {"articles": "authors", "comments": "author"}
_TRIGRAM: Final = 3
_NO_WORD: Final = "[^0-9a-z\u00c0-\u02af\u0370-\u0dff\u10a0-\u177f\u1e00-\u1fff\uac00-\ud7ff]"
"""What ends a word of a script with spaces; for GLOB."""

_SNIPPET_TOKENS: Final = 24
_FEW: Final = 5_000
"""So many rows of a site are put in order; of a larger one, the newest are looked for among those of all sites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """A SELECT of ``place`` (the rowid) and ``snippet`` (null: to be made), in the order of the hits.

    FTS5 reckons the scores by which it sorts a second time for whoever selects them, over all that matches.
    """

    sql: str
    values: dict[str, Value]


def matches(db: Database, query: Query, table: Scope, *, limit: int) -> Matches:
    """The best or, of a query that lists, the newest rows of a table; the query must not be empty."""
    return _Statement(db=db, table=table, trigrams=_has_trigrams(db, table), limit=limit).build(query)


def attached_matches(db: Database, query: Query, table: Scope, *, limit: int) -> Matches | None:
    """Rows besides, where words of another script stand in text without spaces and are no words to the index.

    None where there can be none.
    """
    statement = _Statement(db=db, table=table, trigrams=_has_trigrams(db, table), limit=limit)
    if query.lists or not statement.trigrams or any(term.unspaced for term in query.terms if not term.without):
        return None
    return statement.build_attached(query)


@dataclass(slots=True, kw_only=True)
class _Statement:
    db: Database
    table: Scope
    trigrams: bool
    limit: int
    conditions: list[str] = field(default_factory=list[str])
    values: dict[str, Value] = field(default_factory=dict[str, Value])

    def build(self, query: Query) -> Matches:
        terms = [term for term in query.terms if not term.without]
        parts = [term for term in terms if self._is_part(term)]
        words = [term for term in terms if not self._is_part(term)]
        self._require(query)
        if not terms:
            return self._done(self._listed(query))
        if not parts:
            return self._done(self._led_by("fts", " AND ".join(map(self._word, words)), query))
        self.conditions += [self._word_or_attached(term) for term in words]
        self.conditions += [self._like(term) for term in parts if len(term.text) < _TRIGRAM]
        if long := [self._word(term) for term in parts if len(term.text) >= _TRIGRAM]:
            return self._done(self._led_by("trigram", " AND ".join(long), query))
        return self._done(self._scanned(parts, query))

    def build_attached(self, query: Query) -> Matches:
        words = [term for term in query.terms if not term.without]
        self._require(query)
        self.conditions += [self._word_or_attached(term) for term in words]
        self.conditions.append(f"NOT {self._in_index('fts', ' AND '.join(map(self._word, words)))}")
        if long := [self._word(replace(term, prefix=False)) for term in words if len(term.text) >= _TRIGRAM]:
            return self._done(self._led_by("trigram", " OR ".join(long), query))
        return self._done(self._scanned(words, query))

    def _done(self, sql: str) -> Matches:
        return Matches(sql=sql, values=self.values | {"limit": self.limit})

    def _require(self, query: Query) -> None:
        self._leave_out([term for term in query.terms if term.without])
        self._filter(query)

    def _led_by(self, kind: Literal["fts", "trigram"], expression: str, query: Query) -> str:
        index = f"{self.table}_{kind}"
        match = f"{index} MATCH {self._value(expression)}"
        if query.lists:
            return self._newest(f"{index} CROSS JOIN {self.table} ON {self.table}.rowid = {index}.rowid", match)
        snippet = "NULL"
        if kind == "fts":
            column = list(SEARCHED[self.table]).index("text")
            marks = f"{self._value(MARK_START)}, {self._value(MARK_END)}, '…'"
            snippet = f"snippet({index}, {column}, {marks}, {_SNIPPET_TOKENS})"
        # Without conditions the rows themselves need not be looked at.
        rows_too = f" CROSS JOIN {self.table} ON {self.table}.rowid = {index}.rowid" if self.conditions else ""
        return (
            f"SELECT {index}.rowid AS place, {snippet} AS snippet "  # noqa: S608  # names of ours
            f"FROM {index}{rows_too} WHERE {self._all_of(match)} ORDER BY {index}.rank LIMIT :limit"
        )

    def _scanned(self, terms: list[Term], query: Query) -> str:
        """Terms too short for the index: the rows that it holds are read, one by one."""
        held = f"{self.table}_trigram_docsize AS held CROSS JOIN {self.table} ON {self.table}.rowid = held.id"
        if query.lists:
            return self._newest(held)
        score = " + ".join(
            f"{SEARCHED[self.table][column]} * ({self._holds(column, term)})"
            for term in terms
            for column in self._columns(term)
        )
        return (
            f"SELECT {self.table}.rowid AS place, NULL AS snippet FROM {held} "  # noqa: S608  # same
            f"WHERE {self._all_of()} ORDER BY {score} DESC, {self._date} DESC, {self.table}.id LIMIT :limit"
        )

    def _listed(self, query: Query) -> str:
        if query.sites:
            hosts, names = self._sites(query.sites)
            belongs = site_condition(hosts, names, indexed=True)
            if self.table == "comments":
                belongs = f"comments.article_id IN (SELECT articles.id FROM articles WHERE {belongs})"  # noqa: S608  # same
            probe = f"SELECT count(*) AS n FROM (SELECT 1 FROM {self.table} WHERE {belongs} LIMIT {_FEW + 1})"  # noqa: S608
            found = first(self.db, probe, {name.removeprefix(":"): self.values[name[1:]] for name in (hosts, names)})
            if found and int(found["n"] or 0) <= _FEW:
                return self._newest(self.table, belongs, sorted_by=f"+{self._date}")
            self.conditions.append(self._of_site(hosts, names))
        return self._newest(self.table)

    def _newest(self, source: str, *more: str, sorted_by: str | None = None) -> str:
        return (
            f"SELECT {self.table}.rowid AS place, NULL AS snippet FROM {source} "  # noqa: S608  # names of ours
            f"WHERE {self._all_of(*more)} ORDER BY {sorted_by or self._date} DESC, {self.table}.id LIMIT :limit"
        )

    def _filter(self, query: Query) -> None:
        if query.after:
            self.conditions.append(f"{self._date} >= {self._value(query.after)}")
        if query.before:
            self.conditions.append(f"{self._date} < {self._value(query.before)}")
        if query.gone is not None:
            gone = GONE[self.table].format(of=f"{self.table}.")
            self.conditions.append(gone if query.gone else f"NOT ({gone})")
        if query.sites and any(not term.without for term in query.terms):
            self.conditions.append(self._of_site(*self._sites(query.sites)))
        if query.without_sites:
            self.conditions.append(f"NOT {self._of_site(*self._sites(query.without_sites))}")
        if first(self.db, "SELECT 1 AS some FROM temp.withheld"):
            owners = ("articles.id",) if self.table == "articles" else ("comments.id", "comments.article_id")
            self.conditions += [NOT_WITHHELD.format(column=column) for column in owners]

    def _leave_out(self, terms: list[Term]) -> None:
        for term in terms:
            if self._is_part(term):
                long = len(term.text) >= _TRIGRAM
                there = self._in_index("trigram", self._word(term)) if long else self._like(term)
            elif self.trigrams:
                there = self._word_or_attached(term)
            else:
                there = self._in_index("fts", self._word(term))
            self.conditions.append(f"NOT {there}")

    def _is_part(self, term: Term) -> bool:
        """Whether it is looked for in the middle of words: where the index for that is there."""
        return self.trigrams and term.unspaced

    def _word(self, term: Term) -> str:
        """The term as FTS5 expression; no quote is left in it."""
        column = f"{_AUTHOR[self.table]} : " if term.author else ""
        return f'{column}"{term.text}"' + ("*" if term.prefix and not self._is_part(term) else "")

    def _in_index(self, kind: str, expression: str) -> str:
        index = f"{self.table}_{kind}"
        match = f"{index} MATCH {self._value(expression)}"
        return f"({self.table}.rowid IN (SELECT {index}.rowid FROM {index} WHERE {match}))"  # noqa: S608  # names of ours

    def _word_or_attached(self, term: Term) -> str:
        """A word beside text without spaces: by itself, or with such text at one of its ends, as one word to FTS5."""
        lowered = "".join(one.lower() if one.isascii() else one for one in term.text)
        plain = "".join(f"[{one}]" if one in "*?[" else one for one in lowered)
        ends = "" if term.prefix else _NO_WORD
        forms = [f"*[{UNSPACED}]{plain}{ends}*"] + ([] if term.prefix else [f"*{_NO_WORD}{plain}[{UNSPACED}]*"])
        patterns = [self._value(form) for form in forms]
        attached: list[str] = []
        for column in self._columns(term):
            # The ends of the text end words, too. LIKE is fast, and GLOB, which is not, has then little to do.
            padded = f"' ' || lower({self.table}.{column}) || ' '"
            either = " OR ".join(f"{padded} GLOB {pattern}" for pattern in patterns)
            attached.append(f"({self._holds(column, term)} AND ({either}))")
        return f"({self._in_index('fts', self._word(term))} OR {' OR '.join(attached)})"

    def _like(self, term: Term) -> str:
        return f"({' OR '.join(self._holds(column, term) for column in self._columns(term))})"

    def _holds(self, column: str, term: Term) -> str:
        escaped = "".join(f"\\{one}" if one in "\\%_" else one for one in term.text)
        return f"coalesce({self.table}.{column}, '') LIKE {self._value(f'%{escaped}%')} ESCAPE '\\'"

    def _columns(self, term: Term) -> Iterator[str]:
        yield from [_AUTHOR[self.table]] if term.author else SEARCHED[self.table]

    def _sites(self, wanted: Iterable[str]) -> tuple[str, str]:
        found = matching_sites(self.db, wanted)
        return self._value(found.hosts), self._value(found.names)

    def _of_site(self, hosts: str, names: str) -> str:
        """The condition, asked row by row."""
        condition = site_condition(hosts, names, indexed=False)
        if self.table == "articles":
            return condition
        return f"EXISTS (SELECT 1 FROM articles WHERE articles.id = comments.article_id AND {condition})"  # noqa: S608  # same

    @property
    def _date(self) -> str:
        return DATE[self.table].format(of=f"{self.table}.")

    def _all_of(self, *more: str) -> str:
        return " AND ".join((*more, *self.conditions)) or "1"

    def _value(self, value: Value) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def _has_trigrams(db: Database, table: Scope) -> bool:
    """Whether any row has text without spaces; a database of an older program has no index that could say so."""
    index = f"{table}_trigram"
    if first(db, "SELECT 1 AS some FROM sqlite_master WHERE name = ?", [index]) is None:
        return False
    return first(db, f"SELECT 1 AS some FROM {index}_docsize LIMIT 1") is not None  # noqa: S608  # name of ours
