"""``archiver verify``: whether everything is still there, and still what it was."""

from dataclasses import asdict
from datetime import datetime

import click

from archiver.commands.chosen import archive_folder
from archiver.config import parse_interval
from archiver.errors import Exit, UsageError
from archiver.fixity import Outcome, Scope, verify
from archiver.render import counted, json_text, one_line
from warc.writer import utc_now


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive verify
  archiver -C my-archive verify --sample 5%
  archiver -C my-archive verify --since 30d --json"""
)
@click.option("--since", metavar="AGE", help="Leave out files that were checked within this time, like 30d or 12h.")
@click.option("--sample", metavar="SHARE", help="Check this share of the bytes, like 5%; the longest unchecked first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(ctx: click.Context, *, since: str | None, sample: str | None, as_json: bool) -> int:
    """Check the WARC files record by record, and the manifest, the index and the database against them.

    Digests, gzip members, lost or changed files, fields, ids, references. Silent about what is well but for one line;
    each problem is named with file, offset and what is wrong, and the exit code is 4. Changes nothing but the history
    of checks (fixity/checks.jsonl).
    """
    folder = archive_folder(ctx)
    now = utc_now()
    outcome = verify(folder, Scope(since=_moment(since, now), sample=_share(sample)), now=now)
    if as_json:
        click.echo(json_text(_as_json(outcome), indent=2))
    else:
        for finding in outcome.findings:
            click.echo(one_line(str(finding)))
        click.echo(_summary(outcome))
    return Exit.DAMAGE if outcome.findings else Exit.OK


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "ok": not outcome.findings,
        "files": outcome.files,
        "skipped": outcome.skipped,
        "records": outcome.records,
        "bytes": outcome.bytes,
        "live": list(outcome.live),
        "findings": [asdict(finding) for finding in outcome.findings],
    }


def _summary(outcome: Outcome) -> str:
    looked = f"{counted(outcome.records, 'record')} in {counted(outcome.files, 'file')} checked"
    if outcome.skipped:
        looked += f", {counted(outcome.skipped, 'file')} left out"
    if outcome.live:
        looked += f", {counted(len(outcome.live), 'file')} being written left out"
    return f"{looked}: {counted(len(outcome.findings), 'problem') if outcome.findings else 'all well'}"


def _moment(since: str | None, now: datetime) -> datetime | None:
    if since is None:
        return None
    try:
        return now - parse_interval(since)
    except ValueError as error:
        raise UsageError(f"--since {since}: {error}") from error


def _share(sample: str | None) -> float | None:
    if sample is None:
        return None
    try:
        share = float(sample.removesuffix("%")) / 100
    except ValueError:
        share = 0.0
    if not (sample.endswith("%") and 0 < share <= 1):
        raise UsageError(f"--sample {sample}: should be a share between 0% and 100%, like '5%'")
    return share
