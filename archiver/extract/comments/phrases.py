"""What sites print around a comment: "says:", "Reply", "3 hours ago", "edited", "removed by a moderator".

Knows such words in the languages sites are written in; must not know markup.
"""

import re

SAYS = (
    r"(?:says?|said|wrote|writes|sagte?|schreibt|schrieb|meinte?|meint|kommentierte?|dijo|dice|disse|diz|escribi[óo]"
    r"|escribe|escreveu|a dit|dit|a écrit|écrit|pisze|napisał\(?a?\)?|пише|пишет|говорит|написал\(?а?\)?|zegt|schreef"
    r"|säger|skriver|sier|diyor ki|ha scritto|scrive|commented|replied|responded|berkata"
    r"|hat gesagt|ha detto|zei|sa|sagde|sanoi|powiedział\(?a?\)?|řekl|mondta|said)"
)
_BY = r"(?:(?:comment|kommentar|commentaire|comentario|posted|written|submitted|verfasst|geschrieben|publicado)\s+)?"
BY = rf"{_BY}(?:by|von|de|par|from|por|da|av|af|door|przez|від|от)"
HEAD = re.compile(rf"\A(?:{SAYS}\s*:|:|Pingback\s*:|Trackback\s*:|{BY}\s*:?)\s*(?:\n|\Z)", re.IGNORECASE)
NAME_HEAD = re.compile(rf"\A(?:#\d{{1,5}}[.:)]?\s+)?(?:{BY}\s*:?\s+|@\s*)?", re.IGNORECASE)
NAME_DATE = re.compile(r"\s(?:[—–|•·-]|on|am|le|el|at)\s[^\n]{0,40}\b(?:19|20)\d\d\b")  # noqa: RUF001 - dashes as pages write them
_UNVERIFIED = (
    r"\((?:not verified|nicht überprüft|nicht verifiziert|non vérifié|no verificado|non verificato|não verificado"
    r"|niet gecontroleerd|niet geverifieerd|ej verifierad|ikke bekreftet|ikke efterprøvet|nie zweryfikowan[ay]"
    r"|не проверено|не перевірено|neověřeno)\)"
)
NAME_TAIL = re.compile(rf"(?:\s+{_UNVERIFIED})?(?:\s+{SAYS}\s*(?::|\.{{2,3}}|…))?[\s,:;|]*\Z", re.IGNORECASE)

