"""Pages that stand in an article's place: challenges, log-ins, missing pages, broken sites, shells without content.

Knows what speaks for each kind and what speaks for an article, and weighs one against the other; must not know
the wording (``words``, ``words_of_walls``) nor how text is extracted. No single word decides: an article about
error pages has their words, a challenge has no prose.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from archiver.extract.model import Verdict
from archiver.extract.verdict import words, words_of_walls
from archiver.extract.verdict.look import MUCH_PROSE, Look, is_beside, is_front, plain, text_of

_BLOCK_STATUS = {401, 403, 429, 503}
_CHALLENGE = re.compile(
    r"cf-chl|cf_chl|challenge-platform|cf-browser-verification|/cdn-cgi/challenge|g-recaptcha|h-captcha|hcaptcha\.com"
    r"|captcha-delivery|px-captcha|_Incapsula_Resource|ddos-guard|sucuri_cloudproxy|awswaf|/_fs-ch-|ips\.js\?"
    r"|cf-turnstile|smartcaptcha|are you a (?:human|robot)|verify (?:that )?you are (?:a )?human|unusual traffic"
    r"|<title>\s{0,99}(?:just a moment|attention required|pardon our interruption)|within\.website/x/cmd/anubis"
    r"|\bcaptcha\b",
    re.IGNORECASE,
)
_SEARCHED_CHARS = 100_000

_ENOUGH, _CERTAIN, _HEADED, _MOST_HEADED = 3, 3, 2, 3
_THIN_PROSE, _THIN_CHARS, _SHELL_PROSE, _SHELL_CHARS, _MOST_SAID = 40, 700, 20, 300, 2
_PROSE = ((MUCH_PROSE, 4), (120, 2), (60, 1))
"""From how many words of prose on a page has that much of an article."""
_STATED, _COMMENTED = 2, 3
_CODES = frozenset(str(code) for code in (*range(400, 430), *range(500, 531)))
_FILLING = frozenset(
    {"error", "errors", "erreur", "fehler", "errore", "erro", "błąd", "ошибка", "помилка", "chyba", "fel", "hata"}
    | {
        "virhe",
        "エラー",
        "错误",
        "錯誤",
        "오류",
        "http",
        "status",
        "code",
        "oops",
        "ooops",
        "ups",
        "uups",
        "whoops",
        "woops",
    }
    | {"hoppla", "oh", "no", "oje", "sorry", "leider", "désolé", "désolée", "упс", "ой"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One kind of page that is no article, and what speaks for it."""

    refusal: Refusal
    marks: str | None = None
    """Selectors of what stands in no other page."""
    classes: frozenset[str] = frozenset()
    """Of ``<body>``; as good as a mark."""
    hints: Callable[[Look], bool] = lambda _: False
    """Whether there is something that stands in other pages too."""
    headings: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    """Status codes that say it in a heading."""
    wording: Mapping[str, int] = field(default_factory=dict[str, int])
    """What the text may say, and how much each weighs."""


def _listed(text: str) -> list[str]:
    return [plain(each) for line in text.strip().splitlines() for each in line.split("|") if each.strip()]


def _bare(heading: str) -> str:
    """Without codes, words for "error" and interjections: ``oops 404 page not found`` is ``page not found``."""
    return " ".join(word for word in heading.split() if word not in _FILLING and word not in _CODES)


def _headings(text: str) -> frozenset[str]:
    whole = _listed(text)
    return frozenset((*whole, *(bare for bare in map(_bare, whole) if " " in bare)))


def _wording(text: str) -> Mapping[str, int]:
    entries = [each.strip() for line in text.splitlines() for each in line.split("|") if each.strip()]
    return {plain(each): 2 if each.startswith("!") else 1 for each in entries}


def _has_captcha(look: Look) -> bool:
    return bool(look.tree.select(_CAPTCHAS))


def _has_password(look: Look) -> bool:
    """A log-in form that is no part of the page's head or side."""
    fields = look.tree.select("input[type=password]")
    return any(not any(is_beside(each) for each in node.iterancestors()) for node in fields[:_MOST_FIELDS])


def _turns_away(look: Look) -> bool:
    """Not to be listed by search engines, or the same as the front page."""
    robots = " ".join(node.get("content", "") for node in look.tree.select("meta[name=robots][content]"))
    canonical = next((node.get("href", "") for node in look.tree.select("link[rel~=canonical][href]")), "")
    return "noindex" in robots.lower() or (is_front(canonical) and not is_front(look.url))


