"""What the names in markup mean: words of ``class``, ``id`` and other attributes, in the languages sites are built in.

Knows words; must not know trees. A name is cut into words where case, digits and signs change
(``cssCommentsListName`` is css, comments, list, name).
"""

import re
from functools import lru_cache
from typing import Final


class Role:
    """What a node may be by its names: bits of a number, for several are possible (enum.Flag took half the time)."""

    NONE: Final = 0
    COMMENT: Final = 1
    """Has a word for comments in it, whatever the rest."""
    ITEM: Final = 2
    """Its name is that of one comment."""
    POST: Final = 4
    """Its name is that of one post of a forum, one answer, one message."""
    SECTION: Final = 8
    """Its name is that of the whole thread."""
    AUTHOR: Final = 16
    NAME: Final = 32
    """A weaker word for an author."""
    DATE: Final = 64
    TEXT: Final = 128
    NOISE: Final = 256
    """Buttons, counts, badges, forms: nothing that was written."""
    META: Final = 512
    """Holds author and date."""
    ASIDE: Final = 1024
    """Newest comments of a whole site, what clients or other networks said: not this page's thread."""
    REPLIES: Final = 2048
    """Holds the answers to one comment."""


_WORDS = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])|[\u0400-\u04ff]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COMMENT = _set(
    "comment comments commentary kommentar kommentare kommentarer commentaire commentaires comentario comentarios "
    "comentari comentaris commento commenti komentarz komentarze komentar komentare komentari kommentti kommentit "
    "reactie reacties yorum yorumlar leserkommentar leserkommentare leserbrief leserbriefe usercomment usercomments "
    "commentlist commentblock commentbox commentitem commentthread comms comm cmt cmnt respuestas reaction "
    "reactions diskussion discussion discussions disqus forum guestbook gaestebuch wpdiscuz gbook hozzaszolas "
    "hozzaszolasok koment comentariu comentarii kommentaar commentwrapper commentcontainer ucomment readercomment "
    "readercomments"
)
_ONE = _set(
    "comment kommentar commentaire comentario commento komentarz komentar kommentti reactie yorum leserkommentar "
    "leserbrief usercomment commentitem cmt cmnt hozzaszolas comm commentblock commentbox ucomment readercomment"
)
_POST = _set("post message msg answer antwort beitrag reply response respuesta reponse postbit topic")
_MANY = _set(
    "comments kommentare kommentarer commentaires comentarios comentaris commenti komentarze komentare kommentit "
    "reacties yorumlar leserkommentare leserbriefe usercomments commentlist commentthread discussion discussions "
    "diskussion forum guestbook gaestebuch hozzaszolasok disqus comms readercomments"
)
# Words that may follow in the name of one comment
_AFTER_ITEM = _set(
    "item entry single node row block box wrap wrapper inner outer container body holder content main element card "
    "unit panel li div article view object js section top level child parent odd even first last byuser by "
    "table default"
)
_LIST = _set("list lists area section sections wrap wrapper container thread threads holder stream feed tree all")
_AUTHOR = _set(
    "author username nickname nick commenter commentator poster fn benutzer benutzername autor auteur autore "
    "verfasser nutzer nutzername displayname authorname commentername auteurs utilisateur usuario pseudo pseudonym "
    "screenname creator writer yazar forfatter schrijver auther commentauthor uname persona"
)
_NAME = _set("name user member by owner handle profile person who from account nombre nom naam imie")
_DATE = _set(
    "date time datum timestamp posted published created createdat when ago zeit uhrzeit fecha data heure hora dt "
    "datetime timeago pubdate posttime postdate posteddate tarih dato tid reltime permalink"
)
_TEXT = _set(
    "text body content message msg copy inhalt nachricht texte contenido contenuto txt bd entry description desc "
    "summary quote tresc corps cuerpo bodytext commenttext commentbody commentcontent postbody posttext texto testo "
    "tekst html formatted markdown rendered richtext usertext bbwrapper"
)
_NOISE = _set(
    "reply replies respond response responder antworten antwort repondre action actions button buttons btn vote "
    "votes voting like likes dislike share sharing social report flag spam footer tools toolbar controls control "
    "avatar gravatar userpic picture photo image img icon badge badges rank rating karma score points stats count "
    "counter signature sig edit delete moderate moderation menu dropdown tooltip toggle more expand collapse number "
    "num nr links nav pagination pager navigation ad ads advert hidden sr srOnly visually label labels form input "
    "respondlink quotelink permalink bookmark follow recommend recommendations thumbs thumb functions function "
    "optionen options melden footerlinks abuse caption level role status online userinfo userdetails extrainfo "
    "landmark subject betreff titre title headline asunto ueberschrift temat tytul"
)
_META = _set("meta metadata info header head infos metas byline details information attribution credit vcard")
_ASIDE = _set(
    "policy rules guidelines netiquette disclaimer hinweis "
    "recentcomments testimonial testimonials topcomments twitter tweet tweets instagram tribe liveblog tmpl "
    "template cookie consent"
)
_NEWEST = _set(
    "recent recents latest newest neueste neuesten neuster letzte letzten derniers dernier ultimos ostatnie senaste"
)
_REPLIES = _set(
    "replies children childs child responses answers indented subcomments nested thread antworten reponses "
    "respuestas inline subthread replylist commentreplies sub branch"
)


