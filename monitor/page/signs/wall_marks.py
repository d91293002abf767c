"""Marks of bot walls and of login, consent and paywall pages. Data, each with the service it names."""

import re
from dataclasses import dataclass

from monitor.patterns import lazy

REFUSALS = frozenset({401, 403, 405, 406, 429, 503})
CLIENT_REFUSALS = frozenset({*REFUSALS, *range(400, 500)})


@dataclass(frozen=True, slots=True)
class HeaderMark:
    """A response header that tells a wall. `statuses` empty means any; `certain` holds on full pages too."""

    header: str
    value: re.Pattern[str]
    cause: str
    vendor: str
    statuses: frozenset[int] = frozenset()
    certain: bool = False


@dataclass(frozen=True, slots=True)
class BodyMark:
    """A byte pattern of walls. Counts on refusals, and on success only up to `max_words` of visible text.

    Guards that put the same script into the pages they let through get a low `max_words`. `certain`
    marks stand on no living page and count at any status.
    """

    pattern: re.Pattern[bytes]
    cause: str
    vendor: str
    keys: tuple[bytes, ...]
    """One of these, in lower case, stands in every body that has the mark: looked for first, at a hundredth of the cost."""
    certain: bool = False
    max_words: int = 80


def _header(
    header: str,
    value: str,
    cause: str,
    vendor: str,
    statuses: frozenset[int] = frozenset(),
    *,
    certain: bool = False,
) -> HeaderMark:
    return HeaderMark(header, lazy(value, re.IGNORECASE), cause, vendor, statuses, certain)


HEADER_MARKS = (
    _header("cf-mitigated", r"^challenge", "challenge", "Cloudflare", certain=True),
    _header("cf-mitigated", r".", "bot-wall", "Cloudflare", REFUSALS),
    _header("x-vercel-mitigated", r"^challenge", "challenge", "Vercel", certain=True),
    _header("x-vercel-mitigated", r"^deny", "bot-wall", "Vercel", certain=True),
    _header("x-amzn-waf-action", r"challenge|captcha", "challenge", "AWS WAF", certain=True),
    _header("x-datadome", r"^(?!protected)", "challenge", "DataDome", CLIENT_REFUSALS),
    _header("x-dd-b", r".", "challenge", "DataDome", REFUSALS),
    _header("x-datadome-cid", r".", "challenge", "DataDome", REFUSALS),
    _header("x-kpsdk-ct", r".", "challenge", "Kasada", REFUSALS),
    _header("x-kpsdk-r", r".", "challenge", "Kasada", REFUSALS),
    _header("x-sucuri-block", r".", "bot-wall", "Sucuri"),
    _header("server", r"sucuri", "bot-wall", "Sucuri", frozenset({403})),
    _header("server", r"akamaighost|akamainetstorage", "bot-wall", "Akamai", frozenset({403})),
    _header("server", r"ddos-guard", "challenge", "DDoS-Guard", REFUSALS),
    _header("server", r"^cloudflare", "bot-wall", "Cloudflare", frozenset({403})),
    _header("server", r"awselb|cloudfront", "bot-wall", "AWS", frozenset({403})),
    _header("x-cache", r"error from cloudfront", "bot-wall", "CloudFront", frozenset({403, 503})),
    _header("x-iinfo", r".", "bot-wall", "Imperva", frozenset({403})),
    _header("x-cdn", r"incapsula|imperva", "bot-wall", "Imperva", frozenset({403})),
    _header("server", r"^(?:volt-adc|bigip|f5)", "bot-wall", "F5", frozenset({403})),
    _header("x-reblaze-protection", r".", "bot-wall", "Reblaze", REFUSALS),
    _header("server", r"qrator", "bot-wall", "Qrator", frozenset({401, 403})),
    _header(
        "server", r"^wts/|^yunjiasu|^jsl|^safedog", "bot-wall", "Chinese CDN guard", frozenset({403, 521})
    ),
)


def _body(
    pattern: bytes,
    cause: str,
    vendor: str,
    keys: tuple[bytes, ...],
    *,
    certain: bool = False,
    max_words: int = 80,
) -> BodyMark:
    return BodyMark(lazy(pattern, re.IGNORECASE), cause, vendor, keys, certain, max_words)


