from typing import Any, BinaryIO

class FeedParserDict(dict[str, Any]): ...

def parse(
    url_file_stream_or_string: BinaryIO,
    *,
    response_headers: dict[str, str] | None = ...,
    sanitize_html: bool | None = ...,
    resolve_relative_uris: bool | None = ...,
) -> FeedParserDict: ...
