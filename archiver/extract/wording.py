"""Words of the lines that sites print around and among the paragraphs of an article, in the languages met so far.

Each pattern must match a line as a whole, or say in its name that it only looks at the beginning.
"""

import re

_DASH = "–—-"  # noqa: RUF001 - as pages write them
_QUOTE = "'’"  # noqa: RUF001 - as pages write them

EDITED = re.compile(
    r"^(?:edited by|editor|editing by|edit(?:ed)? and translated by|redaktion|redigiert von|edición|édité par)"
    r"(?:\s*:\s*|\s+(?=[A-Z]))(?P<names>[^\n]{2,100})$",
    re.IGNORECASE,
)
EDITED_COLON_OPENING = re.compile(r"^(?:edited by|editing by|editor|redaktion|redigiert von)\s*:", re.IGNORECASE)
LABELS_OPENING = re.compile(
    r"^(?:tags?|tagged(?: with| as)?|posted in|filed under|categor(?:y|ies)|categorized as|schlagw(?:ort|orte|örter)"
    r"|kategorien?|verschlagwortet mit|abgelegt unter|topics|keywords|etiquetas|étiquettes)\s*:?(?:\s|$)",
    re.IGNORECASE,
)
APPEAL_OPENING = re.compile(
    r"^(?:dear readers?|liebe leser|support (?:us|our|independent)|help (?:us|keep)|if you (?:like|enjoy|value)"
    r"|we need your (?:help|support)|please (?:donate|support|consider)|donate|become a (?:patron|member|supporter)"
    r"|since you.{1,3}(?:re here|ve made it))",
    re.IGNORECASE,
)
APPEAL_WORDS = re.compile(
    r"donat(?:e|ion|ions)\b|your (?:financial )?support|support (?:us|our work)|patreon|spende|shoestring"
    r"|keep us online|independent journalis|contribution|subscribe|financial goal|help us"
    r"|proposition for you|join [A-Z]{3}|paywall|our content",
    re.IGNORECASE,
)
# A line of these words stands over a list of other articles.
OVER_LIST = re.compile(
    r"^\W*(?:more|related(?: \w+){0,2}|read (?:more|also|next|this next)|see (?:also|more)|also (?:read|see)"
    r"|more (?:stories|news)|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|recommended(?: \w+){0,2}"
    r"|don.t miss|most (?:read|popular)|explore further|trending(?: now)?"
    r"|mehr zum thema|lesen sie auch|weitere artikel|à lire aussi|lire aussi|sur le même sujet"
    r"|lea también|le puede interesar|noticias relacionadas|leia (?:também|mais)|veja também|leggi anche|baca juga"
    r"|lees ook|czytaj (?:także|też|również)|читайте также|читайте також)\W*$",
    re.IGNORECASE,
)
# A label before the headline of another article.
POINTER_OPENING = re.compile(
    r"^\W*(?:read(?: (?:more|also|next|this))?|related(?: \w+)?|see (?:also|more)|also(?: (?:read|see))?"
    r"|more(?: on this)?|watch(?: (?:more|now|also))?|listen|don.t miss|lesen sie auch|mehr(?: dazu)?|(?:à )?lire aussi"
    r"|lea también|leia (?:também|mais)|veja também|leggi anche|baca juga|lees ook"
    rf"|czytaj (?:także|też|również)|читайте также|читайте також)\s?[:|»>{_DASH}]",
    re.IGNORECASE,
)
# What plug-ins leave behind.
LEFT_BEHIND = re.compile(
    r"^(?:this slideshow requires javascript\.?|\[(\w+)\b[^\]]*\].*\[/\1\]|\[/?\w+(?:\s+\w+=[^\]]*)\]"
    r"|(?:scroll to continue|story continues below)?\W*(?:advertisement|advertising|anzeige|werbung"
    r"|publicité|publicidade?|pubblicità|advertentie|reklama|реклама|iklan)"
    r"\W*(?:scroll to continue|story continues below)?\W*|please enable javascript\b.{0,120})$",
    re.IGNORECASE,
)
# Subject to being a caption, a credit of the picture's owner.
CREDIT = re.compile(r"^.{0,150}©.{0,60}$")
_WHO = rf"(?: the (?:author|writer|reporter)| (?:him|her|them)| [A-Z][\w.{_QUOTE}-]+(?: [A-Z][\w.{_QUOTE}-]+){{0,3}})"
TAIL = re.compile(
    r"^\W*(?:(?:follow|like|find|join) (?:us|me|@?\w{1,30}) on\b.{0,120}"
    r"|(?:sign up|subscribe|register) (?:for|to) (?:our|the|my)\b.{0,160}"
    r"(?:newsletters?|e-?mails|e-?mail (?:list|alerts?|updates?)|updates|channel|podcast)\b.{0,80}"
    r"|subscribe to .{2,40} on (?:youtube|itunes|spotify|apple)\b.{0,80}"
    r"|get (?:our|the) .{0,80}(?:newsletter|inbox).{0,80}"
    r"|get .{2,80}\b(?:delivered|in your inbox|through your letterbox)\b.{0,160}"
    r"|(?:folgen sie|folge) uns (?:auf|bei)\b.{0,120}|share this:?|like this:?|leave a (?:comment|reply)\.?"
    r"|comments?|(?:tell us )?what (?:do )?you think\W*|join the (?:conversation|discussion)\W*"
    r"|(?:copyright\s*)?(?:©|\(c\)|copyright ©?)\s*\d{4}.{0,160}|all rights reserved\.?|copyright .{2,40}\d{4}.{0,60}"
    r"|click here to (?:subscribe|sign up|get the).{0,100}|(?:download|get) (?:the|our) .{0,40}\bapp\b.{0,100}"
    r"|get .{2,40} on the go.{0,60}|listen to .{2,80}\b(?:live|podcast)\b.{0,120}"
    r"|source\s?:\s?.{2,60}|additional reporting (?:by|from)\b.{2,120}|(?:last )?updated (?:at|on)\b.{2,40}"
    r"|.{2,200}\bcontributed to this (?:report|story|article|piece)\b.{0,20}"
    r"|if you (?:buy|purchase) (?:something|.{2,30}) (?:through|via|from|using)\b.{2,60}"
    r"\bmay (?:get|earn|receive)\b.{2,120}"
    r"|follow .{2,40}\bcoverage\b.{0,160}"
    r"|(?:have a (?:tip|story)\?? )?.{2,60}\b(?:can|may) be reached (?:at|on|by|via)\b.{2,160}"
    rf"|(?:e-?mail|contact|reach|follow|tweet){_WHO} (?:at|on|via|by)\b.{{2,120}})$",
    re.IGNORECASE,
)
# What comes after an author's name where his work is told.
ABOUT_OPENING = re.compile(
    rf"^(?:[{_QUOTE}]s|,)?\W*(?:is|was|are|covers|writes|reports|has|can be|lives|works|holds|joined|contributed"
    r"|(?:new|latest|most recent)? ?(?:book|novel))\b",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^(?:by|von|par|por)\s+(?P<name>.{2,80})$", re.IGNORECASE)
_MONTH = r"[^\W\d_]{3,12}\.?"
DATE_LINE = re.compile(
    r"^(?:(?:first |last |originally )?(?:published|updated?|posted|modified|created)(?: on| at)?\b|\W)*"
    rf"(?:[^\W\d_]{{2,9}}(?:-feira|day)?[.,]{{1,2}}\s*)?"
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}\.?(?: de)? {_MONTH},?(?: de)? \d{{4}}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\b"
    rf"[\s,|•·{_DASH}]*(?:(?:at|às|um|à|a las|on)?\s?\d{{1,2}}[:.h]\d\d\b.{{0,20}})?$",
    re.IGNORECASE,
)
READING_TIME = re.compile(
    r"^(?:\d{1,3}[ -]min(?:ute|uto|uten)?s? (?:read|lesezeit|de lectura|de leitura|de lecture)"
    r"|(?:tempo de leitura|lesezeit|(?:estimated )?reading time|temps de lecture|tiempo de lectura|tempo di lettura"
    r"|leestijd|waktu baca|время чтения)\b.{0,24})$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"^(?:https?://\S+|www\.\S+|[\w.-]+\.[a-z]{2,4}(?:/\S*)?)$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…。！？][\"'“”‘’«»‹›)\]]*$")  # noqa: RUF001 - full-width marks are meant
