"""The discussion of a page: its thread, and what the page says of the rest of it.

Knows the order in which readers of threads are asked; must not know any of them.
"""

from dataclasses import dataclass

from archiver.extract.comments import PLATFORMS
from archiver.extract.comments.claims import claimed_count, is_complete
from archiver.extract.comments.embeds import embeds
from archiver.extract.comments.jsonld_comments import json_thread
from archiver.extract.comments.paging import comment_pages
from archiver.extract.comments.reading import Setting
from archiver.extract.comments.thread import Thread, guess_thread, read_thread
from archiver.extract.links import absolute, article_path
from archiver.extract.metadata import canonical_url, language_of
from archiver.extract.model import Comment, Embed
from archiver.extract.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """``claimed``, ``complete``, ``pages`` and ``elsewhere`` as in ``Page``."""

    thread: Thread | None
    claimed: int | None
    complete: bool | None
    pages: tuple[str, ...]
    elsewhere: tuple[Embed, ...]

    @property
    def comments(self) -> tuple[Comment, ...]:
        return self.thread.comments if self.thread else ()


def read_discussion(tree: Tree, *, url: str, stated_count: int | None) -> Discussion:
    """``stated_count`` is how many comments the page's JSON-LD claims."""
    canonical = canonical_url(tree, url)
    setting = Setting(base=base_of(tree, url), url=url, canonical_url=canonical, language=language_of(tree))
    thread = read_thread(tree, PLATFORMS, setting) or guess_thread(tree, setting) or json_thread(tree, setting)
    own_paths = {path for path in map(article_path, (url, canonical)) if path}
    claimed = claimed_count(tree, thread.nodes if thread else (), own_paths)
    if claimed is None:
        claimed = stated_count
    is_forum = thread is not None and thread.is_forum
    pages = comment_pages(tree, url=url, base=setting.base, own_paths=own_paths, is_forum=is_forum)
    elsewhere = embeds(tree, url)
    not_shown = [embed for embed in elsewhere if thread is None or not thread.platform.startswith(embed.system)]
    shown = len(thread.comments) if thread else 0
    return Discussion(
        thread=thread,
        claimed=claimed,
        complete=is_complete(claimed=claimed, shown=shown, has_more=bool(pages or not_shown)),
        pages=pages,
        elsewhere=elsewhere,
    )


def base_of(tree: Tree, url: str) -> str:
    """What relative links are relative to."""
    base = next((each.get("href") for each in tree.by_tag("base") if each.get("href")), None)
    return absolute(url, base) or url
