"""Behaviours: failure pages that answer 200, parked domains, and walls of every make.

Markup is reduced to what identifies each: header names, script hosts, element ids, titles.
"""

from tests.support.prose import page
from tests.support.zoo import BEHAVIOURS, Ask, Line, behaviour
from tests.support.zoo_statuses import missing


def html(title: str, body: str = "", head: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    )


@behaviour
async def same_for_all(ask: Ask, line: Line) -> None:
    """The same page for every path: a true soft 404 that says nothing of errors."""
    await line.answer(200, page("Our valley shop", name="shop"))


@behaviour
async def same_but_canonical(ask: Ask, line: Line) -> None:
    """Nearly the same page for every path, but each calls itself by its own address."""
    link = f'<link rel="canonical" href="http://{ask.host}{ask.path}">'
    await line.answer(200, page("Catalogue", name="catalogue", head=link))


@behaviour
async def redirects_all(ask: Ask, line: Line) -> None:
    """Every unknown path leads to one search page."""
    if ask.path == "/find":
        await line.answer(200, page("Find your way"))
    elif ask.path == "/about":
        await line.answer(200, page("About us"))
    else:
        await line.redirect(302, "/find")


@behaviour
async def redirects_all_to_proud(ask: Ask, line: Line) -> None:
    """Every path leads to one page that names its own address as canonical, as most pages do."""
    if ask.path == "/find":
        link = f'<link rel="canonical" href="http://{ask.host}/find">'
        await line.answer(200, page("Find your way", head=link))
    else:
        await line.redirect(301, "/find")


@behaviour
async def echo(ask: Ask, line: Line) -> None:
    """The same page for every path, which repeats what was asked for."""
    body = page("Our valley shop", f"You came by {ask.path} today.", name="echo", sentences=3)
    await line.answer(200, body)


@behaviour
async def fuzzy(ask: Ask, line: Line) -> None:
    """Unknown paths get a page of suggestions that differs at every visit."""
    await line.answer(200, page(f"About {ask.path}", name=ask.path))


@behaviour
async def shell(ask: Ask, line: Line) -> None:
    """One empty shell for every path, filled by a script."""
    await line.answer(
        200, html("App", '<div id="root"></div><script src="/main.js"></script><script>boot({a:1})</script>')
    )


FILLED = "Tides of the northern ports were measured from the mole every hour of the year 1911, by two keepers in turn."


@behaviour
async def filled(ask: Ask, line: Line) -> None:
    """A shell that its script fills; it also tries to look around inside this machine."""
    if ask.path == "/text":
        await line.answer(200, FILLED.encode(), kind="text/plain")
    else:
        await line.answer(200, html("Ports", "<div id=root></div>", head=_LOADING), 'ETag: "shell"')


_LOADING = """<script>addEventListener('load', async () => {
  for (const inside of ['http://127.0.0.1:1/', 'http://localhost/', 'https://10.0.0.1/'])
    fetch(inside, {mode: 'no-cors'}).catch(() => 0);
  const text = await (await fetch('/text')).text();
  root.attachShadow({mode: 'open'}).innerHTML = '<article><p></p></article>';
  root.shadowRoot.querySelector('p').textContent = text.repeat(9);
});</script>"""


