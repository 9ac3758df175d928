"""Threads that a page loads from elsewhere: system, id and address by what the page's markup and scripts say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafilatura import load_html

from archiver.extract.comments.embeds import embeds
from archiver.extract.comments.systems import SYSTEMS
from archiver.extract.model import Embed
from archiver.extract.tree import Tree
from tests.extract.pages import URL, article_html

ELSEWHERE = "https://harbour.example/p/12"
PAGES = {
    "disqus-script": (
        (
            '<div id="disqus_thread"></div><script>var disqus_config = function () {'
            f"this.page.url = '{ELSEWHERE}'; this.page.identifier = 'p-12';"
            "}; s.src = 'https://harbour.disqus.com/embed.js';</script>"
        ),
        Embed(system="disqus", id="harbour/p-12", url=ELSEWHERE),
    ),
    "disqus-wordpress": (
        (
            '<div id="disqus_thread"></div><script>var embedVars = {"disqusConfig":{"integration":"wordpress"},'
            '"disqusIdentifier":"12 https:\\/\\/harbour.example\\/?p=12","disqusShortname":"harbour",'
            '"disqusUrl":"https:\\/\\/harbour.example\\/p\\/12"};</script>'
        ),
        Embed(system="disqus", id="harbour/12 https://harbour.example/?p=12", url=ELSEWHERE),
    ),
    "disqus-old": (
        (
            '<div id="disqus_thread"></div>'
            f"<script>var disqus_shortname = 'harbour'; var disqus_url = \"{ELSEWHERE}\";</script>"
        ),
        Embed(system="disqus", id="harbour", url=ELSEWHERE),
    ),
    "disqus-link-only": (
        '<div id="disqus_thread"><noscript><a href="http://harbour.disqus.com/">View the thread.</a></noscript></div>',
        Embed(system="disqus", id="harbour"),
    ),
    "disqus-unfilled-template": (
        "<div id=\"disqus_thread\"></div><script>var disqus_identifier = '{{ page.id }}';</script>",
        Embed(system="disqus"),
    ),
    "facebook": (
        f'<div class="fb-comments" data-href="{ELSEWHERE}" data-numposts="5"></div>',
        Embed(system="facebook", url=ELSEWHERE),
    ),
    "facebook-xfbml": (f'<fb:comments href="{ELSEWHERE}"></fb:comments>', Embed(system="facebook", url=ELSEWHERE)),
    "coral": (
        (
            '<div id="coral_thread"></div><script>Coral.createStreamEmbed({id: "coral_thread", autoRender: true, '
            f"storyID: 'a-12', storyURL: '{ELSEWHERE}'}});</script>"
        ),
        Embed(system="coral", id="a-12", url=ELSEWHERE),
    ),
    "talk": (
        "<script>window.__coral_talk_target_el_id__ = 'coral_talk_48';</script><div id=\"coral_talk_48\"></div>",
        Embed(system="coral"),
    ),
    "openweb": (
        (
            f'<div data-spotim-module="conversation" data-post-id="12" data-post-url="{ELSEWHERE}"></div>'
            '<script async src="https://launcher.spot.im/spot/sp_AbC123" data-spotim-module="spotim-launcher"></script>'
        ),
        Embed(system="openweb", id="sp_AbC123/12", url=ELSEWHERE),
    ),
    "viafoura": (
        '<meta name="vf:container_id" content="harbour-12"><div class="viafoura"><vf-comments></vf-comments></div>',
        Embed(system="viafoura", id="harbour-12"),
    ),
    "hyvor": (
        '<hyvor-talk-comments website-id="7" page-id="12"></hyvor-talk-comments>',
        Embed(system="hyvor-talk", id="7/12"),
    ),
    "hyvor-old": (
        (
            '<div id="hyvor-talk-view"></div><script>var HYVOR_TALK_WEBSITE = 7; var HYVOR_TALK_CONFIG = {url: false, '
            "id: 'p-12'};</script>"
        ),
        Embed(system="hyvor-talk", id="7/p-12"),
    ),
    "livefyre": (
        (
            '<div id="livefyre-comments"></div><script>fyre.conv.load({}, [{el: "livefyre-comments", siteId: "303", '
            'articleId: "12"}]);</script>'
        ),
        Embed(system="livefyre", id="303/12"),
    ),
    "commento": ('<div id="commento" data-page-id="/p/12"></div>', Embed(system="commento", id="/p/12")),
    "cusdis": (
        f'<div id="cusdis_thread" data-app-id="a" data-page-id="12" data-page-url="{ELSEWHERE}"></div>',
        Embed(system="cusdis", id="a/12", url=ELSEWHERE),
    ),
    "giscus": (
        '<script src="https://giscus.app/client.js" data-repo="harbour/talk" data-mapping="pathname"></script>',
        Embed(system="giscus", id="harbour/talk"),
    ),
    "utterances": (
        '<script src="https://utteranc.es/client.js" repo="harbour/talk" issue-number="12"></script>',
        Embed(system="utterances", id="harbour/talk/12"),
    ),
    "discourse": (
        (
            "<div id=\"discourse-comments\"></div><script>DiscourseEmbed = { discourseUrl: 'https://talk.example/', "
            f"discourseEmbedUrl: '{ELSEWHERE}', topicId: 12 }};</script>"
        ),
        Embed(system="discourse", id="https://talk.example//12", url=ELSEWHERE),
    ),
    "vuukle": (
        '<div id="vuukle-comments"></div><script>var VUUKLE_CONFIG = {apiKey: "k-1", articleId: 12};</script>',
        Embed(system="vuukle", id="k-1/12"),
    ),
    "intensedebate": (
        (
            "<script>var idcomments_acct = 'abc'; var idcomments_post_id = '12'; "
            f"var idcomments_post_url = '{ELSEWHERE}';</script>"
        ),
        Embed(system="intensedebate", id="abc/12", url=ELSEWHERE),
    ),
    "muut": (
        '<a class="muut" href="https://muut.com/i/harbour/blog:12">Comments</a>',
        Embed(system="muut", url="https://muut.com/i/harbour/blog:12"),
    ),
    "graphcomment": (
        "<div id=\"graphcomment\"></div><script>window.gc_params = {graphcomment_id: 'harbour', uid: '12'};</script>",
        Embed(system="graphcomment", id="harbour/12"),
    ),
    "remark42": (
        f"<div id=\"remark42\"></div><script>var remark_config = {{site_id: 'harbour', url: '{ELSEWHERE}'}}</script>",
        Embed(system="remark42", id="harbour", url=ELSEWHERE),
    ),
    "isso": ('<section id="isso-thread" data-isso-id="/p/12"></section>', Embed(system="isso", id="/p/12")),
    "cackle": (
        "<div id=\"mc-container\"></div><script>cackle_widget.push({widget: 'Comment', id: 12});</script>",
        Embed(system="cackle", id="12"),
    ),
    "hypercomments": (
        "<div id=\"hypercomments_widget\"></div><script>_hcwp.push({widget_id: 7, xid: '12'});</script>",
        Embed(system="hypercomments", id="7/12"),
    ),
    "ghost": (
        (
            '<script defer src="/comments-ui.min.js" data-ghost-comments="https://harbour.example/" data-post-id="12">'
            "</script>"
        ),
        Embed(system="ghost", id="https://harbour.example//12"),
    ),
}
QUIET = {
    "no-comments": "",
    "disqus-counts": '<span class="disqus-comment-count" data-disqus-identifier="12"></span>'
    '<script id="dsq-count-scr" src="//harbour.disqus.com/count.js"></script>',
    "facebook-counts": '<span class="fb-comments-count" data-href="https://harbour.example/p/12"></span>',
    "jetpack-form": '<iframe class="jetpack_remote_comment" src="https://jetpack.wordpress.com/jetpack-comment/"></iframe>',
    "viafoura-counter": '<span class="viafoura"><span class="vf-counter" data-widget="counter"></span></span>',
    "word-in-text": "<p>We moved from harbour.disqus.com/embed.js to fb-comments.</p>",
}


def tree_of(body: str) -> Tree:
    root = load_html(article_html(after=body))
    assert root is not None
    return Tree(root)


@pytest.mark.parametrize(("body", "expected"), PAGES.values(), ids=PAGES)
def test_embed_is_recognised(body: str, expected: Embed) -> None:
    assert embeds(tree_of(body), URL) == (expected,)


@pytest.mark.parametrize("body", QUIET.values(), ids=QUIET)
def test_counts_forms_and_words_are_no_embeds(body: str) -> None:
    assert embeds(tree_of(body), URL) == ()


def test_two_holders_of_one_thread_are_one_embed() -> None:
    assert len(embeds(tree_of(PAGES["facebook"][0] * 2), URL)) == 1


def test_relative_addresses_become_absolute() -> None:
    found = embeds(tree_of('<div class="fb-comments" data-href="/p/12"></div>'), URL)
    assert found == (Embed(system="facebook", url=ELSEWHERE),)


def test_systems_are_named_once() -> None:
    assert len({system.name for system in SYSTEMS}) == len(SYSTEMS)


@given(st.text(alphabet="disqu_thorne.'\"=:{}/ \n", max_size=400))
def test_any_script_is_read_without_an_error(script: str) -> None:
    found = embeds(tree_of(f'<div id="disqus_thread"></div><script>disqus {script}</script>'), URL)
    assert [embed.system for embed in found] == ["disqus"]
