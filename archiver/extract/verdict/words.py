# ruff: noqa: RUF001 - the letters of every script are meant
"""What pages say, in the languages of our readers, when they are no article: headings and sentences.

Knows wording only; must not know how much it weighs. ``look.plain`` is applied to all of it. A heading must be said
whole; a sentence may stand anywhere in the opening text. Words for "error" and status codes are left out of headings,
so that ``404 - Seite nicht gefunden`` needs no entry of its own.
"""

MISSING_HEADINGS = """
not found | page not found | the page was not found | page cannot be found | page cant be found
page could not be found | that page cant be found | this page cant be found | this page could not be found
the page cannot be found | the page could not be found | this page does not exist | this page doesnt exist
that page doesnt exist | the page you requested could not be found | the page you requested was not found
page doesnt exist | file not found | the page you are looking for does not exist
the page youre looking for cant be found | page no longer exists | page not available | page unavailable
this page isnt available | content not found | content not available | gone | article not found | post not found
story not found | topic not found | thread not found | document not found
the requested url was not found on this server | object not found | nothing found | we cant find that page
we cant find the page youre looking for | this page is not available | this content isnt available | page missing
looks like youre lost | whatever you were looking for doesnt currently exist at this address | theres nothing here
seite nicht gefunden | die seite wurde nicht gefunden | diese seite wurde nicht gefunden | nicht gefunden
seite nicht vorhanden | diese seite existiert nicht | seite existiert nicht | artikel nicht gefunden
die angeforderte seite wurde nicht gefunden | die seite konnte nicht gefunden werden | beitrag nicht gefunden
diese seite konnte nicht gefunden werden | die gesuchte seite wurde nicht gefunden | inhalt nicht gefunden
page non trouvée | page introuvable | cette page est introuvable | la page est introuvable | page inexistante
la page demandée est introuvable | la page que vous cherchez est introuvable | article introuvable | non trouvé
cette page nexiste pas | la page demandée nexiste pas | contenu introuvable | document introuvable
página no encontrada | no se encontró la página | la página no existe | esta página no existe | no encontrado
no se ha encontrado la página | página no disponible | artículo no encontrado | contenido no encontrado
página não encontrada | esta página não existe | a página não existe | não encontrado | conteúdo não encontrado
a página não foi encontrada | página não existe | artigo não encontrado | página inexistente | pagina non trovata
la pagina non esiste | questa pagina non esiste | la pagina non è stata trovata | non trovato | articolo non trovato
pagina inesistente | pagina niet gevonden | deze pagina bestaat niet | niet gevonden | de pagina is niet gevonden
deze pagina is niet gevonden | artikel niet gevonden | pagina bestaat niet | nie znaleziono strony
strona nie została znaleziona | strona nie istnieje | nie znaleziono | brak strony | podana strona nie istnieje
nie znaleziono artykułu | artykuł nie istnieje | strony nie znaleziono | страница не найдена
страница не существует | не найдено | такой страницы нет | такой страницы не существует
запрашиваемая страница не найдена | страница не существует или была удалена | материал не найден | статья не найдена
сторінку не знайдено | сторінка не знайдена | такої сторінки не існує | не знайдено | статтю не знайдено
сторінки не існує | stránka nenalezena | stránka nebyla nalezena | stránka neexistuje | nenalezeno
tato stránka neexistuje | požadovaná stránka nebyla nalezena | článek nenalezen | článek nebyl nalezen
stránka sa nenašla | stránka nebola nájdená | sidan hittades inte | sidan kunde inte hittas | sidan finns inte
sidan saknas | vi hittar inte sidan | siden findes ikke | siden blev ikke fundet | siden ble ikke funnet
siden finnes ikke | fant ikke siden | sivua ei löytynyt | sivua ei löydy | sivua ei ole | sayfa bulunamadı
aradığınız sayfa bulunamadı | sayfa mevcut değil | bulunamadı | bu sayfa mevcut değil | haber bulunamadı
az oldal nem található | a keresett oldal nem található | pagina nu a fost găsită | pagina nu există
η σελίδα δεν βρέθηκε | страницата не е намерена | stranica nije pronađena | stran ni najdena | página non atopada
ページが見つかりません | ページが見つかりませんでした | お探しのページは見つかりませんでした
お探しのページが見つかりません | お探しのページは見つかりません | ページは存在しません | 記事が見つかりません
このページは存在しません | 指定されたページは存在しません | 页面不存在 | 页面未找到 | 找不到页面
您访问的页面不存在 | 未找到页面 | 页面找不到 | 您访问的页面不存在或已删除 | 文章不存在 | 找不到網頁 | 頁面不存在
找不到頁面 | 您要找的頁面不存在 | 페이지를 찾을 수 없습니다 | 요청하신 페이지를 찾을 수 없습니다
존재하지 않는 페이지입니다 | halaman tidak ditemukan | không tìm thấy trang | trang không tồn tại | ไม่พบหน้านี้
ไม่พบหน้าที่คุณต้องการ | الصفحة غير موجودة | لم يتم العثور على الصفحة | صفحه مورد نظر یافت نشد | صفحه یافت نشد
הדף לא נמצא | העמוד לא נמצא
"""

