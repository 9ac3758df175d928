"""Small pages for the tests of extraction, in own words."""

from datetime import UTC, datetime

from archiver.extract.model import Article, Page
from archiver.extract.page import extract

CAPTURED_AT = datetime(2024, 6, 1, 12, tzinfo=UTC)
URL = "https://harbour.example/2019/lighthouse/"
PARAGRAPHS = (
    "The town council voted on Tuesday to keep the old lighthouse open for visitors, after a long evening of speeches.",
    "The keeper, who has climbed its two hundred steps every day for thirty years, will now look for someone younger.",
    "Repairs to the lamp room begin in spring, and the council hopes that visitors will pay for them within a year.",
)


def document(body: str, *, head: str = "", attributes: str = ' lang="en-US"') -> str:
    return f'<!doctype html><html{attributes}><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def article_html(*, inside: str = "", after: str = "", head: str = "<title>Lighthouse stays open</title>") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return document(f"<article><h1>Lighthouse stays open</h1><div>{text}{inside}</div></article>{after}", head=head)


def read(
    source: str | bytes,
    *,
    url: str = URL,
    status: int | None = 200,
    content_type: str | None = "text/html; charset=utf-8",
    location: str | None = None,
) -> Page:
    body = source.encode() if isinstance(source, str) else source
    headers = [("Content-Type", content_type)] if content_type is not None else []
    headers += [("Location", location)] if location is not None else []
    return extract(body, url=url, status=status, headers=headers, captured_at=CAPTURED_AT)


def read_article(source: str | bytes, *, url: str = URL) -> Article:
    article = read(source, url=url).article
    assert article is not None
    return article
