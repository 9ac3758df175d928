"""Generated stories: a site on which things happen, and visits that capture all of it, some of it, or nothing.

Only what a careful reader of the captures could decide: a comment's texts have most of their words in common, texts
of two comments next to none; during a visit one thing happens at most, and only where the pages give their number.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from hypothesis import strategies as st

from tests.db.model import URL, Claims, Comment, Dating, Links, Site, State, Status, Theme
from tests.db.visits import Outcome, Shot, Story

_DAY: Final = 24 * 60
_MOST_COMMENTS: Final = 9
# Ten words for each comment.
_WORDS: Final = """
anchor barrel cabin derrick engine flange gantry hinge iron jack kettle ladder mast nozzle oakum pulley quay rudder
sail timber upright valve winch yard zinc axle bolt crane dowel eyelet ferrule girder hook ingot joist keel lever
mortise nail oar piston quoin rivet shackle tackle umber vise wedge yoke arbor bearing clamp drill elbow forge gauge
hammer inlay jamb knot lathe mallet needle offset plank quill rasp spindle trowel union veneer washer apron bracket
chisel dado edge fender groove helm index jib kerf lintel mitre notch ogee peg rabbet saddle tenon vane wharf
""".split()  # noqa: SIM905  # a hundred words are easier to read so
_AUTHORS: Final = ("veth", "Robert", None)
_OUTCOMES: Final = (
    *((Outcome.ARTICLE,) * 8),
    *((Outcome.REVISIT,) * 3),
    Outcome.BLOCK,
    Outcome.MISSING,
    Outcome.BROKEN,
    Outcome.CUT,
)

_Happening = Callable[[st.DrawFn, State, int], State]


def texts_of(number: int) -> tuple[str, ...]:
    """What a comment says at first and after an edit: ten words in twelve stay."""
    own = _WORDS[(number - 1) * 10 : number * 10]
    head, (one, two) = ("the", *own[:4], "and", *own[4:8]), own[8:]
    ends = ((one, two), ("update", two), (one, "sorry"), (one,), (one, two, "indeed"), (one, two, "rather", "wrong"))
    return tuple(" ".join((*head, *end)) for end in ends)


@st.composite
def themes(draw: st.DrawFn, *, native_ids: bool | None = None) -> Theme:
    return Theme(
        claims=draw(st.sampled_from(Claims)),
        links=draw(st.sampled_from(Links)),
        dating=draw(st.sampled_from(Dating)),
        native_ids=draw(st.booleans()) if native_ids is None else native_ids,
        per_page=draw(st.sampled_from((2, 1, 2, 1, 50))),
        newest_first=draw(st.booleans()),
        counts_pingbacks=draw(st.booleans()),
        titles_pages=draw(st.booleans()),
        names_first_page=draw(st.booleans()),
        likes=draw(st.booleans()),
    )


@st.composite
def stories(draw: st.DrawFn, *, native_ids: bool | None = None, url: str = URL) -> Story:
    theme = draw(themes(native_ids=native_ids))
    state = State()
    for minute in range(1, draw(st.sampled_from((3, 1, 2, 4, 5, 6))) + 1):
        state = _add(draw, state, minute)
    site, shots = Site(url=url, theme=theme, states=((0, State()), (10, state))), list[Shot]()
    for day in range(1, draw(st.sampled_from((3, 2, 4, 5))) + 1):
        site, visited = draw(_visits(site, day * _DAY, number=day))
        shots += visited
        for hour in range(1, draw(st.sampled_from((1, 0, 2, 3))) + 1):
            site = _happens(draw, site, day * _DAY + hour * 60 + 12 * 60)
    return Story(site=site, shots=tuple(shots))


@st.composite
def _visits(draw: st.DrawFn, site: Site, begin: int, *, number: int) -> tuple[Site, list[Shot]]:
    crawl = draw(st.sampled_from((f"crawl-{number}", None)))
    gap = draw(st.sampled_from((1, 17) if crawl is None else (1, 17, 70)))
    pages: list[int | None] = [None, *site.other_pages(begin)]
    last = site.page_count(begin)
    if not draw(st.sampled_from((True, True, False))):  # not the whole thread
        further = [site.front(begin), last + 1]
        pages = draw(st.lists(st.sampled_from([*pages, *further]), min_size=1, max_size=len(pages), unique=True))
    pages = draw(st.permutations(pages))
    if draw(st.integers(0, 7)) == 7:
        pages.append(draw(st.sampled_from(pages)))
    breaks_at = draw(st.integers(1, len(pages))) if draw(st.integers(0, 4)) == 4 else 0
    is_well = draw(st.booleans())
    shots: list[Shot] = []
    for index, page in enumerate(pages):
        minute = begin + index * gap
        outcome = Outcome.ARTICLE if is_well else draw(st.sampled_from(_OUTCOMES))
        shots.append(Shot(minute=minute, page=page, outcome=outcome, crawl=crawl))
        if breaks_at == index + 1 and index + 1 < len(pages) and site.theme.claims is not Claims.NEVER and gap > 1:
            site = _happens(draw, site, minute + 1)
    if draw(st.integers(0, 9)) == 9:
        shots.append(Shot(minute=begin + len(pages) * gap, outcome=Outcome.REDIRECT, crawl=crawl))
    if draw(st.integers(0, 9)) == 9 and shots[0].page is None:
        shots[0] = replace(shots[0], query="?utm_source=feed")
    return site, shots


def _happens(draw: st.DrawFn, site: Site, minute: int) -> Site:
    happening: _Happening = draw(st.sampled_from(_HAPPENINGS))
    return site.then(minute, happening(draw, site.at(minute), minute))


def _add(draw: st.DrawFn, state: State, minute: int) -> State:
    number = state.last_number + 1
    if number > _MOST_COMMENTS:
        return state
    return state.add(
        Comment(
            number=number,
            text=texts_of(number)[0],
            parent=draw(st.sampled_from((None, None, None, *sorted(state.visible)))),
            author=draw(st.sampled_from(_AUTHORS)),
            written=minute,
            status=draw(st.sampled_from((*(Status.LIVE,) * 6, Status.HELD))),
            is_pingback=draw(st.sampled_from((*(False,) * 6, True))),
        )
    )


def _edit(draw: st.DrawFn, state: State, _: int) -> State:
    number = _some(draw, state.comments)
    if number is None:
        return state
    others = [text for text in texts_of(number) if text != state.comment(number).text]
    return state.edit(number, draw(st.sampled_from(others)))


def _remove(draw: st.DrawFn, state: State, _: int) -> State:
    number = _some(draw, state.comments)
    return state if number is None else state.remove(number)


def _take_back(draw: st.DrawFn, state: State, _: int) -> State:
    number = _some(draw, [one for one in state.comments if one.status is Status.LIVE])
    return state if number is None else state.put(number, draw(st.sampled_from((Status.TRASHED, Status.HELD))))


def _bring_back(draw: st.DrawFn, state: State, minute: int) -> State:
    number = _some(draw, [one for one in state.comments if one.status is not Status.LIVE])
    return _take_back(draw, state, minute) if number is None else state.put(number, Status.LIVE)


def _post(draw: st.DrawFn, state: State, minute: int) -> State:
    changed = {
        "title": replace(state.post, title=f"Hoist, part {minute}"),
        "text": replace(state.post, text=f"The hoist stood for {minute} days.", modified="2024-05-02"),
        "back": type(state.post)(),
        "tags": replace(state.post, tags=(*state.post.tags, f"tag {minute}")),
    }
    return replace(state, post=changed[draw(st.sampled_from(tuple(changed)))])


def _footer(_: st.DrawFn, state: State, minute: int) -> State:
    return replace(state, footer=f"Recent posts: Anvil, number {minute}")


def _some(draw: st.DrawFn, comments: Sequence[Comment]) -> int | None:
    """The number of one of them."""
    return draw(st.sampled_from(comments)).number if comments else None


_HAPPENINGS: Final[tuple[_Happening, ...]] = (
    _take_back,
    _bring_back,
    _bring_back,
    _edit,
    _edit,
    _remove,
    _add,
    _add,
    _post,
    _footer,
)
