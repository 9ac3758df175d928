"""Words around comments, in the languages sites are written in: told apart from what was written."""

import pytest

from archiver.extract.comments.phrases import EDITED, HEAD, is_action, is_dateish, is_glue, is_notice
from archiver.extract.comments.vocabulary import Role, roles_of

WRITTEN = ("I like this", "Reply to that!", "Report from the harbour", "More of the same, please", "")


@pytest.mark.parametrize(
    "text",
    [
        "Reply",
        "Antworten",
        "Répondre",
        "Responder",
        "Odpowiedz",
        "Ответить",
        "返信",
        "Reply | Share",
        "Like (3)",
        "👍 4 Like",
    ],
)
def test_things_to_click_are_actions(text: str) -> None:
    assert is_action(text)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_was_written_is_no_action(text: str) -> None:
    assert not is_action(text)


@pytest.mark.parametrize(
    ("text", "dateish"),
    [
        ("4 March 2019", True),
        ("04.03.2019, 9:05", True),
        ("3 hours ago", True),
        ("vor 8 Stunden", True),
        ("il y a 2 jours", True),
        ("5年前", True),
        ("yesterday", True),
        ("Ada", False),
        ("", False),
        ("The lighthouse was built in 1902, " * 5, False),
    ],
)
def test_dates_and_ages_are_dateish(text: str, *, dateish: bool) -> None:
    assert is_dateish(text) is dateish


@pytest.mark.parametrize(
    ("text", "glue"),
    [
        ("says:", True),
        ("schrieb am um", True),
        ("#3 |", True),
        ("by on", True),
        ("Ada says: no", False),
        ("Yes", False),
    ],
)
def test_rest_of_a_head_is_glue(text: str, *, glue: bool) -> None:
    assert is_glue(text) is glue


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("[removed]", True),
        ("This comment has been removed by a moderator.", True),
        ("Your comment is awaiting moderation.", True),
        ("Der Kommentar wurde von der Redaktion gelöscht.", True),
        ("Commentaire supprimé", True),
        ("I removed the old rope myself.", False),
        ("Why was my first comment not answered?", False),
    ],
)
def test_notices_stand_in_place_of_comments(text: str, *, notice: bool) -> None:
    assert is_notice(text) is notice


@pytest.mark.parametrize("text", ["edited by Ada", "Last edited on 4 March", "zuletzt bearbeitet", "modifié le 4 mars"])
def test_edit_notes_are_told(text: str) -> None:
    assert EDITED.search(text)


@pytest.mark.parametrize(
    ("text", "rest"), [("says:\nHello", "Hello"), ("by\nHello", "Hello"), ("by and by\nHello", "by and by\nHello")]
)
def test_head_before_the_text_is_taken_off(text: str, rest: str) -> None:
    assert HEAD.sub("", text) == rest


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("comment", Role.ITEM),
        ("cssShareBarCommentsListComment", Role.ITEM),
        ("comments-area", Role.SECTION),
        ("commentlist", Role.SECTION),
        ("comment-author", Role.AUTHOR),
        ("username", Role.AUTHOR),
        ("post-date", Role.DATE),
        ("comment__body", Role.TEXT),
        ("reply-button", Role.NOISE),
        ("recent-comments", Role.ASIDE),
        ("kommentar-item", Role.ITEM),
    ],
)
def test_names_in_markup_have_roles(names: str, role: int) -> None:
    assert roles_of(names) & role


@pytest.mark.parametrize("names", ["category-comments", "clearfix", "row", "", "status-publish"])
def test_other_names_speak_of_no_comment(names: str) -> None:
    assert not roles_of(names) & (Role.COMMENT | Role.ITEM | Role.SECTION)
