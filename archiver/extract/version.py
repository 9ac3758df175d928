"""Which extraction this is. Apart from ``page``, so that who only compares versions need not load trafilatura."""

from importlib.metadata import version

EXTRACTOR = f"archiver 3, trafilatura {version('trafilatura')}"
"""Names this extraction and trafilatura's; the first number is raised whenever the same bytes may give another page."""
