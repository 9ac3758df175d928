"""archive.toml: defaults, and every mistake named with its key and what is allowed."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.config import (
    Config,
    CrawlSettings,
    FeedSource,
    ListSource,
    SectionSource,
    load_config,
    parse_config,
    parse_interval,
    template,
)
from archiver.errors import ConfigError

PATH = Path("archive.toml")
FEED = '[sources.news]\nkind = "feed"\nurl = "https://a.example/feed/"\n'

MISTAKES = {
    "unknown table": ("[bogus]\na = 1", "bogus", "allowed here: archive, crawl, warc, extract, sources"),
    "unknown key at the top": ("delay_s = 1", "delay_s", "allowed here: archive, crawl, warc, extract, sources"),
    "unknown key in archive": ("[archive]\nname = 'x'", "archive.name", "allowed here: operator"),
    "unknown key in crawl": ("[crawl]\ndelay = 1", "crawl.delay", "allowed here: user_agent, delay_s, timeout_s"),
    "unknown key in warc": ("[warc]\nsize = 1", "warc.size", "allowed here: prefix, max_file_mb"),
    "unknown key in extract": (
        "[extract]\ntimeout = 1",
        "extract.timeout",
        "allowed here: workers, timeout_s, max_memory_mb",
    ),
    "unknown key in a feed": (FEED + "links = 'x'", "sources.news.links", "allowed here: kind, url"),
    "unknown key in a section": (
        FEED.replace('"feed"', '"section"') + "x = 1",
        "sources.news.x",
        "allowed here: kind, url, links",
    ),
    "unknown key in a list": (
        "[sources.a]\nkind = 'list'\nurls = ['http://a.example/']\nx = 1",
        "sources.a.x",
        "allowed here: kind, urls",
    ),
    "source with the name of a kind": (FEED.replace("news", "feed") + "x = 1", "sources.feed.x", "kind, url"),
    "source with the name of a key": ("[sources.urls]\nkind = 'feed'\nurl = 3", "sources.urls.url", "valid string"),
    "value where a table belongs": ("crawl = 3", "crawl", r"should be a table: \[crawl\]"),
    "value where the sources belong": ("sources = 3", "sources", r"should be a table: \[sources\]"),
    "value where a source belongs": ("[sources]\nnews = 3", "sources.news", r"should be a table: \[sources.news\]"),
    "table twice in brackets": ("[[sources]]\na = 1", "sources", r"should be a table: \[sources\]"),
    "text for a number": ("[crawl]\ndelay_s = '1'", "crawl.delay_s", "valid number, not '1'"),
    "truth for a number": ("[crawl]\ntimeout_s = true", "crawl.timeout_s", "valid number, not True"),
    "fraction for a count": ("[crawl]\nretries = 1.5", "crawl.retries", "valid integer, not 1.5"),
    "text for a truth": ("[crawl]\nobey_robots = 'yes'", "crawl.obey_robots", "valid boolean, not 'yes'"),
    "number for a text": ("[crawl]\nuser_agent = 3", "crawl.user_agent", "valid string, not 3"),
    "negative delay": ("[crawl]\ndelay_s = -1", "crawl.delay_s", "greater than or equal to 0, not -1"),
    "no time-out": ("[crawl]\ntimeout_s = 0", "crawl.timeout_s", "greater than 0, not 0"),
    "endless delay": ("[crawl]\ndelay_s = inf", "crawl.delay_s", "finite number, not inf"),
    "no number": ("[crawl]\ntimeout_s = nan", "crawl.timeout_s", "finite number, not nan"),
    "no body": ("[crawl]\nmax_body_mb = 0", "crawl.max_body_mb", "greater than 0, not 0"),
    "workers below none": ("[extract]\nworkers = -1", "extract.workers", "greater than or equal to 0, not -1"),
    "no time for a page": ("[extract]\ntimeout_s = 0", "extract.timeout_s", "greater than 0, not 0"),
    "too little memory": ("[extract]\nmax_memory_mb = 10", "extract.max_memory_mb", "greater than or equal to 200"),
    "interval without unit": ("[crawl]\nrecrawl_after = '3'", "crawl.recrawl_after", "like '12h' or '1d', not '3'"),
    "interval as number": ("[crawl]\nrecrawl_after = 3", "crawl.recrawl_after", "like '12h' or '1d', not 3"),
    "interval of nothing": ("[crawl]\nrecrawl_after = '0d'", "crawl.recrawl_after", "longer than nothing"),
    "interval without end": ("[crawl]\nrecrawl_after = '99999999999w'", "crawl.recrawl_after", "at most '36500d'"),
    "prefix with a blank": ("[warc]\nprefix = 'a b'", "warc.prefix", r"made of \[A-Za-z0-9_\] only, not 'a b'"),
    "empty prefix": ("[warc]\nprefix = ''", "warc.prefix", r"made of \[A-Za-z0-9_\] only, not ''"),
    "source name with a blank": (FEED.replace("news", "'a b'"), "sources.a b", "A-Za-z0-9_.-. only, not 'a b'"),
    "no kind": (FEED.replace('kind = "feed"', ""), "sources.news.kind", "one of: list, feed, section"),
    "bad kind": (FEED.replace('"feed"', '"rss"'), "sources.news.kind", "one of: list, feed, section"),
    "kind of no text": (FEED.replace('"feed"', "1"), "sources.news.kind", "one of: list, feed, section"),
    "missing url": ("[sources.news]\nkind = 'feed'", "sources.news.url", "is missing"),
    "missing urls": ("[sources.news]\nkind = 'list'", "sources.news.urls", "is missing"),
    "empty urls": ("[sources.news]\nkind = 'list'\nurls = []", "sources.news.urls", "list of at least one, not \\[\\]"),
    "urls as text": (
        "[sources.a]\nkind = 'list'\nurls = 'http://a.example/'",
        "sources.a.urls",
        "list of at least one",
    ),
    "bad url in a list": (
        "[sources.a]\nkind = 'list'\nurls = ['http://a.example/', 'b']",
        "sources.a.urls.1",
        "http:// or https://, not 'b'",
    ),
    "url of another scheme": (FEED.replace("https:", "ftp:"), "sources.news.url", "http:// or https://, not 'ftp:"),
    "url without host": ("[sources.a]\nkind = 'feed'\nurl = 'http://'", "sources.a.url", "valid URL, not 'http://'"),
    "url with a blank": (FEED.replace("a.example", "a example"), "sources.news.url", "valid URL"),
    "url with a broken address": (FEED.replace("a.example", "["), "sources.news.url", "valid URL"),
    "url with a broken port": (FEED.replace("a.example", "a.example:port"), "sources.news.url", "valid URL"),
    "bad regular expression": (
        FEED.replace('"feed"', '"section"') + "links = '('",
        "sources.news.links",
        r"regular expression: missing \)",
    ),
    "withheld without quotes": (
        "[withhold]\nexample.org = 'x'",
        'withhold."example"',
        "in quotes, not 'example'",
    ),
    "withheld without reason": ('[withhold]\n"http://a.example/" = ""', 'withhold."http://a.example/"', "not ''"),
    "withheld with a blank for a reason": (
        "[withhold]\naaaaaaaaaaaaaaaa = ' '",
        'withhold."aaaaaaaaaaaaaaaa"',
        "not ' '",
    ),
    "truth for a reason": ('[withhold]\n"http://a.example/" = true', 'withhold."http://a.example/"', "not True"),
    "withheld by its title": (
        "[withhold]\n'The boat' = 'x'",
        'withhold."The boat"',
        "URL or the id of an article or a comment, in quotes, not 'The boat'",
    ),
    "withheld id of another length": ("[withhold]\naaaa = 'x'", 'withhold."aaaa"', "URL or the id"),
    "withheld url without scheme": ("[withhold]\n'a.example/b' = 'x'", 'withhold."a.example/b"', "URL or the id"),
    "withheld url of no host": ("[withhold]\n'http://' = 'x'", 'withhold."http://"', "URL or the id"),
    "withheld as a list": ("withhold = ['http://a.example/']", "withhold", r"should be a table: \[withhold\]"),
    "withheld twice in brackets": ("[[withhold]]\na = 'x'", "withhold", r"should be a table: \[withhold\]"),
    "two mistakes": ("[crawl]\nretries = 'x'\nmax_pages = 'y'", "crawl.retries", r"not 'x' \(and 1 more\)"),
}


@pytest.mark.parametrize(("text", "key", "remedy"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_named_with_key_and_remedy(text: str, key: str, remedy: str) -> None:
    with pytest.raises(ConfigError, match=remedy) as raised:
        parse_config(tomllib.loads(text), PATH)
    assert raised.value.key == key
    assert str(raised.value).startswith(f"archive.toml: {key}: ")
    assert "\n" not in str(raised.value)


UNREADABLE = {
    "not toml": (b"[crawl\n", "is not valid TOML: .*line 1"),
    "key twice": (b"[crawl]\nretries = 1\nretries = 2\n", "is not valid TOML"),
    "not utf-8": (b'[archive]\noperator = "J\xf6rg"\n', "is not valid TOML: 'utf-8' codec"),
    "number without end": (b"[crawl]\nretries = " + b"9" * 5000, "is not valid TOML"),
}


@pytest.mark.parametrize(("data", "problem"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_file_is_named(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "archive.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=f"archive.toml: {problem}"):
        load_config(path)


def test_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"not found; make an archive there with 'archiver init {tmp_path}'"):
        load_config(tmp_path / "archive.toml")


def test_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_config(tmp_path)


def test_empty_file_means_the_defaults() -> None:
    assert parse_config({}, PATH) == Config()


def test_template_says_the_defaults() -> None:
    settings, _, _ = template().partition("# Where pages are found")
    lines = [re.sub(r"^# (?=\w+ = )", "", line) for line in settings.splitlines()]
    written = tomllib.loads("\n".join(lines))
    named = {table: set(values) for table, values in written.items()}
    models = {
        name: set(getattr(Config(), name).__class__.model_fields) for name in ("archive", "crawl", "warc", "extract")
    }
    assert named == models, "every setting is in the template"
    assert parse_config(written, PATH) == Config()


def test_template_names_sources_that_can_be_read() -> None:
    _, _, sources = template().partition("# Where pages are found")
    _, _, examples = sources.partition("# What must not be shown")[0].partition("\n")
    config = parse_config(tomllib.loads(re.sub(r"(?m)^# ", "", examples)), PATH)
    assert {type(source) for source in config.sources.values()} == {FeedSource, SectionSource, ListSource}
    politics = config.sources["politics"]
    assert isinstance(politics, SectionSource)
    assert re.search(politics.links or "", "https://example.com/2017/02/")


def test_template_names_what_is_withheld() -> None:
    examples = template().partition("# [withhold]")[2]
    config = parse_config(tomllib.loads("[withhold]" + re.sub(r"(?m)^# ", "", examples)), PATH)
    assert list(config.withhold.values()) == ["court order 1/24", "request of the author, 3 May 2026"]


@pytest.mark.parametrize(
    "name",
    ["https://example.org/a/", "HTTP://example.org/a/?b=1#comment-7", "a2b3c4d5e6f7abcd", "urn:sha256:00ff"],
)
def test_withheld_is_a_url_or_an_id_with_a_reason(name: str) -> None:
    text = f'[withhold]\n"{name}" = "court order 1/24"'
    assert parse_config(tomllib.loads(text), PATH).withhold == {name: "court order 1/24"}


def test_template_itself_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "archive.toml"
    path.write_text(template(), encoding="utf-8")
    assert load_config(path) == Config()


INTERVALS = {
    "90s": timedelta(seconds=90),
    "30m": timedelta(minutes=30),
    "12h": timedelta(hours=12),
    "1.5 d": timedelta(days=1.5),
    " 2w ": timedelta(weeks=2),
}


@pytest.mark.parametrize(("text", "interval"), INTERVALS.items(), ids=INTERVALS)
def test_interval_is_read(text: str, interval: timedelta) -> None:
    assert parse_interval(text) == interval


@given(st.one_of(st.text(), st.from_regex(r"\A[0-9.]{1,30} ?[smhdwx]\Z"), st.integers(), st.none()))
@settings(deadline=None)
def test_any_interval_is_positive_or_refused(value: object) -> None:
    try:
        interval = parse_interval(value)
    except ValueError as error:
        assert str(error).startswith("should be")  # noqa: PT017 - either way out is right
    else:
        assert interval > timedelta(0)


def test_whole_number_of_seconds_is_a_number() -> None:
    assert parse_config({"crawl": {"delay_s": 2}}, PATH).crawl == CrawlSettings(delay_s=2.0)


def test_config_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Config().crawl = CrawlSettings()
