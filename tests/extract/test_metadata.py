"""What pages say about their article: JSON-LD, then meta, then markup, then trafilatura."""

import json
from dataclasses import fields
from typing import Any

import pytest

from archiver.extract.model import Origin
from tests.extract.pages import URL, article_html, document, read, read_article


def json_ld(**values: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_json_ld_comes_first() -> None:
    head = json_ld(
        headline="Light &amp; house",
        author=[{"@type": "Person", "name": "Ada Hill"}, "Bruno Ray"],
        datePublished="2019-03-04T09:05:00+01:00",
        dateModified="2019-03-05T10:00:00+01:00",
        articleSection="Harbour",
        keywords="sea, lamps",
        description="A vote.",
    )
    meta = '<meta name="author" content="Someone Else"><meta property="article:published_time" content="2018-01-01">'
    article = read_article(article_html(head=head + meta))
    assert article.title == "Light & house"
    assert article.authors == ("Ada Hill", "Bruno Ray")
    assert (article.published, article.modified) == ("2019-03-04T09:05:00+01:00", "2019-03-05T10:00:00+01:00")
    assert (article.section, article.categories, article.tags) == ("Harbour", ("Harbour",), ("sea", "lamps"))
    assert article.description == "A vote."


def test_json_ld_graph_names_author_by_id() -> None:
    graph = {
        "@graph": [{"@type": "Article", "headline": "H", "author": {"@id": "#a"}}, {"@id": "#a", "name": "Ada Hill"}]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert read_article(article_html(head=head)).authors == ("Ada Hill",)


@pytest.mark.parametrize(
    "script",
    ["{", "[[[[", '{"@type": ["Article", 3], "headline": {}}', "null", '{"@type": "Article", "author": [[1]]}'],
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    head = f'<title>Lighthouse stays open</title><script type="application/ld+json">{script}</script>'
    assert read_article(article_html(head=head)).title == "Lighthouse stays open"


def test_comment_count_of_json_ld_is_a_claim() -> None:
    page = read(article_html(head=json_ld(headline="H", commentCount="12")))
    assert (page.claimed_comments, page.complete) == (12, False)


def test_meta_comes_second() -> None:
    head = (
        '<meta property="og:site_name" content="Harbour News"><meta name="author" content="By Ada Hill">'
        '<meta property="article:published_time" content="2019-03-04T09:05:00+01:00">'
        '<meta property="article:tag" content="sea"><meta property="article:tag" content="lamps">'
        '<meta property="og:image" content="/lamp.jpg"><meta name="description" content="A vote.">'
    )
    article = read_article(article_html(head=head))
    assert (article.site, article.authors, article.tags) == ("Harbour News", ("Ada Hill",), ("sea", "lamps"))
    assert article.published == "2019-03-04T09:05:00+01:00"
    assert (article.image, article.description) == ("https://harbour.example/lamp.jpg", "A vote.")


@pytest.mark.parametrize("stamp", ["1970-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "soon"])
def test_impossible_times_are_passed_over(stamp: str) -> None:
    marked = '<time class="published" datetime="2019-03-04T09:05:00+01:00">March 4</time>'
    article = read_article(article_html(head=json_ld(headline="H", datePublished=stamp), inside=marked))
    assert article.published == "2019-03-04T09:05:00+01:00"


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("View all of Ada Hill's posts.", ("Ada Hill",)),
        ("View all posts by Ada Hill →", ("Ada Hill",)),
        ("View all", ()),
        ("https://social.example/ada", ()),
        ("ada@example.org", ()),
        ("von Jörg Feld", ("Jörg Feld",)),
    ],
)
def test_author_is_a_name(name: str, authors: tuple[str, ...]) -> None:
    assert read_article(article_html(head=f'<meta name="author" content="{name}">')).authors == authors


def test_categories_and_tags_come_from_the_article_not_its_surroundings() -> None:
    inside = (
        '<a rel="category tag">Harbour</a> <a rel="category tag">More</a> <a rel="tag">sea</a> <a rel="tag">lamps</a>'
    )
    aside = '<aside><a rel="tag">cloud</a></aside><div class="related-posts"><a rel="category tag">Other</a></div>'
    article = read_article(article_html(inside=f"<footer>{inside}</footer>", after=aside))
    assert (article.categories, article.tags) == (("Harbour", "More"), ("sea", "lamps"))


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        (' lang="de-DE"', "de-DE"),
        (' lang="de_AT"', "de-AT"),
        (' xml:lang="fr"', "fr"),
        (' lang="???"', None),
        ("", None),
    ],
)
def test_language_is_the_documents(attributes: str, language: str | None) -> None:
    body = article_html().split("<body>")[1].removesuffix("</body></html>")
    assert read_article(document(body, attributes=attributes)).language == language


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/2019/lighthouse/", "https://harbour.example/2019/lighthouse/"),
        ("//harbour.example/2019/lighthouse/", "https://harbour.example/2019/lighthouse/"),
        (
            "https://harbour.example/2019/lighthouse/comment-page-3/#comments",
            "https://harbour.example/2019/lighthouse/",
        ),
        ("https://harbour.example/", None),
        ("https://harbour.example/2019/lighthouse/amp/", "https://harbour.example/2019/lighthouse/amp/"),
        (
            "https://web.archive.org/web/20190401000000/https://harbour.example/2019/lighthouse/",
            "https://harbour.example/2019/lighthouse/",
        ),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_canonical_url_is_repaired(href: str, canonical: str | None) -> None:
    assert read_article(article_html(head=f'<link rel="canonical" href="{href}">')).canonical_url == canonical


def test_author_link_keeps_the_dots_of_a_name() -> None:
    byline = '<p class="byline">By <a rel="author" href="/author/ada/">Ada B. Hill</a></p>'
    assert read_article(article_html(inside=byline)).authors == ("Ada B. Hill",)


def test_json_ld_of_another_article_is_not_this_ones() -> None:
    nodes = [
        {"@type": "Article", "headline": "Keeper asleep", "url": "https://harbour.example/2018/keeper/"},
        {"@type": "Article", "headline": "Lighthouse", "mainEntityOfPage": {"@id": f"{URL}#page"}},
    ]
    head = f'<script type="application/ld+json">{json.dumps(nodes)}</script>'
    assert read_article(article_html(head=head)).title == "Lighthouse"


@pytest.mark.parametrize(
    ("head", "inside", "field", "value", "origin"),
    [
        (json_ld(headline="H"), "", "title", "H", Origin.JSON_LD),
        ('<meta property="og:title" content="H &amp;amp; G">', "", "title", "H & G", Origin.META),
        ("", "", "title", "Lighthouse stays open", Origin.HTML),
        (json_ld(author={"name": "Ada Hill"}), "", "authors", ("Ada Hill",), Origin.JSON_LD),
        ('<meta name="author" content="Ada Hill, Bruno Ray">', "", "authors", ("Ada Hill", "Bruno Ray"), Origin.META),
        ("", '<a rel="author" href="/ada">Ada Hill</a>', "authors", ("Ada Hill",), Origin.HTML),
        ("", '<p class="byline">By Ada Hill</p>', "authors", ("Ada Hill",), Origin.HTML),
        ('<meta name="dc.date" content="2019-03-04">', "", "published", "2019-03-04", Origin.META),
        (
            '<meta name="pubdate" content="Mon, 04 Mar 2019 09:05:00 +0100">',
            "",
            "published",
            "2019-03-04T09:05:00+01:00",
            Origin.META,
        ),
        (
            "",
            '<b itemprop="datePublished" content="2019-03-04T09:05Z"></b>',
            "published",
            "2019-03-04T09:05+00:00",
            Origin.HTML,
        ),
        (json_ld(publisher={"name": "Lamp"}), "", "site", "Lamp", Origin.JSON_LD),
        ("", "", "site", "harbour.example", Origin.HTML),
        ("", "", "language", "en-US", Origin.HTML),
        ('<meta property="article:section" content="Sea,Lamps">', "", "categories", ("Sea", "Lamps"), Origin.META),
        ('<meta property="article:section" content="Arts, Media">', "", "section", "Arts, Media", Origin.META),
        (json_ld(articleSection="post"), "", "section", None, None),
        ('<meta name="keywords" content="sea, @lamp, oil">', "", "tags", ("sea", "oil"), Origin.META),
        ('<meta name="description" content="&lt;p>A vote.&lt;/p>">', "", "description", "A vote.", Origin.META),
        ('<meta name="twitter:image" content="/a.jpg">', "", "image", "https://harbour.example/a.jpg", Origin.META),
        ('<meta property="og:url" content="/a/">', "", "canonical_url", "https://harbour.example/a/", Origin.META),
    ],
)
def test_each_field_keeps_where_it_was_found(
    head: str, inside: str, field: str, value: object, origin: Origin | None
) -> None:
    article = read_article(article_html(head=head, inside=inside))
    assert (getattr(article, field), dict(article.origins).get(field)) == (value, origin)


def test_origins_name_just_the_filled_fields() -> None:
    article = read_article(article_html())
    filled = {each.name for each in fields(article) if getattr(article, each.name)} - {"origins"}
    assert set(dict(article.origins)) == filled


def test_logo_in_a_heading_is_no_title() -> None:
    body = '<h1><a href="/">Harbour News</a></h1>' + article_html().split("<body>")[1].replace("h1>", "h2>", 2)
    head = "<title>Harbour News » Lighthouse stays open</title>"
    assert read_article(document(body, head=head)).title == "Lighthouse stays open"


def test_commenter_in_a_side_column_is_no_author() -> None:
    aside = '<div class="widget"><ul><li><span class="author">Bruno Ray commented on</span> a post</li></ul></div>'
    assert read_article(article_html(after=aside)).authors == ()


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<meta http-equiv="content-language" content="de, en">', "de"),
        ('<meta property="og:locale" content="de_AT">', "de-AT"),
        (json_ld(inLanguage="fr"), "fr"),
        ("", None),
    ],
)
def test_language_is_looked_for_elsewhere_where_the_document_is_silent(head: str, language: str | None) -> None:
    body = article_html().split("<body>")[1].removesuffix("</body></html>")
    assert read_article(document(body, head=head, attributes="")).language == language
