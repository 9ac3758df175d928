"""Comment platforms, in the order they are tried: the more special markup first, vocabularies last."""

from archiver.extract.comments.bbpress import BBPRESS, BUDDYPRESS
from archiver.extract.comments.blogger import BLOGGER, BLOGGER_DEFINITIONS
from archiver.extract.comments.discourse import DISCOURSE, DISCOURSE_CRAWLER, DISCOURSE_PLAIN
from archiver.extract.comments.disqus import DISQUS, DISQUS_RENDERED
from archiver.extract.comments.drupal import DRUPAL
from archiver.extract.comments.hackernews import HACKER_NEWS
from archiver.extract.comments.invision import INVISION
from archiver.extract.comments.joomla import JCOMMENTS, K2, KOMENTO
from archiver.extract.comments.kinja import KINJA
from archiver.extract.comments.mybb import MYBB
from archiver.extract.comments.phpbb import PHPBB, PHPBB_2, PHPBB_SUBSILVER
from archiver.extract.comments.pixnet import PIXNET
from archiver.extract.comments.platform import Platform
from archiver.extract.comments.reddit import REDDIT, REDDIT_OLD
from archiver.extract.comments.schema_org import SCHEMA_ORG
from archiver.extract.comments.serendipity import SERENDIPITY
from archiver.extract.comments.smf import SMF
from archiver.extract.comments.spip import SPIP, SPIP_COMMENTS
from archiver.extract.comments.stackexchange import STACK_EXCHANGE
from archiver.extract.comments.typepad import MOVABLE_TYPE, TYPEPAD
from archiver.extract.comments.vbulletin import VBULLETIN_3, VBULLETIN_4, VBULLETIN_5
from archiver.extract.comments.wordpress import WORDPRESS, WORDPRESS_BLOCKS, WORDPRESS_DEFINITIONS
from archiver.extract.comments.wpdiscuz import WPDISCUZ, WPDISCUZ_CLASSIC
from archiver.extract.comments.xenforo import XENFORO, XENFORO_1, XENFORO_WIDGET

_FORUMS = (
    DISCOURSE, DISCOURSE_CRAWLER, DISCOURSE_PLAIN, XENFORO, XENFORO_1, VBULLETIN_3, VBULLETIN_4, VBULLETIN_5,
    PHPBB, PHPBB_SUBSILVER, PHPBB_2, MYBB, SMF, INVISION, STACK_EXCHANGE, REDDIT, REDDIT_OLD, HACKER_NEWS,
)  # fmt: skip
_PLUGINS = (WPDISCUZ, WPDISCUZ_CLASSIC, DISQUS, DISQUS_RENDERED, BBPRESS, BUDDYPRESS)
_SITES = (XENFORO_WIDGET, KINJA, SERENDIPITY, SPIP, SPIP_COMMENTS)
_SYSTEMS = (
    WORDPRESS_BLOCKS, WORDPRESS_DEFINITIONS, WORDPRESS, BLOGGER, BLOGGER_DEFINITIONS, DRUPAL, JCOMMENTS, K2, KOMENTO,
    PIXNET, MOVABLE_TYPE, TYPEPAD,
)  # fmt: skip
PLATFORMS: tuple[Platform, ...] = (*_FORUMS, *_PLUGINS, *_SITES, *_SYSTEMS, SCHEMA_ORG)
