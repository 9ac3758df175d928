"""A gzip member that is another with every answer: the server's own bytes stand where gzip keeps a file's name."""

import gzip
import io

from tests.capture.model import OWN

UNZIPPED = b"<p>hello" * 50


def _zipped() -> bytes:
    stream = io.BytesIO()
    with gzip.GzipFile(filename=OWN.decode(), mode="wb", fileobj=stream, mtime=0) as member:
        member.write(UNZIPPED)
    return stream.getvalue()


ZIPPED = _zipped()
