"""Captures of the model: when what address was asked for and what came of it, as the facts that extraction would give.

And what a reader of all captures can know of the site: the captures that show the article, which of them belong
together, and which of these show the whole thread beyond doubt. Written from the words of the design, and never from
the code that derives history.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final

from archiver.extract.comments.claims import is_complete
from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from db.ids import capture_id
from tests.db.histories import EXTRACTOR
from tests.db.model import Claims, Dating, Site, time_of

SHORT_LINK: Final = "https://example.org/?p=48"
_HOUR: Final = 60


class Outcome(StrEnum):
    """What came of a request. ``CUT``: the connection ended early. ``REVISIT``: bytes as stored before, where so."""

    ARTICLE = "article"
    REVISIT = "revisit"
    BLOCK = "block page"
    MISSING = "404"
    BROKEN = "500"
    CUT = "cut off"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One capture. ``page`` None: the article's own address, with ``query`` behind it."""

    minute: int
    page: int | None = None
    query: str = ""
    outcome: Outcome = Outcome.ARTICLE
    crawl: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A capture that shows the article: ``facts`` are what it shows, ``numbers`` the comments on it in page order."""

    capture_id: str
    minute: int
    shot: Shot
    facts: CaptureFacts
    numbers: tuple[int, ...]

    @property
    def captured_at(self) -> str:
        return time_of(self.minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Captures that belong together, in order of time."""

    seen: tuple[Seen, ...]

    @property
    def begin(self) -> int:
        return self.seen[0].minute

    @property
    def end(self) -> int:
        return self.seen[-1].minute

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(number for one in self.seen for number in one.numbers)

    @property
    def claims(self) -> frozenset[int]:
        return frozenset(one.facts.claimed_comments for one in self.seen if one.facts.claimed_comments is not None)


