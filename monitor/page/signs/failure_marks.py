"""What servers, programs and archives say when they fail with a success status. Data, folded.

Phrases parted by semicolons; each counts only as a whole title segment or heading, or as the beginning
of a line on a page that says hardly anything else.
"""

from monitor.patterns import lazy

MAINTENANCE = """
under maintenance; site under maintenance; website under maintenance; the site is under maintenance; this site is under maintenance;
the website is under maintenance; our site is under maintenance; our website is under maintenance; this website is under maintenance;
site is under maintenance; website is under maintenance; we are under maintenance; we're under maintenance; currently under maintenance;
down for maintenance; site down for maintenance; we're down for maintenance; we are down for maintenance; closed for maintenance;
we're currently down for maintenance; we are currently down for maintenance; temporarily down for maintenance; offline for maintenance;
the site is currently down for maintenance; the site is down for maintenance; this site is down for maintenance; maintenance mode;
site maintenance; website maintenance; scheduled maintenance; planned maintenance; maintenance in progress; undergoing maintenance;
undergoing scheduled maintenance; this site is undergoing maintenance; the site is currently undergoing maintenance;
this site is currently undergoing scheduled maintenance; we are performing scheduled maintenance; we are currently performing scheduled maintenance;
we are performing maintenance; we're performing scheduled maintenance; briefly unavailable for scheduled maintenance;
unavailable due to maintenance; we'll be back soon; we will be back soon; we'll be right back; we will be right back; we'll be back shortly;
we will be back shortly; we'll be back; be back soon; site temporarily unavailable; website temporarily unavailable;
this site is temporarily unavailable; the site is temporarily unavailable; this website is temporarily unavailable; temporarily unavailable;
the service is temporarily unavailable; service temporarily unavailable; service unavailable; server temporarily unavailable;
the site is currently unavailable; this site is currently unavailable; this website is currently unavailable; this page is temporarily unavailable;
page temporarily unavailable; site offline; site off-line; the site is offline; this site is currently offline; the site is currently not available;
website offline; wartungsarbeiten; wartungsmodus; seite im wartungsmodus; wegen wartungsarbeiten nicht erreichbar;
die seite wird gewartet; diese seite wird derzeit gewartet; diese website wird gerade gewartet; wir sind gleich zurück; wir sind bald zurück;
wir sind gleich wieder da; wir sind bald wieder da; vorübergehend nicht erreichbar; vorübergehend nicht verfügbar;
diese seite ist vorübergehend nicht erreichbar; dienst nicht verfügbar; site en maintenance; maintenance en cours; en maintenance;
le site est en maintenance; site en cours de maintenance; notre site est en maintenance; ce site est en cours de maintenance;
site temporairement indisponible; le site est temporairement indisponible; service indisponible; service temporairement indisponible;
nous revenons bientôt; nous serons bientôt de retour; de retour bientôt; sitio en mantenimiento; en mantenimiento; página en mantenimiento;
sitio web en mantenimiento; estamos en mantenimiento; el sitio está en mantenimiento; servicio no disponible; servicio temporalmente no disponible;
sitio temporalmente no disponible; volvemos pronto; volveremos pronto; em manutenção; site em manutenção; estamos em manutenção; página em manutenção;
o site está em manutenção; serviço indisponível; site temporariamente indisponível; voltaremos em breve; voltamos já; sito in manutenzione;
in manutenzione; manutenzione in corso; il sito è in manutenzione; sito web in manutenzione; servizio non disponibile; torniamo subito; torneremo presto;
sito temporaneamente non disponibile; website in onderhoud; site in onderhoud; gepland onderhoud; deze website is in onderhoud; we zijn zo terug;
tijdelijk niet beschikbaar; przerwa techniczna; prace konserwacyjne; strona w trakcie konserwacji; przerwa konserwacyjna; trwają prace techniczne;
serwis niedostępny; strona tymczasowo niedostępna; probíhá údržba; stránky jsou v údržbě; prebieha údržba; технические работы;
ведутся технические работы; на сайте ведутся технические работы; проводятся технические работы; сайт на обслуживании; сайт временно недоступен;
сервис временно недоступен; сайт на реконструкции; технічні роботи; ведуться технічні роботи; сайт тимчасово недоступний;
karbantartás alatt; az oldal karbantartás alatt áll; site în mentenanță; bakım modu; bakım çalışması; site bakımda; sitemiz bakımdadır;
bakım nedeniyle kapalı; webbplatsen är under underhåll; sivusto on huollossa;
σε συντήρηση; η ιστοσελίδα βρίσκεται υπό συντήρηση; メンテナンス中; ただいまメンテナンス中です; 只今メンテナンス中です; 系统维护中; 网站维护中;
系统维护; 网站正在维护; 網站維護中; 系統維護中; 网站升级中; 서비스 점검 중; 서비스 점검중입니다; 시스템 점검 중; 점검 중입니다; الموقع تحت الصيانة; تحت الصيانة; الموقع قيد الصيانة;
سایت در حال بروزرسانی است; در دست تعمیر; האתר בתחזוקה; situs dalam perbaikan; sedang dalam pemeliharaan; trang web đang bảo trì; đang bảo trì; ปิดปรับปรุง;
เว็บไซต์ปิดปรับปรุง
"""
DATABASE = """
error establishing a database connection; database error; database connection error; database connection failed; error connecting to database;
could not connect to the database; could not connect to database; unable to connect to the database; unable to connect to database;
cannot connect to the database; can't connect to database; failed to connect to database; connection to database failed; error connecting to mysql;
could not connect to mysql; unable to connect to mysql; database unavailable; database is unavailable; the database is currently unavailable;
discuz! database error; mysql error; mysql server has gone away; too many connections; can't connect to mysql server;
can't connect to local mysql server through socket; lost connection to mysql server; warning: mysql_connect; warning: mysqli_connect; sqlstate[;
datenbankfehler; keine verbindung zur datenbank; fehler beim aufbau einer datenbankverbindung; fehler bei der datenbankverbindung;
verbindung zur datenbank fehlgeschlagen; erreur de connexion à la base de données; erreur lors de la connexion à la base de données;
erreur lors de l'établissement d'une connexion à la base de données; impossible de se connecter à la base de données;
error al establecer una conexión con la base de datos; error estableciendo una conexión con la base de datos; error de conexión con la base de datos;
error de base de datos; error al conectar con la base de datos; erro ao estabelecer uma conexão com o banco de dados; erro de banco de dados;
erro ao conectar com o banco de dados; erro ao estabelecer uma ligação à base de dados; errore nello stabilire una connessione al database;
errore nella connessione al database; errore di connessione al database; errore del database; fout bij het maken van een databaseverbinding;
fout bij het verbinden met de database; databasefout; błąd podczas łączenia się z bazą danych; błąd połączenia z bazą danych; błąd bazy danych;
chyba při navazování spojení s databází; chyba databáze; chyba pri pripájaní k databáze; ошибка установки соединения с базой данных;
ошибка подключения к базе данных; ошибка базы данных; помилка з'єднання з базою даних; помилка бази даних; hiba az adatbázis-kapcsolat létrehozásakor;
eroare la conectarea cu baza de date; veritabanı bağlantısı kurulurken hata; veritabanı hatası; veritabanı bağlantı hatası;
fel vid upprättande av databasanslutning; kunne ikke opprette forbindelse til databasen; fejl ved oprettelse af databaseforbindelse;
virhe muodostettaessa yhteyttä tietokantaan; データベース接続確立エラー; データベースエラー; 建立数据库连接时出错; 数据库错误; 数据库连接错误; 數據庫連接錯誤; 資料庫連線錯誤;
데이터베이스 연결 중 오류; 데이터베이스 오류; خطأ في الاتصال بقاعدة البيانات; خطأ في قاعدة البيانات; خطا در برقراری ارتباط با پایگاه داده
"""
BROKEN = """
internal server error; 500 internal server error; http error 500; http status 500 - internal server error; server error; application error; 500 error; error 500;
server error in '/' application; runtime error; the website encountered an unexpected error; the website encountered an unexpected error. please try again later;
there has been a critical error on this website; there has been a critical error on your website; whitelabel error page; application exception;
an error occurred in the application; an application error occurred; an application error has occurred; an unexpected error has occurred;
the server encountered an internal error; the server encountered an unexpected condition; oops, an error occurred!; uncaught exception;
we're sorry, but something went wrong; we're sorry, but something went wrong (500); an unhandled exception occurred; unhandled exception;
active server pages error; microsoft ole db provider for odbc drivers error; microsoft vbscript runtime error; jrun servlet error;
502 bad gateway; bad gateway; 504 gateway time-out; 504 gateway timeout; gateway time-out; gateway timeout; 503 service unavailable;
503 service temporarily unavailable; 503 backend fetch failed; error 503 backend fetch failed; guru meditation; proxy error; error 503 service unavailable;
http error 503. the service is unavailable; http error 503; http error 502; upstream connect error or disconnect/reset before headers; no healthy upstream;
upstream request timeout; web server is down; error 521; error 522; error 523; connection timed out; origin is unreachable; error 502; error 504;
traceback (most recent call last); interner serverfehler; serverfehler; erreur interne du serveur; erreur serveur; error interno del servidor;
erro interno do servidor; errore interno del server; interne serverfout; wewnętrzny błąd serwera; внутренняя ошибка сервера; ошибка сервера;
sunucu hatası; サーバーエラー; 内部サーバーエラー; 服务器内部错误; 伺服器錯誤; 서버 오류; خطأ في الخادم
"""
QUOTA = """
bandwidth limit exceeded; 509 bandwidth limit exceeded; bandwidth exceeded; bandwidth limit has been exceeded; this site has exceeded its bandwidth limit;
the bandwidth limit for this site has been exceeded; this account has exceeded its bandwidth limit; this website has exceeded its bandwidth limit;
this account has exceeded its bandwidth; the bandwidth or page view limit for this site has been exceeded; data transfer limit exceeded;
the server is temporarily unable to service your request due to the site owner reaching his/her bandwidth limit;
the server is temporarily unable to service your request due to bandwidth limit has been reached for this site; transfer limit exceeded; traffic limit exceeded;
resource limit is reached; 508 resource limit is reached; resource limit reached; over quota; error: over quota; quota exceeded; out of quota;
this application is temporarily over its serving quota; the website is temporarily unable to service your request as it exceeded resource limit;
this site has been temporarily disabled; sorry, this site is temporarily unavailable because it exceeded its quota; traffic-limit überschritten;
das traffic-limit wurde überschritten; bandbreite überschritten; limite de bande passante dépassée; quota dépassé; límite de ancho de banda excedido;
limite de tráfego excedido; limite de banda excedido; limite di banda superato; przekroczono limit transferu; limit transferu został przekroczony;
превышен лимит трафика; превышен лимит; 带宽超限; 流量超限; 流量超出限制; 流量已用完
"""
ARCHIVE = """
sorry. this snapshot cannot be displayed due to an internal error; this snapshot cannot be displayed due to an internal error;
sorry. this snapshot cannot be displayed; internet archive services are temporarily offline; temporarily offline; data retrieval failure;
the machine that serves this file is down. we're working on it; the machine that serves this file is down; hrm. the wayback machine has not archived that url;
the wayback machine has not archived that url; wayback machine has not archived that url; hrm. wayback machine doesn't have that page archived;
wayback machine doesn't have that page archived; the wayback machine is temporarily unavailable; page cannot be displayed due to robots.txt;
page cannot be crawled or displayed due to robots.txt; this url has been excluded from the wayback machine; sorry. this url has been excluded from the wayback machine;
pywb error; wayback exception; wayback error; url not found in archive; resource not in archive; archived page not found; archived version not found;
robots.txt query exclusion; blocked site error; path index error; fail with status; failed with status; the requested archived page could not be displayed;
an error occurred while retrieving the archived page; snapshot cannot be displayed; memento not found
"""
FAILURES = (
    ("maintenance", MAINTENANCE),
    ("database", DATABASE),
    ("server-error", BROKEN),
    ("quota", QUOTA),
    ("archive-error", ARCHIVE),
)

SCRIPT_ERROR = lazy(
    r"(?:php )?(?:(?:catchable )?fatal error|parse error|warning|notice|deprecated|strict standards): [^\n]{1,600}? in \S{1,300}(?:\.php|\.inc|\.module|\.phtml|eval\(\)'d code)[^\n]{0,60}? on line \d{1,6}"
    r"|(?:php )?fatal error: uncaught [^\n]{1,300}"
    r"|got an http \d{3} response at crawl time"
)
"""An error of a program at the beginning of a page, folded; and an archive's word for a redirect."""
