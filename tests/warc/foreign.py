"""WARC files as other programs write them, by hand: their versions, order of records, digests and odd habits.

Each is a list of records, to be packed plain or as gzip members.
"""

import json
import zipfile
from base64 import b32encode
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha1, sha256
from io import BytesIO

from tests.site_answers import Site
from tests.site_comments import Markup
from tests.site_content import ARTICLES
from tests.warc.made import packed

Fields = Sequence[tuple[str, str]]
SITE = Site(Markup.HTML5, base_url="http://news.example")
URL = f"http://news.example{ARTICLES[0].path}"
OTHER_URL = f"http://news.example{ARTICLES[1].path}"
BODY = SITE.respond(ARTICLES[0].path).body
OTHER_BODY = SITE.respond(ARTICLES[1].path).body
REQUEST = b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"
RESPONSE = "application/http; msgtype=response"


def base32(data: bytes) -> str:
    return "sha1:" + b32encode(sha1(data, usedforsecurity=False).digest()).decode()


def uid(number: int) -> str:
    return f"<urn:uuid:00000000-0000-4000-a000-{number:012}>"


def answer(body: bytes = BODY, *, head: bytes = b"Content-Type: text/html; charset=UTF-8") -> bytes:
    return b"HTTP/1.1 200 OK\r\n" + head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def warc(version: str, headers: Fields, block: bytes = b"") -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"WARC/{version}\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def about(kind: str, number: int, url: str | None, *, date: str = "2017-02-25T10:00:00Z") -> list[tuple[str, str]]:
    named = [("WARC-Type", kind), ("WARC-Record-ID", uid(number)), ("WARC-Date", date)]
    return named if url is None else [*named, ("WARC-Target-URI", url)]


def info(version: str, number: int, software: str) -> bytes:
    block = f"software: {software}\r\nformat: WARC File Format {version}\r\nrobots: classic\r\n".encode()
    return warc(version, [*about("warcinfo", number, None), ("Content-Type", "application/warc-fields")], block)


def wget(version: str) -> list[bytes]:
    """Requests first; URIs in angle brackets; its log and arguments at the end as metadata and resource records."""
    first = 100 if version == "1.0" else 150
    block = answer()
    link = [("WARC-Warcinfo-ID", uid(first))]
    return [
        info(version, first, "Wget/1.21.3 (linux-gnu)"),
        warc(
            version,
            [
                *about("request", first + 1, f"<{URL}>"),
                ("Content-Type", "application/http;msgtype=request"),
                ("WARC-IP-Address", "192.0.2.1"),
                *link,
                ("WARC-Block-Digest", base32(REQUEST)),
            ],
            REQUEST,
        ),
        warc(
            version,
            [
                *about("response", first + 2, f"<{URL}>"),
                ("WARC-Concurrent-To", uid(first + 1)),
                *link,
                ("WARC-IP-Address", "192.0.2.1"),
                ("WARC-Block-Digest", base32(block)),
                ("WARC-Payload-Digest", base32(BODY)),
                ("Content-Type", "application/http;msgtype=response"),
            ],
            block,
        ),
        warc(
            version,
            [
                *about("metadata", first + 3, "<metadata://gnu.org/software/wget/warc/MANIFEST.txt>"),
                ("WARC-Block-Digest", base32(b"<urn:uuid:x>\n")),
                ("Content-Type", "text/plain"),
            ],
            b"<urn:uuid:x>\n",
        ),
        warc(
            version,
            [
                *about("resource", first + 4, "<metadata://gnu.org/software/wget/warc/wget.log>"),
                ("WARC-Concurrent-To", uid(first + 3)),
                ("WARC-Block-Digest", base32(b"100% saved\n")),
                ("Content-Type", "text/plain"),
            ],
            b"100% saved\n",
        ),
    ]


def revisit(version: str, number: int, digest: str, *, date: str = "2017-02-26T10:00:00Z", url: str = URL) -> bytes:
    """One that names its original by URL and date, not by id."""
    head = answer()[: -len(BODY)]
    return warc(
        version,
        [
            *about("revisit", number, url, date=date),
            ("WARC-Profile", f"http://netpreserve.org/warc/{version}/revisit/identical-payload-digest"),
            ("WARC-Refers-To-Target-URI", URL),
            ("WARC-Refers-To-Date", "2017-02-25T10:00:00Z"),
            ("WARC-Payload-Digest", digest),
            ("WARC-Block-Digest", base32(head)),
            ("Content-Type", RESPONSE),
        ],
        head,
    )


def warcprox() -> list[bytes]:
    """WARC/1.0, digests in base 16, the request behind, revisits without WARC-Refers-To."""
    block = answer()
    digest = "sha1:" + sha1(BODY, usedforsecurity=False).hexdigest()
    return [
        info("1.0", 200, "warcprox 2.4.17"),
        warc(
            "1.0",
            [
                *about("response", 201, URL),
                ("WARC-IP-Address", "192.0.2.1"),
                ("Content-Type", "application/http;msgtype=response"),
                ("WARC-Payload-Digest", digest),
                ("WARC-Block-Digest", "sha1:" + sha1(block, usedforsecurity=False).hexdigest()),
            ],
            block,
        ),
        warc(
            "1.0",
            [
                *about("request", 202, URL),
                ("WARC-Concurrent-To", uid(201)),
                ("Content-Type", "application/http;msgtype=request"),
            ],
            REQUEST,
        ),
        revisit("1.0", 203, digest),
    ]


