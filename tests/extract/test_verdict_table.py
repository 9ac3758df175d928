# ruff: noqa: RUF001 - the letters of every script are meant
"""Pages of every kind and language that are served in an article's place, and near misses that must stay articles."""

import pytest

from archiver.extract.model import Page, Verdict
from tests.extract.pages import PARAGRAPHS, URL, article_html, document, read

BODY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
MENU = "<nav><ul>" + "".join(f'<li><a href="/{n}/">Harbour section {n}</a></li>' for n in range(12)) + "</ul></nav>"
SHORT = (
    "<p>The ferry to the island will not sail on Sunday, because the winch that lowers its ramp is being repaired. The"
    " harbour master says that a bus takes passengers to the bridge instead, at the usual hours and at the usual price,"
    " and that tickets already bought stay valid until the end of the month for every boat of the line.</p>"
)
"""Sixty words."""
LOGIN_FORM = (
    '<form action="/login"><label>Name <input name=user></label><label>Secret <input type=password name=p></label>'
    "<button>Go</button></form>"
)


def titled(title: str, body: str, *, head: str = "", attributes: str = "") -> str:
    source = document(f"{MENU}<main>{body}</main>", head=f"<title>{title}</title>{head}")
    return source.replace("<body>", f"<body {attributes}>") if attributes else source


def headed(heading: str, sentence: str = "", *, site: str = " | Harbour Gazette", attributes: str = "") -> str:
    return titled(heading + site, f"<h1>{heading}</h1><p>{sentence}</p>", attributes=attributes)


MISSING = {
    "english": ("Page not found", "The page you are looking for could not be found. Try the search."),
    "english-oops": ("Oops! That page can’t be found.", "It looks like nothing was found at this location."),
    "english-code": ("404", "We have looked everywhere."),
    "english-error": ("Error 404", "We have looked everywhere."),
    "english-phrase": ("404 Not Found", ""),
    "english-gone": ("410 Gone", ""),
    "german": ("Seite nicht gefunden", "Die gewünschte Seite gibt es hier nicht."),
    "german-code": ("Fehler 404: Seite nicht gefunden", ""),
    "german-article": ("Artikel nicht gefunden", "Dieser Artikel ist nicht mehr verfügbar."),
    "french": ("Page introuvable", "La page que vous recherchez a été déplacée."),
    "french-code": ("Erreur 404 – Page non trouvée", ""),
    "spanish": ("Página no encontrada", "La página que buscas ya no está aquí."),
    "spanish-code": ("Error 404: página no encontrada", ""),
    "portuguese": ("Página não encontrada", "A página que você procura mudou de lugar."),
    "italian": ("Pagina non trovata", "La pagina che stai cercando non è più qui."),
    "dutch": ("Pagina niet gevonden", "De pagina die u zoekt is verhuisd."),
    "polish": ("Nie znaleziono strony", "Strona, której szukasz, została przeniesiona."),
    "russian": ("Страница не найдена", "Возможно, неправильно набран адрес."),
    "russian-code": ("Ошибка 404. Страница не найдена", ""),
    "ukrainian": ("Сторінку не знайдено", "Можливо, сторінку було видалено."),
    "czech": ("Stránka nenalezena", "Požadovaná stránka na tomto místě není."),
    "swedish": ("Sidan hittades inte", "Sidan du söker har flyttats."),
    "danish": ("Siden blev ikke fundet", "Siden du leder efter er flyttet."),
    "norwegian": ("Fant ikke siden", "Siden du leter etter er flyttet."),
    "finnish": ("Sivua ei löytynyt", "Etsimääsi sivua ei ole."),
    "turkish": ("Sayfa bulunamadı", "Aradığınız sayfa taşınmış olabilir."),
    "hungarian": ("Az oldal nem található", ""),
    "greek": ("Η σελίδα δεν βρέθηκε", ""),
    "japanese": ("ページが見つかりません", "お探しのページは移動した可能性があります。"),
    "chinese": ("页面不存在", "您访问的页面已经搬走。"),
    "chinese-old": ("找不到頁面", "您要找的頁面已經搬走。"),
    "korean": ("페이지를 찾을 수 없습니다", ""),
    "indonesian": ("Halaman tidak ditemukan", ""),
    "arabic": ("الصفحة غير موجودة", ""),
}


