"""The derived tables, as SQL: what is a function of the WARC files.

Texts are stored once. An article's row is its newest state, ``states`` says what other states had otherwise; a
comment's row is its newest version, ``comment_texts`` holds versions only of comments that had more than one; the
sightings of a thread stand under the first capture that shows it so (``captures.thread``). The views ``revisions``,
``comment_versions`` and ``sightings`` put all of it together again, row by row.

Ids are text made from content. The integer ``key`` columns serve joins alone: they depend on the order of loading, are
never shown and never compared.
"""

from typing import Final

from sqlite_utils import Database

from db.sql import run

STATE_FIELDS: Final = (
    "site",
    "title",
    "authors",
    "editors",
    "published",
    "modified",
    "language",
    "section",
    "categories",
    "tags",
    "description",
    "image",
    "text",
)
"""The columns of ``articles`` and ``revisions`` that make a state: a revision is where one of them changed."""

BESIDE_FIELDS: Final = ("links", "origins")
"""Columns that belong to a state and make no revision, as ``raw_text`` of ``revisions``, which ``articles`` has not."""

_ARTICLES: Final = """
CREATE TABLE articles (
    id TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    site TEXT,
    title TEXT,
    authors TEXT,
    editors TEXT,
    published TEXT,
    modified TEXT,
    language TEXT,
    section TEXT,
    categories TEXT,
    tags TEXT,
    description TEXT,
    image TEXT,
    text TEXT NOT NULL,
    links TEXT,
    origins TEXT,
    word_count INTEGER NOT NULL,
    comment_count INTEGER NOT NULL,
    claimed_comments INTEGER,
    first_captured TEXT NOT NULL,
    last_captured TEXT NOT NULL,
    capture_count INTEGER NOT NULL,
    revision_count INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT;
"""

_CAPTURES: Final = """
CREATE TABLE captures (
    id TEXT NOT NULL PRIMARY KEY,
    key INTEGER NOT NULL UNIQUE,
    url TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    status INTEGER,
    mime TEXT,
    verdict TEXT,
    reason TEXT,
    article_id TEXT REFERENCES articles(id),
    revision INTEGER,
    begins_revision INTEGER,
    state INTEGER,
    moment INTEGER,
    covers INTEGER,
    comment_count INTEGER,
    claimed_comments INTEGER,
    complete INTEGER,
    comment_pages TEXT,
    elsewhere TEXT,
    thread INTEGER REFERENCES captures(key),
    redirect_url TEXT,
    canonical_url TEXT,
    source TEXT,
    crawl_id TEXT,
    record_id TEXT NOT NULL,
    record_type TEXT NOT NULL,
    refers_to TEXT,
    payload_digest TEXT,
    payload_sha256 TEXT,
    warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL,
    warc_length INTEGER NOT NULL,
    transfer_coding TEXT,
    truncated TEXT,
    etag TEXT,
    last_modified TEXT,
    extractor TEXT,
    error TEXT,
    page_id TEXT NOT NULL,
    redirect_page_id TEXT,
    canonical_page_id TEXT
) STRICT;
CREATE INDEX captures_page ON captures (page_id);
CREATE INDEX captures_article ON captures (article_id);
CREATE INDEX captures_redirect ON captures (redirect_page_id) WHERE redirect_page_id IS NOT NULL;
CREATE INDEX captures_canonical ON captures (canonical_page_id) WHERE canonical_page_id IS NOT NULL;
CREATE INDEX captures_waiting ON captures (crawl_id) WHERE extractor IS NULL;
CREATE INDEX captures_crawl ON captures (crawl_id);
CREATE INDEX captures_payload ON captures (substr(payload_digest, 6, 12)) WHERE payload_digest IS NOT NULL;
CREATE INDEX captures_sha256 ON captures (substr(payload_sha256, 1, 12)) WHERE payload_sha256 IS NOT NULL;
CREATE INDEX captures_thread ON captures (thread) WHERE thread IS NOT NULL;
"""

SAME_PAYLOAD: Final = {
    column: f"{begin} = {begin.replace(column, '{digest}')} AND {column} IS NOT NULL AND +{column} = {{digest}}"
    for column, begin in (
        ("payload_digest", "substr(payload_digest, 6, 12)"),
        ("payload_sha256", "substr(payload_sha256, 1, 12)"),
    )
}
"""Conditions that an index answers, which holds a part of each digest: whole ones would take a tenth of the file.

Without the plus SQLite puts the value in the place of the column everywhere, and finds no index for what is left.
"""