MISSING_WORDING = """
page you are looking for | page youre looking for | page you were looking for | page you requested | requested page
page that you are looking for | page cannot be found | page could not be found | page was not found | page not found
page cant be found | page you have requested | page may have been moved | page might have been removed
link you followed may be broken | article is no longer available | story is no longer available
nothing was found at this location | ! requested url was not found | content is no longer available
! does not currently exist at this address | ! requested topic does not exist | ! requested thread could not be found
! no thread specified | requested forum does not exist | requested content cannot be found
this post has been deleted | page doesnt exist or is private | page does not exist
thread you are looking for does not exist | this post is no longer available | this blog does not exist
check the url | seite wurde nicht gefunden | seite konnte nicht gefunden | gewünschte seite | gesuchte seite
angeforderte seite | seite existiert nicht | artikel ist nicht mehr verfügbar | inhalt ist nicht mehr verfügbar
beitrag ist nicht mehr verfügbar | seite ist nicht mehr verfügbar | thema existiert nicht | seite leider nicht
page que vous recherchez | page que vous cherchez | page demandée | page que vous avez demandée | cette page nexiste
article nest plus disponible | contenu nest plus disponible | página que buscas | página que busca
página solicitada | página que está buscando | artículo ya no está disponible | página que estás buscando
contenido ya no está disponible | página que você procura | página que procura | página que você está procurando
conteúdo não está mais disponível | página que tentou aceder | pagina che stai cercando | pagina richiesta
pagina che cerchi | pagina cercata | articolo non è più disponibile | pagina die u zoekt | pagina die je zoekt
opgevraagde pagina | pagina bestaat niet | artikel is niet meer beschikbaar | strona której szukasz | szukana strona
żądana strona | strona o podanym adresie | artykuł został usunięty | страница которую вы ищете
запрашиваемая страница | запрошенная страница | страница была удалена | страница удалена | неправильно набран адрес
сторінка яку ви шукаєте | запитувана сторінка | сторінку було видалено | сторінку видалено | stránka kterou hledáte
požadovaná stránka | hledaná stránka | článek již není dostupný | stránka ktorú hľadáte | sidan du söker
sidan du letar efter | sidan kan ha flyttats | artikeln finns inte längre | siden du leder efter
siden du leter etter | sivua jota etsit | etsimääsi sivua | aradığınız sayfa | ulaşmak istediğiniz sayfa
içerik kaldırılmış | a keresett oldal | お探しのページ | ご指定のページ | アクセスしようとしたページ
指定されたページ | 削除されたか | 公開期間が終了 | 您访问的页面 | 您要查看的页面 | 您请求的页面 | 抱歉您访问的
内容已删除 | 该内容已被 | 您要找的頁面 | 요청하신 페이지 | 삭제되었거나
"""

