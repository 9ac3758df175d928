from collections.abc import Sequence
from typing import Any

from datasette.database import Database

class Urls:
    def database(self, database: str) -> str: ...

class Datasette:
    urls: Urls
    crossdb: bool
    databases: dict[str, Database]
    client: Any
    def __init__(
        self,
        files: Sequence[str] = ...,
        *,
        immutables: Sequence[str] = ...,
        memory: bool = ...,
        crossdb: bool = ...,
        metadata: dict[str, Any] = ...,
    ) -> None: ...
    async def invoke_startup(self) -> None: ...
