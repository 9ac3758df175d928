from typing import Any

from datasette.app import Datasette

class Database:
    path: str | None
    is_mutable: bool
    def __init__(self, ds: Datasette, path: str | None = ..., is_mutable: bool = ...) -> None: ...
    async def execute(self, sql: str) -> Any: ...
