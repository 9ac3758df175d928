"""What makes the tables searchable: full-text indexes, the triggers that keep them, indexes for filters.

Each searched table has an index of words and one of trigrams, for scripts without spaces between words; the second
holds only rows with such text. Both read the text from the table itself (external content), by rowid. SQLite keeps
the rowids of a table with another key through a VACUUM, without promising it: a test watches.

``transform()`` and ``add_foreign_key()`` of sqlite-utils drop the triggers: a step that uses them makes the indexes
again.
"""

from typing import Final

from sqlite_utils import Database

from db.scripts import unspaced_sql
from db.sql import run

TOKENIZER: Final = "porter unicode61 remove_diacritics 2"

SEARCHED: Final = {
    "articles": {"title": 10.0, "authors": 5.0, "editors": 2.0, "tags": 3.0, "description": 3.0, "text": 1.0},
    "comments": {"author": 3.0, "text": 1.0},
}
"""The searched columns of each table, in order, with their weight in the ranking."""

DATE: Final = {
    "articles": "coalesce({of}published, {of}first_captured)",
    "comments": "coalesce({of}published, {of}first_seen)",
}
"""By what filters and lists put in time: what the site says, else when it was first captured.

Here and below ``of`` is the name of the table and a dot, or nothing where an index is made.
"""

HOST: Final = (
    "CASE WHEN instr({of}url, '://') THEN substr(substr({of}url, instr({of}url, '://') + 3), 1, "
    "instr(substr({of}url, instr({of}url, '://') + 3) || '/', '/') - 1) END"
)
"""Host and port of ``articles.url``; null where it has none (``urn:…``)."""

GONE: Final = {
    "articles": "{of}state IN ('404', '410', 'soft 404')",
    "comments": "{of}gone_since IS NOT NULL",
}
"""What ``gone:yes`` means: for an article, that the newest capture of its page says so."""

_FILTER_INDEXES: Final = {
    "articles_date": f"articles ({DATE['articles']})",
    "articles_host": f"articles ({HOST}, id)",
    "articles_site": "articles (site, id)",
    "articles_gone": f"articles ({DATE['articles']}) WHERE {GONE['articles']}",
    "comments_date": f"comments ({DATE['comments']})",
    "comments_gone": f"comments ({DATE['comments']}) WHERE {GONE['comments']}",
}


def make_search_indexes(db: Database) -> None:
    """Make all that search asks: older ones are replaced, rows that are there are indexed. Inside ``writing``."""
    for table in SEARCHED:
        make_searchable(db, table)
        _make_trigrams(db, table)
    for name, what in _FILTER_INDEXES.items():
        run(db, f"DROP INDEX IF EXISTS {name}")
        run(db, f"CREATE INDEX {name} ON {what.format(of='')}")


def make_searchable(db: Database, table: str) -> None:
    """Make the index of words of a table and the triggers that keep it; an older index is replaced."""
    columns = SEARCHED[table]
    db.table(table).enable_fts(list(columns), tokenize=TOKENIZER, create_triggers=True, replace=True)
    # Most updates touch counts and times only: those need not index the text again.
    trigger = f"{table}_au"
    sql = db.triggers_dict[trigger].replace("AFTER UPDATE ON", f"AFTER UPDATE OF {', '.join(columns)} ON", 1)
    run(db, f"DROP TRIGGER {trigger}")
    run(db, sql)
    _weigh(db, f"{table}_fts", table)


def _make_trigrams(db: Database, table: str) -> None:
    index, names = f"{table}_trigram", list(SEARCHED[table])
    columns = ", ".join(names)
    for when in ("ai", "ad", "au"):
        run(db, f"DROP TRIGGER IF EXISTS {index}_{when}")
    run(db, f"DROP TABLE IF EXISTS {index}")
    # Single quotes: sqlite-utils and Datasette take what names its content in others for the one index of the table.
    run(db, f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{table}', tokenize='trigram')")
    held = _held("", names)
    run(db, f"INSERT INTO {index}(rowid, {columns}) SELECT rowid, {columns} FROM {table} WHERE {held}")  # noqa: S608
    was, is_ = _held("old.", names), _held("new.", names)
    old, new = (", ".join(f"{which}.{name}" for name in ("rowid", *names)) for which in ("old", "new"))
    # To take a row out, FTS5 needs its old values; for rows that it does not hold it must not be asked.
    take_out = f"INSERT INTO {index}({index}, rowid, {columns}) SELECT 'delete', {old}"
    add = f"INSERT INTO {index}(rowid, {columns}) SELECT {new}"
    for when, event, condition, actions in (
        ("ai", "INSERT", is_, f"{add};"),
        ("ad", "DELETE", was, f"{take_out};"),
        ("au", f"UPDATE OF {columns}", f"{was} OR {is_}", f"{take_out} WHERE {was}; {add} WHERE {is_};"),
    ):
        run(db, f"CREATE TRIGGER {index}_{when} AFTER {event} ON {table} WHEN {condition} BEGIN {actions} END")
    _weigh(db, index, table)


def _held(prefix: str, names: list[str]) -> str:
    """Whether a row belongs into the index of trigrams."""
    return " OR ".join(unspaced_sql(f"{prefix}{name}") for name in names)


def _weigh(db: Database, index: str, table: str) -> None:
    weights = ", ".join(str(weight) for weight in SEARCHED[table].values())
    run(db, f"INSERT INTO {index}({index}, rank) VALUES ('rank', 'bm25({weights})')")  # noqa: S608  # ours