_STATES: Final = """
CREATE TABLE states (
    article_id TEXT NOT NULL REFERENCES articles(id),
    number INTEGER NOT NULL,
    differs TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE aliases (
    alias TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles(id),
    page_id TEXT,
    kind TEXT NOT NULL
) STRICT;
CREATE INDEX aliases_article ON aliases (article_id);
CREATE INDEX aliases_page ON aliases (page_id);
"""

_COMMENTS: Final = """
CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    key INTEGER NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles(id),
    parent_id TEXT REFERENCES comments(id),
    native_id TEXT,
    kind TEXT NOT NULL,
    permalink TEXT,
    author TEXT,
    author_url TEXT,
    published TEXT,
    published_text TEXT,
    text TEXT NOT NULL,
    position INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    likes INTEGER,
    marked_edited INTEGER NOT NULL,
    moderated INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    gone_since TEXT,
    first_capture INTEGER NOT NULL REFERENCES captures(key),
    version_count INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX comments_article ON comments (article_id);
CREATE INDEX comments_parent ON comments (parent_id) WHERE parent_id IS NOT NULL;
CREATE TABLE comment_texts (
    comment INTEGER NOT NULL REFERENCES comments(key),
    number INTEGER NOT NULL,
    capture INTEGER NOT NULL REFERENCES captures(key),
    author TEXT,
    text TEXT,
    PRIMARY KEY (comment, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (
    capture INTEGER NOT NULL REFERENCES captures(key),
    comment INTEGER NOT NULL REFERENCES comments(key),
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    differs TEXT,
    PRIMARY KEY (capture, comment)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_comment ON seen (comment);
CREATE TABLE absences (
    comment_id TEXT NOT NULL REFERENCES comments(id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    since_capture TEXT NOT NULL REFERENCES captures(id),
    until TEXT,
    until_capture TEXT REFERENCES captures(id),
    PRIMARY KEY (comment_id, number)
) STRICT, WITHOUT ROWID;
"""


def _state_column(name: str) -> str:
    """The value of a state: what ``states`` says, else that of the article; a null of JSON is a null."""
    path = f"'$.{name}'"
    return (
        f"CASE WHEN json_type(states.differs, {path}) IS NULL THEN articles.{name} "
        f"ELSE json_extract(states.differs, {path}) END"
    )


_REVISIONS: Final = f"""
CREATE VIEW revisions AS
SELECT captures.article_id, captures.revision AS number, captures.id AS capture_id, captures.captured_at,
    {", ".join(f"{_state_column(name)} AS {name}" for name in STATE_FIELDS)},
    coalesce(json_extract(states.differs, '$.raw_text'), {_state_column("text")}) AS raw_text,
    {", ".join(f"{_state_column(name)} AS {name}" for name in BESIDE_FIELDS)}
FROM captures JOIN articles ON articles.id = captures.article_id
    LEFT JOIN states ON states.article_id = captures.article_id AND states.number = captures.state
WHERE captures.begins_revision = 1;
"""  # noqa: S608 - names of ours

_VERSIONS: Final = """
CREATE VIEW comment_versions AS
SELECT comments.id AS comment_id, 1 AS number, captures.id AS capture_id, comments.first_seen AS captured_at,
    comments.author, comments.text
FROM comments JOIN captures ON captures.key = comments.first_capture WHERE comments.version_count = 1
UNION ALL
SELECT comments.id, comment_texts.number, captures.id, captures.captured_at,
    CASE WHEN comment_texts.text IS NULL THEN comments.author ELSE comment_texts.author END,
    coalesce(comment_texts.text, comments.text)
FROM comments JOIN comment_texts ON comment_texts.comment = comments.key
    JOIN captures ON captures.key = comment_texts.capture;
"""

_SIGHTINGS: Final = """
CREATE VIEW sightings AS
SELECT captures.id AS capture_id, comments.id AS comment_id, seen.version, seen.position, seen.differs
FROM captures JOIN seen ON seen.capture = captures.thread JOIN comments ON comments.key = seen.comment;
"""


def make_derived(db: Database) -> None:
    """Make the derived tables and views, in a database that has none of them. To be called inside ``writing``."""
    for script in (_ARTICLES, _CAPTURES, _STATES, _COMMENTS, _REVISIONS, _VERSIONS, _SIGHTINGS):
        for statement in filter(None, map(str.strip, script.split(";\n"))):
            run(db, statement)
