"""What a captured page is: an article, or one of the many things that are served in its place."""

from archiver.extract.verdict.index import is_index_page
from archiver.extract.verdict.look import Look, look_at
from archiver.extract.verdict.paywall import is_cut_by_wall
from archiver.extract.verdict.refresh import refresh_target
from archiver.extract.verdict.refusals import Refusal, blocked_by_status, refused, status_reason

__all__ = [
    "Look",
    "Refusal",
    "blocked_by_status",
    "is_cut_by_wall",
    "is_index_page",
    "look_at",
    "refresh_target",
    "refused",
    "status_reason",
]
