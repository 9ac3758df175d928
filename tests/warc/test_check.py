"""What is wrong with one record: digests in every base and over every reading of payload, and mandatory fields."""

import base64
import hashlib
from collections.abc import Callable

import pytest

from tests.warc import foreign
from tests.warc.made import PAGE, member, record
from warc.block import Block
from warc.check import Kind, check_record
from warc.record import Record, capture_of
from warc.scan import parse_frame

EMPTY = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def parsed(data: bytes) -> Record:
    head, _, rest = data.partition(b"\r\n\r\n")
    frame = parse_frame(head + b"\r\n\r\n")
    block = Block(rest[: frame.content_length])
    return Record(headers=frame.headers, block=block, file="x.warc", offset=0, length=len(data))


def kinds(data: bytes) -> list[tuple[Kind, str]]:
    return list(check_record(parsed(data)).problems)


def sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


BASES: dict[str, Callable[[bytes], str]] = {
    "base 32": lambda data: "sha1:" + base64.b32encode(sha1(data)).decode(),
    "base 32, lower case": lambda data: "sha1:" + base64.b32encode(sha1(data)).decode().lower(),
    "base 16": lambda data: "sha1:" + sha1(data).hex(),
    "base 16, upper case": lambda data: "SHA1:" + sha1(data).hex().upper(),
    "base 64": lambda data: "sha1:" + base64.b64encode(sha1(data)).decode(),
    "sha-1": lambda data: "sha-1:" + sha1(data).hex(),
    "sha256": lambda data: "sha256:" + hashlib.sha256(data).hexdigest(),
    "sha-256, base 32": lambda data: "sha-256:" + base64.b32encode(hashlib.sha256(data).digest()).decode(),
    "sha512": lambda data: "sha512:" + hashlib.sha512(data).hexdigest(),
    "md5": lambda data: "md5:" + hashlib.md5(data, usedforsecurity=False).hexdigest(),
}


@pytest.mark.parametrize("digest", BASES.values(), ids=BASES)
def test_digest_is_checked_in_every_base(digest: Callable[[bytes], str]) -> None:
    body = PAGE.partition(b"\r\n\r\n")[2]
    fine = record(headers=[("WARC-Block-Digest", digest(PAGE)), ("WARC-Payload-Digest", digest(body))])
    assert kinds(fine) == []
    wrong = record(headers=[("WARC-Block-Digest", digest(b"x")), ("WARC-Payload-Digest", digest(b"y"))])
    assert [kind for kind, _ in kinds(wrong)] == [Kind.BLOCK_DIGEST, Kind.PAYLOAD_DIGEST]
    assert digest(b"x") in kinds(wrong)[0][1]


@pytest.mark.parametrize("digest", ["sha3:abc", "sha1:zzz", "sha1", "blake3:" + "a" * 64, ":", "sha1:" + "é" * 32])
def test_digest_that_cannot_be_read_proves_nothing(digest: str) -> None:
    assert kinds(record(headers=[("WARC-Block-Digest", digest), ("WARC-Payload-Digest", digest)])) == []


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
FRAMED = b"5\r\nhello\r\n0\r\n\r\n"
READINGS = {
    "by the standard": (CHUNKED + FRAMED, b"hello", True),
    "with the framing": (CHUNKED + FRAMED, FRAMED, True),
    "the whole block": (CHUNKED + FRAMED, CHUNKED + FRAMED, True),
    "something else": (CHUNKED + FRAMED, b"hell", False),
    "content coding kept": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + member(b"x"), member(b"x"), True),
    "content coding removed": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + member(b"x"), b"x", False),
    "no body": (b"HTTP/1.1 204 No Content\r\n\r\n", b"", True),
    "no head": (b"<p>hello", b"<p>hello", True),
}


@pytest.mark.parametrize(("block", "payload", "fine"), READINGS.values(), ids=READINGS)
def test_payload_digest_holds_by_every_reading_that_is_in_use(block: bytes, payload: bytes, *, fine: bool) -> None:
    found = kinds(record(block=block, headers=[("WARC-Payload-Digest", foreign.base32(payload))]))
    assert [kind for kind, _ in found] == ([] if fine else [Kind.PAYLOAD_DIGEST])


def test_payload_of_a_request_is_what_follows_its_head() -> None:
    request = b"POST / HTTP/1.1\r\nHost: a\r\n\r\na=b"
    named = [("WARC-Type", "request"), ("Content-Type", "application/http; msgtype=request")]
    for payload, fine in ((b"a=b", True), (b"", False)):
        found = kinds(record(block=request, headers=[*named, ("WARC-Payload-Digest", foreign.base32(payload))]))
        assert (found == []) is fine


