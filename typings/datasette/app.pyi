from collections.abc import Sequence
from typing import Any

class Database:
    path: str | None
    async def execute(self, sql: str) -> Any: ...

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
        crossdb: bool = ...,
        metadata: dict[str, Any] = ...,
    ) -> None: ...
    async def invoke_startup(self) -> None: ...
