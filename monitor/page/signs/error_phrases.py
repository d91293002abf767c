"""What error pages call themselves, by language (ISO 639-1). Data, folded and without punctuation.

A phrase counts only as a whole title segment or heading, never inside a longer one, so that
"Page not found: the film" is a film. Collected from the default error pages of content
management systems and frameworks; worded as their translations word it.
"""

import re

NOT_FOUND: dict[str, tuple[str, ...]] = {
    "en": (
        "nothing here", "there is nothing here", "there's nothing here", "nothing to see here",
        "not found", "page not found", "file not found", "document not found", "article not found", "url not found",
        "content not found", "resource not found", "post not found", "story not found", "object not found",
        "item not found", "site not found", "website not found", "topic not found", "record not found",
        "nothing found", "nothing was found", "nothing was found at this location",
        "it looks like nothing was found at this location", "there is currently no text in this page", "no page found", "web page not found", "webpage not found",
        "page cannot be found", "page can't be found", "page could not be found", "page couldn't be found",
        "the page cannot be found", "the page can't be found", "the page could not be found",
        "this page cannot be found", "this page can't be found", "this page could not be found",
        "this page couldn't be found", "the page was not found", "page was not found", "that page can't be found",
        "we can't find that page", "we can't find the page", "we couldn't find that page", "we couldn't find the page",
        "we could not find that page", "we can't find this page", "we cannot find the page",
        "we can't find the page you're looking for", "we couldn't find the page you're looking for",
        "we couldn't find the page you were looking for", "we can't find the page you are looking for",
        "the page you requested could not be found", "the page you requested cannot be found",
        "the page you requested was not found", "the page you are looking for could not be found",
        "the page you are looking for cannot be found", "the page you are looking for was not found",
        "the page you were looking for could not be found", "the page you were looking for doesn't exist",
        "the page you are looking for doesn't exist", "the page you are looking for does not exist",
        "the page you're looking for can't be found", "the page you're looking for doesn't exist",
        "the page you're looking for could not be found", "the page you're looking for isn't here",
        "the requested page could not be found", "the requested page was not found", "requested page not found",
        "the requested url was not found", "the requested url was not found on this server",
        "the requested page cannot be found", "the requested resource is not available",
        "the requested resource could not be found", "requested resource not found",
        "page does not exist", "page doesn't exist", "this page does not exist", "this page doesn't exist",
        "that page doesn't exist", "page missing", "missing page", "page unavailable", "page not available",
        "this page is not available", "this page isn't available", "this page isn't available right now",
        "this page is no longer available", "page no longer available", "page no longer exists",
        "this page no longer exists", "the page no longer exists", "content no longer available",
        "content unavailable", "content not available", "this content is no longer available",
        "this content isn't available", "this content isn't available right now", "this content is not available",
        "article no longer available", "article unavailable", "this article is no longer available",
        "this article is unavailable", "story no longer available", "document no longer available",
        "this video isn't available anymore", "this video is no longer available", "video unavailable",
        "video not found", "this account doesn't exist", "account suspended", "this account has been suspended",
        "page removed", "this page has been removed", "content removed", "page deleted", "broken link", "dead link",
        "invalid page", "invalid url", "no such page", "no such file or directory", "the resource cannot be found",
        "the page you requested does not exist", "the page you requested is no longer available",
        "the file you requested could not be found", "the document you requested could not be found",
        "object not found on this server", "this site can't be found", "error page not found", "410 gone",
    ),
    "de": (
        "beitrag nicht gefunden", "eintrag nicht gefunden", "die seite ist nicht verfügbar", "die gesuchte seite existiert nicht", "seite nicht mehr verfügbar",
        "seite nicht gefunden", "nicht gefunden", "die seite wurde nicht gefunden", "seite wurde nicht gefunden",
        "diese seite wurde nicht gefunden", "die seite konnte nicht gefunden werden",
        "seite konnte nicht gefunden werden", "die angeforderte seite wurde nicht gefunden",
        "die angeforderte seite konnte nicht gefunden werden", "die gewünschte seite wurde nicht gefunden",
        "die gesuchte seite wurde nicht gefunden", "die gesuchte seite konnte nicht gefunden werden",
        "diese seite existiert nicht", "seite existiert nicht", "diese seite existiert nicht mehr",
        "die seite existiert nicht", "seite nicht verfügbar", "diese seite ist nicht verfügbar",
        "diese seite ist nicht mehr verfügbar", "artikel nicht gefunden", "datei nicht gefunden",
        "dokument nicht gefunden", "objekt nicht gefunden", "inhalt nicht gefunden", "keine seite gefunden",
    ),
    "fr": (
        "cette page a été supprimée", "la page demandée n'existe plus",
        "page introuvable", "page non trouvée", "la page est introuvable", "cette page est introuvable",
        "la page demandée est introuvable", "page inexistante", "cette page n'existe pas", "la page n'existe pas",
        "cette page n'existe plus", "la page que vous recherchez est introuvable",
        "la page que vous cherchez est introuvable", "la page que vous avez demandée est introuvable",
        "la page que vous recherchez n'existe pas", "la page demandée n'existe pas", "page indisponible",
        "contenu introuvable", "article introuvable", "document introuvable", "fichier introuvable",
        "fichier non trouvé", "page pas trouvée", "page not trouvée", "cette page n'est pas disponible",
        "cette page n'est plus disponible", "objet non trouvé",
    ),
    "es": (
        "la página que está buscando no existe", "la página solicitada no se ha encontrado", "esta página ha sido eliminada",
        "página no encontrada", "no encontrado", "no encontrada", "página no existe", "no se encontró la página",
        "no se ha encontrado la página", "la página no existe", "esta página no existe", "la página solicitada no existe",
        "la página solicitada no se encuentra", "la página que buscas no existe", "la página que busca no existe",
        "no se encuentra la página", "no se puede encontrar la página", "página no disponible", "contenido no encontrado",
        "no pudimos encontrar la página", "la página que estás buscando no existe", "artículo no encontrado",
        "archivo no encontrado", "documento no encontrado", "esta página ya no está disponible",
        "esta página no está disponible", "objeto no localizado", "no se encontró la página solicitada",
    ),
    "pt": (
        "página não encontrada", "não encontrado", "não encontrada", "página não existe", "esta página não existe",
        "a página não foi encontrada", "a página solicitada não foi encontrada", "essa página não existe",
        "a página que você procura não existe", "a página que procura não existe", "página inexistente",
        "não foi possível encontrar a página", "conteúdo não encontrado", "artigo não encontrado",
        "arquivo não encontrado", "ficheiro não encontrado", "página indisponível", "objeto não encontrado",
        "a página que você está procurando não existe", "esta página não está disponível",
    ),
    "it": (
        "pagina non trovata", "non trovato", "non trovata", "la pagina non è stata trovata", "pagina inesistente",
        "la pagina non esiste", "questa pagina non esiste", "la pagina richiesta non è stata trovata",
        "la pagina richiesta non esiste", "pagina non disponibile", "la pagina che cerchi non esiste",
        "contenuto non trovato", "articolo non trovato", "file non trovato", "impossibile trovare la pagina",
        "la pagina che stai cercando non esiste", "questa pagina non è disponibile", "oggetto non trovato",
    ),
    "nl": (
        "object niet gevonden",
        "pagina niet gevonden", "niet gevonden", "deze pagina bestaat niet", "de pagina is niet gevonden",
        "de pagina werd niet gevonden", "pagina bestaat niet", "de opgevraagde pagina is niet gevonden",
        "deze pagina bestaat niet meer", "de pagina bestaat niet", "de pagina kon niet worden gevonden",
        "deze pagina kon niet worden gevonden", "pagina niet beschikbaar", "artikel niet gevonden",
        "bestand niet gevonden", "de pagina die u zoekt bestaat niet", "deze pagina is niet beschikbaar",
    ),
    "pl": (
        "nie znaleziono obiektu", "strona o podanym adresie nie istnieje",
        "nie znaleziono strony", "strona nie została znaleziona", "nie znaleziono", "strona nie istnieje",
        "podana strona nie istnieje", "ta strona nie istnieje", "strony nie znaleziono", "brak strony",
        "nie odnaleziono strony", "nie można znaleźć strony", "żądana strona nie została znaleziona",
        "nie znaleziono pliku", "nie znaleziono artykułu", "strona niedostępna",
    ),
    "cs": (
        "objekt nenalezen", "stránku se nepodařilo najít", "požadovanou stránku nelze najít",
        "stránka nenalezena", "stránka nebyla nalezena", "nenalezeno", "stránka neexistuje", "tato stránka neexistuje",
        "požadovaná stránka nebyla nalezena", "požadovaná stránka neexistuje", "článek nenalezen",
    ),
    "sk": (
        "stránka nenájdená", "stránka nebola nájdená", "stránka sa nenašla", "stránka neexistuje",
        "požadovaná stránka neexistuje", "táto stránka neexistuje",
    ),
    "ru": (
        "запрашиваемая страница не существует", "страница не найдена или удалена",
        "страница не найдена", "не найдено", "не найдена", "документ не найден", "файл не найден", "такой страницы нет",
        "запрашиваемая страница не найдена", "запрошенная страница не найдена", "страница не существует",
        "такая страница не существует", "данная страница не найдена", "материал не найден", "объект не найден",
        "страница не доступна", "страница недоступна", "страница удалена", "статья не найдена", "ничего не найдено",
        "страница удалена или не существует", "такой страницы не существует",
    ),
    "uk": (
        "сторінку не знайдено", "сторінка не знайдена", "не знайдено", "сторінки не знайдено", "такої сторінки не існує",
        "сторінка не існує", "такої сторінки немає", "файл не знайдено", "документ не знайдено",
    ),
    "bg": ("страницата не е намерена", "страницата не беше намерена", "страницата не съществува", "не е намерено"),
    "sr": (
        "објекат није пронађен", "страна није пронађена", "страница не постоји","страница није пронађена", "stranica nije pronađena", "stranica ne postoji", "nije pronađeno"),
    "hr": ("stranica nije pronađena", "stranica ne postoji", "tražena stranica nije pronađena"),
    "sl": ("strani ni mogoče najti", "stran ni najdena", "stran ne obstaja", "strani ni bilo mogoče najti"),
    "sv": (
        "objektet hittas ej", "objektet hittades inte", "sidan finns inte längre",
        "sidan hittades inte", "sidan kunde inte hittas", "sidan finns inte", "sidan kan inte hittas",
        "sidan du söker finns inte", "hittades inte", "sidan hittas inte", "vi hittar inte sidan",
        "sidan du letar efter finns inte",
    ),
    "nb": (
        "objektet ble ikke funnet",
        "siden ble ikke funnet", "siden finnes ikke", "fant ikke siden", "ikke funnet", "finner ikke siden",
        "vi fant ikke siden", "siden eksisterer ikke", "siden du leter etter finnes ikke",
    ),
    "da": (
        "siden blev ikke fundet", "siden findes ikke", "ikke fundet", "siden kunne ikke findes",
        "siden kan ikke findes", "siden eksisterer ikke", "vi kan ikke finde siden",
    ),
    "fi": ("sivua ei löydy", "sivua ei löytynyt", "ei löytynyt", "hakemaasi sivua ei löytynyt", "sivu ei ole olemassa"),
    "et": ("lehte ei leitud", "lehekülge ei leitud", "ei leitud", "lehte ei leidu"),
    "lv": ("lapa nav atrasta", "lapa netika atrasta", "nav atrasts"),
    "lt": ("puslapis nerastas", "nerasta", "toks puslapis neegzistuoja", "puslapis neegzistuoja"),
    "hu": ("az oldal nem található", "oldal nem található", "nem található", "a keresett oldal nem található", "a lap nem található"),
    "ro": (
        "obiectul nu a fost gasit", "obiectul nu a fost găsit", "pagina căutată nu există","pagina nu a fost găsită", "pagină negăsită", "pagina nu există", "pagina nu a fost gasita", "nu a fost găsit"),
    "el": ("η σελίδα δεν βρέθηκε", "δεν βρέθηκε", "η σελίδα δε βρέθηκε", "η σελίδα δεν υπάρχει", "δεν βρέθηκε η σελίδα"),
    "tr": (
        "nesne mevcut değil", "aradığınız sayfa mevcut değil",
        "sayfa bulunamadı", "bulunamadı", "aradığınız sayfa bulunamadı", "sayfa mevcut değil", "böyle bir sayfa yok",
        "sayfa yok", "içerik bulunamadı", "dosya bulunamadı",
    ),
    "ca": ("pàgina no trobada", "no s'ha trobat la pàgina", "la pàgina no existeix", "no s'ha trobat"),
    "gl": ("páxina non atopada", "non se atopou a páxina"),
    "eu": ("orria ez da aurkitu", "ez da orria aurkitu"),
    "id": ("halaman tidak ditemukan", "tidak ditemukan", "laman tidak ditemukan", "halaman tidak tersedia"),
    "ms": ("halaman tidak dijumpai", "laman tidak dijumpai"),
    "vi": ("không tìm thấy trang", "trang không tồn tại", "không tìm thấy", "trang không tìm thấy"),
    "is": ("síðan fannst ekki", "síða fannst ekki", "síðan finnst ekki", "síða finnst ekki", "síðan er ekki til"),
    "ja": (
        "404 エラー", "404エラー", "エラー404",
        "ページが見つかりません", "ページが見つかりませんでした", "お探しのページは見つかりませんでした",
        "お探しのページが見つかりません", "お探しのページは見つかりません", "お探しのページが見つかりませんでした",
        "指定されたページが見つかりません", "ページが存在しません", "ページは存在しません", "見つかりませんでした",
        "指定されたページは見つかりませんでした", "お探しのページは存在しません", "該当するページが見つかりません",
    ),
    "zh": (
        "找不到对象", "找不到物件", "页面走丢了", "页面走丢啦", "您访问的页面走丢了", "您請求的頁面不存在",
        "页面不存在", "页面未找到", "找不到页面", "未找到页面", "您访问的页面不存在", "找不到该页面", "无法找到该页",
        "无法找到页面", "找不到网页", "页面找不到了", "您要访问的页面不存在", "页面没有找到", "网页不存在", "内容不存在",
        "頁面不存在", "找不到頁面", "找不到網頁", "找不到此頁面", "找不到該頁面", "頁面未找到", "您要找的頁面不存在",
        "文章不存在", "无法找到资源", "您访问的页面找不到了", "该页面不存在", "该内容已被发布者删除",
    ),
    "ko": (
        "객체 없음", "페이지 없음",
        "페이지를 찾을 수 없습니다", "요청하신 페이지를 찾을 수 없습니다", "존재하지 않는 페이지입니다", "찾을 수 없습니다",
        "페이지를 찾을 수 없음", "페이지가 존재하지 않습니다", "찾을 수 없는 페이지입니다",
    ),
    "ar": (
        "الصفحة غير موجودة", "لم يتم العثور على الصفحة", "هذه الصفحة غير موجودة", "غير موجود", "صفحة غير موجودة",
        "الصفحة المطلوبة غير موجودة", "عذرا الصفحة غير موجودة", "الصفحة التي تبحث عنها غير موجودة",
    ),
    "fa": ("صفحه یافت نشد", "صفحه مورد نظر یافت نشد", "یافت نشد", "صفحه پیدا نشد", "صفحه مورد نظر پیدا نشد"),
    "he": ("הדף לא נמצא", "העמוד לא נמצא", "דף לא נמצא", "לא נמצא", "העמוד שחיפשת לא נמצא", "הדף המבוקש לא נמצא"),
    "hi": ("पृष्ठ नहीं मिला", "पेज नहीं मिला"),
    "bn": ("পৃষ্ঠাটি পাওয়া যায়নি",),
    "th": ("ไม่พบหน้าที่คุณต้องการ", "ไม่พบหน้า", "ไม่พบหน้าเว็บ", "ไม่พบหน้านี้", "ไม่พบหน้าที่ต้องการ"),
}  # fmt: skip

