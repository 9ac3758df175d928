"""``archiver add``: archives given pages and saved files now."""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from archiver.commands.chosen import archive_folder
from archiver.commands.telling import tell
from archiver.config import checked_url
from archiver.errors import Exit, UsageError
from archiver.folder import ArchiveFolder
from archiver.ingest import ingest_new
from archiver.intake import recovery_lines
from archiver.render import counted, json_text, one_line
from archiver.run import Outcome, run_spider
from archiver.saved import SavedFile, read_saved
from archiver.session import Session
from archiver.workers import Limits
from db.lookup import capture_outcome
from db.withheld import is_withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one page that was asked for. ``problem`` is None for an article.

    Of one that is withheld nothing is said but that.
    """

    url: str
    article_id: str | None = None
    title: str | None = None
    comments: int = 0
    verdict: str | None = None
    withheld: bool = False
    problem: str | None = None


@click.command(
    epilog="""\b
Examples:
  archiver add https://example.com/an-article/
  archiver add saved.html --url https://example.com/an-article/
  grep ^http notes.txt | archiver add -"""
)
@click.argument("pages", nargs=-1, required=True, metavar="URL|FILE|-...")
@click.option("--url", "saved_url", metavar="URL", help="The address a saved file is stored under.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def command(ctx: click.Context, pages: tuple[str, ...], saved_url: str | None, *, as_json: bool) -> int:
    """Archive these pages now.

    URL is fetched, whatever robots.txt says: you named it. FILE, a saved page (.html, .html.gz) or text, is stored
    under --url, else under its canonical URL, else under urn:sha256:… of its bytes. `-` reads URLs from standard
    input, one a line.
    """
    folder = archive_folder(ctx)
    limits = Limits.by(folder.config.extract)
    urls, paths = _sort_out(pages, saved_url)
    files = read_saved(paths, url=saved_url, limits=limits) if paths else []
    results, damage = archive(folder, urls, files)
    for result in results:
        _report(result, as_json=as_json)
    for problem in damage:
        tell(problem)
    if damage:
        return Exit.DAMAGE
    return Exit.FAILED if any(result.problem for result in results) else Exit.OK


def archive(folder: ArchiveFolder, urls: list[str], files: list[SavedFile]) -> tuple[list[Result], tuple[str, ...]]:
    """Store, extract and load; one result for each page asked for, in that order, and what could not be read back."""
    with Session(folder, command="add") as session:
        for line in recovery_lines(session.recovered):
            tell(line)
        stored = [session.store_file(url=one.url, body=one.body, content_type=one.content_type) for one in files]
        session.commit()
        fetched = run_spider(session, urls) if urls else Outcome()
        ingested = ingest_new(folder, session.database, crawl_id=session.id)
        folder.withhold(session.database)
        results = [_result(session, one.record.url, one.record.id, None) for one in stored]
        results += [_result(session, url, *fetched.of(url)) for url in urls]
        return results, ingested.damage


def _result(session: Session, url: str, record_id: str | None, failure: str | None) -> Result:
    seen = capture_outcome(session.database, record_id) if record_id else None
    if seen is None:
        return Result(url=url, problem=failure or "nothing was stored")
    if seen.article_id and is_withheld(session.database, seen.article_id):
        return Result(url=url, article_id=seen.article_id, verdict=seen.verdict, withheld=True)
    if seen.verdict == "article" and seen.article_id and not seen.reason:
        return Result(
            url=url, article_id=seen.article_id, title=seen.title, comments=seen.comments, verdict=seen.verdict
        )
    parts = (seen.verdict or "not extracted", seen.reason)
    return Result(url=url, verdict=seen.verdict, problem=": ".join(part for part in parts if part))


def _report(result: Result, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_text(asdict(result)))
    elif result.withheld:
        click.echo(f"{result.article_id}  withheld; [withhold] in archive.toml says why")
    elif not result.problem:
        click.echo(
            f"{result.article_id}  {counted(result.comments, 'comment')}  {one_line(result.title) or result.url}"
        )
    if result.problem:
        tell(f"{result.url}: {result.problem}")


def _sort_out(pages: tuple[str, ...], saved_url: str | None) -> tuple[list[str], list[Path]]:
    """URLs and files, every mistake told before anything is fetched or stored."""
    urls: list[str] = []
    paths: list[Path] = []
    for page in pages:
        if page == "-":
            urls.extend(_checked(line.strip()) for line in sys.stdin if line.strip())
        elif "://" not in page and _exists(page):
            paths.append(Path(page))
        else:
            urls.append(_checked(page))
    if saved_url is not None:
        if len(paths) != 1:
            raise UsageError("--url names the address of one saved file; give exactly one")
        _checked(saved_url)
    return list(dict.fromkeys(urls)), paths


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except OSError:  # longer than a file's name can be
        return False


def _checked(url: str) -> str:
    """Raises UsageError unless it is a URL that can be fetched."""
    scheme, separator, _ = url.partition("://")
    if not separator:
        hint = f"; for a page, write https://{url}" if "." in url.partition("/")[0] else ""
        raise UsageError(f"{url}: no such file, and no URL{hint}")
    if scheme.lower() not in ("http", "https"):
        raise UsageError(f"{url}: only http:// and https:// can be fetched")
    try:
        return checked_url(url)
    except ValueError as error:
        raise UsageError(f"{url!r}: {error}") from error
