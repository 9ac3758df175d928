"""Records one HTTP exchange while it crosses the wire: what a Twisted protocol writes and reads, byte for byte.

Knows Twisted, nothing of Scrapy, WARC files or the database.
"""

import ipaddress
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from warc.block import Spool
from warc.exchange import Exchange, Truncation


class Recording:
    """Bytes of one attempt at one request. Filled by the protocol, read once by the download handler."""

    def __init__(self) -> None:
        self.started_at = datetime.now(UTC)
        self.active = True
        self._sent = Spool()
        self._received = Spool()
        self._trailing = 0
        self.failure: OSError | None = None
        self.whole = False
        self.unreadable = False
        self._ip_address: str | None = None
        self._tls: tuple[str, str] | None = None

    def sent(self, data: bytes) -> None:
        self._keep(self._sent, data)

    def received(self, data: bytes, transport: Any) -> None:
        if not self._received.size:
            self._note_peer(transport)  # only now: before the first byte the TLS cipher is not known
        self._keep(self._received, data)

    def _keep(self, spool: Spool, data: bytes) -> None:
        try:
            spool.append(data)
        except OSError as error:  # no room for a large body in the temporary folder
            self.failure, self.active = error, False

    def finished(self, trailing: int) -> None:
        """The parser saw the message's end; ``trailing`` bytes of what it was given lie behind it."""
        if self.active:
            self.whole, self._trailing, self.active = True, trailing, False

    def given_up(self) -> None:
        """The parser could not make sense of what came."""
        if self.active:
            self.unreadable, self.active = True, False

    @property
    def has_response(self) -> bool:
        return self._received.size > 0

    def exchange(self, url: str, *, truncated: Truncation | None, proxied: bool) -> Exchange:
        return Exchange(
            url=url,
            started_at=self.started_at,
            request=self._sent.block(),
            response=self._received.block(self._received.size - self._trailing),
            ip_address=None if proxied else self._ip_address,
            tls_version=self._tls[0] if self._tls else None,
            tls_cipher=self._tls[1] if self._tls else None,
            truncated=truncated,
        )

    def _note_peer(self, transport: Any) -> None:
        with suppress(AttributeError, ValueError):
            self._ip_address = _address(transport.getPeer().host)
        with suppress(AttributeError):  # a plain connection has no TLS handle
            handle = transport.getHandle()
            self._tls = (_protocol_name(handle.get_protocol_version_name()), handle.get_cipher_name())


@lru_cache(maxsize=1024)
def _address(host: str) -> str:
    """Raises ValueError for what is no IP address."""
    return str(ipaddress.ip_address(host))


def _protocol_name(openssl: str) -> str:
    """``TLSv1.3`` as WARC-Protocol writes it: ``tls/1.3``."""
    return openssl.lower().replace("v", "/", 1)


class TeeTransport:
    """Stands before a transport while a request is written, and notes what goes through."""

    def __init__(self, transport: Any, recording: Recording) -> None:
        self._transport = transport
        self._recording = recording

    def write(self, data: bytes) -> None:
        self._recording.sent(data)
        self._transport.write(data)

    def writeSequence(self, data: list[bytes]) -> None:  # noqa: N802 - Twisted's name
        parts = list(data)
        self._recording.sent(b"".join(parts))
        self._transport.writeSequence(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
