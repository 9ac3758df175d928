"""Stack Exchange: the question is the article; its comments, the answers and their comments are the thread."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

STACK_EXCHANGE = Platform(
    name="stack-exchange",
    evidence=("body.question-page",),
    comment=".answer[id], li.comment[id], tr.comment[id]",
    native_id=(NativeId(pattern=re.compile(r"((?:answer|comment)-\d+)$")),),
    id_required=True,
    opening=first_post("#question"),
    author=(
        "[itemprop=author] a",
        ".comment-user",
        "[itemprop=author] [itemprop=name]",
        ".post-signature .user-details a",
    ),
    author_noise=".-flair, .reputation-score, .mod-flair",
    # an editor's time lies in a link to the revisions
    published=(".comment-date [title]", ".user-action-time > .relativetime", ".user-action-time > [title]"),
    text=(".js-post-body", ".post-text", ".comment-copy"),
    guesses=False,
    is_forum=True,
    boilerplate=".js-post-notice, .snippet-ctas, .post-taglist",
    likes=".js-vote-count, .vote-count-post, .comment-score",
    edited=".user-action-time a .relativetime, span[title^='this comment was edited']",
)
