"""Where lines stand in a page, and lines that were left out."""

import pytest
from lxml.html import HtmlElement
from trafilatura import load_html

from archiver.extract.blocks import Row, rows
from archiver.extract.body import read_body
from archiver.extract.clean import NOTHING, Line, Spot
from tests.extract.pages import PARAGRAPHS, URL, article_html, document, read_article

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def tree(body: str) -> HtmlElement:
    root = load_html(document(body))
    assert root is not None
    return root


def read_rows(body: str) -> list[Row]:
    return rows(tree(body))


def lines_of(body: str, *texts: str) -> dict[str, Line]:
    return {line.text: line for line in read_body("\n".join(texts), tree(body), URL)}


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>One <b>and</b> two</p><div>three<p>four</p>five</div>", ["One and two", "three", "four", "five"]),
        ("<p>one<br>two</p>", ["one", "two"]),
        ("<p>one<!-- no -->two</p><script>no()</script><nav>no</nav>", ["onetwo"]),
        ("<ul><li>one<li>two</ul><p> - </p>", ["one", "two"]),
        ('<p>Ada <span class="sr-only">no</span>Hill<span style="display: none">no</span></p>', ["Ada Hill"]),
        ('<p>Ada<span class="tooltip">keeper <a href="/a">no</a></span></p>', ["Ada"]),
    ],
    ids=["blocks", "breaks", "unseen", "items", "hidden", "tooltip"],
)
def test_rows_are_the_text_between_ends_of_blocks(body: str, texts: list[str]) -> None:
    assert [row.text for row in read_rows(body)] == texts


def test_row_knows_its_links_and_what_is_not_linked() -> None:
    half, whole = read_rows('<p>See <a href="/a">the lamp</a></p><p><a href="/b">All</a> <a href="/c">of it</a></p>')
    assert (half.plain, [link.get("href") for link in half.links]) == ("see", ["/a"])
    assert (whole.plain, [link.get("href") for link in whole.links]) == ("", ["/b", "/c"])


@pytest.mark.parametrize(
    ("markup", "spot"),
    [
        ("<p>Line</p>", NOTHING),
        ("<h3>Line</h3>", Spot.HEADING),
        ("<ul><li>Line</li></ul>", Spot.ITEM),
        ("<figure><figcaption>Line</figcaption></figure>", Spot.BOX),
        ('<div class="newsletter-form"><p>Line</p></div>', Spot.BOX),
        ('<div class="related"><ul><li>Line</li></ul></div>', Spot.BOX | Spot.ITEM),
        ('<blockquote class="social-quote"><p>Line</p></blockquote>', NOTHING),
        ('<p><a href="/other/">Line</a></p>', Spot.LINK | Spot.MOSTLY_LINK | Spot.SAME_SITE),
        ('<p><a href="https://www.harbour.example/x">Line</a></p>', Spot.LINK | Spot.MOSTLY_LINK | Spot.SAME_SITE),
        ('<p><a href="https://far.example/x">Line</a></p>', Spot.LINK | Spot.MOSTLY_LINK),
    ],
)
def test_spot_is_what_markup_says(markup: str, spot: Spot) -> None:
    body = f"<main><div>{TEXT}{markup}</div></main>"
    assert lines_of(body, *PARAGRAPHS, "Line")["Line"].spot == spot


@pytest.mark.parametrize(
    ("body", "spot"),
    [
        (f"<main><header><h1>Line</h1></header><div>{TEXT}</div></main>", Spot.HEADLINE | Spot.HEADER | Spot.OUTSIDE),
        (f"<main><div>{TEXT}</div><div><p>Line</p></div></main>", Spot.OUTSIDE),
        (f"<main><div>{TEXT}<p>Line</p></div></main>", NOTHING),
        (f"<main><p>{PARAGRAPHS[0]}</p><p>Line</p><div><p>{PARAGRAPHS[1]}</p></div></main>", NOTHING),
    ],
    ids=["header", "after", "inside", "spread"],
)
def test_line_is_outside_of_what_holds_most_of_the_text(body: str, spot: Spot) -> None:
    texts = [text for text in ("Line", *PARAGRAPHS) if text in body]
    assert lines_of(body, *texts)["Line"].spot == spot


