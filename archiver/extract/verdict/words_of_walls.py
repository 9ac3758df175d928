# ruff: noqa: RUF001 - the letters of every script are meant
"""What pages say, in the languages of our readers, that keep their article to themselves: log-ins, consent, pay walls.

Like ``words``: wording only, not how much it weighs.
"""

LOGIN_HEADINGS = """
log in | login | sign in | signin | log on | logon | member login | user login | please log in | please login
please sign in | login required | log in to continue | sign in to continue | log in or sign up | log in or register
sign in or register | you must be logged in | you must log in | you must be logged in to do that
you need to log in | authentication required | log in to your account | sign in to your account | members only
wp login | account login | restricted area | you are not logged in | private site | private blog
this blog is private | this site is private | this account is private | private forum | anmelden | einloggen
anmeldung | bitte anmelden | bitte einloggen | mitgliederbereich | anmeldung erforderlich
sie müssen angemeldet sein | sie sind nicht angemeldet | du musst angemeldet sein | benutzeranmeldung | connexion
se connecter | identification | connectez vous | connexion requise | vous devez être connecté | identifiez vous
iniciar sesión | inicia sesión | acceder | debes iniciar sesión | identifícate | acceso usuarios | inicio de sesión
entrar | iniciar sessão | fazer login | faça login | faça o login | acesse sua conta | accedi | effettua il login
area riservata | accesso | inloggen | aanmelden | log in om verder te gaan | zaloguj się | logowanie | zaloguj
вход | войти | авторизация | войдите | вход на сайт | вхід | увійти | авторизація | увійдіть | přihlášení
přihlásit se | přihlásit | prihlásenie | logga in | inloggning | log ind | logg inn | kirjaudu | kirjaudu sisään
giriş | giriş yap | üye girişi | oturum aç | bejelentkezés | autentificare | ログイン | ログインしてください
サインイン | 登录 | 请登录 | 用户登录 | 登入 | 請登入 | 로그인
"""

LOGIN_WORDING = """
must be logged in to view | must be logged in to read | must be logged in to access | must be logged in to see
must log in to view | must be logged in to do that | ! need to login in order to
! must be registered and logged in to view | ! requires you to be registered and logged in
! not logged in or you do not have permission | need to be logged in to | please log in to continue
please sign in to continue | log in to view this | sign in to view this | only available to registered users
only available to members | must be a member to | you do not have permission to view this
! this blog is open to invited readers only | restricted to registered users | lost your password
forgot your password | forgot password | forgotten password | remember me | stay logged in | registered users only
sie müssen angemeldet sein um | du musst angemeldet sein um | ! sie müssen registriert und angemeldet
melden sie sich an um | passwort vergessen | nur für registrierte | nur für mitglieder | nicht angemeldet oder
kennwort vergessen | angemeldet bleiben | vous devez être connecté pour | vous devez vous identifier
vous devez être inscrit | mot de passe oublié | réservé aux membres | debes iniciar sesión para
debe iniciar sesión para | olvidaste tu contraseña | olvidé mi contraseña | usuarios registrados | esqueceu a senha
esqueceu sua senha | precisa fazer login | iniciar sessão para | password dimenticata | devi effettuare il login
utenti registrati | wachtwoord vergeten | moet ingelogd zijn | moet zijn ingelogd | nie pamiętasz hasła
zapomniałeś hasła | musisz być zalogowany | musisz się zalogować | zaloguj się aby | забыли пароль
необходимо войти | войдите чтобы | необходимо авторизоваться | только для зарегистрированных | забули пароль
увійдіть щоб | необхідно увійти | zapomenuté heslo | zapomněli jste heslo | musíte být přihlášen
pro zobrazení se přihlaste | glömt lösenord | du måste vara inloggad | du måste logga in | glemt adgangskode
şifremi unuttum | parolanızı mı unuttunuz | giriş yapmalısınız | üye olmanız gerekiyor | パスワードを忘れ
ログインが必要 | ログインしてご覧 | 忘记密码 | 需要登录 | 登录后 | 您需要登录 | 忘記密碼 | 登入後 | 비밀번호 찾기
로그인이 필요
"""

SHELL_WORDING = """
enable javascript | javascript is required | requires javascript | javascript is disabled | javascript to be enabled
turn on javascript | javascript must be enabled | javascript has been disabled | without javascript
javascript isnt enabled | need javascript | needs javascript | doesnt work properly without javascript
aktivieren sie javascript | javascript aktivieren | aktiviere javascript | javascript ist deaktiviert
benötigt javascript | activer javascript | activez javascript | javascript est désactivé | active javascript
habilitar javascript | habilite javascript | activar javascript | ative o javascript | ativar javascript
attiva javascript | abilita javascript | abilitare javascript | schakel javascript in | javascript inschakelen
włącz javascript | włączyć javascript | obsługę javascript | включите javascript | включить javascript
увімкніть javascript | zapněte javascript | povolte javascript | aktivera javascript | aktivér javascript
javascripti etkinleştirin | javascriptを有効 | 启用javascript | 开启javascript | 啟用javascript | 启用 javascript
開啟 javascript | javascript を有効 | 자바스크립트
"""

