"""What is wrong with one record: its digests and its mandatory fields (WARC/1.1 sections 5 and 6). Pure."""

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from warc.block import Block
from warc.digest import parse_digest, sha1_text
from warc.http1 import transfer_codings
from warc.payload import payload_parts, read_head
from warc.record import Record, capture_of, parse_date

_URI = re.compile(r"<?[A-Za-z][A-Za-z0-9+.-]*:\S+>?")
_RECORD_ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+>")
_NEEDS_URI: Final = frozenset({"response", "resource", "request", "revisit", "conversion", "continuation"})
_ALWAYS: Final = ("WARC-Type", "WARC-Record-ID", "WARC-Date")


class Kind(StrEnum):
    """What can be wrong. The values are part of the JSON that ``verify`` prints."""

    DAMAGED_RECORD = "damaged-record"
    BLOCK_DIGEST = "block-digest"
    PAYLOAD_DIGEST = "payload-digest"
    MALFORMED_FIELD = "malformed-field"
    DUPLICATE_ID = "duplicate-id"
    DANGLING_REFERENCE = "dangling-reference"
    FILE_MISSING = "file-missing"
    FILE_CHANGED = "file-changed"
    RECORD_COUNT = "record-count"
    NOT_IN_MANIFEST = "not-in-manifest"
    MANIFEST_CHAIN = "manifest-chain"
    UNFINISHED_FILE = "unfinished-file"
    INDEX_MISSING = "index-missing"
    INDEX_WRONG = "index-wrong"
    DATABASE_MISSING = "database-missing"
    DATABASE_WRONG = "database-wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """``problems`` says what was found. ``payload_digest`` is that of the index (``sha1:BASE32``), for captures."""

    problems: tuple[tuple[Kind, str], ...]
    payload_digest: str | None


def check_record(record: Record) -> Checked:
    """A whole record."""
    problems = [*_field_problems(record)]
    block = record.first("WARC-Block-Digest")
    promise = parse_digest(block) if block else None
    if promise and not promise.is_kept_by(record.block.parts()):
        problems.append((Kind.BLOCK_DIGEST, f"the block is not what WARC-Block-Digest promises ({block})"))
    given = record.first("WARC-Payload-Digest")
    if record.type == "revisit":
        return Checked(problems=tuple(problems), payload_digest=capture_of(record).payload_digest)
    promise = parse_digest(given) if given else None
    standard = False
    if promise:
        candidates = _payloads(record)
        standard = promise.is_kept_by(next(candidates))
        if not standard and not any(promise.is_kept_by(parts) for parts in candidates):
            problems.append((Kind.PAYLOAD_DIGEST, f"the payload is not what WARC-Payload-Digest promises ({given})"))
    if not record.is_capture:
        return Checked(problems=tuple(problems), payload_digest=None)
    # Hashing once is enough where the promise is kept and is the digest that is wanted.
    is_known = promise is not None and standard and promise.algorithm == "sha1"
    digest = sha1_text(promise.value) if promise and is_known else capture_of(record).payload_digest
    return Checked(problems=tuple(problems), payload_digest=digest)


def _field_problems(record: Record) -> Iterator[tuple[Kind, str]]:
    found = record.by_name
    wanted = [*_ALWAYS]
    if record.type in _NEEDS_URI:
        wanted.append("WARC-Target-URI")
    if record.type == "revisit":
        wanted.append("WARC-Profile")
    for name in wanted:
        if not found.get(name.lower()):
            yield Kind.MALFORMED_FIELD, f"no {name}"
    for name, (shown, is_right) in _CHECKS.items():
        value = found.get(name)
        if value and not is_right(value):
            yield Kind.MALFORMED_FIELD, f"{shown} is {value[:80]!r}"


def _payloads(record: Record) -> Iterator[Iterable[bytes]]:
    """The payload by the standard, then what other programs take for it: the body with its framing, the whole block."""
    if not record.is_http:
        yield record.block.parts()
        return
    if record.type == "request":
        yield record.block.behind(_request_head(record.block)).parts()
    else:
        head, start = read_head(record.block)
        body = record.block.behind(start)
        yield payload_parts(head, body)
        if transfer_codings(head):
            yield body.parts()
    yield record.block.parts()


def _request_head(block: Block) -> int:
    start = block.first(1 << 16)
    end = start.find(b"\r\n\r\n")
    return end + 4 if end >= 0 else block.size


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return _is_odd_date(text)
    return True


def _is_odd_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)
def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)
def _is_reference(text: str) -> bool:
    """Several records in a row refer to the same one."""
    return _is_id(text)


def _is_id(text: str) -> bool:
    return _RECORD_ID.fullmatch(text) is not None


def _is_uri(text: str) -> bool:
    return _URI.fullmatch(text) is not None


_CHECKS: Final[Mapping[str, tuple[str, Callable[[str], bool]]]] = {
    name.lower(): (name, is_right)
    for name, is_right in (
        ("WARC-Record-ID", _is_id),
        ("WARC-Target-URI", _is_uri),
        ("WARC-Concurrent-To", _is_reference),
        ("WARC-Refers-To", _is_reference),
        ("WARC-Warcinfo-ID", _is_reference),
        ("WARC-Segment-Origin-ID", _is_reference),
        ("WARC-Date", _is_date),
        ("WARC-Refers-To-Date", _is_date),
        ("WARC-IP-Address", _is_address),
    )
}
"""By name in lower case: the name as it is written, and whether a value is well formed."""
