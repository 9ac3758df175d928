"""What sites print around a comment: "says:", "Reply", "3 hours ago", "edited", "removed by a moderator".

Knows such words in the languages sites are written in; must not know markup.
"""
# ruff: noqa: RUF001 - words in Cyrillic, Turkish and Greek, and dashes as pages write them

import re


def _any(*lines: str) -> str:
    """One pattern of phrases parted by ``|``, a line for some languages each."""
    return f"(?:{'|'.join(lines)})"


SAYS = _any(
    r"says?|said|wrote|writes|commented|replied|responded",
    r"sagte?|schreibt|schrieb|meinte?|meint|kommentierte?|zegt|schreef|säger|skriver|sier",
    r"dijo|dice|disse|diz|escribi[óo]|escribe|escreveu|a dit|dit|a écrit|écrit|ha scritto|scrive",
    r"pisze|napisał\(?a?\)?|пише|пишет|говорит|написал\(?а?\)?|diyor ki|berkata",
    r"hat gesagt|ha detto|zei|sagde|sanoi|powiedział\(?a?\)?|řekl|mondta",
)
_VERB = _any(
    "comment|kommentar|commentaire|comentario|posted|written|submitted|verfasst|geschrieben|publicado|publié|escrito"
)
BY = rf"(?:{_VERB}\s+)?(?:by|von|de|par|from|por|da|av|af|door|przez|від|от)"
HEAD = re.compile(rf"\A(?:{SAYS}\s*:|:|Pingback\s*:|Trackback\s*:|{BY}(?:\s*:)?)\s*(?:\n|\Z)", re.IGNORECASE)
_LABEL = r"(?:author|autor(?:in)?|auteur|autore|автор|name|nom|nombre|nome|imię|naam|from|absender|user)\s*:"
NAME_HEAD = re.compile(
    rf"\A(?:#\d{{1,5}}[.:)]?\s+)?(?:{_VERB}\s*:\s*)?(?:{BY}\s*:?\s+|{_LABEL}\s*|(?:@|~(?!.*~))\s*)?", re.IGNORECASE
)
NAME_DATE = re.compile(r"\s(?:[—–|•·-]|on|am|le|el|at)\s[^\n]{0,40}\b(?:19|20)\d\d\b")
_UNVERIFIED = _any(
    "not verified|nicht überprüft|nicht verifiziert|non vérifié|no verificado|non verificato|não verificado",
    "niet gecontroleerd|niet geverifieerd|ej verifierad|ikke bekreftet|ikke efterprøvet|nie zweryfikowan[ay]",
    "не проверено|не перевірено|neověřeno",
)
NAME_TAIL = re.compile(
    rf"(?:\s+\({_UNVERIFIED}\))?(?:\s+{SAYS}\s*(?::|\.{{2,3}}|…)|\s+(?:on|at|am|le|el|il|op|kl\.?))?[\s,:;|]*\Z",
    re.IGNORECASE,
)

_MONTH = r"[^\W\d]{3,10}\.?"
FULL_DATE = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|(?:19|20)\d\d年"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?(?:19|20)\d\d\b"
    rf"|\b{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d\d\b"
)
"""Day, month and year, whatever the order."""