CONSENT_HEADINGS = """
before you continue | before you continue to google | before you continue to youtube | we value your privacy
your privacy | we care about your privacy | your privacy matters | privacy settings | cookie consent
cookie settings | manage your privacy | bevor sie fortfahren | bevor sie zu google weitergehen
zustimmung erforderlich | wir brauchen ihre zustimmung | ihre zustimmung | privatsphäre einstellungen
datenschutzeinstellungen | mit werbung weiterlesen | cookie einstellungen | avant de continuer
nous respectons votre vie privée | votre vie privée | votre consentement | antes de continuar
valoramos tu privacidad | tu privacidad | valorizamos a sua privacidade | prima di continuare | la tua privacy
voordat je verdergaat | privacyinstellingen | cookies op deze website | zanim przejdziesz dalej | twoja prywatność
cenimy twoją prywatność | dbamy o twoją prywatność | innan du fortsätter | vi värnar om din integritet
vi bryr oss om din integritet | než budete pokračovat | vaše soukromí | перед тем как продолжить
devam etmeden önce | gizliliğiniz | 続行する前に
"""

CONSENT_WORDING = """
we use cookies and data | we and our partners | store and or access information on a device | accept all
reject all | accept cookies | mit werbung und tracking | wir und unsere partner | alle akzeptieren
akzeptieren und weiter | allen zustimmen | unsere partner | nos partenaires | tout accepter | accepter et continuer
nuestros socios | aceptar todo | aceitar tudo | nossos parceiros | accetta tutto | nostri partner | alles accepteren
onze partners | zaakceptuj wszystko | nasi partnerzy | acceptera alla | våra partners | přijmout vše | принять все
tümünü kabul et | すべて同意
"""

WALL_WORDING = """
subscribe to continue | subscribe to read | subscribe to keep reading | subscribe now to continue
subscribe to unlock | subscribe for full access | to continue reading | to read the full | to read the rest
to keep reading | continue reading this article with | unlock this article | become a subscriber to
for subscribers only | exclusive to subscribers | available to subscribers | only for subscribers
subscriber only content | subscriber exclusive | subscribers only | already a subscriber | already a member
this post is for paid subscribers | this post is for paying subscribers | you have reached your limit
reached your article limit | your free articles | free articles left | register to continue reading
sign in to continue reading | want to read more | purchase a subscription | requires a subscription
jetzt weiterlesen | jetzt abonnieren | sie wollen weiterlesen | um weiterzulesen | zum weiterlesen
artikel weiterlesen mit | lesen sie den ganzen | den vollständigen artikel lesen | exklusiv für abonnenten
nur für abonnenten | für abonnenten | bereits abonnent | mit abo weiterlesen | registrieren und weiterlesen
kostenlos weiterlesen | dieser artikel ist kostenpflichtig | sie haben bereits ein abo | im abo lesen | testabo
diesen artikel freischalten | weiterlesen mit | jetzt freischalten | kostenpflichtiger inhalt | pour lire la suite
réservé aux abonnés | réservé à nos abonnés | abonnez vous pour | déjà abonné | la suite est réservée
article abonné | il vous reste à lire | la lecture de cet article est réservée | para seguir leyendo
para continuar leyendo | exclusivo para suscriptores | solo para suscriptores | contenido exclusivo
suscríbete para | ya eres suscriptor | para continuar lendo | exclusivo para assinantes | conteúdo exclusivo
já é assinante | assine para | per continuare a leggere | riservato agli abbonati | abbonati per | sei già abbonato
contenuto riservato | lees verder met | om verder te lezen | alleen voor abonnees | exclusief voor abonnees
al abonnee | word abonnee | aby czytać dalej | dostęp do treści płatny | tylko dla prenumeratorów
dla prenumeratorów | masz już prenumeratę | czytaj dalej w pełnej | чтобы читать дальше
доступно только подписчикам | доступен только подписчикам | материал доступен по подписке | оформите подписку
щоб читати далі | доступно лише передплатникам | тільки для передплатників | оформіть передплату | pro předplatitele
jen pro předplatitele | zbývá vám ještě | chcete číst dál | pokračovat ve čtení | för att läsa vidare
för prenumeranter | endast för prenumeranter | bli prenumerant | redan prenumerant | for å lese videre
kun for abonnenter | læs videre | devamını okumak için | abonelere özel | abone olun | 有料会員限定 | 会員限定記事
この記事は有料 | 続きを読むには | 订阅后继续阅读 | 仅限订阅用户 | 付费阅读 | 訂閱後 | 付費會員
"""
