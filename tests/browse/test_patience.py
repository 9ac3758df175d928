"""Datasette waits for who writes to an archive as long as our own commands do; other databases are left alone."""

import asyncio
from pathlib import Path

import pytest
from datasette.app import Datasette

from db.schema import open_database


@pytest.mark.parametrize(("name", "timeout_ms"), [("archive", 30_000), ("other", 5_000)])
def test_datasette_waits(tmp_path: Path, name: str, timeout_ms: int) -> None:
    paths = {one: tmp_path / f"{one}.db" for one in ("archive", "other")}
    open_database(paths["archive"], create=True).close()
    paths["other"].write_bytes(b"")

    async def ask() -> list[tuple[int]]:
        datasette = Datasette(list(map(str, paths.values())))
        await datasette.invoke_startup()
        found = await datasette.databases[name].execute("PRAGMA busy_timeout")
        return [tuple(row) for row in found.rows]

    assert asyncio.run(ask()) == [(timeout_ms,)]