BROKEN_HEADINGS = """
internal server | service unavailable | bad gateway | gateway time out | gateway timeout
service temporarily unavailable | temporarily unavailable | the service is unavailable | server | application
runtime | database | connection timed out | web server is down | origin is unreachable
web server is returning an unknown | site is temporarily unavailable | this site is temporarily unavailable
the website is temporarily unavailable | website temporarily unavailable | something went wrong
whoops looks like something went wrong | well be back soon | we will be back soon | be right back
well be right back | establishing a database connection | unable to connect to the database | database connection
there has been a critical on this website | there has been a critical on your website
the website encountered an unexpected | the site is experiencing technical difficulties
this site is experiencing technical difficulties | an occurred | an unexpected occurred | an has occurred
were sorry but something went wrong | server in application | application error | under maintenance
site under maintenance | website under maintenance | down for maintenance | maintenance mode | maintenance
scheduled maintenance | were down for maintenance | were currently down for maintenance | site offline
site is offline | account suspended | this account has been suspended | domain default page
apache2 ubuntu default page it works | it works | welcome to nginx | this domain is for sale | domain for sale
this domain name is for sale | resource limit is reached | bandwidth limit exceeded | site not installed
too many connections | over capacity | site maintenance | wartungsarbeiten | wartungsmodus
wir sind gleich wieder da | beim aufbau einer datenbankverbindung | wartung | dienst nicht verfügbar
interner serverfehler | seite vorübergehend nicht verfügbar | ein ist aufgetreten | serverfehler
diese domain steht zum verkauf | domain zu verkaufen | es ist ein aufgetreten | interner | site en maintenance
en maintenance | maintenance en cours | lors de la connexion à la base de données | interne du serveur
service indisponible | service temporairement indisponible | une est survenue | une erreur est survenue
sitio en mantenimiento | en mantenimiento | al establecer una conexión con la base de datos | servicio no disponible
interno del servidor | ha ocurrido un | se ha producido un | algo salió mal | site em manutenção | em manutenção
ao estabelecer uma conexão com o banco de dados | serviço indisponível | interno do servidor | ocorreu um
algo deu errado | sito in manutenzione | in manutenzione | nello stabilire una connessione al database
interno del server | servizio non disponibile | si è verificato un | onderhoud | website in onderhoud
er is iets misgegaan | er is iets fout gegaan | trwają prace techniczne | przerwa techniczna | przerwa konserwacyjna
wystąpił błąd | błąd serwera | wewnętrzny błąd serwera | технические работы | ведутся технические работы
сайт на обслуживании | внутренняя ошибка сервера | сервис временно недоступен | ошибка сервера | произошла ошибка
сайт временно недоступен | технічні роботи | ведуться технічні роботи | сталася помилка | údržba | probíhá údržba
chyba serveru | došlo k chybě | underhåll | sidan är under underhåll | något gick fel | ett fel har uppstått
bakım çalışması | bakımdayız | bir hata oluştu | site bakımda | sunucu hatası | メンテナンス中
ただいまメンテナンス中です | サーバーエラー | エラーが発生しました | 现在维护中 | 网站维护中 | 系统维护中
服务器错误 | 服务器内部错误 | 系統維護中 | 시스템 점검 중 | 서버 오류
"""

BROKEN_WORDING = """
! fatal error uncaught | ! fatal error allowed memory size | ! fatal error call to | ! parse error syntax error
mysqli real connect | ! error establishing a database connection
server is temporarily unable to service your request | server encountered an internal error
received an invalid response from an upstream | no server is available to handle this request | backend fetch failed
! briefly unavailable for scheduled maintenance | ! there has been a critical error on this website | guru meditation
server is temporarily busy | site is undergoing maintenance | performing scheduled maintenance
currently undergoing maintenance | ! application error a client side exception has occurred
! application error a server side exception has occurred | an unhandled exception occurred
object reference not set to an instance | ! the website encountered an unexpected error
encountered an internal error or misconfiguration | upstream connect error | sqlstate hy000
could not connect to database | were working on it and well get it fixed | please try again in a few minutes
please try again later | contact your hosting provider | fehler beim aufbau einer datenbankverbindung
kurzzeitig nicht verfügbar | wartungsarbeiten durchgeführt | derzeit gewartet
erreur lors de la connexion à la base de données | momentanément indisponible | actuellement en maintenance
error al establecer una conexión con la base de datos | estamos realizando tareas de mantenimiento
estamos em manutenção | errore nello stabilire una connessione al database | manutenzione programmata
erro ao estabelecer uma conexão com o banco | błąd podczas nawiązywania połączenia | prace konserwacyjne
технические работы | технічні роботи | メンテナンス | 维护
"""

