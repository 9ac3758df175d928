"""Drupal's comment module, versions 6 to 11 and the themes that come with them."""

import re

from archiver.extract.comments.platform import NativeId, Platform

DRUPAL = Platform(
    name="drupal",
    evidence=(
        "[typeof~='sioct:Comment']",
        ".field-name-comment-body",
        ".field--name-comment-body",
        "[data-comment-user-id]",
        "[data-drupal-selector='comment']",
        "li.comment-reply",
        "li.comment_reply",
        ".comment .permalink[href*='#comment-']",
    ),
    comment="div.comment, article.comment, li.comment, section.comment, [typeof~='sioct:Comment'], .js-comment",
    native_id=(
        NativeId(pattern=re.compile(r"comment-(\d+)$"), form="comment-{}"),
        NativeId(pattern=re.compile(r"comment-(\d+)$"), before=True, form="comment-{}"),
        NativeId(pattern=re.compile(r".*/comment/(\d+)"), attribute="about", form="comment-{}"),
    ),
    id_required=True,
    author=(
        ".comment__author, .commenter-name",
        # not the one that "In reply to" names, for readers who cannot see the threading
        ":not(.visually-hidden) > .username",
        ":not(.visually-hidden) > [typeof~='schema:Person'][property~='schema:name'], [property~='foaf:name']",
    ),
    author_noise=".marker, .new",
    published=(
        "[property~='schema:dateCreated'], [property~='dc:created'], [property~='dc:date'], time[datetime]",
        ".comment__time, .comment-time, .comment__submitted, .submitted",
        ".links",
    ),
    text=(
        "[property~='schema:text'], [property~='content:encoded']",
        ".field-name-comment-body, .field--name-comment-body, .field-comment-body",
        ".content, .comment__content",
    ),
    boilerplate=(
        ".comment__meta, .submitted, .links, .comment__links, .user-signature, .user-picture, .visually-hidden,"
        " .element-invisible, .field-label, .field__label, [property~='dc:title'], [property~='schema:name'], h3,"
        " .permalink, .marker, .new, .unpublished, form"
    ),
    moderated=".comment-unpublished, .comment--unpublished, .unpublished",
    prune=".comment-wrapper > h2, #comments > h2, form.comment-form, #comment-form",
    answered="[rel~='sioc:reply_of'][resource*='comment'], .visually-hidden a[href*='#comment-']",
    replies=".indented",
)
