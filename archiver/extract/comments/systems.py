"""Comment systems that pages embed: what shows that one is there, and what names the thread in it.

Data only; must not know how a page is searched (``embeds``).
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One comment system.

    Any of ``holders`` (CSS), ``tags`` (elements of its own) and ``sources`` (parts of a script's address) shows it, or
    a script with one of ``marks`` in it. Site, thread and address are read from attributes of what showed it; else by
    the patterns' groups from scripts that have ``word`` in them and from the addresses of links that stand in for the
    thread; else from what ``named`` (CSS) selects, if that says one thing only.
    """

    name: str
    holders: str | None = None
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    named: str | None = None
    marks: tuple[str, ...] = ()
    word: str | None = None
    site: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    site_pattern: re.Pattern[str] | None = None
    thread_pattern: re.Pattern[str] | None = None
    address_pattern: re.Pattern[str] | None = None


def _stated(names: str, value: str = r"[^\"'\n]{1,300}") -> re.Pattern[str]:
    """``name: "value"``, ``name = 'value'``, ``"name":"value"``."""
    return re.compile(rf"\b(?:{names})[\"']?\s{{0,9}}[:=]\s{{0,9}}[\"']({value})[\"']")


def _value(names: str) -> re.Pattern[str]:
    """Quoted or a bare number."""
    return re.compile(rf"\b(?:{names})[\"']?\s{{0,9}}[:=]\s{{0,9}}(?:[\"']([^\"'\n]{{1,300}})[\"']|(\d{{1,20}})\b)")


def _number(names: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{names})[\"']?\s{{0,9}}[:=]\s{{0,9}}[\"']?(\d{{1,20}})")


_URL = r"https?:[^\"'\s]{1,500}"