@dataclass(frozen=True, kw_only=True)
class Story:
    """A site and its captures, in order of time. No two of them have the same minute."""

    site: Site
    shots: tuple[Shot, ...]

    def __repr__(self) -> str:
        """Short enough to be read where a law fails."""
        shots = (
            f"{shot.minute}: page {shot.page or 'own'}{shot.query} {shot.outcome} ({shot.crawl})" for shot in self.shots
        )
        states = (f"{since}: {state}" for since, state in self.site.states)
        return "\n".join((f"{self.site.theme}", *states, *shots))

    @cached_property
    def facts(self) -> tuple[CaptureFacts, ...]:
        made: list[CaptureFacts] = []
        for shot in self.shots:
            made.append(_facts(self.site, shot, made))
        return tuple(made)

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        by_record = {one.capture.record_id: one for one in self.facts}
        shown = [by_record[one.same_as] if one.same_as else one for one in self.facts]
        return tuple(
            Seen(
                capture_id=capture_id(own.capture.record_id),
                minute=shot.minute,
                shot=shot,
                facts=facts,
                numbers=tuple(comment.number for comment, _ in self.site.shown(shot.minute, shot.page).comments),
            )
            for shot, own, facts in zip(self.shots, self.facts, shown, strict=True)
            if facts.article is not None
        )

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """One crawl, or without one at most an hour from one to the next; no address twice."""
        found: list[list[Seen]] = []
        for one in self.seen:
            if found and _belongs(found[-1], one):
                found[-1].append(one)
            else:
                found.append([one])
        return tuple(Moment(seen=tuple(each)) for each in found)

    def sightings(self, number: int) -> tuple[Seen, ...]:
        return tuple(one for one in self.seen if number in one.numbers)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The comments ever seen."""
        return frozenset(number for one in self.seen for number in one.numbers)

    def seen_before(self, moment: Moment) -> frozenset[int]:
        return frozenset(number for one in self.seen if one.minute < moment.begin for number in one.numbers)

    def versions(self, number: int) -> list[tuple[str, str | None, str]]:
        """Each text that captures show otherwise than the one before: first capture, author, text."""
        told = [(one.capture_id, *_said(one, number)) for one in self.sightings(number)]
        return [next(same) for _, same in groupby(told, key=lambda each: each[1:])]

    @cached_property
    def whole(self) -> frozenset[int]:
        """The first minutes of the moments that show the whole thread, where what their pages say suffices to know it.

        Every page was fetched while nothing happened. Where the theme gives a number it is that of the comments
        shown and of hidden ones seen before; where it gives none, half of those that were still there before are.
        """
        found: set[int] = set()
        known, away = frozenset[int](), frozenset[int]()
        for moment in self.moments:
            here = known - away
            is_half_left = bool(moment.numbers) and 2 * len(here & moment.numbers) >= len(here)
            is_told = is_half_left if self.site.theme.claims is Claims.NEVER else self._counts_what_is_known(moment)
            if is_told and self._is_fetched(moment):
                found.add(moment.begin)
                away |= known - moment.numbers
            away -= moment.numbers
            known |= moment.numbers
        return frozenset(found)

    @property
    def is_ambiguous(self) -> bool:
        """Whether two pages of one moment show a comment in two wordings, and nothing tells that it is one.

        It was edited between the two. As well two comments of one author could be on the two pages.
        """
        theme = self.site.theme
        if theme.native_ids or theme.dating is Dating.TIME:
            return False
        shown = [
            {(number, _said(one, number)) for one in moment.seen for number in one.numbers} for moment in self.moments
        ]
        return any(len(said) > len({number for number, _ in said}) for said in shown)

    def is_whole(self, moment: Moment) -> bool:
        return moment.begin in self.whole

    def _is_fetched(self, moment: Moment) -> bool:
        pages = {one.shot.page for one in moment.seen}
        return self.site.is_still(moment.begin, moment.end) and pages >= {None, *self.site.other_pages(moment.end)}

    def _counts_what_is_known(self, moment: Moment) -> bool:
        return bool(moment.claims) and self.hidden(moment.end) <= self.seen_before(moment)

    def hidden(self, minute: int) -> frozenset[int]:
        """Comments that are approved and counted and not shown: above them one is missing."""
        state = self.site.at(minute)
        return frozenset(one.number for one in state.comments if one.status == "live") - state.visible

    def absences(self, number: int) -> Iterator[tuple[Seen, Moment, Seen | None]]:
        """Each time the captures say beyond doubt that a comment was not there.

        The sighting before, the first whole moment without it, the next sighting.
        """
        sightings = self.sightings(number)
        for last, following in pairwise((*sightings, None)):
            assert last is not None
            for moment in self.moments:
                is_between = moment.begin > last.minute and (following is None or moment.end < following.minute)
                if is_between and self.is_whole(moment):
                    yield last, moment, following
                    break


def comment_facts(one: Seen, number: int) -> CommentFacts:
    return one.facts.comments[one.numbers.index(number)]


def in_loading_order(facts: Iterable[CaptureFacts]) -> list[CaptureFacts]:
    """In the order given, but what repeats another capture after that: so does every way to load."""
    given = list(facts)
    return [one for one in given if one.same_as is None] + [one for one in given if one.same_as is not None]


def _said(one: Seen, number: int) -> tuple[str | None, str]:
    facts = comment_facts(one, number)
    return facts.author, facts.text


def _belongs(moment: Sequence[Seen], one: Seen) -> bool:
    last = moment[-1].shot
    if last.crawl != one.shot.crawl or any(each.facts.capture.url == one.facts.capture.url for each in moment):
        return False
    return one.shot.crawl is not None or one.minute - last.minute <= _HOUR


def _facts(site: Site, shot: Shot, earlier: Sequence[CaptureFacts]) -> CaptureFacts:
    url = site.page_url(shot.page) + (shot.query if shot.page is None else "")
    row = CaptureRow(
        record_id=f"<urn:uuid:{site.url}{shot.minute}>",
        record_type="response",
        url=url,
        captured_at=time_of(shot.minute),
        status=200,
        mime="text/html",
        payload_digest="sha1:AAAA",
        warc_file="a.warc.gz",
        warc_offset=shot.minute * 1000,
        warc_length=999,
        crawl_id=shot.crawl,
        extractor=EXTRACTOR,
        verdict="article",
    )
    match shot.outcome:
        case Outcome.ARTICLE:
            return _page(site, shot, row)
        case Outcome.REVISIT:
            return _revisit(_page(site, shot, row), earlier)
        case Outcome.BLOCK:
            return CaptureFacts(capture=replace(row, verdict="block page", reason="asks to prove to be human"))
        case Outcome.MISSING | Outcome.BROKEN:
            return CaptureFacts(capture=replace(row, verdict="error page", status=int(shot.outcome)))
        case Outcome.CUT:
            cut = replace(row, reason="cut off (length)", truncated="length")
            return replace(_page(site, shot, cut), article=None, comments=(), complete=False, canonical_url=None)
        case Outcome.REDIRECT:
            return CaptureFacts(
                capture=replace(row, url=SHORT_LINK, verdict="redirect", status=301, redirect_url=site.url)
            )


def _page(site: Site, shot: Shot, row: CaptureRow) -> CaptureFacts:
    state, shown = site.at(shot.minute), site.shown(shot.minute, shot.page)
    title = state.post.title
    if shot.page is not None and site.theme.titles_pages:
        title = f"{title}, comments, page {shot.page}"
    comments = _comments(site, shot)
    return CaptureFacts(
        capture=row,
        article=ArticleFacts(
            title=title,
            authors=("Jane Doe",),
            tags=state.post.tags,
            modified=state.post.modified,
            text=state.post.text,
            raw_text=f"{state.post.text}\n{state.footer}",
        ),
        comments=comments,
        claimed_comments=shown.claimed,
        complete=is_complete(claimed=shown.claimed, shown=len(comments), has_more=bool(shown.links)),
        comment_pages=shown.links,
        canonical_url=f"{site.page_url(1)}#comments" if site.theme.names_first_page else site.page_url(shot.page),
    )


def _comments(site: Site, shot: Shot) -> tuple[CommentFacts, ...]:
    shown = site.shown(shot.minute, shot.page).comments
    places = {comment.number: index for index, (comment, _) in enumerate(shown)}
    made: list[CommentFacts] = []
    for comment, depth in shown:
        published, published_text = site.dates(comment, shot.minute)
        made.append(
            CommentFacts(
                text=comment.text,
                kind="pingback" if comment.is_pingback else "comment",
                native_id=str(comment.number) if site.theme.native_ids else None,
                author=comment.author,
                published=published,
                published_text=published_text,
                permalink=f"{site.url}#comment-{comment.number}" if site.theme.native_ids else None,
                parent=None if comment.parent is None else places[comment.parent],
                depth=depth,
                likes=(comment.number + shot.minute // 4000) % 3 if site.theme.likes else None,
            )
        )
    return tuple(made)


def _revisit(facts: CaptureFacts, earlier: Sequence[CaptureFacts]) -> CaptureFacts:
    """The same page with the same content as an earlier capture names that one; any other is stored in full."""
    for one in earlier:
        if one.same_as is None and one.article is not None and one == replace(facts, capture=one.capture):
            if one.capture.url != facts.capture.url:
                continue
            row = replace(facts.capture, record_type="revisit", refers_to=one.capture.record_id, verdict=None)
            return CaptureFacts(capture=row, same_as=one.capture.record_id)
    return facts
