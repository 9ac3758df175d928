"""What an export wrote, in numbers."""

from dataclasses import dataclass

from db.exported import ExportedArticle


@dataclass(slots=True, kw_only=True)
class Counts:
    """Grows while an export is written."""

    articles: int = 0
    comments: int = 0
    revisions: int = 0
    captures: int = 0

    def add(self, one: ExportedArticle) -> None:
        self.articles += 1
        self.comments += len(one.comments)
        self.revisions += len(one.revisions)
        self.captures += len(one.captures)
