"""``archive.toml`` as typed values. Every mistake is named with its key and what is allowed."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from archiver import __version__
from archiver.errors import ConfigError

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_EXAMPLES = "a number with s, m, h, d or w, like '12h' or '1d'"


def parse_interval(value: object) -> timedelta:
    """``'90s'``, ``'30m'``, ``'12h'``, ``'1d'``, ``'2w'`` as a timedelta. Raises ValueError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhdw])", value.strip()) if isinstance(value, str) else None
    if not match:
        raise ValueError(f"should be {_EXAMPLES}")
    interval = timedelta(**{_UNITS[match[2]]: float(match[1])})
    if interval <= timedelta(0):
        raise ValueError("should be longer than nothing")
    return interval


def _compiles(value: object) -> object:
    if isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"should be a regular expression: {error}") from error
    return value


Interval = Annotated[timedelta, BeforeValidator(parse_interval)]
WebUrl = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"(?i)^https?://[^\s/]+")]
Pattern = Annotated[str, BeforeValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ArchiveSettings(_Strict):
    operator: str = ""


class CrawlSettings(_Strict):
    """How to fetch. Times in seconds, sizes in MB (10**6 bytes)."""

    user_agent: str = f"archiver/{__version__} (archiving articles and comments)"
    delay_s: Annotated[float, Field(strict=False, ge=0)] = 1.0
    timeout_s: Annotated[float, Field(strict=False, gt=0)] = 60.0
    retries: Annotated[int, Field(ge=0)] = 2
    obey_robots: bool = True
    recrawl_after: Interval = timedelta(days=1)
    max_pages: Annotated[int, Field(ge=0)] = 0
    max_body_mb: Annotated[int, Field(gt=0)] = 64


class WarcSettings(_Strict):
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")] = "archiver"
    max_file_mb: Annotated[int, Field(gt=0)] = 1000


class ListSource(_Strict):
    """Pages named one by one."""

    kind: Literal["list"]
    urls: tuple[WebUrl, ...] = Field(strict=False, min_length=1)


class FeedSource(_Strict):
    """Pages that an RSS or Atom feed lists."""

    kind: Literal["feed"]
    url: WebUrl


class SectionSource(_Strict):
    """Pages that a section or front page links to; ``links`` is a regular expression for their URLs."""

    kind: Literal["section"]
    url: WebUrl
    links: Pattern | None = None


Source = Annotated[ListSource | FeedSource | SectionSource, Field(discriminator="kind")]
SourceName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$")]


class Config(_Strict):
    archive: ArchiveSettings = ArchiveSettings()
    crawl: CrawlSettings = CrawlSettings()
    warc: WarcSettings = WarcSettings()
    sources: dict[SourceName, Source] = {}


def load_config(path: Path) -> Config:
    """Raises ConfigError, naming the first mistake with its key and, if there are more, their number."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, f"is not valid TOML: {error}") from error
    return parse_config(data, path)


def parse_config(data: dict[str, Any], path: Path) -> Config:
    try:
        return Config.model_validate(data)
    except ValidationError as invalid:
        errors = invalid.errors()
        key, problem = _explain(errors[0], data)
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise ConfigError(path, problem + more, key) from invalid


def _explain(error: Any, data: dict[str, Any]) -> tuple[str, str]:
    """The dotted key and one sentence, from one of pydantic's errors."""
    location = [part for part in error["loc"] if part not in ("list", "feed", "section", "[key]")]
    key = ".".join(str(part) for part in location)
    match error["type"]:
        case "extra_forbidden":
            return key, f"unknown setting; allowed here: {', '.join(_allowed(location[:-1], data))}"
        case "missing":
            return key, "is missing"
        case "union_tag_invalid" | "union_tag_not_found":
            return f"{key}.kind", "should be one of: list, feed, section"
        case "value_error":
            return key, f"{error['ctx']['error']}, not {error['input']!r}"
        case "string_pattern_mismatch" if location[-1] in ("url", "urls") or "urls" in location:
            return key, f"should be a URL with http:// or https://, not {error['input']!r}"
        case _:
            message = str(error["msg"]).removeprefix("Input ")
            return key, f"{message}, not {error['input']!r}"


def _allowed(location: list[Any], data: dict[str, Any]) -> list[str]:
    """The settings that may stand in the table at ``location``."""
    tables: dict[str, type[BaseModel]] = {
        "archive": ArchiveSettings, "crawl": CrawlSettings, "warc": WarcSettings,
    }  # fmt: skip
    kinds: dict[Any, type[BaseModel]] = {"list": ListSource, "feed": FeedSource, "section": SectionSource}
    match location:
        case ["sources", name]:
            return list(kinds[data["sources"][name]["kind"]].model_fields)
        case [table]:
            return list(tables[table].model_fields)
        case _:
            return list(Config.model_fields)


TEMPLATE = """\
# The settings of this archive. Everything here may be left out; what is commented out shows the default.

[archive]
# operator = ""                # who runs this archive and how to reach you; written into every WARC file

[crawl]
# user_agent = "{user_agent}"
# delay_s = 1.0                # politeness delay between two requests to one host
# timeout_s = 60.0             # for one download
# retries = 2                  # after a failed download or an answer like 503
# obey_robots = true           # robots.txt, on scheduled crawls; `archiver add` fetches what you name
# recrawl_after = "1d"         # a known page is captured again after this: s, m, h, d, w
# max_pages = 0                # pages in one crawl; 0: no limit
# max_body_mb = 64             # a larger response is cut off, and marked so

[warc]
# prefix = "archiver"          # first part of WARC file names
# max_file_mb = 1000           # a new file is begun after this size

# Where pages are found. Remove the # and put your own.

# [sources.news]
# kind = "feed"                # an RSS or Atom feed
# url = "https://example.com/feed/"

# [sources.politics]
# kind = "section"             # a page that links to articles
# url = "https://example.com/politics/"
# links = "/20\\\\d\\\\d/"         # only URLs that match this regular expression (optional)

# [sources.dossier]
# kind = "list"                # pages named one by one
# urls = ["https://example.com/one-article/"]
"""


def template() -> str:
    """A commented archive.toml that says the defaults."""
    return TEMPLATE.format(user_agent=CrawlSettings().user_agent)