FIELDS: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "nothing wrong": ([], []),
    "no type": ([("WARC-Type", "")], ["no WARC-Type"]),
    "no id": ([("WARC-Record-ID", "")], ["no WARC-Record-ID"]),
    "no date": ([("WARC-Date", "")], ["no WARC-Date"]),
    "no URI": ([("WARC-Target-URI", "")], ["no WARC-Target-URI"]),
    "a warcinfo needs no URI": ([("WARC-Type", "warcinfo"), ("WARC-Target-URI", "")], []),
    "unknown type": ([("WARC-Type", "future"), ("WARC-Target-URI", "")], []),
    "revisit without profile": ([("WARC-Type", "revisit")], ["no WARC-Profile"]),
    "id without brackets": ([("WARC-Record-ID", "urn:uuid:1")], ["WARC-Record-ID is"]),
    "id with a blank": ([("WARC-Record-ID", "<urn: uuid:1>")], ["WARC-Record-ID is"]),
    "URI in brackets": ([("WARC-Target-URI", "<http://a.example/>")], []),
    "URI with a blank": ([("WARC-Target-URI", "http://a.example/a b")], ["WARC-Target-URI is"]),
    "URI without scheme": ([("WARC-Target-URI", "//a.example/")], ["WARC-Target-URI is"]),
    "day": ([("WARC-Date", "2017-02-24")], []),
    "nine digits": ([("WARC-Date", "2017-02-24T16:05:00.123456789Z")], []),
    "words": ([("WARC-Date", "yesterday")], ["WARC-Date is 'yesterday'"]),
    "month 13": ([("WARC-Date", "2017-13-24T16:05:00Z")], ["WARC-Date is"]),
    "odd digits": ([("WARC-Date", "2017-02-24T16:05:00.²Z")], ["WARC-Date is"]),
    "address": ([("WARC-IP-Address", "2001:db8::1")], []),
    "host for address": ([("WARC-IP-Address", "a.example")], ["WARC-IP-Address is"]),
    "reference without brackets": ([("WARC-Concurrent-To", "urn:uuid:1")], ["WARC-Concurrent-To is"]),
    "reference date": ([("WARC-Refers-To-Date", "soon")], ["WARC-Refers-To-Date is"]),
}


@pytest.mark.parametrize(("headers", "said"), FIELDS.values(), ids=FIELDS)
def test_field_that_is_malformed_is_named(headers: list[tuple[str, str]], said: list[str]) -> None:
    found = kinds(record(headers=headers))
    assert [kind for kind, _ in found] == [Kind.MALFORMED_FIELD] * len(said)
    assert all(text in reason for text, (_, reason) in zip(said, found, strict=True))


def test_very_long_value_is_shortened() -> None:
    [(_, reason)] = kinds(record(headers=[("WARC-IP-Address", "x" * 10_000)]))
    assert len(reason) < 200


@pytest.mark.parametrize("make", [one[0] for one in foreign.TOOLS.values()], ids=foreign.TOOLS)
def test_records_of_other_tools_are_fine_and_listed_as_the_index_lists_them(make: Callable[[], list[bytes]]) -> None:
    for one in map(parsed, make()):
        checked = check_record(one)
        assert checked.problems == ()
        assert checked.payload_digest == (capture_of(one).payload_digest if one.is_capture else None)


REVISITS = {
    "base 32": (foreign.base32(b"x"), foreign.base32(b"x")),
    "base 16": ("sha1:" + sha1(b"x").hex(), foreign.base32(b"x")),
    "sha-256": ("SHA-256:" + hashlib.sha256(b"x").hexdigest().upper(), "sha256:" + hashlib.sha256(b"x").hexdigest()),
    "unknown": ("crc32:abc", "crc32:abc"),
    "none": ("", EMPTY),
}


@pytest.mark.parametrize(("given", "listed"), REVISITS.values(), ids=REVISITS)
def test_digest_of_a_revisit_is_listed_in_one_form(given: str, listed: str) -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    headers = [("WARC-Type", "revisit"), ("WARC-Profile", "x"), ("WARC-Payload-Digest", given)]
    one = parsed(record(block=head, headers=headers))
    assert capture_of(one).payload_digest == check_record(one).payload_digest == listed


def test_revisit_that_holds_a_body_and_names_no_digest_is_listed_by_it() -> None:
    one = parsed(record(headers=[("WARC-Type", "revisit"), ("WARC-Profile", "x")]))
    assert check_record(one).payload_digest == capture_of(one).payload_digest == foreign.base32(b"<p>page")