_LABELS = (
    "overflow-",
    "hover:",
    "focus:",
    "sm:",
    "md:",
    "lg:",
    "dark:",
    "font-",
    "items-",
    "whitespace-",
    "category-",
    "tag-",
    "cat-",
    "format-",
    "status-",
    "type-",
    "section-",
)


_STEMS = ("comment", "kommentar", "coment", "komentar")


def words_of(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORDS.findall(name))


@lru_cache(maxsize=16_384)
def roles_of(names: str) -> int:
    """The roles of a node by its ``class``, or of its ``id``: names parted by white space."""
    roles: int = Role.NONE
    for name in names.split()[:40]:
        if not name.startswith(_LABELS):  # WordPress prints an article's labels so: they say nothing of the node
            roles |= _roles(name[:120])
    return roles


@lru_cache(maxsize=16_384)
def _roles(name: str) -> int:  # noqa: C901 - a list of independent questions
    words = words_of(name)
    if not words:
        return Role.NONE
    roles: int = Role.NONE
    found = set(words)
    first, last = words[0], words[-1]
    if found & _COMMENT or any(word.startswith(_STEMS) for word in words):
        roles |= Role.COMMENT
        roles |= _comment_role(words)
    elif found & _POST and _is_item(words, _POST):
        roles |= Role.POST
    if last in _AUTHOR or (last in _NAME and found & (_AUTHOR | _COMMENT | {"user", "member", "display"})):
        roles |= Role.AUTHOR
    elif last in _NAME or (found & _AUTHOR and not found & _NOISE):
        roles |= Role.NAME
    if last in _DATE or (found & _DATE and not found & {"up", "line"} and len(words) <= 3):  # noqa: PLR2004 - long names say other things
        roles |= Role.DATE
    if last in _TEXT:
        roles |= Role.TEXT
    if last in _NOISE or (first in _NOISE and last not in _TEXT | _COMMENT | _AUTHOR | _NAME | _DATE):
        roles |= Role.NOISE
    if last in _META:
        roles |= Role.META
    if found & _ASIDE or (found & _NEWEST and found & _COMMENT) or {"live", "event"} <= found:
        roles |= Role.ASIDE
    if last in _REPLIES or (found & _REPLIES and last in _LIST):
        roles |= Role.REPLIES
    return roles


def _comment_role(words: tuple[str, ...]) -> int:
    if _is_item(words, _ONE):
        return Role.ITEM
    if words[-1] in _MANY or (words[-1] in _LIST and set(words) & _COMMENT):
        return Role.SECTION
    return Role.NONE


def _is_item(words: tuple[str, ...], names: frozenset[str]) -> bool:
    """Whether the name ends in a word for one comment, but for words like item or row."""
    for word in reversed(words):
        if word in names:
            return True
        if word not in _AFTER_ITEM:
            return False
    return False