@behaviour
async def a_pdf(ask: Ask, line: Line) -> None:
    await line.answer(200, b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n", kind="application/pdf")


@behaviour
async def browsers_only(ask: Ask, line: Line) -> None:
    """Refuses what does not call itself Chrome; before one path stands a challenge for all."""
    if ask.path == "/challenge" and "Chrome/" in ask.headers["user-agent"]:
        body = html("Just a moment...", "<script>fetch('/passed')</script>")
        await line.answer(403, body, "cf-mitigated: challenge", "server: cloudflare")
    elif "Chrome/" in ask.headers["user-agent"]:
        await line.answer(200, html("Ports", f"<h1>Ports</h1><p>{FILLED}</p>"))
    else:
        await line.answer(403, html("Forbidden", "<h1>Forbidden</h1>"))


@behaviour
async def error_pages(ask: Ask, line: Line) -> None:
    """Failure pages with status 200, by language and by what says so."""
    body = ERRORS.get(ask.path.strip("/"))
    await (line.answer(200, body) if body else missing(line))


_TEXTS = {
    "en": ("Page not found", "The page you are looking for could not be found."),
    "en-404": ("404", "Nothing here."),
    "en-error": ("Error 404 - Valley Council", "Please go back."),
    "en-oops": ("Oops! That page can’t be found.", "Try a search."),
    "de": ("Seite nicht gefunden", "Die Seite gibt es nicht."),
    "fr": ("Page introuvable", "Cette page n’existe pas."),
    "es": ("Página no encontrada", "La página no existe."),
    "it": ("Pagina non trovata", "La pagina richiesta non esiste."),
    "pt": ("Página não encontrada", "A página não existe."),
    "nl": ("Pagina niet gevonden", "De pagina bestaat niet."),
    "ru": ("Страница не найдена", "Такой страницы нет."),
    "uk": ("Сторінку не знайдено", "Такої сторінки немає."),
    "pl": ("Nie znaleziono strony", "Strona nie istnieje."),
    "cs": ("Stránka nenalezena", "Stránka neexistuje."),
    "sv": ("Sidan kunde inte hittas", "Sidan finns inte."),
    "da": ("Siden blev ikke fundet", "Siden findes ikke."),
    "fi": ("Sivua ei löytynyt", "Sivua ei ole."),
    "tr": ("Sayfa bulunamadı", "Sayfa yok."),
    "ja": ("ページが見つかりません", "お探しのページはありません。"),
    "zh": ("页面不存在", "您访问的页面不存在。"),
    "ko": ("페이지를 찾을 수 없습니다", "페이지가 없습니다."),
    "ar": ("الصفحة غير موجودة", "الصفحة المطلوبة غير موجودة."),
    "he": ("הדף לא נמצא", "הדף המבוקש לא נמצא."),
    "el": ("Η σελίδα δεν βρέθηκε", "Η σελίδα δεν υπάρχει."),
    "hu": ("Az oldal nem található", "A keresett oldal nem található."),
    "ro": ("Pagina nu a fost găsită", "Pagina nu există."),
    "vi": ("Không tìm thấy trang", "Trang không tồn tại."),
    "id": ("Halaman tidak ditemukan", "Halaman tidak ada."),
}
ERRORS = {name: html(title, f"<h1>{title}</h1><p>{text}</p>") for name, (title, text) in _TEXTS.items()}
ERRORS["article"] = page("404 Not Found: the history of a status code", sentences=60)
ERRORS["mention"] = page(
    "Lost letters of the valley", "The letter was not found and page 404 of the ledger is torn."
)


@behaviour
async def parked_(ask: Ask, line: Line) -> None:
    body = PARKED.get(ask.path.strip("/"))
    if ask.path == "/to-ww1":
        await line.redirect(302, "http://ww1.parked.zoo.test/?sub=1")
    elif ask.path == "/to-market":
        await line.redirect(302, "http://www.hugedomains.com/domain_profile.cfm?d=parked")
    elif ask.path == "/lander":
        await line.answer(200, html("parked.zoo.test", "<div id=root></div>"))
    else:
        await line.answer(200, body or PARKED["sale"])


PARKED = {
    "sale": html(
        "parked.zoo.test is for sale",
        "<h1>parked.zoo.test</h1><p>This domain is for sale. Make an offer.</p>",
    ),
    "buy": html("Buy this domain", "<p>Buy this domain today.</p>"),
    "courtesy": html("parked.zoo.test", "<p>This web page is parked for free, courtesy of a registrar.</p>"),
    "sedo": html("parked.zoo.test", "<p>Related links</p>", '<script>var sedoParkingUrl="x"</script>'),
    "crew": html("parked.zoo.test", "", '<script src="http://www.parkingcrew.net/jsparkcaf.php"></script>'),
    "bodis": html("parked.zoo.test", '<div id="target"></div><script>window.park = "eyJ1"</script>'),
    "godaddy": html("parked.zoo.test", "", '<script>window.location.href="/lander"</script>'),
    "german": html("Diese Domain steht zum Verkauf", "<p>Diese Domain steht zum Verkauf.</p>"),
    "expired": html("Domain expired", "<h1>This domain has expired</h1><p>This domain name has expired.</p>"),
    "iframe": html("parked.zoo.test", '<iframe src="https://sedoparking.com/x"></iframe>'),
}


@behaviour
async def ww1(ask: Ask, line: Line) -> None:
    await line.answer(200, html("parked.zoo.test", "<p>Related searches</p><a href=/x>Ferry tickets</a>"))


@behaviour
async def hugedomains(ask: Ask, line: Line) -> None:
    await line.answer(200, html("parked.zoo.test", "<p>Take this name home for a small monthly sum.</p>"))


BEHAVIOURS["com"] = BEHAVIOURS["hugedomains"]


@behaviour
async def not_parked(ask: Ask, line: Line) -> None:
    """A living page full of the words that parked pages use."""
    if ask.path == "/page":
        await line.answer(
            200,
            page(
                "Parked carts and a mill for sale",
                "The cart was parked by the inn; the mill is for sale again.",
            ),
        )
    else:
        await missing(line)


@behaviour
async def walls(ask: Ask, line: Line) -> None:
    """Walls by their makers; the path names one."""
    wall = WALLS.get(ask.path.strip("/"))
    if wall is None:
        await missing(line)
        return
    status, headers, body = wall
    await line.answer(status, body, *headers)


_JUST = html("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>")
WALLS: dict[str, tuple[int, list[str], bytes]] = {
    "plain-403": (403, [], html("Forbidden", "<h1>Forbidden</h1>")),
    "cloudflare-403": (403, ["cf-mitigated: challenge", "server: cloudflare"], _JUST),
    "cloudflare-503": (503, ["cf-mitigated: challenge", "server: cloudflare"], _JUST),
    "cloudflare-429": (429, ["cf-mitigated: challenge", "server: cloudflare"], _JUST),
    "cloudflare-200": (
        200,
        ["server: cloudflare"],
        html("Just a moment...", "<script>window._cf_chl_opt={cvId:'3'}</script>"),
    ),
    "cloudflare-1020": (
        403,
        ["server: cloudflare"],
        html(
            "Access denied | zoo.test used Cloudflare to restrict access",
            '<div id="cf-error-details">Error 1020</div>',
        ),
    ),
    "aws-202": (202, ["x-amzn-waf-action: challenge"], b""),
    "aws-405": (
        405,
        ["x-amzn-waf-action: captcha"],
        html("Human Verification", "<script>gokuProps = {}</script>"),
    ),
    "vercel": (403, ["x-vercel-mitigated: challenge"], html("Vercel Security Checkpoint")),
    "datadome": (
        403,
        ["x-datadome: blocked"],
        html("zoo.test", '<script src="https://ct.captcha-delivery.com/c.js"></script>'),
    ),
    "akamai": (
        403,
        ["server: AkamaiGHost"],
        html("Access Denied", "<h1>Access Denied</h1><p>Reference errors.edgesuite.net/18.2f</p>"),
    ),
    "perimeterx": (
        403,
        [],
        html(
            "Access to this page has been denied",
            "<div id='px-captcha'></div><script>window._pxAppId='PX1'; x='captcha.js'</script>",
        ),
    ),
    "imperva": (
        200,
        ["x-iinfo: 1-2-3", "x-cdn: Imperva"],
        html("", '<script src="/_Incapsula_Resource?SWJIYLWA=71"></script>'),
    ),
    "imperva-text": (403, [], html("", "<p>Request unsuccessful. Incapsula incident ID: 0-1</p>")),
    "kasada": (429, ["x-kpsdk-ct: abc"], html("", "<script>KPSDK.now()</script>")),
    "sucuri": (
        403,
        ["x-sucuri-block: 1", "server: Sucuri/Cloudproxy"],
        html("Sucuri WebSite Firewall - Access Denied"),
    ),
    "ddos-guard": (
        403,
        ["server: ddos-guard"],
        html("DDOS-GUARD", '<script src="https://check.ddos-guard.net/check.js"></script>'),
    ),
    "anubis": (
        200,
        [],
        html(
            "Making sure you're not a bot!",
            '<script id="anubis_challenge" type="application/json">{}</script>',
        ),
    ),
    "f5": (
        200,
        [],
        html("Request Rejected", "The requested URL was rejected. Please consult with your administrator."),
    ),
    "cloudfront": (
        403,
        ["x-cache: Error from cloudfront", "server: CloudFront"],
        html("ERROR: The request could not be satisfied", "Generated by cloudfront (CloudFront)"),
    ),
    "linkedin": (999, [], b""),
    "wordfence": (
        403,
        [],
        html(
            "Your access to this site has been limited by the site owner",
            "<p>Your access to this site has been limited by the site owner</p>",
        ),
    ),
    "siteground": (
        202,
        ["sg-captcha: challenge"],
        html(
            "Robot Challenge Screen",
            '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">',
            '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">',
        ),
    ),
    "cookie-test": (
        200,
        [],
        html(
            "",
            '<script>document.cookie="c="+toHex(slowAES.decrypt(c,2,a,b));location.href="/walls"</script><noscript>Enable JavaScript</noscript>',
        ),
    ),
    "radware": (200, [], html("Radware Bot Manager Captcha", "<h1>Radware Bot Manager Captcha</h1>")),
    "login-form": (
        200,
        [],
        html("Members", "<h1>Sign in</h1><form><input name=user><input type=password name=pass></form>"),
    ),
    "paywall": (
        200,
        [],
        html(
            "The ferry’s last winter",
            "<h1>The ferry’s last winter</h1><p>It began to freeze.</p><p>Subscribe to continue reading.</p>",
            '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
        ),
    ),
    "consent": (
        200,
        [],
        html(
            "Before you continue",
            "<h1>Before you continue</h1><p>We and our partners use cookies.</p><button>Accept all</button>",
        ),
    ),
    "living-behind-cdn": (
        200,
        ["server: cloudflare", "cf-ray: 1"],
        page("Served by a network", "The lock keeper slept."),
    ),
    "recaptcha-form": (
        200,
        [],
        page(
            "Write to the lock keeper",
            '<div class="g-recaptcha" data-sitekey="x"></div>',
            "Please enable JavaScript for the map.",
        ),
    ),
}