@pytest.mark.parametrize(("heading", "sentence"), MISSING.values(), ids=MISSING)
def test_missing_page_is_soft_404(heading: str, sentence: str) -> None:
    assert verdict_of(headed(heading, sentence)) is Verdict.SOFT_404


BLOCKED = {
    "cloudflare": titled(
        "Just a moment...",
        "<noscript>Enable JavaScript and cookies to continue</noscript>",
        head="<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
    ),
    "cloudflare-old": titled("Please wait", "<form id='challenge-form'>Checking your browser before accessing</form>"),
    "cloudflare-block": titled(
        "Attention Required! | Cloudflare",
        "<div id='cf-wrapper'><h1>Sorry, you have been blocked</h1><h2>Why have I been blocked?</h2><p>This site is"
        " using a security service to protect itself from attacks.</p><p>Ray ID: 7</p></div>",
    ),
    "akamai": titled(
        "Access Denied", "<h1>Access Denied</h1>You don't have permission to access this.<p>Reference #18.7</p>"
    ),
    "akamai-wait": titled("", "<div id='sec-if-cpt-container'>Powered and protected</div>"),
    "incapsula": document("<iframe id='main-iframe' src='/_Incapsula_Resource?x=1'>Request unsuccessful.</iframe>"),
    "imperva": titled("Pardon Our Interruption", "<p>As you were browsing something about your browser made us think…"),
    "datadome": titled(
        "harbour.example",
        "<p>Please enable JS and disable any ad blocker</p><script src='https://ct.captcha-delivery.com/c.js'></script>",
    ),
    "perimeterx": titled(
        "Access to this page has been denied", "<div id='px-captcha'></div><p>Press & Hold to confirm"
    ),
    "sucuri": titled("Sucuri WebSite Firewall - Access Denied", "<h2>Access Denied</h2><p>Block details</p>"),
    "aws-waf": titled("Human Verification", "<div id='captcha-container'></div>"),
    "ddos-guard": titled("DDoS-Guard", "<h1 id='ddg-l10n-title'>Checking your browser</h1>"),
    "kasada": document("<script src='/149e/ips.js?x=1'></script>"),
    "anubis": titled("Making sure you&#39;re not a bot!", "<p>Protected by Anubis</p>"),
    "hcaptcha": titled("Security check", "<p>Please complete the security check</p><div class='h-captcha'></div>"),
    "turnstile": titled("Verify you are human", "<div class='cf-turnstile'></div>"),
    "unusual-traffic": document(
        "<form id='captcha-form'></form>Our systems have detected unusual traffic from your computer network."
    ),
    "vercel": titled("Vercel Security Checkpoint", "<p>We're verifying your browser</p>"),
    "cloudfront": titled(
        "ERROR: The request could not be satisfied", "<h2>Request blocked.</h2>Generated by cloudfront"
    ),
    "nginx-403": "<html><title>403 Forbidden</title><body><center><h1>403 Forbidden</h1></center><hr>nginx",
    "too-many": titled("429 Too Many Requests", "<h1>429 Too Many Requests</h1>"),
    "robot-check": titled("Robot Check", "<form action='/errors/validateCaptcha'>Type the characters you see</form>"),
    "german": headed("Zugriff verweigert", "Bitte bestätigen Sie, dass Sie kein Roboter sind."),
    "french": headed("Accès refusé", "Un trafic inhabituel vient de votre adresse."),
    "spanish": headed("Acceso denegado", "Confirme que no es un robot."),
    "russian": headed("Подтвердите, что вы не робот", "Запросы с вашего адреса похожи на автоматические."),
    "turkish": headed("Erişim engellendi", "Robot olmadığınızı doğrulayın."),
    "japanese": headed("アクセスが拒否されました", "ロボットではありませんか。"),
    "chinese": headed("人机验证", "请拖动滑块。"),
}


@pytest.mark.parametrize("source", BLOCKED.values(), ids=BLOCKED)
def test_challenge_is_block_page(source: str) -> None:
    assert verdict_of(source) is Verdict.BLOCK_PAGE


