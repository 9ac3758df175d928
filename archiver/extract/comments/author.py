"""Who wrote a comment: by attributes, names in the markup, links, stress, and where the name stands.

Knows roles of names (``vocabulary``) and what sites print (``phrases``); must not know any platform.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from lxml.html import HtmlElement

from archiver.extract.comments.guess import LONGEST_LINE, LONGEST_NAME, Found, has_property, roles
from archiver.extract.comments.phrases import (
    NAME_DATE,
    NAME_HEAD,
    NAME_TAIL,
    is_action,
    is_dateish,
    is_glue,
)
from archiver.extract.comments.position import beside
from archiver.extract.comments.vocabulary import Role
from archiver.extract.text import has_text, inline_text

_MOST_NAME_WORDS, _SHORTEST_DATE = 8, 5
_BADGE = re.compile(
    r"\s+[\[(]?(?:post author|author|autor(?:in)?|auteur|admin(?:istrator)?|moderator(?:in)?|mod"
    r"|verfasser(?:in)?|artikelautor)[\])]?$",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"/(?:users?|profil[es]?|members?|mitglied(?:er)?|authors?|autor(?:en)?|people|person|u|nutzer|account|usuarios?|perfil"
    r"|membre|profiles?)[/=?.-]|[?&](?:user|uid|author|member)(?:_?id|name)?=|\buser(?:info)?(?:\.php)?\?|memberlist|member\.php|profile\.php|/~|/@\w",
    re.IGNORECASE,
)
_OUTSIDE = {"nofollow", "ugc", "external"}
_STRESSED = frozenset({"strong", "b", "h3", "h4", "h5", "h6", "dt", "em", "i", "summary"})
_STRESSED_INSIDE = ("strong", "b", "h2", "h3", "h4", "h5", "h6")
_AUTHOR_PROPERTY = re.compile(r"(?:^|[\s:/])(?:author|creator|has_creator)$", re.IGNORECASE)
_NAME_PROPERTY = re.compile(r"(?:^|[\s:/])(?:name|nick|nickname)$", re.IGNORECASE)


_Around = set[HtmlElement | None]


def author_of(own: Sequence[HtmlElement], date: HtmlElement | None = None, *, by_place: bool = True) -> Found:
    """``own``: the nodes of one comment in document order, the first its own node; ``date``: the node of its date.

    ``by_place``: short words beside the date will do where no name in the markup, no link and no stress says who.
    """
    around: _Around = {date, *date.iterancestors()} if date is not None else set()
    tiers = (tier(own, around) for tier in (_by_property, _by_author_word, _by_name_word, _by_link, _by_stress))
    for node in chain(*tiers, beside(own, date) if by_place else ()):
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
    name = NAME_HEAD.sub("", text)[:LONGEST_LINE]
    dated = NAME_DATE.search(name)
    return NAME_TAIL.sub("", name[: dated.start()] if dated else name).strip() or None


def _is_badge(node: HtmlElement) -> bool:
    return bool(roles(node) & (Role.NOISE | Role.DATE)) or node.tag in {"time", "sup", "small"}


def _by_property(own: Sequence[HtmlElement], _around: _Around) -> Iterable[HtmlElement]:
    for node in own:
        if has_property(node, _AUTHOR_PROPERTY):
            inner = next((each for each in node.iterdescendants() if has_property(each, _NAME_PROPERTY)), None)
            yield from (node,) if inner is None or not has_text(inner) else (inner, node)


def _by_author_word(own: Sequence[HtmlElement], _around: _Around) -> Iterable[HtmlElement]:
    for node in own[1:]:
        if roles(node) & Role.AUTHOR and not roles(node) & (Role.NOISE | Role.DATE):
            yield from (*_names_inside(node), node)
    for node in own[1:]:
        if roles(node) & Role.AUTHOR or (roles(node) & Role.NAME and not roles(node) & (Role.NOISE | Role.TEXT)):
            yield from [one for one in node.iterdescendants(*_STRESSED_INSIDE) if has_text(one)][:1]


def _names_inside(node: HtmlElement) -> list[HtmlElement]:
    wanted = Role.AUTHOR | Role.NAME
    inside = [
        one for one in node.iterdescendants() if isinstance(one.tag, str) and roles(one) & wanted and has_text(one)
    ]
    links = [one for one in node.iterdescendants("a") if has_text(one)]
    return [*inside[:3], *links[:1]]


def _by_name_word(own: Sequence[HtmlElement], _around: _Around) -> Iterable[HtmlElement]:
    for node in own[1:]:
        if node.tag == "cite" or (roles(node) & Role.NAME and not roles(node) & (Role.NOISE | Role.DATE | Role.TEXT)):
            yield from (*_names_inside(node), node)


def _by_link(own: Sequence[HtmlElement], around: _Around) -> Iterable[HtmlElement]:
    for node in own[1:]:
        if node.tag == "a" and (
            _PROFILE.search(node.get("href", ""))
            or (_OUTSIDE & set(node.get("rel", "").split()) and not _is_in_sentence(node))
        ):
            yield node
        elif roles(node) & Role.TEXT and node not in around:
            return


def _is_in_sentence(link: HtmlElement) -> bool:
    """Whether the words around a link are more than what heads of comments say around a name."""
    holder = link.getparent()
    if holder is None or holder.tag not in {"p", "div", "dd", "td", "li", "blockquote"}:
        return False
    rest = inline_text(holder, lambda node: node is link)
    return len(rest.split()) > 1 and not is_dateish(rest) and not is_glue(rest[:LONGEST_LINE])


def is_profile(link: HtmlElement) -> bool:
    return bool(_PROFILE.search(link.get("href", ""))) or bool(roles(link) & Role.AUTHOR)


def _by_stress(own: Sequence[HtmlElement], around: _Around) -> Iterable[HtmlElement]:
    """The first stressed words, if they stand before everything that could be the text."""
    for node in own[1:]:
        if node.tag in _STRESSED and has_text(node):
            yield node
            return
        if node not in around and (node.tag == "p" or roles(node) & Role.TEXT):
            return