BODY_MARKS = (
    _body(
        rb"window\._cf_chl_opt|_cf_chl_opt\s{0,5}=",
        "challenge",
        "Cloudflare",
        (b"_cf_chl_opt",),
        certain=True,
    ),
    _body(
        rb"cf-browser-verification|id=[\"']challenge-form[\"']",
        "challenge",
        "Cloudflare",
        (b"cf-browser-verification", b"challenge-form"),
    ),
    _body(rb"id=[\"']cf-error-details[\"']", "bot-wall", "Cloudflare", (b"cf-error-details",)),
    _body(
        rb"<script id=[\"']anubis_challenge[\"']", "challenge", "Anubis", (b"anubis_challenge",), certain=True
    ),
    _body(
        rb"geo\.captcha-delivery\.com|ct\.captcha-delivery\.com/c\.js",
        "challenge",
        "DataDome",
        (b"captcha-delivery.com",),
    ),
    _body(
        rb"window\._pxAppId[^<]{0,2000}(?:px-captcha|captcha\.js)|id=[\"']px-captcha[\"']",
        "challenge",
        "PerimeterX",
        (b"window._pxappid", b"px-captcha"),
    ),
    _body(rb"/_Incapsula_Resource\?", "challenge", "Imperva", (b"/_incapsula_resource",), max_words=15),
    _body(
        rb"Request unsuccessful\. Incapsula incident ID",
        "bot-wall",
        "Imperva",
        (b"incapsula incident id",),
        certain=True,
    ),
    _body(
        rb"KPSDK\.(?:now|start|scriptStart)|ips\.js\?KP_UIDz",
        "challenge",
        "Kasada",
        (b"kpsdk.", b"kp_uidz"),
        max_words=15,
    ),
    _body(
        rb"sucuri_cloudproxy_js|Sucuri WebSite Firewall - Access Denied", "challenge", "Sucuri", (b"sucuri",)
    ),
    _body(
        rb"check\.ddos-guard\.net/check\.js|<title>DDOS-GUARD</title>",
        "challenge",
        "DDoS-Guard",
        (b"ddos-guard",),
    ),
    _body(rb"gokuProps\s{0,5}=", "challenge", "AWS WAF", (b"gokuprops",)),
    _body(
        rb"AwsWafIntegration|awswaf\.com/[^\"'<>\s]{0,200}/challenge\.js",
        "challenge",
        "AWS WAF",
        (b"awswafintegration", b"awswaf.com/"),
        max_words=15,
    ),
    _body(
        rb"The requested URL was rejected\. Please consult with your administrator",
        "bot-wall",
        "F5",
        (b"the requested url was rejected",),
        certain=True,
    ),
    _body(rb"errors\.edgesuite\.net/[0-9a-f.]{3,80}", "bot-wall", "Akamai", (b"errors.edgesuite.net/",)),
    _body(
        rb"Generated by cloudfront \(CloudFront\)", "bot-wall", "CloudFront", (b"generated by cloudfront",)
    ),
    _body(rb"/TSPD/[^\"'<>\s]{5,200}[\"']", "challenge", "F5", (b"/tspd/",), max_words=15),
    _body(
        rb"slowAES\.decrypt\(|toNumbers\([\"'][0-9a-f]{32}",
        "challenge",
        "cookie test",
        (b"slowaes.decrypt", b"tonumbers("),
    ),
    _body(
        rb"<title>Human Verification</title>|Radware Bot Manager Captcha|/validate\.perfdrive\.com",
        "challenge",
        "Radware",
        (b"human verification", b"radware bot manager", b"validate.perfdrive.com"),
    ),
    _body(
        rb"wordfence[^<>]{0,200}(?:block|limit)ed|Your access to this site has been limited by the site owner",
        "bot-wall",
        "Wordfence",
        (b"wordfence", b"access to this site has been limited"),
    ),
    _body(
        rb"id=[\"']sg-captcha|/\.well-known/sgcaptcha/",
        "challenge",
        "SiteGround",
        (b"sg-captcha", b"sgcaptcha"),
    ),
    _body(rb"Vercel Security Checkpoint", "challenge", "Vercel", (b"vercel security checkpoint",)),
)

