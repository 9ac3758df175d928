"""The records that a capture is made of, as the WARC policy says (docs/warc.md). Values in, values out.

Knows no file: the ids of records and of the file's warcinfo record are handed in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from warc.block import Block
from warc.digest import block_digest
from warc.exchange import Exchange, redact
from warc.http1 import MOST_HEAD_BYTES, split_interim, transfer_codings
from warc.payload import Message, read_file, read_message
from warc.record import HTTP_RESPONSE, IDENTICAL_PAYLOAD, NOT_MODIFIED, NOT_MODIFIED_STATUS, format_fields

HTTP_REQUEST = "application/http; msgtype=request"
WARC_FIELDS = "application/warc-fields"

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record still to be written: its named fields without Content-Length, and its block."""

    type: str
    headers: tuple[tuple[str, str], ...]
    block: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The record that holds the payload which a revisit does not repeat."""

    record_id: str
    url: str
    date: datetime
    payload_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An exchange taken apart, its payload digested: what is needed to look for an original."""

    exchange: Exchange
    interim: tuple[bytes, ...]
    final: Block
    message: Message

    @property
    def can_repeat(self) -> bool:
        """Whether the payload may be one that was stored before: there is one, and it is whole.

        Redirects are always stored in full: players show a revisit of one as an empty page.
        """
        redirects = self.message.head.status is None or 300 <= self.message.head.status < 400  # noqa: PLR2004 - RFC 9110
        return not self.exchange.truncated and not redirects and self.message.digests.size > 0

    @property
    def is_not_modified(self) -> bool:
        return self.message.head.status == NOT_MODIFIED_STATUS and not self.exchange.truncated


def prepare(exchange: Exchange) -> Prepared:
    interim, start = split_interim(exchange.response.first(MOST_HEAD_BYTES))
    final = exchange.response.behind(start)
    return Prepared(exchange=exchange, interim=tuple(interim), final=final, message=read_message(final))


class Composer:
    """Makes the drafts of one file's captures; the first draft of each capture is its main record."""

    def __init__(self, *, warcinfo_id: str, new_id: Callable[[], str]) -> None:
        self._warcinfo_id = warcinfo_id
        self._new_id = new_id

    def exchange(self, prepared: Prepared, *, original: Original | None, fields: Mapping[str, str]) -> list[Draft]:
        """``original``: store a revisit of it; the answer was 304, or has the same payload."""
        exchange = prepared.exchange
        main_id = self._new_id()
        about = self._about(exchange.url, exchange.started_at)
        beside = [*about, ("WARC-Concurrent-To", f"<{main_id}>")]
        asides = [Block(one) for one in prepared.interim]
        wire = _wire_headers(exchange)
        if original is None:
            main = self._response(main_id, [*about, *wire], prepared)
        else:
            main = self._revisit(main_id, [*about, *wire], prepared, original)
            if prepared.is_not_modified:
                asides.append(prepared.final)
        return [
            main,
            self._draft("request", self._new_id(), beside, HTTP_REQUEST, redact(exchange.request)),
            *(self._draft("metadata", self._new_id(), beside, HTTP_RESPONSE, block) for block in asides),
            *self._fields(beside, fields),
        ]

    def resource(
        self, *, url: str, body: Block, content_type: str, at: datetime, fields: Mapping[str, str]
    ) -> list[Draft]:
        """A saved page or text."""
        main_id = self._new_id()
        about = self._about(url, at)
        digest = read_file(body, content_type).digests.sha1
        headers = [*about, ("WARC-Payload-Digest", digest)]
        beside = [*about, ("WARC-Concurrent-To", f"<{main_id}>")]
        return [self._draft("resource", main_id, headers, content_type, body), *self._fields(beside, fields)]

    def warcinfo(self, *, filename: str, at: datetime, info: Mapping[str, str]) -> Draft:
        headers = [("WARC-Date", warc_date(at)), ("WARC-Filename", filename)]
        return self._draft("warcinfo", self._warcinfo_id, headers, WARC_FIELDS, Block(format_fields(info)))

    def _response(self, record_id: str, headers: Headers, prepared: Prepared) -> Draft:
        message = prepared.message
        # Checkers hash the framing too, or nothing where no head is: a right digest would count as wrong there.
        if message.body_start and not transfer_codings(message.head):
            headers.append(("WARC-Payload-Digest", message.digests.sha1))
        return self._draft("response", record_id, headers, HTTP_RESPONSE, prepared.final)

    def _revisit(self, record_id: str, headers: Headers, prepared: Prepared, original: Original) -> Draft:
        not_modified = prepared.is_not_modified
        headers += [
            ("WARC-Profile", NOT_MODIFIED if not_modified else IDENTICAL_PAYLOAD),
            ("WARC-Refers-To", f"<{original.record_id}>"),
            ("WARC-Refers-To-Target-URI", original.url),
            ("WARC-Refers-To-Date", warc_date(original.date)),
            ("WARC-Payload-Digest", original.payload_digest),
        ]
        # The block of a 304 stays empty: players would show its head with no body as the page.
        head = Block() if not_modified else Block(prepared.final.first(prepared.message.body_start))
        return self._draft("revisit", record_id, headers, HTTP_RESPONSE, head)

    def _fields(self, beside: Headers, fields: Mapping[str, str]) -> list[Draft]:
        block = format_fields(fields)
        return [self._draft("metadata", self._new_id(), beside, WARC_FIELDS, Block(block))] if block else []

    def _about(self, url: str, at: datetime) -> Headers:
        return [
            ("WARC-Target-URI", url),
            ("WARC-Date", warc_date(at)),
            ("WARC-Warcinfo-ID", f"<{self._warcinfo_id}>"),
        ]

    @staticmethod
    def _draft(warc_type: str, record_id: str, headers: Headers, content_type: str, block: Block) -> Draft:
        return Draft(
            type=warc_type,
            headers=(
                ("WARC-Type", warc_type),
                ("WARC-Record-ID", f"<{record_id}>"),
                *headers,
                ("WARC-Block-Digest", block_digest(block.parts())),
                ("Content-Type", content_type),
            ),
            block=block,
        )


def _wire_headers(exchange: Exchange) -> Headers:
    optional = {
        "WARC-IP-Address": exchange.ip_address,
        "WARC-Protocol": exchange.tls_version,
        "WARC-Cipher-Suite": exchange.tls_cipher,
        "WARC-Truncated": exchange.truncated,
    }
    return [(name, str(value)) for name, value in optional.items() if value]


def warc_date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
