"""Lines of the index: one a capture, in the dialect of pywb and cdxj-indexer.

``SURT YYYYMMDDhhmmss {"url", "mime", "status", "digest", "length", "offset", "filename"}``, all values text.
"""

import json
import warnings

from warc.http1 import Head
from warc.record import Capture

with warnings.catch_warnings():  # its first import compiles code that newer Pythons warn about
    warnings.simplefilter("ignore")
    import surt


_DIGITS_ONLY = str.maketrans("", "", "-:T")


def cdxj_line(capture: Capture) -> str:
    """The capture's line, without line end. The digest of a chunked body is over the body without framing.

    A revisit gives its original's digest, and the status that its own block names.
    """
    record = capture.record
    status = capture.head.status if record.block.size else None
    mime = "warc/revisit" if record.type == "revisit" else media_type(capture.head)
    fields = {
        "url": record.url,
        **({"mime": mime} if mime else {}),
        **({"status": str(status)} if status else {}),
        "digest": capture.payload_digest,
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": record.file,
    }
    second = record.date.isoformat(timespec="seconds")[:19].translate(_DIGITS_ONLY)
    return f"{surt_key(record.url)} {second} {json.dumps(fields, ensure_ascii=True)}"


def media_type(head: Head) -> str | None:
    """As the server wrote it, without parameters."""
    return (head.first("Content-Type") or "").partition(";")[0].strip() or None


def surt_key(url: str) -> str:
    """The sort-friendly form of a URL. A key only, never an identity: it folds the case of the path."""
    try:
        key: str = surt.surt(url)
    except (ValueError, IndexError, AttributeError):  # surt raises on URLs that are none
        key = url
    return key.replace(" ", "%20").replace("\n", "%0A").replace("\r", "%0D")
