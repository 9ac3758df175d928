"""Reads a comment without knowing its platform: author, date, text, id by what names in markup usually mean.

Knows roles of names (``vocabulary``) and what sites print (``phrases``); must not know any platform.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from archiver.extract.comments.phrases import GLUE, NAME_DATE, NAME_HEAD, NAME_TAIL, is_action, is_dateish
from archiver.extract.comments.vocabulary import Role, roles_of
from archiver.extract.dates import stated_time, visible_date
from archiver.extract.text import has_text, inline_text, one_line

LONGEST_NAME, _LONGEST_LINE = 80, 200
_MOST_NAME_WORDS, _SHORTEST_DATE = 8, 5
_BADGE = re.compile(
    r"\s+[\[(]?(?:post author|author|autor(?:in)?|auteur|admin(?:istrator)?|moderator(?:in)?|mod"
    r"|verfasser(?:in)?|artikelautor)[\])]?$",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"/(?:users?|profil[es]?|members?|mitglied(?:er)?|authors?|autor(?:en)?|people|person|u|nutzer|account|usuarios?|perfil"
    r"|membre|profiles?)[/=?.-]|[?&](?:user|uid|author|member)(?:_?id|name)?=|memberlist|member\.php|profile\.php|/~|/@\w",
    re.IGNORECASE,
)
_OUTSIDE = {"nofollow", "ugc", "external"}
_STRESSED = frozenset({"strong", "b", "h3", "h4", "h5", "h6", "dt", "em", "i", "summary"})
_TITLED = ("title", "data-title", "data-original-title", "data-tooltip", "data-date", "data-datetime", "data-livestamp", "aria-label")
EPOCHS = (
    "data-timestamp", "data-time", "data-utime", "data-epoch", "data-ts", "data-publishtime", "data-created",
    "data-comment-timestamp", "data-unixtime", "data-date",
)  # fmt: skip
_AUTHOR_PROPERTY = re.compile(r"(?:^|[\s:/])(?:author|creator|has_creator)$", re.IGNORECASE)
_NAME_PROPERTY = re.compile(r"(?:^|[\s:/])(?:name|nick|nickname)$", re.IGNORECASE)
_DATE_PROPERTY = re.compile(r"(?:^|[\s:/])(?:date(?:Published|Created|Posted)?|created|published|commentTime|dateCreated)$", re.IGNORECASE)  # fmt: skip
_TEXT_PROPERTY = re.compile(r"(?:^|[\s:/])(?:text|commentText|reviewBody|articleBody|encoded|content)$", re.IGNORECASE)
_CLICKABLE = frozenset({"a", "span", "li", "p", "div", "small"})
_BLOCKS = frozenset({"div", "p", "section", "article", "blockquote", "ul", "ol", "table", "dd", "td", "li", "pre"})


def roles(node: HtmlElement) -> Role:
    """By class and id."""
    names, own_id = node.get("class"), node.get("id")
    found = roles_of(names) if names else Role.NONE
    return found | roles_of(own_id) if own_id else found


def _property(node: HtmlElement, pattern: re.Pattern[str]) -> bool:
    value = node.get("itemprop") or node.get("property")
    return bool(value and pattern.search(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value, what the page shows for it, and the node it was read from."""

    value: str | None = None
    shown: str | None = None
    node: HtmlElement | None = None


# The author


def author_of(own: Sequence[HtmlElement], date: HtmlElement | None = None) -> Found:
    """``own``: the nodes of one comment in document order, the first its own node; ``date``: the node of its date."""
    around = {date, *date.iterancestors()} if date is not None else set[HtmlElement | None]()
    for tier in (_by_property, _by_author_word, _by_name_word, _by_link, _by_stress):
        for node in tier(own, around):
            name = name_in(node)
            if name:
                return Found(value=_BADGE.sub("", name).strip() or name, node=node)
    return Found()


def name_in(node: HtmlElement) -> str | None:
    """The name that a node seems to hold; None where it does not look like one."""
    name = name_of(inline_text(node, _is_badge)) or ""
    fits = 0 < len(name) <= LONGEST_NAME and len(name.split()) <= _MOST_NAME_WORDS and any(map(str.isalnum, name))
    return name if fits and not is_action(name) and not _is_time(name) else None


def _is_time(name: str) -> bool:
    return is_dateish(name) and (len(name) > _SHORTEST_DATE or not any(map(str.isalpha, name)))


def name_of(text: str) -> str | None:
    """Without the words around it: ``By NAME``, ``NAME says:``, ``NAME on March 4, 2019``."""
    name = NAME_HEAD.sub("", text)[:_LONGEST_LINE]
    dated = NAME_DATE.search(name)
    return NAME_TAIL.sub("", name[: dated.start()] if dated else name).strip() or None


