"""The filter ``site:``: hosts with all that is under them, and sites by their name, as a condition in SQL."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from db.searchable import HOST
from db.sql import rows

_PORT: Final = re.compile(r":[0-9]+\Z")
_ADDRESS: Final = re.compile(r"(?:[a-z]+://)?([^/]*).*", re.IGNORECASE | re.DOTALL)

# From one distinct value to the next through the index, however many rows have it.
_DISTINCT: Final = """
    WITH RECURSIVE one(value) AS (
        SELECT (SELECT {value} FROM articles WHERE {value} > '' ORDER BY {value} LIMIT 1)
        UNION ALL
        SELECT (SELECT {value} FROM articles WHERE {value} > one.value ORDER BY {value} LIMIT 1)
        FROM one WHERE one.value IS NOT NULL
    )
    SELECT value FROM one WHERE value IS NOT NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Hosts and site names, as JSON lists and just as the rows have them."""

    hosts: str
    names: str


def matching_sites(db: Database, wanted: Iterable[str]) -> Sites:
    """The hosts and names of the archive that these mean; case does not count."""
    wanted = list(wanted)
    names = {_folded(name) for name in wanted}
    hosts = {host for name in wanted for host in _hosts(name)}
    return Sites(
        hosts=json.dumps([host for host in _distinct(db, HOST) if _is_under(host, hosts)]),
        names=json.dumps([name for name in _distinct(db, "{of}site") if _folded(name) in names]),
    )


def site_condition(hosts: str, names: str, *, indexed: bool) -> str:
    """A condition on ``articles`` with the names of two values; ``indexed``: its indexes may lead to the rows.

    Not indexed, it is true or false also where a row has no host or site, and can be turned round.
    """
    host, site = f"({HOST.format(of='articles.')})", "articles.site"
    if not indexed:
        host, site = f"coalesce({host}, '')", "coalesce(articles.site, '')"
    among = "{} IN (SELECT value FROM json_each({}))"
    return f"({among.format(host, hosts)} OR {among.format(site, names)})"


def _distinct(db: Database, value: str) -> list[str]:
    return [str(row["value"]) for row in rows(db, _DISTINCT.format(value=value.format(of="articles.")))]


def _is_under(host: str, wanted: set[str]) -> bool:
    for form in (host, _PORT.sub("", host)):
        labels = form.split(".")
        if any(".".join(labels[start:]) in wanted for start in range(len(labels))):
            return True
    return False


def _hosts(name: str) -> list[str]:
    """What was typed as a host, out of an address too, in the form of ASCII that addresses have."""
    found = _ADDRESS.fullmatch(name.strip())
    host = found[1].casefold().rstrip(".") if found else ""
    try:
        return [host, host.encode("idna").decode("ascii")] if host else []
    except UnicodeError:
        return [host]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