LOGIN = {
    "english": titled("Log in | Harbour Forum", LOGIN_FORM),
    "wordpress": titled(
        "Log In ‹ Harbour — WordPress",
        "<form id='loginform'><input type=password id='user_login'></form>Lost your password?",
        attributes="class='login login-action-login'",
    ),
    "phpbb": titled(
        "Harbour Forum - Information",
        f"<p>The board requires you to be registered and logged in to view this forum.</p>{LOGIN_FORM}",
    ),
    "vbulletin": titled(
        "Harbour Forum",
        f"<p>You are not logged in or you do not have permission to access this page.</p>{LOGIN_FORM}Remember me",
    ),
    "xenforo": titled("Log in | Harbour", f"<p>You must be logged-in to do that.</p>{LOGIN_FORM}"),
    "private-blog": titled("Private Site", f"<h1>Private Site</h1>{LOGIN_FORM}"),
    "german": titled("Anmelden – Hafenblatt", f"<h1>Anmelden</h1>{LOGIN_FORM}Passwort vergessen?"),
    "french": titled("Connexion", f"<p>Vous devez être connecté pour voir ce sujet.</p>{LOGIN_FORM}"),
    "spanish": titled("Iniciar sesión", LOGIN_FORM),
    "italian": titled("Accedi", f"{LOGIN_FORM}Password dimenticata?"),
    "polish": titled("Logowanie", LOGIN_FORM),
    "russian": titled("Вход на сайт", f"{LOGIN_FORM}Забыли пароль?"),
    "czech": titled("Přihlášení", LOGIN_FORM),
    "japanese": titled("ログイン", LOGIN_FORM),
    "chinese": titled("用户登录", f"<p>您需要登录</p>{LOGIN_FORM}"),
}


@pytest.mark.parametrize("source", LOGIN.values(), ids=LOGIN)
def test_log_in_is_login_wall(source: str) -> None:
    assert verdict_of(source) is Verdict.LOGIN_WALL


