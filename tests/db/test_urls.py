"""URL identity: a table of addresses, and its laws."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from w3lib.url import canonicalize_url

from db.urls import (
    _PLAIN,
    COMMENT_PAGE_PARAMETERS,
    FORM_SETTINGS,
    FORM_SWITCHES,
    SESSION_PARAMETERS,
    TRACKING_PARAMETERS,
    canonical_url,
    host_of,
    is_front_page,
    is_main_form,
    page_key,
    request_form,
    request_key,
)

SAME = {
    "as it is": ("https://example.org/a/?p=1", "https://example.org/a/?p=1"),
    "host lowercased": ("HTTPS://Example.ORG/A", "https://example.org/A"),
    "fragment dropped": ("https://example.org/a#comments", "https://example.org/a"),
    "empty path": ("https://example.org", "https://example.org/"),
    "default port": ("http://example.org:80/a", "http://example.org/a"),
    "default port of https": ("https://example.org:443/a", "https://example.org/a"),
    "other port stays": ("http://example.org:8000/a", "http://example.org:8000/a"),
    "port of the other scheme stays": ("http://example.org:443/a", "http://example.org:443/a"),
    "IPv6": ("http://[::0:1]:80/a", "http://[::1]/a"),
    "user and password dropped": ("https://me:secret@example.org/a", "https://example.org/a"),
    "query sorted": ("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2"),
    "utm": ("https://example.org/a?utm_source=x&UTM_Medium=y&id=3", "https://example.org/a?id=3"),
    "escaped utm": ("https://example.org/a?%75tm_source=x", "https://example.org/a"),
    "clicks": ("https://example.org/a?fbclid=1&gclid=2&yclid=3", "https://example.org/a"),
    "reply link": ("https://example.org/a/?replytocom=17#respond", "https://example.org/a/"),
    "comment page": ("https://example.org/a/comment-page-3/#comments", "https://example.org/a/"),
    "comment page without slash": ("https://example.org/a/comment-page-3", "https://example.org/a"),
    "comment page by query": ("https://example.org/?cpage=2&p=48", "https://example.org/?p=48"),
    "comment page of the front page": ("https://example.org/comment-page-2", "https://example.org/"),
    "comments page": ("https://example.org/a/comments-page-2/", "https://example.org/a/"),
    "two at once": ("https://example.org/a/comment-page-2/?cpage=3", "https://example.org/a/"),
    "words like it stay": ("https://example.org/comment-page-two/", "https://example.org/comment-page-two/"),
    "comment page that is no number stays": (
        "https://example.org/?comment-page=x",
        "https://example.org/?comment-page=x",
    ),
    "comment of a Blogger": ("https://example.org/a.html?showComment=17#c17", "https://example.org/a.html"),
    "part of an article stays": ("https://example.org/a/2/", "https://example.org/a/2/"),
    "escapes": ("https://example.org/%7ea/ü", "https://example.org/~a/%C3%BC"),
    "international host": ("http://münchen.de/", "http://xn--mnchen-3ya.de/"),
    "white space around": (" https://example.org/a \n", "https://example.org/a"),
}
_A = "https://example.org/a-story"
FORMS = {
    "AMP of a slug": (f"{_A}/amp", _A),
    "AMP with a slash": (f"{_A}/amp/", f"{_A}/"),
    "AMP under a date": ("https://example.org/2024/03/hoist/amp/", "https://example.org/2024/03/hoist/"),
    "AMP under a day": ("https://example.org/2024/03/09/hoist/amp/", "https://example.org/2024/03/09/hoist/"),
    "AMP of a number": ("https://example.org/news/48213/amp", "https://example.org/news/48213"),
    "AMP of a file": ("https://example.org/hoist.html/amp", "https://example.org/hoist.html"),
    "AMP of a slug in Greek": (
        "https://example.org/καλημέρα/amp",
        "https://example.org/%CE%BA%CE%B1%CE%BB%CE%B7%CE%BC%CE%AD%CF%81%CE%B1",
    ),
    "AMP switched on": (f"{_A}/?amp=1", f"{_A}/"),
    "AMP, only named": (f"{_A}/?amp", f"{_A}/"),
    "AMP by its viewer": (f"{_A}/?amp_js_v=a6&amp_gsa=1&amp", f"{_A}/"),
    "AMP of Arc": (f"{_A}/?outputType=amp", f"{_A}/"),
    "AMP before the extension": ("https://example.org/hoist.amp.html", "https://example.org/hoist.html"),
    "AMP as an extension": ("https://example.org/news/world-123.amp", "https://example.org/news/world-123"),
    "print of a slug": ("https://example.org/the-long-story/print/", "https://example.org/the-long-story/"),
    "print under a date": ("https://example.org/2024/03/hoist/print", "https://example.org/2024/03/hoist"),
    "print switched on": (f"{_A}?print=1&id=2", f"{_A}?id=2"),
    "print of MediaWiki": ("https://example.org/w?printable=yes&title=A", "https://example.org/w?title=A"),
    "print of phpBB": ("https://example.org/viewtopic.php?t=3&view=print", "https://example.org/viewtopic.php?t=3"),
    "print of a comment page": (f"{_A}/comment-page-2/?print=true", f"{_A}/"),
    "comment page of the AMP form": (f"{_A}/amp/comment-page-2/", f"{_A}/"),
    "AMP form of a comment page": (f"{_A}/comment-page-2/amp/", f"{_A}/"),
}
SESSIONS = {
    "Java": ("https://example.org/a;jsessionid=1A.node2?id=3", "https://example.org/a?id=3"),
    "Java, in a folder": ("https://example.org/a;JSESSIONID=1A/b", "https://example.org/a/b"),
    "ASP.NET": ("https://example.org/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "https://example.org/a.aspx"),
    "PHP": ("https://example.org/a.php?PHPSESSID=0a1b&id=3", "https://example.org/a.php?id=3"),
    "phpBB": (
        "https://example.org/viewtopic.php?sid=0123456789abcdef0123456789ABCDEF&t=3",
        "https://example.org/viewtopic.php?t=3",
    ),
}
# Addresses of pages of their own, each like a rule and none of it.
NO_FORM = [
    "https://example.org/amp/",
    "https://example.org/print",
    "https://example.org/tag/amp/",
    "https://example.org/tag/print/",
    "https://example.org/wiki/AMP",
    "https://example.org/a-list/AMP",
    "https://example.org/2024/03/amp/",
    "https://example.org/2024/amp/",
    "https://example.org/2024/03/09/print/",
    "https://example.org/our-services/print/",
    "https://example.org/a-story/amplifier/",
    "https://example.org/a-story/printing/",
    "https://example.org/a-story-in-print/",
    "https://example.org/a-story/amp/2/",
    "https://example.org/amp/a-story/",
    "https://amp.example.org/a-story/",
    "https://m.example.org/a-story/",
    "https://example.org/docs/node.amp",
    "https://example.org/.amp",
    "https://example.org/?amp=40",
    "https://example.org/?print=17",
    "https://example.org/?print=0",
    "https://example.org/?view=all",
    "https://example.org/?q=print&type=print",
    "https://example.org/print.php?id=3",
    "https://example.org/?cp=2",
    "https://example.org/?page=2",
    "https://example.org/?comment=2",
    "https://example.org/a/comment-page-2/b",
    "https://example.org/story.php?sid=0123456789abcdef0123456789abcdef",
    "https://example.org/viewtopic.php?sid=12&t=3",
    "https://example.org/?session=2&sessionid=3",
    "https://example.org/(S(short))/a",
    "https://example.org/?PHPSESSID=0a1b%3Btopic%3D3",
]
UNCHANGED = {
    "text of a file": "urn:sha256:0a1b",
    "other scheme": "ftp://Example.org/A#b",
    "no scheme": "Example.org/a#b",
    "broken IPv6": "http://[::1/a",
    "port too large": "http://example.org:99999/",
    "port of letters": "http://example.org:abc/",
    "lone surrogate": "http://example.org/\ud800",
    "no host": "http:///a/",
    "no host but a user": "http://me@/a/",
    "no host but slashes": "http:////utm_a/amp",
    "nothing": "",
}


@pytest.mark.parametrize(("url", "canonical"), SAME.values(), ids=SAME.keys())
def test_canonical_url_is_one_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(("url", "canonical"), (FORMS | SESSIONS).values(), ids=FORMS | SESSIONS)
def test_form_or_session_is_not_in_the_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize("url", NO_FORM)
def test_page_of_its_own_stays_so(url: str) -> None:
    assert canonical_url(url) == url
    assert is_main_form(url)


@pytest.mark.parametrize("url", [url for url, _ in FORMS.values()], ids=FORMS)
def test_form_is_what_was_requested(url: str) -> None:
    assert not is_main_form(url)
    assert request_form(url) == request_form(f"{url}#top")
    assert canonical_url(request_form(url)) == canonical_url(url)


REQUESTS = {
    "comment page": ("https://example.org/a/comment-page-2/#comments", "https://example.org/a/comment-page-2/"),
    "comment page by query": ("https://example.org/?utm_source=x&p=1&cpage=2", "https://example.org/?cpage=2&p=1"),
    "AMP": ("https://Example.org/a-story/amp/?fbclid=1", "https://example.org/a-story/amp/"),
    "print": ("https://example.org/a?print=1;&PHPSESSID=1", "https://example.org/a?print=1%3B"),
    "session": ("https://example.org/a/comment-page-2/;jsessionid=1", "https://example.org/a/comment-page-2/"),
    "reply link": ("https://example.org/a/?replytocom=17#respond", "https://example.org/a/"),
    "no web address": ("urn:sha256:0a1b#c", "urn:sha256:0a1b#c"),
}


@pytest.mark.parametrize(("url", "form"), REQUESTS.values(), ids=REQUESTS)
def test_request_form_is_clean_and_keeps_the_form(url: str, form: str) -> None:
    assert request_form(url) == form


@pytest.mark.parametrize(("url", "_canonical"), SAME.values(), ids=SAME)
def test_main_form(url: str, _canonical: str) -> None:
    assert is_main_form(url) == (re.search("comments?-page-[0-9]|cpage", url) is None)


KEYS = {
    "its own": ("https://e.org/a/", "https://e.org/a/"),
    "scheme": ("http://e.org/a/", "https://e.org/a/"),
    "no slash": ("https://e.org/a", "https://e.org/a/"),
    "slashes": ("https://e.org/a//", "https://e.org/a/"),
    "www": ("https://www.e.org/a/", "https://e.org/a/"),
    "a file": ("http://www.e.org/a.html", "https://e.org/a.html"),
    "a file with a slash": ("https://e.org/a.html/", "https://e.org/a.html"),
    "front page": ("http://e.org", "https://e.org/"),
    "index file": ("https://e.org/a/index.html", "https://e.org/a/"),
    "index file of the front page": ("https://e.org/index.php?p=1", "https://e.org/?p=1"),
    "before a query": ("https://e.org/a?p=1", "https://e.org/a/?p=1"),
    "port": ("http://e.org:8000/a", "https://e.org:8000/a/"),
    "port of https": ("http://e.org:443/a", "https://e.org/a/"),
    "comment page and the rest": ("http://www.e.org/a/comment-page-2?utm_source=x#c", "https://e.org/a/"),
    "AMP form of an index file": ("https://e.org/a-b/index.html?amp", "https://e.org/a-b/"),
    "index file of the AMP form": ("https://e.org/a-b/amp/index.html", "https://e.org/a-b/"),
    "no web address": ("urn:sha256:0a1b", "urn:sha256:0a1b"),
    "unreadable": ("http://[::1/a", "http://[::1/a"),
    "IPv6": ("http://[::1]:8000/a", "https://[::1]:8000/a/"),
}


@pytest.mark.parametrize(("url", "key"), KEYS.values(), ids=KEYS)
def test_page_key(url: str, key: str) -> None:
    assert page_key(url) == key


# Each is another page than https://e.org/a/.
OTHER_PAGES = [
    "https://e.org/A/",
    "https://e.org/a/?p=1",
    "https://e.org/a/2/",
    "https://e.org/a.html",
    "https://e.org/a/main.html",
    "https://e.org/a/index.html/b",
    "https://e.org/index.php/a/",
    "https://e.org/a/index.xml",
    "https://e.org/a-index.html",
    "https://e.org:8000/a/",
    "https://www2.e.org/a/",
    "https://m.e.org/a/",
    "https://wwwe.org/a/",
]


@pytest.mark.parametrize("url", OTHER_PAGES)
def test_other_pages_have_other_keys(url: str) -> None:
    assert page_key(url) != page_key("https://e.org/a/")


def test_host_that_is_called_www_is_no_folder_of_its_ending() -> None:
    assert page_key("http://www.org/a") == "https://www.org/a/"


@pytest.mark.parametrize(
    ("url", "is_front"),
    [
        ("https://e.org", True),
        ("http://www.e.org/index.html?utm_source=x#top", True),
        ("https://e.org/comment-page-2/", True),
        ("https://e.org/?p=48", False),
        ("https://e.org/a/", False),
        ("urn:sha256:0a1b", False),
        ("http://[::1/", False),
        ("", False),
    ],
)
def test_front_page(url: str, *, is_front: bool) -> None:
    assert is_front_page(url) is is_front


def test_request_key_tells_comment_pages_apart_and_folds_the_rest() -> None:
    linked, captured = "http://e.org/a/comment-page-2/#comments", "https://www.e.org/a/comment-page-2"
    assert request_key(linked) == request_key(captured) == "https://e.org/a/comment-page-2/"
    assert page_key(linked) == page_key(captured) == "https://e.org/a/"


@pytest.mark.parametrize("url", UNCHANGED.values(), ids=UNCHANGED.keys())
def test_what_is_no_web_address_stays_unchanged(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize("name", sorted(TRACKING_PARAMETERS))
def test_tracking_parameter_is_dropped(name: str) -> None:
    assert canonical_url(f"https://example.org/?{name}=1&keep=2") == "https://example.org/?keep=2"


@pytest.mark.parametrize("name", sorted(SESSION_PARAMETERS | COMMENT_PAGE_PARAMETERS | FORM_SWITCHES))
def test_parameter_of_a_session_or_a_form_is_dropped(name: str) -> None:
    assert canonical_url(f"https://example.org/?{name.upper()}=1&keep=2") == "https://example.org/?keep=2"
    assert is_main_form(f"https://example.org/?{name}=1") == (name in SESSION_PARAMETERS)


@pytest.mark.parametrize("name", sorted(FORM_SETTINGS))
def test_setting_is_dropped_only_where_it_names_a_form(name: str) -> None:
    assert canonical_url(f"https://example.org/?{name}=print&keep=2") == "https://example.org/?keep=2"
    assert canonical_url(f"https://example.org/?{name}=list") == f"https://example.org/?{name}=list"


_PIECES = st.sampled_from(
    [
        *"/?#&=%.:@[];+ \\aBü\u0130\t\x00\ud800",
        *("%2f", "%25", "%75tm_a", "..", "80", "443", "comment-page-2", "utm_x", "fbclid", "//", "xn--a", "::1"),
        *("www.", "/amp", "a-b", ".amp", "print", "/index.html", "?amp", "=1", ";jsessionid=1", "cpage", "e.org"),
    ]
)
_ADDRESSES = st.builds(
    lambda scheme, pieces: scheme + "".join(pieces),
    st.sampled_from(("http://", "https://", "HTTP://", "http:", "https://example.org/", "https://example.org/a?", "")),
    st.lists(_PIECES, max_size=12),
)
_TEXTS = _ADDRESSES | st.text(st.characters())


@settings(deadline=None)
@given(_TEXTS)
def test_canonical_url_is_idempotent(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@settings(deadline=None)
@given(_TEXTS)
def test_laws_of_keys_and_forms(url: str) -> None:
    canonical, request, key = canonical_url(url), request_form(url), page_key(url)
    assert request_form(request) == request
    assert page_key(key) == key == page_key(canonical) == page_key(request)
    assert canonical_url(key) == key
    assert canonical_url(request) == canonical
    assert request_key(request_key(url)) == request_key(url) == request_key(request)
    assert is_main_form(canonical)


@settings(deadline=None)
@given(_TEXTS)
def test_host_of_any_text_is_text_in_lower_case(url: str) -> None:
    assert host_of(url) == host_of(url).lower()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.org:8080/a", "example.org"),
        ("http://[::1]:80/", "::1"),
        ("http://münchen.de/", "xn--mnchen-3ya.de"),
        ("urn:sha256:0a1b", ""),
        ("http://[::1/a", ""),
        ("", ""),
    ],
)
def test_host_of_drops_the_port(url: str, host: str) -> None:
    assert host_of(url) == host


@settings(deadline=None)
@given(st.from_regex(_PLAIN, fullmatch=True))
def test_plain_addresses_are_canonical_without_a_look(url: str) -> None:
    assert canonicalize_url(url) == url