BLOCKED_HEADINGS = """
just a moment | attention required | access denied | access to this page has been denied | pardon our interruption
forbidden | robot check | are you a robot | are you a human | are you human | human verification | bot verification
security check | security verification | verify you are human | verify you are a human | verify that you are human
verifying you are human | please verify you are a human | please verify you are human | verifying your browser
checking your browser | checking your browser before accessing | ddos guard | ddos protection by cloudflare
sorry you have been blocked | you have been blocked | you are blocked | youve been blocked
your access has been blocked | request blocked | blocked | the request could not be satisfied | unusual traffic
unauthorized | too many requests | not acceptable | captcha | recaptcha | making sure youre not a bot
vercel security checkpoint | one more step | human check | verification required
sucuri website firewall access denied | sucuri website firewall | web application firewall | request rejected
bot detected | your ip has been blocked | your ip address has been blocked | ip blocked | client challenge
browser check | validation request | lets confirm you are human | confirm you are human | please prove you are human
prove youre not a robot | please wait | please enable js and disable any ad blocker
press hold to confirm you are a human | rate limited | access blocked | you dont have permission to access this page
imperva | incapsula | denied | access is denied | are you a bot | zugriff verweigert | zugriff nicht erlaubt
sicherheitsüberprüfung | sind sie ein mensch | sind sie ein roboter | ich bin kein roboter
bitte bestätigen sie dass sie kein roboter sind | zugriff gesperrt | einen moment bitte | nur einen moment
accès refusé | accès interdit | vérification de sécurité | êtes vous un robot | un instant
vérification que vous êtes humain | vérifiez que vous êtes humain | acceso denegado | no eres un robot | eres humano
verificación de seguridad | un momento | acesso negado | verificação de segurança | um momento | você é humano
accesso negato | sei umano | controllo di sicurezza | un attimo | verifica di sicurezza | toegang geweigerd
bent u een robot | een ogenblik geduld | dostęp zabroniony | odmowa dostępu | czy jesteś robotem | jeszcze chwila
доступ запрещен | доступ запрещён | доступ ограничен | вы не робот | подтвердите что вы не робот | ой вы робот
подтвердите что запросы отправляли вы а не робот | проверка безопасности | проверка браузера
доступ к ресурсу ограничен | доступ заборонено | підтвердьте що ви не робот | přístup odepřen | přístup zamítnut
ověření že nejste robot | åtkomst nekad | är du en robot | erişim engellendi | erişim reddedildi
robot olmadığınızı doğrulayın | bir dakika lütfen | アクセスが拒否されました | アクセス拒否 | セキュリティ確認
ロボットではないことを確認 | 安全验证 | 人机验证 | 访问被拒绝 | 请完成安全验证 | 访问验证 | 访问异常 | 安全驗證
拒絕存取 | 접근이 거부되었습니다 | 보안 확인 | 로봇이 아닙니다
"""

BLOCKED_WORDING = """
! checking your browser before | checking if the site connection is secure | verify you are human by completing
ray id | ! enable javascript and cookies to continue | needs to review the security of your connection
performance security by cloudflare | why have i been blocked | using a security service to protect itself
! unusual traffic from your computer | detected unusual traffic | detected unusual activity | incident id
! incapsula incident | request unsuccessful | reference 18 | errors edgesuite net | ! press hold to confirm
please verify you are a human | complete the captcha | solve the captcha
! please enable js and disable any ad blocker | confirm that you are not a robot | verify that youre not a robot
something about your browser made us think | as you were browsing something about
you dont have permission to access | prove that you are human | request was blocked | your request has been blocked
generated by cloudfront | type the characters you see | not a robot | im not a robot | protected by anubis
ddos protection | block details | your ip address | support id is | please complete the security check
suspicious activity | automated requests | automated access | you are not a bot | kein roboter
ungewöhnlichen datenverkehr | ungewöhnliche aktivitäten | sicherheitsüberprüfung | trafic inhabituel | pas un robot
êtes un humain | accès à cette page a été refusé | no eres un robot | tráfico inusual | no soy un robot
não é um robô | não sou um robô | tráfego incomum | non sei un robot | non sono un robot | traffico insolito
geen robot | ongebruikelijk verkeer | nie jesteś robotem | nie jestem robotem | nietypowy ruch | не робот
с вашего ip | запросы с вашего | підтвердьте що ви людина | nejste robot | nejsem robot | inte en robot
robot olmadığınızı | olağandışı trafik | ロボットではありません | 通常と異なるトラフィック | 不是机器人 | 拖动滑块
异常流量 | 請求異常 | 비정상적인 트래픽
"""
