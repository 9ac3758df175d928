"""``archive.toml`` as typed values. Every mistake is named with its key and what is allowed."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from archiver import __version__
from archiver.errors import ConfigError
from archiver.weburl import is_web_url
from db.ids import LENGTH
from warc.compress import DEFAULT_COMPRESSION, Compression

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_EXAMPLES = "a number with s, m, h, d or w, like '12h' or '1d'"
_LONGEST = timedelta(days=36_500)
_ID = re.compile(f"[a-z2-7]{{{LENGTH}}}")
_SCHEMES = ("http://", "https://")


def parse_interval(value: object) -> timedelta:
    """``'90s'``, ``'30m'``, ``'12h'``, ``'1d'``, ``'2w'`` as a timedelta. Raises ValueError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhdw])", value.strip()) if isinstance(value, str) else None
    if not match:
        raise ValueError(f"should be {_EXAMPLES}")
    try:
        interval = timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError:
        interval = timedelta.max
    if not timedelta(0) < interval <= _LONGEST:
        raise ValueError(f"should be longer than nothing and at most '{_LONGEST.days}d'")
    return interval


def checked_url(url: str) -> str:
    """The URL itself if it can be fetched; raises ValueError with what is wrong."""
    scheme, separator, _ = url.partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        raise ValueError("should be a URL with http:// or https://")
    if not is_web_url(url):
        raise ValueError("should be a valid URL")
    return url


def _compiles(value: object) -> object:
    if isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"should be a regular expression: {error}") from error
    return value


def _checked_name(name: str) -> str:
    """What may stand before a reason under ``[withhold]``; raises ValueError."""
    if not (_ID.fullmatch(name) or name.startswith("urn:") or (name.lower().startswith(_SCHEMES) and is_web_url(name))):
        raise ValueError("should be the URL or the id of an article or a comment, in quotes")
    return name


def _checked_reason(reason: object) -> object:
    if not isinstance(reason, str) or not reason.strip():
        raise ValueError('should be the reason in words, like "request of the author, 3 May 2026"')
    return reason


Interval = Annotated[timedelta, BeforeValidator(parse_interval)]
WebUrl = Annotated[str, AfterValidator(checked_url)]
Pattern = Annotated[str, BeforeValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ArchiveSettings(_Strict):
    operator: str = ""


class CrawlSettings(_Strict):
    """How to fetch. Times in seconds, sizes in MB (10**6 bytes)."""

    user_agent: str = f"archiver/{__version__} (archiving articles and comments)"
    delay_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    timeout_s: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60.0
    retries: Annotated[int, Field(ge=0)] = 2
    obey_robots: bool = True
    recrawl_after: Interval = timedelta(days=1)
    max_pages: Annotated[int, Field(ge=0)] = 0
    max_body_mb: Annotated[int, Field(gt=0)] = 64
    conditional: bool = True


class WarcSettings(_Strict):
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")] = "archiver"
    max_file_mb: Annotated[int, Field(gt=0)] = 1000
    max_file_age: Interval = timedelta(days=1)
    compression: Compression = DEFAULT_COMPRESSION
    min_free_gb: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0


class ExtractSettings(_Strict):
    """What extraction may take: seconds for one page, MB (10**6 bytes) for one worker; 0 workers: one a processor."""

    workers: Annotated[int, Field(ge=0)] = 0
    timeout_s: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60.0
    max_memory_mb: Annotated[int, Field(ge=200)] = 2000


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


AnySource = ListSource | FeedSource | SectionSource
Source = Annotated[AnySource, Field(discriminator="kind")]
WithheldName = Annotated[str, AfterValidator(_checked_name)]
Reason = Annotated[str, BeforeValidator(_checked_reason)]
SourceName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$")]


def source_url(source: AnySource) -> str:
    """The address that stands for a source: its feed, its section page, the first page of a list."""
    return source.urls[0] if isinstance(source, ListSource) else source.url


class Config(_Strict):
    archive: ArchiveSettings = ArchiveSettings()
    crawl: CrawlSettings = CrawlSettings()
    warc: WarcSettings = WarcSettings()
    extract: ExtractSettings = ExtractSettings()
    sources: dict[SourceName, Source] = {}
    withhold: dict[WithheldName, Reason] = {}


def load_config(path: Path) -> Config:
    """Raises ConfigError, naming the first mistake with its key and, if there are more, their number."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ConfigError(path, f"not found; make an archive there with 'archiver init {path.parent}'") from error
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    except ValueError as error:  # not TOML, not UTF-8, or a number of more digits than Python reads
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
    location = list(error["loc"])
    if location[0] == "sources":
        del location[2:3]  # pydantic names the kind, or that the name is to blame: neither is a key in the file
    key = ".".join(str(part) for part in location)
    if location[0] == "withhold" and len(location) > 1:
        key = f'withhold."{location[1]}"'
    found = error["input"]
    match error["type"]:
        case "extra_forbidden":
            problem = f"unknown setting; allowed here: {', '.join(_allowed(location[:-1], data))}"
        case "missing":
            problem = "is missing"
        case "union_tag_invalid" | "union_tag_not_found":
            key, problem = f"{key}.kind", "should be one of: list, feed, section"
        case "value_error":
            problem = f"{error['ctx']['error']}, not {found!r}"
        case "dict_type" | "model_type" | "model_attributes_type":
            problem = f"should be a table: [{key}]"
        case "tuple_type" | "too_short":
            problem = f"should be a list of at least one, not {found!r}"
        case "string_pattern_mismatch":
            problem = f"should be made of {error['ctx']['pattern'].strip('^$+')} only, not {found!r}"
        case _:
            problem = f"{str(error['msg']).removeprefix('Input ')}, not {found!r}"
    return key, problem


def _allowed(location: list[Any], data: dict[str, Any]) -> list[str]:
    """The settings that may stand in the table at ``location``."""
    tables: dict[str, type[BaseModel]] = {
        "archive": ArchiveSettings, "crawl": CrawlSettings, "warc": WarcSettings, "extract": ExtractSettings,
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
# conditional = true           # ask a server only for what has changed since the last capture

[warc]
# prefix = "archiver"          # first part of WARC file names
# max_file_mb = 1000           # a new file is begun after this size
# max_file_age = "1d"          # or after this time
# compression = "isal"         # fast; or zlib-1, zlib-6, zlib-9: up to 6 % smaller, up to 12 times slower
# min_free_gb = 1.0            # a run stops before the disk has less than this left (GB, 10**9 bytes)

[extract]
# workers = 0                  # processes that extract side by side; 0: one for each processor
# timeout_s = 60.0             # for one page; one that takes longer is given up until the extractor changes
# max_memory_mb = 2000         # for one worker; a page that needs more is given up too

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

# What must not be shown: hidden from search, show, exports and browsing; the WARC files keep it. On the left the URL or
# id of an article, or the permalink or id of a comment, in quotes; on the right why.

# [withhold]
# "https://example.com/an-article/" = "court order 1/24"
# "https://example.com/other/#comment-7" = "request of the author, 3 May 2026"
"""


def template() -> str:
    """A commented archive.toml that says the defaults."""
    return TEMPLATE.format(user_agent=CrawlSettings().user_agent)