CERTAIN_TITLES: tuple[tuple[re.Pattern[str], str, str | None], ...] = (
    (
        lazy(r"(?:just a moment|nur einen moment|un momento|один момент|un instant)\.{3}"),
        "challenge",
        "Cloudflare",
    ),
    (lazy(r"attention required! \| cloudflare"), "bot-wall", "Cloudflare"),
    (lazy(r"access denied \| .{1,80} used cloudflare to restrict access"), "bot-wall", "Cloudflare"),
    (lazy(r"ddos-guard|vercel security checkpoint|making sure you're not a bot!?"), "challenge", None),
    (lazy(r"checking your browser(?: before accessing .{1,100})?\.{0,3}"), "challenge", None),
    (lazy(r"access to this page has been denied\.?|pardon our interruption\.{0,3}"), "challenge", None),
    (
        lazy(r"(?:bloomberg|reuters) - are you a robot\?|sorry, you have been blocked"),
        "challenge",
        None,
    ),
)
"""Titles no living page bears, by what they tell (short pages only)."""

TITLES: tuple[tuple[re.Pattern[str], str, str | None], ...] = (
    (
        lazy(r"are you (?:a )?(?:human|robot)\??|robot check|human verification|bot verification"),
        "challenge",
        None,
    ),
    (
        lazy(r"verify(?:ing)? (?:that )?you are (?:a )?human\.{0,3}|security (?:check|checkpoint)"),
        "challenge",
        None,
    ),
    (
        lazy(r"(?:one moment, please|please wait)\.{0,3}(?: \| cloudflare)?|client challenge|captcha"),
        "challenge",
        None,
    ),
    (
        lazy(
            r"(?:access denied|request rejected|request blocked|(?:error )?403(?: -)? ?(?:forbidden)?|forbidden)(?:: .{1,60})?\.?"
        ),
        "bot-wall",
        None,
    ),
    (
        lazy(r"(?:you have been|your access has been|your ip has been) (?:blocked|denied)\.?"),
        "bot-wall",
        None,
    ),
    (
        lazy(
            r"zugriff verweigert|accès refusé|acceso denegado|accesso negato|acesso negado|toegang geweigerd|доступ запрещ[её]н|访问被拒绝|アクセスが拒否されました"
        ),
        "bot-wall",
        None,
    ),
)
"""Titles that a work may bear too: only on refusals and nearly empty pages."""

CONSENT_HOSTS = lazy(
    r"^consent\.(?:google|youtube|yahoo)\.[a-z.]{2,6}$|^guce\.[a-z.]{4,30}$|^consent\.[a-z0-9-]+\.[a-z.]{2,10}$|"
    r"^cookieconsent\.|^privacy-?gate\.|^myprivacy\.dpgmedia\.|^cmp-consent"
)
LOGIN_HOSTS = lazy(
    r"^(?:login|signin|sign-in|sso|idp|accounts|auth|shibboleth|oauth|myaccount|secure-login|"
    r"openid|adfs|wayf|authn|weblogin|keycloak)[.-]|\.(?:auth0|okta|onelogin|b2clogin)\.com$|"
    r"^login\.microsoftonline\.com$|\.idm\.oclc\.org$"
)
LOGIN_PATH = lazy(
    r"/(?:login|log-in|log_in|signin|sign-in|sign_in|sign-on|signon|logon|sso|oauth2?|authwall|wp-login|users/sign_in|"
    r"account/login|accounts/login|user/login|member/login|uas/login|checkpoint/lg|idp|shibboleth(?:\.sso)?|openam|adfs|"
    r"anmelden|einloggen|connexion|se-connecter|iniciar-sesion|accedi|inloggen|logga-in|zaloguj)"
    r"(?:\.(?:php|aspx?|jsp|do|html?|action|cgi))?(?:/|$)",
    re.IGNORECASE,
)
LOGIN_TITLES = lazy(
    r"(?:please )?(?:log ?in|sign ?in|log on|sign on|login required|sign in required|authentication required)"
    r"(?: (?:to (?:continue|your account|view this page|.{1,40})|or (?:sign up|register|create an account)|page|form|required))?"
    r"(?:\s?[|:*-]\s?.{1,60})?|.{1,40}\s?[|*-]\s?(?:log ?in|sign ?in)|log in or sign up to view|"
    r"(?:anmelden|anmeldung|einloggen|connexion|se connecter|identification|iniciar sesión|acceder|entrar|iniciar sessão|accedi|accesso|"
    r"inloggen|aanmelden|logga in|logg inn|log ind|kirjaudu sisään|zaloguj się|logowanie|přihlášení|prihlásenie|вход|войти|авторизация|"
    r"увійти|вхід|bejelentkezés|autentificare|σύνδεση|giriş yap|oturum aç|ログイン|登录|登錄|登入|로그인|تسجيل الدخول|כניסה|התחברות|masuk|"
    r"đăng nhập)(?:\s?[|:*-]\s?.{1,60})?"
)
LOGIN_WORDS = lazy(
    r"\b(?:log ?in|sign ?in|log on|sign on|anmelden|anmeldung|einloggen|connexion|iniciar sesión|iniciar sessão|accedi|inloggen|"
    r"logga in|logg inn|log ind|zaloguj|přihlášení|вход|войти|авторизация|вхід|giriş)\b|ログイン|登录|登入|로그인|تسجيل الدخول"
)
"""A title or heading with such a word and a password field is a login page."""