SYSTEMS = (
    System(
        name="disqus",
        holders="#disqus_thread",
        named="[data-disqus-identifier]",
        sources=(".disqus.com/embed",),
        marks=(".disqus.com/embed",),
        word="disqus",
        site=("data-disqus-shortname", "data-shortname"),
        thread=("data-disqus-identifier", "data-identifier"),
        address=("data-disqus-url",),
        site_pattern=re.compile(
            r"(?:shortname|disqusShortname)[\"']?\s{0,9}[:=]\s{0,9}[\"']([\w-]{1,60})[\"']"
            r"|//(?!www\.|help\.|docs\.|blog\.)([\w-]{1,60})\.disqus\.com"
        ),
        thread_pattern=_stated(r"disqus_identifier|disqusIdentifier|page\.identifier"),
        address_pattern=_stated(r"disqus_url|disqusUrl|page\.url", _URL),
    ),
    System(name="facebook", holders=".fb-comments", tags=("fb:comments",), address=("data-href", "href")),
    System(
        name="coral",
        holders="#coral_thread, #coral-thread, #coral_talk_stream, #coral-talk-stream",
        marks=("createStreamEmbed", "__coral_talk_target"),
        word="createStreamEmbed",
        thread=("data-story-id", "data-storyid"),
        address=("data-story-url", "data-storyurl"),
        thread_pattern=_stated("storyID|storyId|asset_id"),
        address_pattern=_stated("storyURL|storyUrl|asset_url", _URL),
    ),
    System(
        name="openweb",
        holders="[data-spotim-module='conversation'], [data-spotim-module='pitc'], [data-spot-id], .spot-im-comments",
        tags=("ow-conversation",),
        sources=("launcher.spot.im/spot/",),
        word="spot",
        site=("data-spot-id", "data-spotim-id"),
        thread=("data-post-id", "data-spotim-post-id", "post-id"),
        address=("data-post-url", "post-url"),
        site_pattern=re.compile(r"launcher\.spot\.im/spot/(\w{1,40})"),
        thread_pattern=_stated("postId|post_id|spotimPostId"),
    ),
    System(
        name="viafoura",
        holders=".viafoura [data-widget='comments'], [data-vf-widget='comments']",
        tags=("vf-comments", "vf-conversations", "vf-livecomments"),
        named="meta[name='vf:container_id']",
        thread=("vf-container-id", "data-vf-container-id", "data-container-id", "data-unique_id", "content"),
    ),
    System(
        name="hyvor-talk",
        holders="#hyvor-talk-view",
        tags=("hyvor-talk-comments",),
        word="HYVOR_TALK",
        site=("website-id",),
        thread=("page-id",),
        address=("page-url",),
        site_pattern=_number("HYVOR_TALK_WEBSITE"),
        thread_pattern=_value("id"),
        address_pattern=_stated("url", _URL),
    ),
    System(
        name="livefyre",
        holders="#livefyre-comments, #livefyre, .livefyre-comments, [data-lf-article-id], [data-livefyre-article-id]",
        word="articleId",
        site=("data-lf-site-id", "data-livefyre-site-id"),
        thread=("data-lf-article-id", "data-livefyre-article-id"),
        site_pattern=_value("siteId"),
        thread_pattern=_value("articleId"),
    ),
    System(name="commento", holders="#commento", sources=("/commento.js",), thread=("data-page-id",)),
    System(
        name="cusdis",
        holders="#cusdis_thread",
        site=("data-app-id",),
        thread=("data-page-id",),
        address=("data-page-url",),
    ),
    System(
        name="giscus",
        holders="script[src*='giscus.app/client.js'], .giscus[data-repo]",
        tags=("giscus-widget",),
        site=("data-repo", "repo"),
        thread=("data-term", "term"),
    ),
    System(
        name="utterances",
        holders="script[src*='utteranc.es/client.js']",
        site=("repo",),
        thread=("issue-number", "issue-term"),
    ),
    System(
        name="discourse",
        holders="#discourse-comments",
        marks=("DiscourseEmbed",),
        word="DiscourseEmbed",
        site_pattern=_stated("discourseUrl", _URL),
        thread_pattern=_number("topicId"),
        address_pattern=_stated("discourseEmbedUrl", _URL),
    ),
    System(
        name="insticator",
        holders="#insticator-comments, #insticator-commenting, .insticator-comments, .insticator-commenting",
        tags=("insticator-commenting",),
        thread=("data-page-id", "page-id"),
        address=("data-page-url", "page-url"),
    ),
    System(
        name="vuukle",
        holders="#vuukle-comments, .vuukle-comments",
        marks=("VUUKLE_CONFIG",),
        word="VUUKLE",
        site_pattern=_stated("apiKey"),
        thread_pattern=_value("articleId"),
        address_pattern=_stated("articleUrl|url", _URL),
    ),
    System(
        name="intensedebate",
        holders="#idc-container, #idc-noscript, #IDCommentsNewThreadCover, #IDCommentsHeadTitle",
        sources=("intensedebate.com/js/genericCommentWrapper",),
        marks=("idcomments_acct",),
        word="idcomments_acct",
        site_pattern=_stated("idcomments_acct"),
        thread_pattern=_value("idcomments_post_id"),
        address_pattern=_stated("idcomments_post_url", _URL),
    ),
    System(name="muut", holders="a.muut[href], .muut[data-href]", address=("href", "data-href")),
    System(
        name="graphcomment",
        holders="#graphcomment",
        word="graphcomment",
        site_pattern=_stated("graphcomment_id|graphcommentId|gc_params.graphcomment_id"),
        thread_pattern=_stated("uid|page_uid"),
    ),
    System(
        name="remark42",
        holders="#remark42, .remark42[data-url]",
        marks=("remark_config",),
        word="remark_config",
        address=("data-url",),
        site_pattern=_stated("site_id"),
        address_pattern=_stated("url", _URL),
    ),
    System(name="isso", holders="#isso-thread", thread=("data-isso-id",)),
    System(name="cackle", holders="#mc-container", word="cackle", site_pattern=_number("id")),
    System(
        name="hypercomments",
        holders="#hypercomments_widget",
        word="widget_id",
        site_pattern=_number("widget_id"),
        thread_pattern=_stated("xid"),
    ),
    System(
        name="ghost",
        holders="#ghost-comments-root, script[data-ghost-comments]",
        thread=("data-post-id",),
        site=("data-ghost-comments",),
    ),
    System(
        name="fastcomments",
        holders="#fastcomments-widget",
        sources=("fastcomments.com/js/embed",),
        word="FastComments",
        site_pattern=_stated("tenantId"),
        thread_pattern=_stated("urlId"),
    ),
    System(name="talkyard", holders=".talkyard-comments", thread=("data-discussion-id",), address=("data-iframe-url",)),
    System(name="replybox", holders="#replybox", word="replybox", site_pattern=_stated("site")),
    System(name="gitalk", holders="#gitalk-container", word="Gitalk", site_pattern=_stated("repo")),
    System(name="waline", holders="#waline, #waline-comments", word="Waline", site_pattern=_stated("serverURL", _URL)),
    System(name="twikoo", holders="#twikoo, #tcomment", word="twikoo", site_pattern=_stated("envId")),
)
