"""Comment platforms, in the order they are tried: the more special markup first."""

from archiver.extract.comments.pixnet import PIXNET
from archiver.extract.comments.platform import Platform
from archiver.extract.comments.wordpress import WORDPRESS, WORDPRESS_BLOCKS, WORDPRESS_DEFINITIONS

PLATFORMS: tuple[Platform, ...] = (WORDPRESS_BLOCKS, WORDPRESS_DEFINITIONS, WORDPRESS, PIXNET)