CONSENT_TITLES = lazy(
    r"before you continue(?: to .{1,40})?|bevor sie (?:zu .{1,40} )?(?:weitergehen|fortfahren).{0,20}|avant d'accéder à .{1,40}|"
    r"antes de (?:ir|continuar) (?:a|para) .{1,40}|prima di continuare(?: su .{1,40})?|voordat je verdergaat(?: naar .{1,40})?|"
    r"cookie consent|your privacy choices|we value your privacy|your privacy is important to us|privacy gate|dpg media privacy gate"
)
PAYWALL_KEYS = (
    "subscri", "article", "artikel", "abonn", "abbonat", "suscri", "assinante", "subskryb", "подписчик", "会員限定",
)  # fmt: skip
"""One of these stands in every phrase of the list below."""
PAYWALL_PHRASES = (
    "subscribe to continue reading", "subscribe to read the full article", "to continue reading, subscribe",
    "this article is for subscribers only", "this content is for subscribers only", "this article is reserved for subscribers",
    "already a subscriber? log in to continue", "you have reached your limit of free articles",
    "you've reached your limit of free articles", "you have reached your article limit", "to read the full story, subscribe",
    "subscribe to unlock this article", "become a subscriber to read this article", "this is a subscriber-only article",
    "cet article est réservé aux abonnés", "la suite est réservée aux abonnés", "de cet article à lire",
    "dieser artikel ist nur für abonnenten", "lesen sie diesen artikel mit einem abo",
    "este contenido es exclusivo para suscriptores", "contenido exclusivo para suscriptores",
    "conteúdo exclusivo para assinantes", "contenuto riservato agli abbonati", "questo articolo è riservato agli abbonati",
    "dit artikel is alleen voor abonnees", "ten artykuł jest dostępny tylko dla subskrybentów",
    "материал доступен только подписчикам", "この記事は会員限定です", "この記事は有料会員限定です", "会員限定記事です",
)  # fmt: skip

WALL_SENTENCES: tuple[tuple[str, str], ...] = (
    ("unusual traffic from your computer network", "challenge"), ("complete the captcha", "challenge"),
    ("solve the captcha", "challenge"), ("solve this captcha", "challenge"), ("enter the characters you see below", "challenge"),
    ("verify that you are not a robot", "challenge"), ("confirm that you are not a robot", "challenge"),
    ("you must be logged in to view", "login"), ("you must be logged in to access", "login"),
    ("you need to be logged in to", "login"), ("you need to log in to", "login"), ("you must log in to", "login"),
    ("you have to log in to", "login"), ("please log in to view", "login"), ("please log in to continue", "login"),
    ("please sign in to view", "login"), ("please sign in to continue", "login"), ("log in or register to view", "login"),
    ("create a free account to continue", "login"), ("register for free to continue", "login"),
    ("register to continue reading", "login"), ("sign in to continue reading", "login"), ("log in to continue reading", "login"),
    ("sie müssen sich anmelden, um", "login"), ("bitte melden sie sich an, um", "login"),
    ("vous devez vous connecter pour", "login"), ("vous devez être connecté pour", "login"),
    ("debe iniciar sesión para", "login"), ("inicia sesión para continuar", "login"),
    ("devi effettuare l'accesso per", "login"), ("u moet inloggen om", "login"), ("je moet inloggen om", "login"),
)  # fmt: skip
"""What walls say in so many words; only on nearly empty pages, where nothing else is said."""
