"""What archiving costs: our capture against plain Scrapy, over the same made site: ``make bench``.

Runs take turns; each is a process of its own (``bench.child``). Printed are medians over the rounds of the ratios
within a round, with the target beside each.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.site import Content, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Figures of one crawl. ``crawl_*`` from the start of the engine to the end, ``process_*`` of the whole process."""

    pages: int
    crawl_s: float
    crawl_cpu_s: float
    process_s: float
    process_cpu_s: float
    max_rss_mb: float
    extracted: int