# English error sentences are built of few pieces in many orders; other languages come as whole phrases.
_THING = r"(?:web ?)?(?:page|article|document|file|content|url|resource|story|post|item|address|link|site|product|object)"
_REQUEST = (
    r"(?: (?:that )?(?:you|you're|you've|we|was|were|are|is|have|had|has|requested|request|looking|look|for|tried|trying|"
    r"to|access|reach|visit|view|open|followed|entered|clicked|want|wanted|asked|seeking|the|a|at|this|that|which)){0,8}"
)
_LOST = (
    r"(?:cannot|can't|can not|could not|couldn't|was not|wasn't|has not been|is not|isn't|does not|doesn't|do not|may not|"
    r"is no longer|are no longer|no longer|not|is missing|is gone|has been removed|has been deleted|was removed|was deleted|"
    r"has gone missing|has moved or no longer|may have been moved or|might have been|may have been|has been moved or|is currently unavailable|is unavailable)"
)
_FATE = r"(?: (?:be|been|removed|deleted|found|exist|exists|available|located|here|there|displayed|accessible|valid)){0,3}"
_PLACE = r"(?: (?:on|at|in) (?:this|our|the) (?:web ?)?(?:server|site|website|address|location))?"
_END = r"(?: (?:anymore|any ?more|any longer|right now|at this time|or has been removed|or does not exist))?"
ENGLISH = re.compile(
    rf"(?:(?:the|this|that|your|requested|current) ){{0,2}}{_THING}{_REQUEST} {_LOST}{_FATE}{_PLACE}{_END}|"
    rf"we (?:can't|cannot|can not|couldn't|could not|can't seem to|are unable to|were unable to|weren't able to|are not able to) "
    rf"(?:find|locate) (?:the|that|this|your|any) {_THING}{_REQUEST}"
)
"""Whole English error sentences, folded, without punctuation."""

_NOISE = """
404 410 server that's an error errors http https status code oops ooops oh uh ah whoops woops sorry hmm hmmm ouch opps ups
damn 404error error404 e404 fehler fehlercode fehlermeldung entschuldigung hoppla huch leider tut uns leid
erreur désolé désolée oups lo sentimos vaya uy erro desculpe ops opa errore spiacenti siamo ci dispiace
fout foutmelding helaas błąd błędu przepraszamy chyba omlouváme ошибка ошибки извините простите помилка
вибачте грешка greška napaka fel fejl feil virhe viga kļūda klaida hiba eroare σφάλμα hata üzgünüz lỗi エラー
错误 錯誤 抱歉 对不起 很抱歉 오류 에러 죄송합니다 خطأ عذرا خطای خطا שגיאה त्रुटि ข้อผิดพลาด nr no num number the this we are
we're
"""
NOISE = frozenset(_NOISE.split())
"""Words an error page puts around the phrase; what stays must be a phrase (or "404" with one of these)."""

_NO_ERROR = "404 410 server that's an the this we are we're nr no num number oh uh ah https"
ERROR_WORDS = NOISE - frozenset(_NO_ERROR.split())