BROKEN = {
    "503": headed("503 Service Unavailable", "No server is available to handle this request."),
    "502": headed("502 Bad Gateway", "nginx"),
    "500": headed("500 Internal Server Error"),
    "status-500": headed("HTTP Status 500 – Internal Server Error"),
    "522": titled("harbour.example | 522: Connection timed out", "<h1>Connection timed out Error code 522</h1>"),
    "database": titled(
        "Database Error", "<h1>Error establishing a database connection</h1>", attributes="id='error-page'"
    ),
    "database-german": titled("Datenbankfehler", "<h1>Fehler beim Aufbau einer Datenbankverbindung</h1>"),
    "php": document("<b>Fatal error</b>: Uncaught Error: Call to undefined function in /srv/x.php on line 4"),
    "critical": titled("WordPress › Error", "<p>There has been a critical error on this website.</p>"),
    "next": document("<h2>Application error: a client-side exception has occurred (see the console).</h2>"),
    "maintenance": headed("Under maintenance", "We are currently undergoing maintenance."),
    "wordpress-maintenance": titled(
        "Maintenance", "<h1>Briefly unavailable for scheduled maintenance.</h1>Check back in a minute."
    ),
    "german-maintenance": headed("Wartungsarbeiten", "Wir sind gleich wieder da."),
    "french": headed("Site en maintenance", "Le site est momentanément indisponible."),
    "spanish": headed("Sitio en mantenimiento"),
    "russian": headed("Ведутся технические работы"),
    "japanese": headed("ただいまメンテナンス中です"),
    "suspended": headed("Account Suspended", "Contact your hosting provider."),
    "nginx": titled("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>The web server runs."),
    "guru": titled("503 Backend fetch failed", "<h1>Error 503 Backend fetch failed</h1><h3>Guru Meditation:</h3>"),
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_broken_site_is_error_page(source: str) -> None:
    assert verdict_of(source) is Verdict.ERROR_PAGE


EMPTY = {
    "nothing": (document("<div></div>"), "no text"),
    "shell": (document("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"), "js"),
    "shell-text": (document("<p>Please enable JavaScript to view this page.</p>"), "js"),
    "shell-german": (document("<noscript>Bitte aktivieren Sie JavaScript.</noscript><div id=app></div>"), "js"),
    "shell-russian": (document("<noscript>Включите JavaScript</noscript><div id=app></div>"), "js"),
    "consent": (
        headed("Before you continue", "We use cookies and data to show you what you like. Accept all or Reject all."),
        "consent",
    ),
    "consent-german": (headed("Mit Werbung weiterlesen", "Wir und unsere Partner. Alle akzeptieren"), "consent"),
    "consent-french": (headed("Votre vie privée", "Nos partenaires et nous. Tout accepter"), "consent"),
}
_REASONS = {"no text": "no text", "js": "needs JavaScript", "consent": "asks for consent first"}


@pytest.mark.parametrize(("source", "reason"), EMPTY.values(), ids=EMPTY)
def test_page_without_content_is_empty(source: str, reason: str) -> None:
    page = read(source)
    assert (page.verdict, page.reason) == (Verdict.EMPTY, _REASONS[reason])


OPENING = f"<h1>A boat</h1><p>{PARAGRAPHS[0]}</p><p>The keeper, who has climbed its two hundred ...</p>"
PRICED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": %s}</script>'
PAY = {
    "priced-and-cut": titled("A boat", f"<article>{OPENING}</article>", head=PRICED % "false"),
    "priced-in-words": titled("A boat", f"<article>{OPENING}</article>", head=PRICED % '"False"'),
    "piano": titled("A boat", f"<article>{OPENING}<div class='tp-container-inner'>Subscribe to continue reading</div>"),
    "leaky": titled("A boat", f"{OPENING}<div id='leaky_paywall_message'>Already a subscriber? Come in.</div>"),
    "german": titled("A boat", f"{OPENING}<div class='paywall'>Jetzt weiterlesen mit Plus</div>"),
    "french": titled("A boat", f"{OPENING}<div class='c-paywall'>Cet article est réservé aux abonnés</div>"),
    "spanish": titled("A boat", f"{OPENING}<div class='paywall'>Suscríbete para seguir leyendo</div>"),
    "italian": titled("A boat", f"{OPENING}<div class='paywall'>Contenuto riservato agli abbonati</div>"),
    "dutch": titled("A boat", f"{OPENING}<div class='paywall'>Alleen voor abonnees</div>"),
    "polish": titled("A boat", f"{OPENING}<div class='paywall'>Aby czytać dalej, zapłać</div>"),
    "swedish": titled("A boat", f"{OPENING}<div class='paywall'>För att läsa vidare</div>"),
    "japanese": titled("A boat", f"{OPENING}<div class='paywall'>この記事は有料会員限定です</div>"),
}


@pytest.mark.parametrize("source", PAY.values(), ids=PAY)
def test_cut_article_is_pay_wall_and_keeps_its_opening(source: str) -> None:
    page = read(source)
    assert (page.verdict, page.reason) == (Verdict.PAY_WALL, "shows the opening only")
    assert page.article is not None
    assert PARAGRAPHS[0] in page.article.raw_text


TOPICS = "".join(f"<li class='row'><a class='topictitle' href='/t{n}'>Rope number {n}</a></li>" for n in range(6))
POSTS = "".join(
    f"<div class='entry'><h2><a href='/2019/{n}/'>Day {n} at sea</a></h2><p>{n}. {PARAGRAPHS[n]}</p></div>"
    for n in range(3)
)
INDEX = {
    "front": (titled("Gazette", POSTS), "https://harbour.example/"),
    "full-posts": (titled("Gazette", POSTS), URL),
    "links": (titled("Links", "".join(f"<a href='/{n}/'>A headline of words {n}</a>" for n in range(80))), URL),
    "collection": (titled("Boats", BODY, head=PRICED.replace("NewsArticle", "CollectionPage") % "true"), URL),
    "author": (titled("Ann", BODY, attributes="class='archive author author-ann'"), URL),
    "search": (titled("Rope", BODY, attributes="class='search search-results'"), URL),
    "category-address": (
        titled("Boats", "".join(f"<p><a href='/{n}/'>Ropes and {n} knots</a> a new rope</p>" for n in range(8))),
        "https://harbour.example/category/boats/",
    ),
    "phpbb-board": (titled("Forum", f"<ul class='topiclist topics'>{TOPICS}</ul>"), URL),
    "xenforo-board": (
        titled("Forum", BODY).replace('lang="en-US"', 'lang="en-US" data-template="forum_view"'),
        URL,
    ),
    "discourse-list": (
        titled(
            "Forum", "".join(f"<tr class=topic-list-item><td><a class=title href=/t/{n}>Rope {n}</a>" for n in "1234")
        ),
        URL,
    ),
}


@pytest.mark.parametrize(("source", "url"), INDEX.values(), ids=INDEX)
def test_list_of_articles_is_index_page(source: str, url: str) -> None:
    assert read(source, url=url).verdict is Verdict.INDEX_PAGE


REFRESH = '<meta http-equiv="{}" content="{}">'


@pytest.mark.parametrize(
    ("http_equiv", "content", "target"),
    [
        ("refresh", "0; url=/2019/new/", "https://harbour.example/2019/new/"),
        ("Refresh", "0;URL='https://other.example/'", "https://other.example/"),
        ("refresh", "1, /next/", "https://harbour.example/next/"),
    ],
)
def test_refresh_at_once_is_redirect(http_equiv: str, content: str, target: str) -> None:
    page = read(document("<p>Moved</p>", head=REFRESH.format(http_equiv, content)))
    assert (page.verdict, page.redirect_url, page.reason) == (Verdict.REDIRECT, target, "meta refresh")


@pytest.mark.parametrize(
    "head",
    [
        REFRESH.format("refresh", "300"),
        REFRESH.format("refresh", "300; url=/2019/new/"),
        REFRESH.format("refresh", f"0; url={URL}#top"),
        f"<noscript>{REFRESH.format('refresh', '0; url=/no-script/')}</noscript>",
    ],
    ids=["no-target", "later", "itself", "noscript"],
)
def test_other_refreshes_are_no_redirects(head: str) -> None:
    assert read(document("<p>Words</p>", head=head)).verdict is not Verdict.REDIRECT


ARTICLES = {
    "about-captchas": titled(
        "Verify you are human: how puzzles took over the web",
        f"<h1>Verify you are human: how puzzles took over</h1><p>Verify you are human, says the box.</p>{SHORT}",
    ),
    "about-404": titled("Page not found: a town loses its library", f"<h1>Page not found</h1>{BODY}"),
    "about-404-short": titled("Page not found: the lost library", f"<h1>Page not found: the lost library</h1>{SHORT}"),
    "about-access": titled("Access denied", f"<h1>Access denied</h1>{BODY}{BODY}"),
    "about-maintenance": titled("Maintenance", f"<h1>Maintenance</h1>{BODY}{BODY}"),
    "quotes-php": titled("My page broke", f"<h1>My page broke</h1><p>Fatal error: Uncaught Error in x.php</p>{SHORT}"),
    "php-warning-above": document(f"Warning: fopen() in /srv/x.php on line 4 <h1>A boat</h1>{SHORT}"),
    "404-in-site-name": titled("A new boat | 404 Media", f"<h1>A new boat</h1>{SHORT}"),
    "login-in-head": document(f"<header>{LOGIN_FORM}Forgot your password? Remember me</header><h1>Boat</h1>{SHORT}"),
    "login-in-side": document(f"<h1>Boat</h1>{SHORT}<div class='sidebar'>{LOGIN_FORM}Forgot your password?</div>"),
    "login-to-comment": titled(
        "A boat", f"<h1>A boat</h1>{SHORT}<p>You must be logged in to post a comment.</p>{LOGIN_FORM}"
    ),
    "subscribe-box": titled("A boat", f"<h1>A boat</h1>{SHORT}<form>Subscribe to our newsletter <input></form>"),
    "subscriber-menu": document(f"<div class='piano-menu'>Already a subscriber?</div><h1>A boat</h1>{BODY}{BODY}"),
    "priced-but-whole": titled("A boat", f"<article><h1>A boat</h1>{BODY}</article>", head=PRICED % "false"),
    "paywall-script": document(f"<script src='https://cdn.tinypass.com/x.js'></script><h1>A boat</h1>{SHORT}"),
    "short": titled("A boat", f"<h1>A boat</h1>{SHORT}"),
    "ends-with-dots": titled(
        "A boat", f"<h1>A boat</h1>{SHORT}<p>And so they sailed on, into the night and on ...</p>"
    ),
    "noscript-comments": titled(
        "A boat", f"<h1>A boat</h1>{SHORT}<noscript>Please enable JavaScript to view the comments.</noscript>"
    ),
    "recaptcha-form": titled("A boat", f"<h1>A boat</h1>{SHORT}<form><div class='g-recaptcha'></div></form>"),
    "cookie-banner": titled("A boat", f"<h1>A boat</h1>{SHORT}<div>We and our partners use cookies. Accept all</div>"),
    "incapsula-script": titled("A boat", f"<script src='/_Incapsula_Resource?SWJIYLWA=1'></script>{SHORT}"),
    "challenge-script": titled(
        "A boat", f"{SHORT}<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    ),
    "noindex": titled("A boat", f"<h1>A boat</h1>{SHORT}", head='<meta name="robots" content="noindex">'),
    "og-website": titled("A boat", f"<h1>A boat</h1>{SHORT}", head='<meta property="og:type" content="website">'),
    "og-article-in-archive": titled(
        "A boat", BODY, head='<meta property="og:type" content="article">', attributes="class='archive'"
    ),
    "related-with-text": titled("A boat", f"<h1>A boat</h1>{BODY}{POSTS}"),
    "amp": titled("A boat", f"<h1>A boat</h1>{SHORT}").replace("<html", "<html amp"),
    "print-view": titled(
        "A boat", f"<h1>A boat</h1>{SHORT}<script>window.print()</script>", attributes="class='print'"
    ),
    "gallery": titled(
        "A boat",
        "".join(
            f"<figure><img src='{n}.jpg'><figcaption>{each}</figcaption></figure>" for n, each in enumerate(PARAGRAPHS)
        )
        + BODY,
    ),
    "liveblog": titled("Live", "".join(f"<div><time>10:0{n}</time>{SHORT}</div>" for n in range(5))),
    "thread": document(
        f"<h1>How to tie a bowline?</h1><div class='post'>{SHORT}</div>"
        "<ol class='commentlist'><li id='comment-1'><cite class='fn'>Bo</cite><p>Twice around the mast.</p></li></ol>"
    ),
    "missing-page-with-comments": document(
        f"<h1>Page not found</h1>{SHORT}"
        "<ol class='commentlist'><li id='comment-1'><cite class='fn'>Bo</cite><p>Twice around the mast.</p></li></ol>",
        head="<title>Page not found</title>",
    ),
    "old-login-box": document(f"<table><td><h2>Login</h2>{LOGIN_FORM}<td><h2>A boat</h2>{SHORT}</table>"),
    "german": titled("Seite nicht gefunden: Das Ende eines Buchladens", f"<h1>Das Ende eines Buchladens</h1>{SHORT}"),
    "japanese": titled(
        "灯台", "<h1>灯台</h1>" + "<p>町議会は火曜日の夜、長い議論の末に古い灯台を公開し続けることを決めた。</p>" * 4
    ),
    "chinese": titled(
        "灯塔", "<h1>灯塔</h1>" + "<p>镇议会周二晚上经过长时间的讨论，决定让古老的灯塔继续向游客开放。</p>" * 4
    ),
}


@pytest.mark.parametrize("source", ARTICLES.values(), ids=ARTICLES)
def test_near_miss_stays_an_article(source: str) -> None:
    page = read(source)
    assert (page.verdict, page.reason) == (Verdict.ARTICLE, None)


@pytest.mark.parametrize("classes", ["error404", "page-not-found", "is-404 wide"])
def test_class_of_a_missing_page_outweighs_what_the_site_suggests_in_its_place(classes: str) -> None:
    source = headed("Ahoy", PARAGRAPHS[0], attributes=f"class='{classes}'")
    assert verdict_of(source) is Verdict.SOFT_404


def test_canonical_of_the_front_speaks_against_a_page() -> None:
    source = titled("Not found", f"<p>{PARAGRAPHS[0]}</p><p>The page you requested has sailed.</p>")
    front = source.replace("</head>", '<link rel="canonical" href="https://harbour.example/"></head>')
    assert verdict_of(front) is Verdict.SOFT_404


def test_refused_page_has_no_article() -> None:
    for source in (*BLOCKED.values(), *LOGIN.values(), *BROKEN.values()):
        page: Page = read(source)
        assert page.article is None
        assert page.comments == ()


def test_article_html_is_an_article() -> None:
    assert verdict_of(article_html()) is Verdict.ARTICLE


def verdict_of(source: str) -> Verdict:
    return read(source).verdict