_MOST_FIELDS = 20
_CAPTCHAS = (
    "iframe[src*='recaptcha'], .g-recaptcha, .h-captcha, .cf-turnstile, script[src*='hcaptcha.com'], .smart-captcha,"
    " script[src*='challenges.cloudflare.com'], script[src*='_Incapsula_Resource'], script[src*='recaptcha/api'],"
    " script[src*='/cdn-cgi/challenge-platform'], script[src*='ddos-guard'], script[src*='px-cloud.net'],"
    " script[src*='px-cdn.net'], #challenge-container, #captcha-container, #cf-wrapper, #cf-error-details"
)
_CHALLENGED = _Kind(
    refusal=Refusal(verdict=Verdict.BLOCK_PAGE, reason="captcha or browser check"),
    marks=(
        "#challenge-form, #challenge-running, #challenge-error-text, #cf-challenge-running, .cf-browser-verification,"
        " .cf-im-under-attack, script[src*='challenge-platform'][src*='orchestrate'], #px-captcha,"
        " script[src*='captcha-delivery.com'], iframe[src*='captcha-delivery.com'], iframe[src*='_Incapsula_Resource'],"
        " #sec-if-cpt-container, #ddg-captcha, #ddg-l10n-title, script[src*='/_fs-ch-'], script[src*='/ips.js?'],"
        " #anubis_version, #anubis_challenge, script[src*='within.website/x/cmd/anubis'], form#captcha-form,"
        " .CheckboxCaptcha, .AdvancedCaptcha, form[action*='validateCaptcha'], #sucuri-captcha,"
        " #amzn-captcha-verify-button, #distilIdentificationBlock, script[src*='sucuri_cloudproxy']"
    ),
    hints=_has_captcha,
    headings=_headings(words.BLOCKED_HEADINGS),
    codes=frozenset({"401", "403", "406", "429"}),
    wording=_wording(words.BLOCKED_WORDING),
)
_MISSING = _Kind(
    refusal=Refusal(verdict=Verdict.SOFT_404, reason="says that there is no such page"),
    marks=(
        "meta[name='prerender-status-code'][content='404'], meta[name='error-page'][content='404'],"
        " meta[name=status][content^='404']"
    ),
    classes=frozenset(
        {"error404", "error-404", "error_404", "errors-404", "page404", "page-404", "page_404", "page-error-404"}
        | {"is-404", "http-404", "status-404", "code-404", "page-not-found", "page_not_found", "pagenotfound"}
        | {"page--not-found", "page-notfound", "path-404", "not-found", "notfound", "template-404", "tpl-404"}
        | {"template-error-404", "section-404", "view-404", "pagetype-404", "page-type-404"}
    ),
    hints=_turns_away,
    headings=_headings(words.MISSING_HEADINGS),
    codes=frozenset({"404", "410"}),
    wording=_wording(words.MISSING_WORDING),
)
_LOGIN = _Kind(
    refusal=Refusal(verdict=Verdict.LOGIN_WALL, reason="asks to log in"),
    marks="body.login form#loginform, form#loginform #user_login",
    hints=_has_password,
    headings=_headings(words_of_walls.LOGIN_HEADINGS),
    wording=_wording(words_of_walls.LOGIN_WORDING),
)
_BROKEN = _Kind(
    refusal=Refusal(verdict=Verdict.ERROR_PAGE, reason="says that the site is broken or closed"),
    marks="meta[name='prerender-status-code'][content^='5']",
    classes=frozenset({"maintenance-mode", "error-500", "error500", "error-503", "error503", "page-500"}),
    headings=_headings(words.BROKEN_HEADINGS),
    codes=frozenset(str(code) for code in range(500, 531)),
    wording=_wording(words.BROKEN_WORDING),
)
_CONSENT = _Kind(
    refusal=Refusal(verdict=Verdict.EMPTY, reason="asks for consent first"),
    marks="form[action*='consent.google'], form[action*='consent.youtube'], form[action*='collectConsent']",
    headings=_headings(words_of_walls.CONSENT_HEADINGS),
    wording=_wording(words_of_walls.CONSENT_WORDING),
)
_KINDS = (_CHALLENGED, _MISSING, _LOGIN, _BROKEN, _CONSENT)
_SHELL = Refusal(verdict=Verdict.EMPTY, reason="needs JavaScript")
_SHELL_WORDING = tuple(_listed(words_of_walls.SHELL_WORDING))


def status_reason(status: int) -> str:
    """``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def blocked_by_status(status: int, text: str) -> bool:
    return status in _BLOCK_STATUS and bool(_CHALLENGE.search(text[:_SEARCHED_CHARS]))


def refused(look: Look) -> Refusal | None:
    """What the page is instead of an article, where enough speaks for it; None where it may be one."""
    if look.is_plainly_article:
        return None
    against = _against(look)
    weights = [(_weight(kind, look, against), kind.refusal) for kind in _KINDS]
    weight, refusal = max(weights, key=lambda one: one[0])
    if weight >= _ENOUGH:
        return refusal
    return _SHELL if _is_shell(look) else None


def _against(look: Look) -> int:
    """How much of an article there is."""
    prose = next((weight for words_count, weight in _PROSE if look.prose >= words_count), 0)
    return prose + _STATED * look.is_stated + _COMMENTED * look.has_comments


def _weight(kind: _Kind, look: Look, against: int) -> int:
    certain = bool(look.classes & kind.classes) or bool(look.tree.select(kind.marks))
    headed = _HEADED * (_says(kind, look.title) + _says(kind, look.headings))
    weight = _CERTAIN * certain + min(headed, _MOST_HEADED) - against
    if weight + _MOST_SAID + 2 < _ENOUGH:
        return weight
    weight += min(sum(much for each, much in kind.wording.items() if each in look.text), _MOST_SAID) + kind.hints(look)
    is_thin = look.prose < _THIN_PROSE and len(look.text) < _THIN_CHARS
    return weight + (is_thin and weight >= _ENOUGH - 1)


def _says(kind: _Kind, headings: frozenset[str]) -> bool:
    return any(
        heading in kind.headings or _bare(heading) in kind.headings or _is_code(heading, kind.codes)
        for heading in headings
    )


def _is_code(heading: str, codes: frozenset[str]) -> bool:
    """A status code alone, or with the standard's words for it: ``error 410``, ``410 gone``."""
    named = codes.intersection(heading.split())
    return any(_bare(heading) in {"", plain(_phrase(code))} for code in named)


def _phrase(code: str) -> str:
    return status_reason(int(code)).partition(" ")[2]


def _is_shell(look: Look) -> bool:
    """Nothing to read until scripts have run; a note that only the comments need them is none."""
    if look.prose > _SHELL_PROSE or len(look.text) > _SHELL_CHARS or look.has_comments:
        return False
    notes = (text_of(node) for node in look.tree.by_tag("noscript")[:_MOST_FIELDS])
    said = [look.text, *(note for note in notes if "comment" not in note and "disqus" not in note)]
    return any(wording in text for text in said for wording in _SHELL_WORDING)
