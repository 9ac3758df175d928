"""URL identity: a table of addresses, and its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.urls import TRACKING_PARAMETERS, canonical_url, host_of

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
    "words like it stay": ("https://example.org/comment-page-two/", "https://example.org/comment-page-two/"),
    "part of an article stays": ("https://example.org/a/2/", "https://example.org/a/2/"),
    "escapes": ("https://example.org/%7ea/ü", "https://example.org/~a/%C3%BC"),
    "international host": ("http://münchen.de/", "http://xn--mnchen-3ya.de/"),
    "white space around": (" https://example.org/a \n", "https://example.org/a"),
}
UNCHANGED = {
    "text of a file": "urn:sha256:0a1b",
    "other scheme": "ftp://Example.org/A#b",
    "no scheme": "Example.org/a#b",
    "broken IPv6": "http://[::1/a",
    "port too large": "http://example.org:99999/",
    "port of letters": "http://example.org:abc/",
    "lone surrogate": "http://example.org/\ud800",
    "nothing": "",
}


@pytest.mark.parametrize(("url", "canonical"), SAME.values(), ids=SAME.keys())
def test_canonical_url_is_one_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize("url", UNCHANGED.values(), ids=UNCHANGED.keys())
def test_what_is_no_web_address_stays_unchanged(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize("name", sorted(TRACKING_PARAMETERS))
def test_tracking_parameter_is_dropped(name: str) -> None:
    assert canonical_url(f"https://example.org/?{name}=1&keep=2") == "https://example.org/?keep=2"


_PIECES = st.sampled_from(
    [
        *"/?#&=%.:@[];+ \\aBü\u0130\t\x00\ud800",
        *("%2f", "%25", "%75tm_a", "..", "80", "443", "comment-page-2", "utm_x", "fbclid", "//", "xn--a", "::1"),
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