def _is_badge(node: HtmlElement) -> bool:
    return bool(roles(node) & (Role.NOISE | Role.DATE)) or node.tag in {"time", "sup", "small"}


_Around = set[HtmlElement | None]


def _by_property(own: Sequence[HtmlElement], _around: _Around) -> Iterable[HtmlElement]:
    for node in own:
        if _property(node, _AUTHOR_PROPERTY):
            inner = next((each for each in node.iterdescendants() if _property(each, _NAME_PROPERTY)), None)
            yield from (node,) if inner is None or not has_text(inner) else (inner, node)


def _by_author_word(own: Sequence[HtmlElement], _around: _Around) -> Iterable[HtmlElement]:
    for node in own[1:]:
        if Role.AUTHOR in roles(node) and not roles(node) & (Role.NOISE | Role.DATE):
            yield from (*_names_inside(node), node)


def _names_inside(node: HtmlElement) -> list[HtmlElement]:
    wanted = Role.AUTHOR | Role.NAME
    inside = [
        one for one in node.iterdescendants() if isinstance(one.tag, str) and roles(one) & wanted and has_text(one)
    ]
    links = [one for one in node.iterdescendants("a") if has_text(one)]
    return [*inside[:3], *links[:1]]


def _by_name_word(own: Sequence[HtmlElement], _around: _Around) -> Iterable[HtmlElement]:
    for node in own[1:]:
        if node.tag == "cite" or (Role.NAME in roles(node) and not roles(node) & (Role.NOISE | Role.DATE | Role.TEXT)):
            yield from (*_names_inside(node), node)


def _by_link(own: Sequence[HtmlElement], around: _Around) -> Iterable[HtmlElement]:
    for node in own[1:]:
        if node.tag == "a" and (_PROFILE.search(node.get("href", "")) or _OUTSIDE & set(node.get("rel", "").split())):
            yield node
        elif Role.TEXT in roles(node) and node not in around:
            return


def is_profile(link: HtmlElement) -> bool:
    return bool(_PROFILE.search(link.get("href", ""))) or Role.AUTHOR in roles(link)


def _by_stress(own: Sequence[HtmlElement], around: _Around) -> Iterable[HtmlElement]:
    """The first stressed words, if they stand before everything that could be the text."""
    for node in own[1:]:
        if node.tag in _STRESSED and has_text(node):
            yield node
            return
        if node not in around and (node.tag == "p" or Role.TEXT in roles(node)):
            return


# The date


def date_of(own: Sequence[HtmlElement], language: str | None, skip: Callable[[HtmlElement], bool]) -> Found:
    """A time made for machines, then a visible one with a clock, then titles and epochs, then a visible day."""
    first = Found()
    seen: list[Found] = []
    for node in own:
        if _is_date_node(node):
            found = date_in(node, language, skip)
            if found.value and (node.get("datetime") or found.shown is None):
                return found
            if found.value:
                seen.append(found)
            elif first.node is None and found.shown and is_dateish(found.shown):
                first = found
    seen.sort(key=lambda one: "T" not in (one.value or ""))
    best = seen[0] if seen else _date_in_head(own, language, skip)
    return first if best is None else _with_clock(best, own[0], language)


def _with_clock(date: Found, top: HtmlElement, language: str | None) -> Found:
    """A day whose time of day stands beside it: as the node around both reads."""
    node = date.node
    for _ in range(2):
        node = node.getparent() if node is not None else None
        if node is None or node is top or date.value is None or "T" in date.value:
            break
        shown = one_line(" ".join(node.itertext()))
        full = visible_date(shown, language)
        if full and full.startswith(f"{date.value}T"):
            return Found(value=full, shown=shown, node=node)
    return date


def _is_date_node(node: HtmlElement) -> bool:
    return (
        node.tag in {"time", "abbr"}
        or node.get("datetime") is not None
        or _property(node, _DATE_PROPERTY)
        or Role.DATE in roles(node)
        or any(name in node.attrib for name in EPOCHS)
    )


def date_in(node: HtmlElement, language: str | None, skip: Callable[[HtmlElement], bool] = lambda _: False) -> Found:
    """What one node says of a time."""
    shown = inline_text(node, skip)[:200] or None
    published = stated_time(node.get("datetime")) or stated_time(node.get("content"))
    if published is None:
        visible = visible_date(shown or "", language)
        titled = next(filter(None, (_titled(node.get(name), language) for name in _TITLED)), None)
        epoch = next(filter(None, (stated_time(node.get(name)) for name in EPOCHS)), None)
        published = _fullest(visible, titled, epoch)
    return Found(value=published, shown=shown, node=node)