def test_box_that_holds_most_of_the_text_is_none() -> None:
    assert lines_of(f'<div class="related">{TEXT}</div>', *PARAGRAPHS)[PARAGRAPHS[0]].spot == NOTHING


def test_line_of_several_rows_is_found() -> None:
    body = f"<main>{TEXT}<aside><ul><li><h4>Keeper</h4><p>Found asleep</p></li></ul></aside></main>"
    line = lines_of(body, *PARAGRAPHS, "- Keeper Found asleep")["- Keeper Found asleep"]
    assert line.spot == Spot.BOX | Spot.ITEM


def test_of_several_places_the_one_beside_the_text_counts() -> None:
    body = f"<aside><p>{PARAGRAPHS[0]}</p></aside><p>x</p><p>y</p><p>z</p><main>{TEXT}</main>"
    assert lines_of(body, *PARAGRAPHS)[PARAGRAPHS[0]].spot == NOTHING


def test_line_without_a_place_stays_as_it_is() -> None:
    assert lines_of(TEXT, *PARAGRAPHS, "| a | b |")["| a | b |"] == Line(text="| a | b |")


def test_white_space_is_the_pages() -> None:
    assert "Kindle for PC and more" in lines_of(f"{TEXT}<p>Kindle <b>for PC</b> and more</p>", "Kindlefor PCand more")


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<div class="subheadline">Who pays?</div>', True),
        ('<ul><li><a href="https://far.example/x">Buy the lamp</a></li></ul>', True),
        ("Text without a block of its own.", True),
        ('<div class="embed"><blockquote><p>What a vote!</p></blockquote></div>', True),
        ('<p><a href="/other/">Keeper asleep</a></p>', False),
        ("<figure><figcaption>The lamp</figcaption></figure>", False),
        ('<div class="advert"><p>Buy lamps</p></div>', False),
        ("<table><tr><td>cell</td></tr></table>", False),
        ("<p hidden>No one sees this</p>", False),
    ],
)
def test_line_that_was_left_out_among_paragraphs_comes_back(markup: str, found: bool) -> None:  # noqa: FBT001 - a case
    text = next(row.text or "No one sees this" for row in read_rows(markup))
    body = f"<main><p>{PARAGRAPHS[0]}</p>{markup}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></main>"
    lines = read_body("\n".join(PARAGRAPHS), tree(body), URL)
    assert [line.text for line in lines] == [PARAGRAPHS[0], *([text] if found else []), *PARAGRAPHS[1:]]


@pytest.mark.parametrize(("text", "found"), [(PARAGRAPHS[0], True), ("Short.", False)])
def test_only_a_sentence_comes_back_before_the_first_line(text: str, found: bool) -> None:  # noqa: FBT001 - a case
    body = f"<main><p>{text}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></main>"
    lines = read_body("\n".join(PARAGRAPHS[1:]), tree(body), URL)
    assert (lines[0].text == text) is found


def test_article_names_where_its_text_links_to() -> None:
    inside = (
        "<p>The keeper wrote <a href='/2018/lamp/'>about the lamp</a> and"
        " <a href='https://web.archive.org/web/2017/http://old.example/x'>about the roof</a> in the years before"
        " <a href='#note'>now</a>, <a href='mailto:a@b.example'>they said</a> on the evening of the vote.</p>"
    )
    article = read_article(article_html(inside=inside, after="<footer><a href='/imprint/'>Imprint</a></footer>"))
    assert article.links == ("https://harbour.example/2018/lamp/", "http://old.example/x")


def test_headline_in_the_body_is_not_in_the_text() -> None:
    article = read_article(document(f"<main><h1>Quite another headline</h1><div>{TEXT}</div></main>"))
    assert article.text.split("\n\n") == list(PARAGRAPHS)
