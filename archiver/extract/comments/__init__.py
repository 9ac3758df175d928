"""Comment platforms, in the order they are tried: the more special markup first, vocabularies last."""

from archiver.extract.comments.bbpress import BBPRESS, BUDDYPRESS
from archiver.extract.comments.blogger import BLOGGER, BLOGGER_DEFINITIONS
from archiver.extract.comments.disqus import DISQUS, DISQUS_RENDERED
from archiver.extract.comments.drupal import DRUPAL
from archiver.extract.comments.joomla import JCOMMENTS, K2, KOMENTO
from archiver.extract.comments.pixnet import PIXNET
from archiver.extract.comments.platform import Platform
from archiver.extract.comments.schema_org import SCHEMA_ORG
from archiver.extract.comments.wordpress import WORDPRESS, WORDPRESS_BLOCKS, WORDPRESS_DEFINITIONS
from archiver.extract.comments.wpdiscuz import WPDISCUZ, WPDISCUZ_CLASSIC

PLATFORMS: tuple[Platform, ...] = (
    WPDISCUZ,
    WPDISCUZ_CLASSIC,
    DISQUS,
    DISQUS_RENDERED,
    BBPRESS,
    BUDDYPRESS,
    WORDPRESS_BLOCKS,
    WORDPRESS_DEFINITIONS,
    WORDPRESS,
    BLOGGER,
    BLOGGER_DEFINITIONS,
    DRUPAL,
    JCOMMENTS,
    K2,
    KOMENTO,
    PIXNET,
    SCHEMA_ORG,
)
