"""Whether a database may be shown as it is: not where an archive.toml beside it withholds something.

Asked at every request, so the answer is kept until the file changes.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

_CONFIG = "archive.toml"
_REMEDY = "browse it with `archiver serve`, which shows all but that"
_UNREADABLE = f"the {_CONFIG} beside it cannot be read, so what it withholds is not known; mend it"


def why_not_shown(database: Path) -> str | None:
    """The reason, with what to do instead; None where nothing is withheld."""
    for place in dict.fromkeys((database.absolute(), database.resolve())):
        config = place.parent / _CONFIG
        try:
            state = config.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return _UNREADABLE
        reason = _reason(config, state.st_mtime_ns, state.st_size)
        if reason:
            return reason
    return None


@lru_cache(maxsize=16)
def _reason(config: Path, changed_at: int, size: int) -> str | None:
    del changed_at, size
    try:
        withheld = tomllib.loads(config.read_text(encoding="utf-8")).get("withhold")
    except (OSError, ValueError):
        return _UNREADABLE
    return f"the {_CONFIG} beside it withholds something; {_REMEDY}" if withheld else None
