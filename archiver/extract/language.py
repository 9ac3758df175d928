"""Language tags as pages give them.

Knows the shape of BCP 47; must not know where a page says them.
"""

import re

from archiver.extract.text import one_line

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def language_tag(value: str | None) -> str | None:
    """``de_AT`` as ``de-AT``; of a list the first; None for what is no tag."""
    tag = one_line(value).partition(",")[0].strip().replace("_", "-")
    return tag if _TAG.match(tag) else None