_ACTIONS = _any(
    r"repl(?:y|ies)(?: to (?:this )?(?:comment|post)?)?|respond|answer|comment|quote|cite|flag|share|edit|delete",
    r"remove|report(?: (?:this|abuse|comment|post))?|likes?|liked?|unlike|dislike|permalink|permanent link|link",
    r"more|less|read more|show more|show less|view (?:all )?repl(?:y|ies)|hide repl(?:y|ies)",
    r"my profile|join (?:the )?(?:discussion|conversation)|community guidelines|log ?(?:in|out)|sign (?:in|up|out)",
    r"log ?in to (?:reply|comment)|follow",
    r"recommend(?:ed)?|upvote|downvote|vote|helpful|thanks|top|save|context|parent",
    r"antworten|antwort(?:en anzeigen)?|auf (?:diesen )?kommentar antworten|beantworten|zitieren|zitat|teilen|mehr",
    r"(?:kommentar |als spam )?melden|gefällt mir(?: nicht)?|gefällt \d+ (?:person(?:en)?|mal)|liken|bearbeiten",
    r"löschen|weniger|mehr anzeigen|empfehlen|link kopieren|direktlink",
    r"répondre(?: à ce (?:message|commentaire))?|signaler(?: (?:un abus|ce commentaire))?|alerter|partager|j'aime|plus",
    r"je n'aime pas|citer|modifier|supprimer|lire la suite",
    r"responder|contestar|denunciar|reportar|compartir|(?:no )?me gusta|citar|editar|eliminar|ver más|compartilhar",
    r"enlace permanente|curtir|rispondi|segnala|condividi|mi piace|cita|modifica|elimina|altro",
    r"odpowiedz|zgłoś(?: do moderacji| nadużycie)?|cytuj|udostępnij|lubię to|edytuj|usuń|odpovědět|nahlásit",
    r"beantwoorden|reageer|reageren|antwoorden|rapporteer|delen|svara|svar|rapportera|dela|gilla|vastaa|ilmoita",
    r"ответить|пожаловаться|цитировать|поделиться|нравится|ссылка|відповісти|поскаржитись",
    r"yanıtla|cevapla|şikayet et|beğen|balas|laporkan|trả lời|thích|返信(?:する)?|回覆|回复|举报|檢舉|贊|赞|답글|신고",
)
_BETWEEN = r"[\s\W\d]*"
_ACTION = re.compile(rf"{_BETWEEN}(?:\b{_ACTIONS}\b{_BETWEEN}){{1,8}}", re.IGNORECASE)
_UNITS = _any(
    r"sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|m|h|d|w|y",
    r"sekunden?|minuten?|stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?|uur|dagen|weken|maanden|jaar|dagar|timmar",
    r"secondes?|heures?|jours?|semaines?|mois|ans?|années?|segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?",
    r"anos?|minut[iy]?|or[ae]|giorn[io]|settiman[ae]|mesi|anni|godzin[ye]?|dni|dzień|tygodn\w*|miesi\w*|lata?",
    r"минут\w*|час\w*|дн\w*|день|недел\w*|месяц\w*|лет|год\w*",
)
_AGO = _any("ago|her|temu|geleden|fa|atrás|назад|тому|sedan|siden|önce")
_DAYS = _any(
    "just now|yesterday|today|gestern|heute|vorgestern|hier|aujourd'hui|ayer|hoy|ontem|hoje|ieri|oggi|wczoraj|dzisiaj",
    "вчера|сегодня|gisteren|vandaag|igår|idag",
)
RELATIVE = re.compile(
    rf"\b\d+\s?{_UNITS}\b(?:[\s,]*\d+\s?{_UNITS})*\s*{_AGO}?\b|\b(?:an?|one|few) {_UNITS} ago"
    rf"|\b(?:vor|il y a|hace|há|för|for) (?:\w+ )?\w+ {_UNITS}\b|\b{_DAYS}\b"
    r"|\d+\s?(?:分|分钟|分鐘|小時|小时|時間|时间|日|天|周|週|週間|个月|個月|ヶ月|ヵ月|か月|年)前",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\b(?:19|20)\d\d\b|\d{4}年|(?<!\d)\d{1,2}[:.]\d\d(?!\d)"
    r"|\b\d{1,2}\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])",
    re.IGNORECASE,
)
_AROUND = _any(
    "on|at|am|um|uhr|the|le|à|el|a las|il|alle|op|om|kl|as|às|w|dnia|o|в|at|via|from|pm|ago|permalink|link|anonym\\w*",
    "guest|gast|invité|registered|no|nr|nº|re|comment|kommentar|commentaire|comentario|posted|verfasst|geschrieben",
    "submitted|points?|score|punkte?|puntos|punti|pkt|баллов|очков",
)
_GLUE = re.compile(rf"{_BETWEEN}(?:\b(?:{SAYS}|{BY}|{_AROUND}|{_UNITS})\b{_BETWEEN}){{0,12}}", re.IGNORECASE)
EDITED = re.compile(
    r"\b(?:last )?edited(?: by| on| at|:|\)|\b)|\b(?:zuletzt )?(?:bearbeitet|geändert)\b|\bmodifié(?:e)?\b|\beditado\b"
    r"|\bmodificato\b|\bredigerad\b|\bedytowan\w*\b|\bизменен\w*\b|\bотредактирован\w*\b",
    re.IGNORECASE,
)
IN_REPLY = re.compile(
    _any(
        r"\s*(?:↪|↳)?\s*(?:in (?:reply|response) to|replying to|replied to|(?:als )?antwort auf|en réponse à|répond à",
        r"en respuesta a|em resposta a|in risposta a|odpowiedź na|ответ на|als antwoord op|svar till)\b",
    ),
    re.IGNORECASE,
)
"""The start of a line that says whom a comment answers."""
_NOTICE = re.compile(
    _any(
        r"awaiting (?:moderation|approval)|(?:comment|post|message|reply) (?:has been|was|is) (?:removed|deleted)",
        r"(?:removed|deleted|hidden) (?:by|due to|for) (?:an? |the )?(?:moderator|admin|user|staff|author|violat)",
        r"^\[?(?:removed|deleted|flagged|comment removed|comment deleted)\]?\.?$|^entfernt\b|bereits entfernt",
        r"(?:kommentar|beitrag) (?:wurde|ist|wird) (?:\w+ ){0,3}(?:entfernt|gelöscht|gesperrt|moderiert|geprüft)",
        r"wartet auf (?:freischaltung|moderation|freigabe)|en attente de (?:modération|validation)",
        r"commentaire (?:a été )?(?:supprimé|modéré|masqué)|comentario (?:ha sido )?(?:eliminado|borrado|moderado)",
        r"pendiente de (?:moderación|aprobación)|coment[áa]rio (?:foi )?(?:removido|apagado|excluído)",
        r"commento (?:è stato )?(?:rimosso|eliminato)|in attesa di (?:moderazione|approvazione)",
        r"komentarz (?:został )?usunięty|reactie (?:is )?verwijderd|комментарий (?:был )?удал[её]н",
    ),
    re.IGNORECASE,
)
_LONGEST_LINE, _LONGEST_DATE, _LONGEST_GLUE, _LONGEST_NOTICE = 120, 80, 200, 300


def is_action(text: str) -> bool:
    """Whether there is nothing but things to click in it, and counts."""
    return len(text) <= _LONGEST_LINE and bool(_ACTION.fullmatch(text))


def is_dateish(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_DATE and bool(_DATE.search(text) or RELATIVE.search(text))


def is_glue(text: str) -> bool:
    """Whether nothing is in it but what is left of a head when name and date are taken out."""
    return len(text) <= _LONGEST_GLUE and bool(_GLUE.fullmatch(text))


def is_notice(text: str) -> bool:
    """Whether a text says in place of the comment that it was taken out or waits."""
    return len(text) <= _LONGEST_NOTICE and bool(_NOTICE.search(text.strip()))