_ACTIONS = (
    r"repl(?:y|ies)(?: to (?:this )?(?:comment|post)?)?|respond|answer|comment|quote|cite|report(?: (?:this|abuse|comment|post))?|flag|share"
    r"|likes?|liked?|liken|unlike|dislike|edit|delete|remove|permalink|permanent link|link|more|less|read more|show more|show less"
    r"|view (?:all )?repl(?:y|ies)|hide repl(?:y|ies)|log ?in to (?:reply|comment)|follow|recommend(?:ed)?|upvote|downvote|vote|helpful|thanks|top|save|context|parent"
    r"|antworten|antwort(?:en anzeigen)?|auf (?:diesen )?kommentar antworten|beantworten|zitieren|zitat|melden|kommentar melden|teilen"
    r"|gefällt mir(?: nicht)?|gefällt \\d+ (?:person(?:en)?|mal)|gefällt mir nicht|bearbeiten|löschen|mehr|weniger|mehr anzeigen|empfehlen|link kopieren|direktlink|als spam melden"
    r"|répondre|répondre à ce (?:message|commentaire)|signaler(?: (?:un abus|ce commentaire))?|alerter|partager|j'aime|je n'aime pas|citer|modifier|supprimer|plus|lire la suite"
    r"|responder|contestar|denunciar|reportar|compartir|me gusta|no me gusta|citar|editar|eliminar|ver más|enlace permanente|compartilhar|curtir"
    r"|rispondi|segnala|condividi|mi piace|cita|modifica|elimina|altro"
    r"|odpowiedz|zgłoś(?: do moderacji| nadużycie)?|cytuj|udostępnij|lubię to|edytuj|usuń"
    r"|beantwoorden|reageer|reageren|antwoorden|rapporteer|delen|svara|svar|rapportera|dela|gilla|vastaa|ilmoita"
    r"|ответить|пожаловаться|цитировать|поделиться|нравится|ссылка|відповісти|поскаржитись|odpovědět|nahlásit|yanıtla|cevapla|şikayet et|beğen|balas|laporkan|trả lời|thích"
    r"|返信(?:する)?|回覆|回复|举报|檢舉|贊|赞|답글|신고"
)
ACTION = re.compile(rf"[\s\W\d]*(?:\b(?:{_ACTIONS})\b[\s\W\d]*){{1,8}}", re.IGNORECASE)
"""Matched in full: a line or a link that holds nothing but things to click, with counts."""
_UNITS = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|sekunden?|minuten?|stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?"
    r"|secondes?|heures?|jours?|semaines?|mois|ans?|années?|segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?|minut[iy]?|or[ae]|giorn[io]|settiman[ae]|mesi|anni"
    r"|godzin[ye]?|dni|dzień|tygodn\w*|miesi\w*|lata?|минут\w*|час\w*|дн\w*|день|недел\w*|месяц\w*|лет|год\w*|uur|dagen|weken|maanden|jaar|dagar|timmar|m|h|d|w|y)"
)
RELATIVE = re.compile(
    rf"\b\d+\s?{_UNITS}\b(?:[\s,]*\d+\s?{_UNITS})*\s*(?:ago|her|temu|geleden|fa|atrás|назад|тому|sedan|siden|önce)?\b|\b(?:an?|one|few) {_UNITS} ago"
    rf"|\b(?:vor|il y a|hace|há|för|for) (?:\w+ )?\w+ {_UNITS}\b|\b(?:just now|yesterday|today|gestern|heute|vorgestern|hier|aujourd'hui|ayer|hoy|ontem|hoje|ieri|oggi|wczoraj|dzisiaj|вчера|сегодня|gisteren|vandaag|igår|idag)\b"
    r"|\d+\s?(?:分|小時|小时|時間|日|天|週間|个月|個月|ヶ月|か月|年)前",
    re.IGNORECASE,
)
DATEISH = re.compile(
    r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\b(?:19|20)\d\d\b|\d{4}年|(?<!\d)\d{1,2}[:.]\d\d(?!\d)"
    r"|\b\d{1,2}\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])",
    re.IGNORECASE,
)
# What is left of a head when name and date are taken out
GLUE = re.compile(
    rf"[\s\W\d]*(?:\b(?:{SAYS}|{BY}|on|at|am|um|uhr|the|le|à|el|a las|il|alle|op|om|kl|as|às|w|dnia|o|в|at|via|from|pm|ago|permalink|link|anonym\w*|guest|gast|invité|registered|no|nr|nº|re|comment|kommentar|commentaire|comentario|posted|verfasst|geschrieben|submitted|{_UNITS})\b[\s\W\d]*){{0,12}}",
    re.IGNORECASE,
)
EDITED = re.compile(
    r"\b(?:last )?edited(?: by| on| at|:|\)|\b)|\b(?:zuletzt )?(?:bearbeitet|geändert)\b|\bmodifié(?:e)?\b|\beditado\b|\bmodificato\b|\bredigerad\b|\bedytowan\w*\b|\bизменен\w*\b|\bотредактирован\w*\b",
    re.IGNORECASE,
)
MODERATED = re.compile(
    r"awaiting (?:moderation|approval)|(?:comment|post|message|reply) (?:has been|was|is) (?:removed|deleted|hidden|blocked)"
    r"|(?:removed|deleted|hidden) (?:by|due to|for) (?:an? |the )?(?:moderator|admin|user|staff|author|violat|breach|a breach)|^\[?(?:removed|deleted|comment removed|comment deleted)\]?\.?$"
    r"|^entfernt\b|(?:kommentar|beitrag) (?:wurde|ist|wird) (?:\w+ ){0,3}(?:entfernt|gelöscht|gesperrt|moderiert|geprüft)|wartet auf (?:freischaltung|moderation|freigabe)|bereits entfernt"
    r"|commentaire (?:a été )?(?:supprimé|modéré|masqué)|en attente de (?:modération|validation)|comentario (?:ha sido )?(?:eliminado|borrado|moderado)|pendiente de (?:moderación|aprobación)"
    r"|coment[áa]rio (?:foi )?(?:removido|apagado|excluído)|commento (?:è stato )?(?:rimosso|eliminato)|in attesa di (?:moderazione|approvazione)|komentarz (?:został )?usunięty|reactie (?:is )?verwijderd|комментарий (?:был )?удал[её]н",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 300


def is_action(text: str) -> bool:
    """Whether there is nothing but things to click in it."""
    return len(text) <= 120 and bool(ACTION.fullmatch(text))  # noqa: PLR2004 - what is longer was written


def is_dateish(text: str) -> bool:
    return 0 < len(text) <= 80 and bool(DATEISH.search(text) or RELATIVE.search(text))  # noqa: PLR2004 - dates are short


def is_notice(text: str) -> bool:
    """Whether a text says in place of the comment that it was taken out or waits."""
    return len(text) <= _LONGEST_NOTICE and bool(MODERATED.search(text.strip()))