def _titled(value: str | None, language: str | None) -> str | None:
    return (stated_time(value) or visible_date(value, language)) if value else None


def _fullest(*times: str | None) -> str | None:
    """The first with a clock; else the first."""
    given = [time for time in times if time]
    return next((time for time in given if "T" in time), given[0] if given else None)


def _date_in_head(
    own: Sequence[HtmlElement], language: str | None, skip: Callable[[HtmlElement], bool]
) -> Found | None:
    """Short lines that hold a date: links to the comment itself, heads of it."""
    for node in own[1:]:
        if node.tag in _BLOCKS and Role.META not in roles(node) and len(node) > 2:  # noqa: PLR2004 - a holder of others
            continue
        shown = inline_text(node, skip)
        if is_dateish(shown):
            published = visible_date(shown, language)
            if published:
                return Found(value=published, shown=shown, node=node)
    return None


# The id

_ANCHOR = re.compile(r"#([\w:.-]*\d[\w:.-]*)$")
_BARE_ID = re.compile(r"[a-z]{0,3}[-_]?\d{2,}$", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^(?:(?:ajax|li|div|article|js|row|block|node|entry)[-_])+(?=\w)|(?<=[-_])wrapper[-_]", re.IGNORECASE
)
_LONGEST_ID = 80


def digits_of(text: str | None) -> str | None:
    found = re.findall(r"\d+", text or "")
    return found[-1] if found else None


def id_of(own: Sequence[HtmlElement]) -> str | None:
    """The fragment that leads to the comment: as its permalink has it, else as its nodes do.

    An id can stand on the node, on an empty anchor inside, or on one just before it.
    """
    stated = [one for one in _stated_ids(own) if one and len(one) <= _LONGEST_ID and any(map(str.isdigit, one))]
    linked = [match.group(1) for node in own if (match := _ANCHOR.search(node.get("href", "")))]
    for fragment in linked:
        if fragment in stated or digits_of(fragment) in map(digits_of, stated[:3]):
            return fragment
    if stated:
        return _WRAPPING.sub("", stated[0])
    return linked[0] if len(set(linked)) == 1 else None


def _stated_ids(own: Sequence[HtmlElement]) -> Iterable[str]:
    top = own[0]
    yield top.get("id", "")
    before = top.getprevious()
    if before is not None and before.tag == "a" and not (before.text or "").strip():
        yield before.get("id") or before.get("name") or ""
    for node in own[1:]:
        if node.tag == "a" and node.get("name"):
            yield node.get("name", "")
    for node in own[1:12]:
        if roles_of(node.get("id", "")) & (Role.COMMENT | Role.POST) or _BARE_ID.match(node.get("id", "")):
            yield node.get("id", "")


# The text


def text_holder(own: Sequence[HtmlElement], taken: Sequence[HtmlElement]) -> HtmlElement | None:
    """The node that holds what was written and neither name nor date; None if no node says so."""
    by_property = [node for node in own if _property(node, _TEXT_PROPERTY) and has_text(node)]
    if by_property:
        return by_property[0]
    around = {each for node in taken for each in (node, *node.iterancestors())}
    best, most = None, 0
    for node in own[1:]:
        found = roles(node)
        if Role.TEXT in found and node not in around and not found & (Role.META | Role.AUTHOR | Role.DATE):
            length = len(node.text_content())
            if length > most and (best is None or best not in node.iterancestors()):
                best, most = node, length
    return best


def is_noise(node: HtmlElement) -> bool:
    """Whether a node inside a comment is something to click, or belongs to its head or foot."""
    found = roles(node)
    if found & (Role.NOISE | Role.META) and not found & Role.TEXT and node.tag not in {"p", "blockquote"}:
        return True
    return node.tag in _CLICKABLE and len(node) <= 3 and _is_clickable(node)  # noqa: PLR2004 - a link, an icon, a count


def _is_clickable(node: HtmlElement) -> bool:
    if node.tag not in {"a", "li"} and next(node.iterdescendants("a"), None) is None:
        return False
    text = inline_text(node)
    return bool(text) and is_action(text)


def without_head(text: str, names: Iterable[str | None]) -> str:
    """The text without first lines that hold nothing but words around name and date, and last lines to click on."""
    lines = text.split("\n")
    known = {name.casefold() for name in names if name}
    while lines and (not lines[0].strip() or GLUE.fullmatch(lines[0][:200]) or lines[0].strip().casefold() in known):
        if lines[0].strip() and len(lines) == 1:
            break
        del lines[0]
    while len(lines) > 1 and (not lines[-1].strip() or is_action(lines[-1])):
        del lines[-1]
    return "\n".join(lines).strip()
