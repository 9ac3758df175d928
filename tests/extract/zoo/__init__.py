"""Comment sections in the markup of many systems and sites, rendered from threads in own words.

They were written after systems' own templates and with no eye on the generic finder: ``MARKUPS`` is what it must
read, ``LOOKALIKES`` what it must leave alone, ``known`` what it does not manage.
"""

from tests.extract.zoo import blogs, communities, east, embedded, newspapers, open_source
from tests.extract.zoo.lookalikes import LOOKALIKES

MARKUPS = (
    *newspapers.MARKUPS,
    *blogs.MARKUPS,
    *open_source.MARKUPS,
    *communities.MARKUPS,
    *east.MARKUPS,
    *embedded.MARKUPS,
)

__all__ = ["LOOKALIKES", "MARKUPS"]