def heritrix() -> list[bytes]:
    """A DNS answer as ``response`` record, whole seconds, metadata with the way a page was found."""
    block = answer()
    dns = b"20170225100000\nnews.example.\t60\tIN\tA\t192.0.2.1\n"
    fields = b"via: http://news.example/\r\nhopsFromSeed: L\r\nfetchTimeMs: 12\r\n"
    return [
        info("1.0", 300, "Heritrix/3.4.0"),
        warc(
            "1.0",
            [
                *about("response", 301, "dns:news.example", date="2017-02-25T09:59:59Z"),
                ("WARC-IP-Address", "192.0.2.53"),
                ("WARC-Payload-Digest", base32(dns)),
                ("Content-Type", "text/dns"),
            ],
            dns,
        ),
        warc(
            "1.0",
            [
                *about("response", 302, URL),
                ("WARC-IP-Address", "192.0.2.1"),
                ("WARC-Payload-Digest", base32(BODY)),
                ("Content-Type", RESPONSE),
            ],
            block,
        ),
        warc(
            "1.0",
            [
                *about("request", 303, URL),
                ("WARC-Concurrent-To", uid(302)),
                ("Content-Type", "application/http; msgtype=request"),
            ],
            REQUEST,
        ),
        warc(
            "1.0",
            [
                *about("metadata", 304, URL),
                ("WARC-Concurrent-To", uid(302)),
                ("Content-Type", "application/warc-fields"),
            ],
            fields,
        ),
    ]


def browsertrix() -> list[bytes]:
    """WARC/1.1, sha256, heads of HTTP/2 written as HTTP/1.1, and what it knows of a page as ``resource`` records."""
    block = answer(head=b"content-type: text/html; charset=UTF-8\r\nx-orig-content-encoding: br")
    digest = "sha256:" + sha256(BODY).hexdigest()
    page = json.dumps({"pageid": "p1", "urls": {URL: {"status": 200}}}).encode()
    return [
        info("1.1", 400, "Browsertrix-Crawler 1.5.0 (with warcio.js 2.4.2)"),
        warc(
            "1.1",
            [
                *about("response", 401, URL, date="2017-02-25T10:00:00.123Z"),
                ("WARC-Page-ID", "p1"),
                ("WARC-Resource-Type", "document"),
                ("WARC-Protocol", "h2"),
                ("WARC-Payload-Digest", digest),
                ("WARC-Block-Digest", "sha256:" + sha256(block).hexdigest()),
                ("Content-Type", RESPONSE),
            ],
            block,
        ),
        revisit("1.1", 402, digest),
        warc(
            "1.1",
            [
                *about("resource", 403, f"urn:pageinfo:{URL}", date="2017-02-25T10:00:01.000Z"),
                ("WARC-Payload-Digest", "sha256:" + sha256(page).hexdigest()),
                ("Content-Type", "application/json"),
            ],
            page,
        ),
        warc(
            "1.1",
            [
                *about("resource", 404, f"urn:text:{URL}", date="2017-02-25T10:00:01.000Z"),
                ("Content-Type", "text/plain"),
            ],
            b"The text of the page",
        ),
        warc(
            "1.1",
            [*about("conversion", 405, URL), ("WARC-Refers-To", uid(401)), ("Content-Type", "text/plain")],
            b"The text of the page",
        ),
    ]


def pywb() -> list[bytes]:
    """Recorded through its proxy: no warcinfo, a chunked body whose framing its digest leaves out."""
    framed = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n" + framed
    return [
        warc(
            "1.0",
            [
                *about("response", 501, URL),
                ("WARC-Payload-Digest", base32(BODY)),
                ("WARC-Block-Digest", base32(block)),
                ("Content-Type", RESPONSE),
            ],
            block,
        ),
        warc(
            "1.0",
            [
                *about("request", 502, URL),
                ("WARC-Concurrent-To", uid(501)),
                ("Content-Type", "application/http; msgtype=request"),
            ],
            REQUEST,
        ),
        revisit("1.0", 503, base32(BODY)),
    ]


TOOLS: Mapping[str, tuple[Callable[[], list[bytes]], int]] = {
    "wget 1.0": (lambda: wget("1.0"), 2),
    "wget 1.1": (lambda: wget("1.1"), 2),
    "warcprox": (warcprox, 2),
    "Heritrix": (heritrix, 2),
    "Browsertrix": (browsertrix, 4),
    "pywb": (pywb, 2),
}
"""Records, and how many of them are captures."""


def wacz(warcs: Mapping[str, bytes], *, stored: bool = True) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        archive.writestr("indexes/index.cdx.gz", b"")
        for name, data in warcs.items():
            how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(f"archive/{name}", data, compress_type=how)
    return out.getvalue()


def second_page() -> bytes:
    """One more article, with nothing else in the file."""
    block = answer(OTHER_BODY)
    headers = [
        *about("response", 601, OTHER_URL),
        ("WARC-Payload-Digest", base32(OTHER_BODY)),
        ("Content-Type", RESPONSE),
    ]
    return packed([warc("1.0", headers, block)])
