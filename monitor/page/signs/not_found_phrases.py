"""What error pages call themselves, by language (ISO 639-1, else -3). Data: phrases parted by semicolons.

A phrase counts only as a whole title segment or heading, never inside a longer one, so that
"Page not found: the film" is a film. Worded as the default error pages of content management
systems and frameworks are, in their translations; the colloquial ones as sites write them.
"""

NOT_FOUND: dict[str, str] = {
    "en": """
        nothing here; there is nothing here; there's nothing here; nothing to see here; not found; page not found; file not found; document not found; article not found; url not found;
        content not found; resource not found; post not found; story not found; object not found; item not found; site not found; website not found; topic not found; record not found; nothing found;
        nothing was found; nothing was found at this location; it looks like nothing was found at this location; there is currently no text in this page; no page found; web page not found;
        webpage not found; page cannot be found; page can't be found; page could not be found; page couldn't be found; the page cannot be found; the page can't be found; the page could not be found;
        this page cannot be found; this page can't be found; this page could not be found; this page couldn't be found; the page was not found; page was not found; that page can't be found;
        we can't find that page; we can't find the page; we couldn't find that page; we couldn't find the page; we could not find that page; we can't find this page; we cannot find the page;
        we can't find the page you're looking for; we couldn't find the page you're looking for; we couldn't find the page you were looking for; we can't find the page you are looking for;
        the page you requested could not be found; the page you requested cannot be found; the page you requested was not found; the page you are looking for could not be found;
        the page you are looking for cannot be found; the page you are looking for was not found; the page you were looking for could not be found; the page you were looking for doesn't exist;
        the page you are looking for doesn't exist; the page you are looking for does not exist; the page you're looking for can't be found; the page you're looking for doesn't exist;
        the page you're looking for could not be found; the page you're looking for isn't here; the requested page could not be found; the requested page was not found; requested page not found;
        the requested url was not found; the requested url was not found on this server; the requested page cannot be found; the requested resource is not available;
        the requested resource could not be found; requested resource not found; page does not exist; page doesn't exist; this page does not exist; this page doesn't exist; that page doesn't exist;
        page missing; missing page; page unavailable; page not available; this page is not available; this page isn't available; this page isn't available right now; this page is no longer available;
        page no longer available; page no longer exists; this page no longer exists; the page no longer exists; content no longer available; content unavailable; content not available;
        this content is no longer available; this content isn't available; this content isn't available right now; this content is not available; article no longer available; article unavailable;
        this article is no longer available; this article is unavailable; story no longer available; document no longer available; this video isn't available anymore; this video is no longer available;
        video unavailable; video not found; this account doesn't exist; account suspended; this account has been suspended; page removed; this page has been removed; content removed; page deleted;
        broken link; dead link; invalid page; invalid url; no such page; no such file or directory; the resource cannot be found; the page you requested does not exist;
        the page you requested is no longer available; the file you requested could not be found; the document you requested could not be found; object not found on this server;
        this site can't be found; error page not found; 410 gone""",
    "de": """
        beitrag nicht gefunden; eintrag nicht gefunden; die seite ist nicht verfügbar; die gesuchte seite existiert nicht; seite nicht mehr verfügbar; seite nicht gefunden; nicht gefunden;
        die seite wurde nicht gefunden; seite wurde nicht gefunden; diese seite wurde nicht gefunden; die seite konnte nicht gefunden werden; seite konnte nicht gefunden werden;
        die angeforderte seite wurde nicht gefunden; die angeforderte seite konnte nicht gefunden werden; die gewünschte seite wurde nicht gefunden; die gesuchte seite wurde nicht gefunden;
        die gesuchte seite konnte nicht gefunden werden; diese seite existiert nicht; seite existiert nicht; diese seite existiert nicht mehr; die seite existiert nicht; seite nicht verfügbar;
        diese seite ist nicht verfügbar; diese seite ist nicht mehr verfügbar; artikel nicht gefunden; datei nicht gefunden; dokument nicht gefunden; objekt nicht gefunden; inhalt nicht gefunden;
        keine seite gefunden; diese seite gibt es nicht; diese seite gibt es nicht mehr; die seite gibt es nicht mehr; seite existiert nicht mehr; die seite existiert nicht mehr;
        die von ihnen gesuchte seite existiert nicht; die von ihnen gesuchte seite wurde nicht gefunden; die von ihnen aufgerufene seite wurde nicht gefunden; die aufgerufene seite existiert nicht;
        die aufgerufene seite wurde nicht gefunden; die seite, die sie suchen, existiert nicht; die angeforderte seite existiert nicht; die angeforderte seite ist nicht verfügbar;
        wir konnten die seite nicht finden; wir können die seite nicht finden; wir haben die seite nicht gefunden; artikel nicht mehr verfügbar; dieser artikel ist nicht mehr verfügbar;
        inhalt nicht mehr verfügbar; diese seite konnte nicht gefunden werden; ups, seite nicht gefunden; seite leider nicht gefunden; die angeforderte seite konnte leider nicht gefunden werden""",
    "fr": """
        cette page a été supprimée; la page demandée n'existe plus; page introuvable; page non trouvée; la page est introuvable; cette page est introuvable; la page demandée est introuvable;
        page inexistante; cette page n'existe pas; la page n'existe pas; cette page n'existe plus; la page que vous recherchez est introuvable; la page que vous cherchez est introuvable;
        la page que vous avez demandée est introuvable; la page que vous recherchez n'existe pas; la page demandée n'existe pas; page indisponible; contenu introuvable; article introuvable;
        document introuvable; fichier introuvable; fichier non trouvé; page pas trouvée; page not trouvée; cette page n'est pas disponible; cette page n'est plus disponible; objet non trouvé;
        oups, page introuvable; la page que vous recherchez n'existe plus; la page que vous cherchez n'existe pas; la page que vous cherchez n'existe plus; la page que vous avez demandée n'existe pas;
        la page que vous avez demandée n'a pas été trouvée; la page demandée n'a pas été trouvée; la page demandée n'a pas pu être trouvée; la page n'a pas été trouvée; la page n'a pas pu être trouvée;
        cette page n'a pas été trouvée; nous ne trouvons pas la page; nous n'avons pas trouvé la page; page supprimée; page absente; article non trouvé; article supprimé; contenu indisponible;
        contenu non trouvé; ressource introuvable; impossible de trouver la page; aucune page trouvée; document non trouvé; élément introuvable; non trouvé; non trouvée""",
    "es": """
        la página que está buscando no existe; la página solicitada no se ha encontrado; esta página ha sido eliminada; página no encontrada; no encontrado; no encontrada; página no existe;
        no se encontró la página; no se ha encontrado la página; la página no existe; esta página no existe; la página solicitada no existe; la página solicitada no se encuentra;
        la página que buscas no existe; la página que busca no existe; no se encuentra la página; no se puede encontrar la página; página no disponible; contenido no encontrado;
        no pudimos encontrar la página; la página que estás buscando no existe; artículo no encontrado; archivo no encontrado; documento no encontrado; esta página ya no está disponible;
        esta página no está disponible; objeto no localizado; no se encontró la página solicitada; esta página no se encuentra disponible; la página que intentas ver no existe;
        la página que busca no se encuentra; la página que estás buscando no se encuentra; la página a la que intenta acceder no existe; la página solicitada no fue encontrada; página inexistente;
        la página no fue encontrada; la página no ha sido encontrada; la página no se encuentra; no hemos encontrado la página; no hemos podido encontrar la página; no podemos encontrar la página;
        no encontramos la página; no se pudo encontrar la página; no pudimos encontrar esta página; esta página no se encontró; noticia no encontrada; recurso no encontrado; contenido no disponible;
        la página ya no existe; esta página ya no existe; no se pudo encontrar la página solicitada; no se encuentra la página solicitada; no se ha podido encontrar la página solicitada""",
    "pt": """
        página não encontrada; não encontrado; não encontrada; página não existe; esta página não existe; a página não foi encontrada; a página solicitada não foi encontrada; essa página não existe;
        a página que você procura não existe; a página que procura não existe; página inexistente; não foi possível encontrar a página; conteúdo não encontrado; artigo não encontrado;
        arquivo não encontrado; ficheiro não encontrado; página indisponível; objeto não encontrado; a página que você está procurando não existe; esta página não está disponível;
        a página que você está procurando não foi encontrada; a página que procura não foi encontrada; a página que você tentou acessar não existe; a página solicitada não existe; página não localizada;
        a página não existe; a página não está disponível; não encontramos a página; não encontramos esta página; não conseguimos encontrar a página; não foi possível encontrar esta página;
        esta página não foi encontrada; esta página já não existe; esta página não existe mais; essa página não foi encontrada; essa página não pode ser encontrada; notícia não encontrada;
        matéria não encontrada; documento não encontrado; recurso não encontrado; ops, página não encontrada; conteúdo indisponível; a página requisitada não pode ser encontrada;
        a página requisitada não foi encontrada; a página solicitada não pôde ser encontrada""",
    "it": """
        pagina non trovata; non trovato; non trovata; la pagina non è stata trovata; pagina inesistente; la pagina non esiste; questa pagina non esiste; la pagina richiesta non è stata trovata;
        la pagina richiesta non esiste; pagina non disponibile; la pagina che cerchi non esiste; contenuto non trovato; articolo non trovato; file non trovato; impossibile trovare la pagina;
        la pagina che stai cercando non esiste; questa pagina non è disponibile; oggetto non trovato; la pagina che stai cercando non è stata trovata; la pagina che cerchi non è stata trovata;
        la pagina che hai richiesto non esiste; la pagina che hai cercato non esiste; la pagina cercata non esiste; la pagina non è disponibile; la pagina non è più disponibile;
        questa pagina non esiste più; questa pagina non è stata trovata; non è stato possibile trovare la pagina; non abbiamo trovato la pagina; la pagina è stata rimossa;
        la pagina non può essere trovata; documento non trovato; notizia non trovata; risorsa non trovata; nessuna pagina trovata; ops, pagina non trovata""",
    "nl": """
        object niet gevonden; pagina niet gevonden; niet gevonden; deze pagina bestaat niet; de pagina is niet gevonden; de pagina werd niet gevonden; pagina bestaat niet;
        de opgevraagde pagina is niet gevonden; deze pagina bestaat niet meer; de pagina bestaat niet; de pagina kon niet worden gevonden; deze pagina kon niet worden gevonden; pagina niet beschikbaar;
        artikel niet gevonden; bestand niet gevonden; de pagina die u zoekt bestaat niet; deze pagina is niet beschikbaar; deze pagina is niet gevonden; deze pagina is niet meer beschikbaar;
        deze pagina werd niet gevonden; de pagina die je zoekt bestaat niet; de pagina die u zoekt is niet gevonden; de pagina die je zoekt is niet gevonden;
        de pagina die je zoekt kon niet worden gevonden; de pagina bestaat niet meer; de pagina bestaat niet of is verplaatst; de gevraagde pagina is niet gevonden; de gevraagde pagina bestaat niet;
        de opgevraagde pagina bestaat niet; we kunnen deze pagina niet vinden; we kunnen de pagina niet vinden; wij kunnen deze pagina niet vinden; pagina kan niet worden gevonden;
        pagina kon niet worden gevonden; oeps, pagina niet gevonden; inhoud niet gevonden; document niet gevonden; de opgevraagde pagina kon niet worden gevonden;
        de gevraagde pagina kon niet worden gevonden""",
    "pl": """
        nie znaleziono obiektu; strona o podanym adresie nie istnieje; nie znaleziono strony; strona nie została znaleziona; nie znaleziono; strona nie istnieje; podana strona nie istnieje;
        ta strona nie istnieje; strony nie znaleziono; brak strony; nie odnaleziono strony; nie można znaleźć strony; żądana strona nie została znaleziona; nie znaleziono pliku; nie znaleziono artykułu;
        strona niedostępna; strona, której szukasz, nie istnieje; strona, której szukasz, nie została znaleziona; szukana strona nie istnieje; szukana strona nie została znaleziona;
        żądana strona nie istnieje; nie możemy znaleźć strony; nie możemy znaleźć tej strony; nie znaleźliśmy strony; nie znaleźliśmy tej strony; nie udało się znaleźć strony; nie ma takiej strony;
        taka strona nie istnieje; ta strona nie została znaleziona; ta strona już nie istnieje; strona nieznaleziona; strona usunięta; strona została usunięta; artykuł nie istnieje;
        artykuł nie został znaleziony; ups, strony nie znaleziono; nie udało się odnaleźć strony; żądanej strony nie znaleziono""",
    "cs": """
        objekt nenalezen; stránku se nepodařilo najít; požadovanou stránku nelze najít; stránka nenalezena; stránka nebyla nalezena; nenalezeno; stránka neexistuje; tato stránka neexistuje;
        požadovaná stránka nebyla nalezena; požadovaná stránka neexistuje; článek nenalezen; stránku nelze najít; stránku jsme nenašli; tuto stránku se nepodařilo najít; hledaná stránka neexistuje;
        hledaná stránka nebyla nalezena; požadovanou stránku se nepodařilo najít; stránka již neexistuje; stránka, kterou hledáte, neexistuje; soubor nenalezen; stránka není dostupná; článek neexistuje;
        požadovaná stránka nebyla bohužel nalezena; požadovaná stránka bohužel nebyla nalezena""",
    "sk": """
        stránka nenájdená; stránka nebola nájdená; stránka sa nenašla; stránka neexistuje; požadovaná stránka neexistuje; táto stránka neexistuje; nenájdené; stránka sa nedá nájsť;
        stránku sa nepodarilo nájsť; stránku nemožno nájsť; stránku sme nenašli; hľadaná stránka neexistuje; hľadaná stránka nebola nájdená; hľadaná stránka sa nenašla;
        hľadanú stránku sa nepodarilo nájsť; požadovaná stránka nebola nájdená; požadovaná stránka sa nenašla; požadovanú stránku sa nepodarilo nájsť; táto stránka už neexistuje;
        táto stránka sa nenašla; stránka nie je dostupná; stránka už neexistuje; stránka, ktorú hľadáte, neexistuje; stránka, ktorú hľadáte, sa nenašla; súbor nenájdený; súbor sa nenašiel;
        článok nenájdený; článok sa nenašiel; článok neexistuje; objekt nenájdený; dokument nenájdený; obsah nenájdený""",
    "ru": """
        запрашиваемая страница не существует; страница не найдена или удалена; страница не найдена; не найдено; не найдена; документ не найден; файл не найден; такой страницы нет;
        запрашиваемая страница не найдена; запрошенная страница не найдена; страница не существует; такая страница не существует; данная страница не найдена; материал не найден; объект не найден;
        страница не доступна; страница недоступна; страница удалена; статья не найдена; ничего не найдено; страница удалена или не существует; такой страницы не существует;
        страница, которую вы ищете, не существует; страница, которую вы ищете, не найдена; страница, которую вы запрашиваете, не существует; страница, которую вы запросили, не найдена;
        запрашиваемой страницы не существует; запрошенная страница не существует; запрошенной страницы не существует; к сожалению, страница не найдена; к сожалению, запрашиваемая страница не найдена;
        страницы не существует; этой страницы не существует; эта страница не существует; эта страница не найдена; эта страница удалена; страница была удалена; мы не нашли страницу;
        мы не можем найти страницу; не удалось найти страницу; нет такой страницы; новость не найдена; запись не найдена; ресурс не найден; ошибка, страница не найдена; упс, страница не найдена;
        запрашиваемая вами страница не найдена; запрошенная вами страница не найдена; запрашиваемая вами страница не существует""",
    "uk": """
        сторінку не знайдено; сторінка не знайдена; не знайдено; сторінки не знайдено; такої сторінки не існує; сторінка не існує; такої сторінки немає; файл не знайдено; документ не знайдено;
        сторінку, яку ви шукаєте, не знайдено; сторінка, яку ви шукаєте, не існує; запитувана сторінка не знайдена; запитану сторінку не знайдено; сторінку видалено; на жаль, сторінку не знайдено;
        матеріал не знайдено; цієї сторінки не існує; сторінка недоступна; статтю не знайдено; об'єкт не знайдено; запрошену сторінку не знайдено; запитану вами сторінку не знайдено""",
    "bg": """
        страницата не е намерена; страницата не беше намерена; страницата не съществува; не е намерено; страницата, която търсите, не съществува; страницата, която търсите, не е намерена;
        търсената страница не е намерена; търсената страница не съществува; страница не е намерена; страницата не може да бъде намерена; няма такава страница; тази страница не съществува;
        страницата липсва; поисканата страница не може да бъде намерена; поисканата страница не е намерена; исканата страница не е намерена""",
    "sr": """
        објекат није пронађен; страна није пронађена; страница не постоји; страница није пронађена; stranica nije pronađena; stranica ne postoji; nije pronađeno; тражена страница није пронађена;
        страница коју тражите не постоји; stranica koju tražite ne postoji; tražena stranica ne postoji; tražena stranica nije pronađena; није пронађено; ова страница не постоји; страница није нађена;
        stranica nije nađena; strana nije pronađena""",
    "hr": """
        stranica nije pronađena; stranica ne postoji; tražena stranica nije pronađena; stranicu nije moguće pronaći; stranica koju tražite ne postoji; stranica koju tražite nije pronađena;
        tražena stranica ne postoji; nije pronađeno; ova stranica ne postoji; stranica nije dostupna; stranica nije nađena""",
    "sl": """
        strani ni mogoče najti; stran ni najdena; stran ne obstaja; strani ni bilo mogoče najti; stran ni bila najdena; strani ni bilo moč najti; strani ni moč najti; iskana stran ne obstaja;
        iskana stran ni bila najdena; iskane strani ni mogoče najti; iskane strani ni bilo mogoče najti; te strani ni mogoče najti; te strani ni bilo mogoče najti; ta stran ne obstaja;
        ta stran ne obstaja več; stran ne obstaja več; stran, ki jo iščete, ne obstaja; strani, ki jo iščete, ni mogoče najti; zahtevana stran ne obstaja; zahtevana stran ni bila najdena;
        zahtevane strani ni mogoče najti; zahtevane strani ni bilo mogoče najti; ni najdeno; ni bilo najdeno; ne najdemo strani; strani nismo našli; strani ne najdemo; datoteka ni najdena;
        datoteke ni mogoče najti; članek ni najden; članek ne obstaja; stran ni na voljo; stran ni več na voljo; dokument ni najden; predmet ni najden; vsebina ni najdena""",
    "sv": """
        objektet hittas ej; objektet hittades inte; sidan finns inte längre; sidan hittades inte; sidan kunde inte hittas; sidan finns inte; sidan kan inte hittas; sidan du söker finns inte;
        hittades inte; sidan hittas inte; vi hittar inte sidan; sidan du letar efter finns inte; sidan existerar inte; sidan saknas; sidan är borttagen; vi kunde inte hitta sidan;
        vi kan inte hitta sidan; vi kunde tyvärr inte hitta sidan; sidan du sökte hittades inte; sidan du sökte finns inte; sidan du söker kunde inte hittas; sidan du letade efter finns inte;
        den här sidan finns inte; sidan ej funnen; artikeln hittades inte; filen hittades inte; kunde inte den begärda sidan hittas; den begärda sidan kunde inte hittas; den begärda sidan hittades inte;
        den efterfrågade sidan hittades inte""",
    "nb": """
        objektet ble ikke funnet; siden ble ikke funnet; siden finnes ikke; fant ikke siden; ikke funnet; finner ikke siden; vi fant ikke siden; siden eksisterer ikke; siden du leter etter finnes ikke;
        vi finner ikke siden; siden du leter etter eksisterer ikke; siden du leter etter ble ikke funnet; denne siden finnes ikke; denne siden eksisterer ikke; kunne ikke finne siden;
        siden kunne ikke finnes; siden ikke funnet; siden er fjernet; finner ikke siden du leter etter; fant ikke siden du leter etter; siden finnes ikke lenger; artikkelen ble ikke funnet;
        siden du spør etter finnes ikke; den forespurte siden finnes ikke; den forespurte siden ble ikke funnet""",
    "da": """
        siden blev ikke fundet; siden findes ikke; ikke fundet; siden kunne ikke findes; siden kan ikke findes; siden eksisterer ikke; vi kan ikke finde siden; siden du leder efter findes ikke;
        den side du leder efter findes ikke; vi kunne ikke finde siden; vi kan desværre ikke finde siden; denne side findes ikke; siden er ikke fundet; siden findes ikke længere; siden er fjernet;
        artiklen blev ikke fundet; objektet blev ikke fundet; den ønskede side kunne ikke findes; den ønskede side findes ikke; den side, du søger, findes ikke; siden du søger findes ikke""",
    "fi": """
        sivua ei löydy; sivua ei löytynyt; ei löytynyt; hakemaasi sivua ei löytynyt; sivu ei ole olemassa; sivua ei ole; sivua ei ole olemassa; etsimääsi sivua ei löydy; etsimääsi sivua ei ole;
        etsimääsi sivua ei ole olemassa; pyydettyä sivua ei löytynyt; pyydettyä sivua ei löydy; valitettavasti sivua ei löytynyt; sivu puuttuu; sivua ei valitettavasti löytynyt; tätä sivua ei löytynyt;
        tätä sivua ei ole olemassa; tiedostoa ei löytynyt; ei löydy""",
    "et": """
        lehte ei leitud; lehekülge ei leitud; ei leitud; lehte ei leidu; lehte ei ole olemas; otsitud lehte ei leitud; otsitavat lehte ei leitud; sellist lehte ei ole; sellist lehekülge ei ole;
        lehekülge ei eksisteeri; faili ei leitud; soovitud lehte ei leitud; soovitud lehekülge ei leitud; otsitud lehekülge ei leitud""",
    "lv": """
        lapa nav atrasta; lapa netika atrasta; nav atrasts; lapa neeksistē; šāda lapa neeksistē; meklētā lapa nav atrasta; meklētā lapa neeksistē; lapu nevarēja atrast; pieprasītā lapa nav atrasta;
        diemžēl lapa nav atrasta; pieprasītā lapa nav atrodama; lapa nav atrodama""",
    "lt": """
        puslapis nerastas; nerasta; toks puslapis neegzistuoja; puslapis neegzistuoja; ieškomas puslapis nerastas; ieškomas puslapis neegzistuoja; tokio puslapio nėra; puslapio nėra;
        puslapio rasti nepavyko; prašomas puslapis nerastas; atsiprašome, puslapis nerastas; prašytas puslapis nerastas; prašytas puslapis neegzistuoja""",
    "hu": """
        az oldal nem található; oldal nem található; nem található; a keresett oldal nem található; a lap nem található; a keresett oldal nem létezik; az oldal nem létezik; nincs ilyen oldal;
        a kért oldal nem található; a kért oldal nem létezik; hoppá, az oldal nem található; ez az oldal nem található; ez az oldal nem létezik; a fájl nem található; a cikk nem található;
        a megadott oldal nem található""",
    "ro": """
        obiectul nu a fost gasit; obiectul nu a fost găsit; pagina căutată nu există; pagina nu a fost găsită; pagină negăsită; pagina nu există; pagina nu a fost gasita; nu a fost găsit;
        pagina nu poate fi găsită; pagina solicitată nu a fost găsită; pagina solicitată nu există; pagina nu a putut fi găsită; această pagină nu există; pagina căutată nu a fost găsită;
        pagina pe care o căutați nu există; pagina pe care o cauți nu există; pagina nu este disponibilă; articolul nu a fost găsit; pagină inexistentă; nu am găsit pagina solicitată;
        nu am găsit pagina; pagina cerută nu a fost găsită""",
    "el": """
        η σελίδα δεν βρέθηκε; δεν βρέθηκε; η σελίδα δε βρέθηκε; η σελίδα δεν υπάρχει; δεν βρέθηκε η σελίδα; η σελίδα που ζητήσατε δεν βρέθηκε; η σελίδα που ζητήσατε δεν υπάρχει;
        η σελίδα που αναζητάτε δεν βρέθηκε; η σελίδα που αναζητάτε δεν υπάρχει; η σελίδα που ψάχνετε δεν υπάρχει; η σελίδα που ψάχνετε δεν βρέθηκε; σελίδα δεν βρέθηκε; αυτή η σελίδα δεν υπάρχει;
        η σελίδα δεν είναι διαθέσιμη; το άρθρο δεν βρέθηκε; η σελίδα που ζητήθηκε δεν βρέθηκε""",
    "tr": """
        nesne mevcut değil; aradığınız sayfa mevcut değil; sayfa bulunamadı; bulunamadı; aradığınız sayfa bulunamadı; sayfa mevcut değil; böyle bir sayfa yok; sayfa yok; içerik bulunamadı;
        dosya bulunamadı; sayfa bulunamıyor; aradığınız sayfaya ulaşılamadı; aradığınız sayfaya ulaşılamıyor; sayfa silinmiş; bu sayfa mevcut değil; bu sayfa bulunamadı; istenen sayfa bulunamadı;
        istediğiniz sayfa bulunamadı; aradığınız içerik bulunamadı; haber bulunamadı; üzgünüz, aradığınız sayfa bulunamadı""",
    "ca": """
        pàgina no trobada; no s'ha trobat la pàgina; la pàgina no existeix; no s'ha trobat; no s'ha pogut trobar la pàgina; aquesta pàgina no existeix; la pàgina que busqueu no existeix;
        la pàgina que cerqueu no existeix; la pàgina sol·licitada no existeix; la pàgina no s'ha trobat; no hem trobat la pàgina; pàgina inexistent; no s'ha pogut trobar la pàgina sol·licitada;
        no s'ha trobat la pàgina sol·licitada""",
    "gl": """
        páxina non atopada; non se atopou a páxina; páxina non encontrada; a páxina non existe; esta páxina non existe; a páxina que buscas non existe; non se puido atopar a páxina;
        non se atopou a páxina solicitada; a páxina solicitada non existe""",
    "eu": """
        orria ez da aurkitu; ez da orria aurkitu; orria ez da existitzen; ez da aurkitu; orrialdea ez da aurkitu; bilatzen duzun orria ez da existitzen; orri hau ez da existitzen; ez da orririk aurkitu;
        eskatutako orria ezin da aurkitu; eskatutako orria ez da aurkitu""",
    "id": """
        halaman tidak ditemukan; tidak ditemukan; laman tidak ditemukan; halaman tidak tersedia; halaman tidak dapat ditemukan; halaman tidak bisa ditemukan; halaman yang anda cari tidak ditemukan;
        halaman yang anda cari tidak dapat ditemukan; halaman yang anda cari tidak ada; halaman yang anda cari tidak tersedia; halaman yang anda minta tidak ditemukan;
        halaman yang anda tuju tidak ditemukan; halaman yang anda tuju tidak ada; halaman yang dicari tidak ditemukan; halaman yang diminta tidak ditemukan; halaman yang kamu cari tidak ditemukan;
        halaman yang kamu cari tidak ada; halaman ini tidak ada; halaman ini tidak ditemukan; halaman ini tidak tersedia; halaman ini sudah tidak ada; halaman sudah tidak tersedia;
        maaf halaman tidak ditemukan; maaf, halaman yang anda cari tidak ditemukan; maaf halaman yang anda tuju tidak ditemukan; halaman tidak ada; halaman hilang; halaman telah dihapus;
        halaman sudah dihapus; artikel tidak ditemukan; berita tidak ditemukan; konten tidak ditemukan; dokumen tidak ditemukan; berkas tidak ditemukan; file tidak ditemukan; objek tidak ditemukan;
        laman tidak tersedia; laman yang anda cari tidak ditemukan; laman tidak dapat ditemukan; kami tidak dapat menemukan halaman itu; ups halaman tidak ditemukan;
        laman yang anda minta tidak ditemukan""",
    "ms": """
        halaman tidak dijumpai; laman tidak dijumpai; halaman tidak ditemui; tidak dijumpai; halaman yang anda cari tidak dijumpai; halaman tidak wujud; halaman ini tidak wujud; laman tidak ditemui;
        halaman yang diminta tidak dijumpai; kandungan tidak dijumpai; laman yang diminta tidak dijumpai; halaman yang diminta tidak ditemui""",
    "vi": """
        không tìm thấy trang; trang không tồn tại; không tìm thấy; trang không tìm thấy; trang bạn tìm không tồn tại; trang bạn tìm kiếm không tồn tại; trang bạn đang tìm không tồn tại;
        trang bạn yêu cầu không tồn tại; trang bạn yêu cầu không tìm thấy; trang này không tồn tại; không tìm thấy trang này; không tìm thấy trang bạn yêu cầu; không tìm thấy nội dung;
        không tìm thấy bài viết; bài viết không tồn tại; trang không có sẵn; rất tiếc, trang bạn tìm không tồn tại; không tìm thấy trang nào; không thể tìm thấy trang được yêu cầu;
        không thể tìm thấy trang; trang được yêu cầu không tồn tại; không tìm thấy trang được yêu cầu""",
    "is": """
        síðan fannst ekki; síða fannst ekki; síðan finnst ekki; síða finnst ekki; síðan er ekki til; síðan sem þú leitar að er ekki til; síðan sem þú leitaðir að fannst ekki; fannst ekki;
        umbeðin síða fannst ekki; fannst umbeðin síða ekki""",
    "ja": """
        404 エラー; エラー404; ページが見つかりません; ページが見つかりませんでした; お探しのページは見つかりませんでした; お探しのページが見つかりません; お探しのページは見つかりません;
        お探しのページが見つかりませんでした; 指定されたページが見つかりません; ページが存在しません; ページは存在しません; 見つかりませんでした; 指定されたページは見つかりませんでした;
        お探しのページは存在しません; 該当するページが見つかりません; ページがありません; ページは見つかりません; ページは見つかりませんでした; ページが見つからない; お探しのページはありません;
        このページは存在しません; このページは見つかりません; このページは見つかりませんでした; 該当ページが見つかりません; 該当するページは見つかりませんでした; 該当するページがありません;
        アクセスしたページは見つかりません; アクセスしようとしたページは見つかりませんでした; アクセスいただいたページは見つかりませんでした; アクセスされたページは見つかりませんでした;
        ファイルが見つかりません; 記事が見つかりません; 記事が見つかりませんでした; このページは削除されました; ページが削除されました; ご指定のページが見つかりません;
        ご指定のページは見つかりませんでした; ご指定のページは存在しません; ご指定のページはありません; 指定されたページは存在しません; 指定のページが見つかりません;
        リクエストされたページは見つかりませんでした; お探しの記事は見つかりませんでした; お探しのページは移動または削除されました""",
    "zh": """
        找不到对象; 找不到物件; 页面走丢了; 页面无法访问; 該頁面無法訪問; 頁面無法訪問; 无法访问该页面; 無法存取此頁面; 页面走丢啦; 您访问的页面走丢了; 您請求的頁面不存在; 页面不存在; 页面未找到; 找不到页面; 未找到页面; 您访问的页面不存在; 找不到该页面; 无法找到该页;
        无法找到页面; 找不到网页; 页面找不到了; 您要访问的页面不存在; 页面没有找到; 网页不存在; 内容不存在; 頁面不存在; 找不到頁面; 找不到網頁; 找不到此頁面; 找不到該頁面; 頁面未找到;
        您要找的頁面不存在; 文章不存在; 无法找到资源; 您访问的页面找不到了; 该页面不存在; 该内容已被发布者删除; 页面不见了; 页面不見了; 页面丢失了; 页面飞走了; 页面走失了; 页面迷路了;
        页面去火星了; 你访问的页面不存在; 你要找的页面不存在; 你要访问的页面不存在; 你要找的页面不见了; 你访问的页面走丢了; 您查找的页面不存在; 您要找的页面不存在; 您要查看的页面不存在;
        您要找的页面不见了; 您访问的页面不见了; 您访问的页面已被删除; 您访问的页面离家出走了; 您访问的网页不存在; 您浏览的页面不存在; 您所访问的页面不存在; 您请求的页面不存在; 您请求的页面未找到;
        请求的页面不存在; 访问的页面不存在; 页面已删除; 页面已被删除; 该页面已被删除; 该页面已删除; 此页面不存在; 这个页面不存在; 没有找到页面; 没找到页面; 没有找到该页面;
        没有找到您要访问的页面; 没有找到您要的页面; 找不到您要的页面; 找不到您访问的页面; 找不到您要访问的页面; 找不到你要的页面; 未找到该页面; 未找到您访问的页面; 未找到网页; 网页走丢了;
        网页不见了; 网页找不到了; 文章已删除; 文章已被删除; 该文章不存在; 该内容不存在; 内容已删除; 内容已被删除; 内容走丢了; 资源不存在; 文件不存在; 文件未找到; 页面出走了;
        页面被外星人带走了; 页面消失了; 页面失踪了; 无此页面; 没有这个页面; 页面跑丢了; 您要找的页面走丢了; 你要找的页面走丢了; 頁面不見了; 頁面走丟了; 頁面迷路了; 頁面跑掉了; 頁面消失了;
        網頁不見了; 網頁走丟了; 網頁不存在; 網頁已不存在; 網頁已經不存在; 您要找的網頁不存在; 您要找的頁面不見了; 您要找的網頁不見了; 您所找的頁面不存在; 您所瀏覽的頁面不存在; 您瀏覽的頁面不存在;
        您所訪問的頁面不存在; 您訪問的頁面不存在; 您所請求的頁面不存在; 你要找的頁面不存在; 你要找的頁面不見了; 你要找的網頁不存在; 找不到您要的頁面; 找不到您要的網頁; 找不到您要找的頁面;
        找不到您要找的網頁; 找不到您要瀏覽的網頁; 找不到您要瀏覽的頁面; 找不到你要的頁面; 找不到你要找的頁面; 找不到這個頁面; 找不到這個網頁; 找不到這一頁; 找不到此網頁; 找不到該網頁;
        找不到指定的頁面; 找不到檔案; 查無此頁; 查無此頁面; 查無此網頁; 頁面已移除; 頁面已被移除; 頁面已刪除; 此頁面不存在; 此頁面已不存在; 該頁面不存在; 這個頁面不存在; 這個頁面不見了;
        這個網頁不存在; 這個網頁不見了; 這一頁不存在; 這一頁不見了; 無此頁面; 無此網頁; 沒有這個頁面; 沒有這個網頁; 沒有這一頁; 沒有找到頁面; 沒有找到此頁面; 文章已被刪除; 該文章已被刪除;
        文章不存在或已被刪除; 您要的頁面不在這裡; 這裡什麼都沒有; 這裡沒有東西; 網頁無法找到; 頁面無法找到; 无法找到网页; 無法找到頁面; 無法找到網頁; 此頁無法找到; 頁面離家出走了;
        頁面好像不見了; 頁面似乎不存在; 頁面去旅行了; 请求页面不存在; 請求頁面不存在; 请求的页面未找到; 請求的頁面不存在; 您請求的網頁不存在""",
    "ko": """
        객체 없음; 페이지 없음; 페이지를 찾을 수 없습니다; 요청하신 페이지를 찾을 수 없습니다; 존재하지 않는 페이지입니다; 찾을 수 없습니다; 페이지를 찾을 수 없음;
        페이지가 존재하지 않습니다; 찾을 수 없는 페이지입니다; 페이지를 찾을 수 없어요; 페이지를 찾지 못했습니다; 요청하신 페이지가 존재하지 않습니다; 요청하신 페이지가 없습니다;
        요청한 페이지를 찾을 수 없습니다; 원하시는 페이지를 찾을 수 없습니다; 찾으시는 페이지가 없습니다; 찾으시는 페이지를 찾을 수 없습니다; 존재하지 않는 페이지; 없는 페이지입니다;
        삭제된 페이지입니다; 페이지가 없습니다; 페이지가 삭제되었습니다; 이 페이지를 찾을 수 없습니다; 이 페이지는 존재하지 않습니다; 존재하지 않는 게시물입니다; 삭제된 게시물입니다;
        존재하지 않는 글입니다; 삭제된 글입니다; 파일을 찾을 수 없습니다; 문서를 찾을 수 없습니다""",
    "ar": """
        الصفحة غير موجودة; لم يتم العثور على الصفحة; هذه الصفحة غير موجودة; غير موجود; صفحة غير موجودة; الصفحة المطلوبة غير موجودة; عذرا الصفحة غير موجودة; الصفحة التي تبحث عنها غير موجودة;
        الصفحة المطلوبة غير متوفرة; الصفحة غير متاحة; الصفحة غير متوفرة; هذه الصفحة غير متوفرة; هذه الصفحة غير متاحة; لا يمكن العثور على الصفحة; لم نتمكن من العثور على الصفحة; لم نعثر على الصفحة;
        تعذر العثور على الصفحة; تعذر العثور على هذه الصفحة; هذه الصفحة لم تعد متوفرة; الصفحة التي تبحث عنها غير متوفرة; الصفحة التي طلبتها غير موجودة; الصفحة لا توجد; لا توجد صفحة; الملف غير موجود;
        المقال غير موجود; المحتوى غير موجود; المحتوى غير متوفر; تعذر العثور على الصفحة المطلوبة; لم نعثر على الصفحة المطلوبة; لم يتم العثور على الصفحة المطلوبة; لم نتمكن من العثور على الصفحة المطلوبة;
        لا يمكن العثور على الصفحة المطلوبة""",
    "fa": """
        صفحه یافت نشد; صفحه مورد نظر یافت نشد; یافت نشد; صفحه پیدا نشد; صفحه مورد نظر پیدا نشد; صفحه‌ای یافت نشد; صفحه ای یافت نشد; این صفحه وجود ندارد; صفحه وجود ندارد; صفحه مورد نظر وجود ندارد;
        صفحه مورد نظر شما یافت نشد; صفحه مورد نظر شما پیدا نشد; صفحه مورد نظر شما وجود ندارد; متاسفانه صفحه مورد نظر یافت نشد; متاسفانه صفحه مورد نظر شما یافت نشد; صفحه درخواستی یافت نشد;
        صفحه درخواستی شما یافت نشد; صفحه درخواستی وجود ندارد; صفحه درخواست شده یافت نشد; صفحه‌ی مورد نظر یافت نشد; این صفحه یافت نشد; این صفحه پیدا نشد; مطلب مورد نظر یافت نشد; پیدا نشد;
        صفحه در دسترس نیست; صفحه مورد نظر در دسترس نیست; چنین صفحه‌ای وجود ندارد; صفحه‌ای که به دنبال آن هستید یافت نشد; صفحه‌ای که دنبال آن هستید وجود ندارد; نوشته یافت نشد; محتوا یافت نشد;
        فایل یافت نشد; صفحه حذف شده است; صفحه مورد تقاضا یافت نشد; صفحه مورد درخواست یافت نشد""",
    "he": """
        הדף לא נמצא; העמוד לא נמצא; דף לא נמצא; לא נמצא; העמוד שחיפשת לא נמצא; הדף המבוקש לא נמצא; העמוד המבוקש לא נמצא; הדף אינו קיים; העמוד אינו קיים; הדף לא קיים; העמוד לא קיים; הדף שחיפשת לא נמצא;
        הדף שחיפשתם לא נמצא; העמוד שחיפשתם לא נמצא; הדף המבוקש אינו קיים; העמוד המבוקש אינו קיים; עמוד לא נמצא; לא מצאנו את העמוד; לא מצאנו את הדף; הקובץ לא נמצא; דף לא קיים; עמוד לא קיים;
        הדף המבוקש לא קיים""",
    "hi": """
        पृष्ठ नहीं मिला; पेज नहीं मिला; पृष्ठ मौजूद नहीं है; पेज मौजूद नहीं है; पेज उपलब्ध नहीं है; पृष्ठ उपलब्ध नहीं है; यह पृष्ठ मौजूद नहीं है; यह पेज मौजूद नहीं है; पृष्ठ नहीं मिल सका;
        पेज नहीं मिल सका; पृष्ठ लापता; अनुरोधित पृष्ठ नहीं मिला; अनुरोधित पृष्ठ नहीं मिल सका""",
    "bn": """
        পৃষ্ঠাটি পাওয়া যায়নি; পৃষ্ঠা পাওয়া যায়নি; পাতা পাওয়া যায়নি; পাতাটি পাওয়া যায়নি; পেজ পাওয়া যায়নি; পেজটি পাওয়া যায়নি; পৃষ্ঠাটি খুঁজে পাওয়া যায়নি; পৃষ্ঠাটি নেই;
        অনুরোধকৃত পাতা খুঁজে পাওয়া যায়নি; অনুরোধ করা পৃষ্ঠাটি পাওয়া যায়নি""",
    "th": """
        ไม่พบหน้าที่คุณต้องการ; ไม่พบหน้า; ไม่พบหน้าเว็บ; ไม่พบหน้านี้; ไม่พบหน้าที่ต้องการ; ไม่พบหน้าที่คุณค้นหา; ไม่พบหน้าที่ท่านต้องการ; ไม่พบหน้าเว็บที่คุณต้องการ; ไม่พบหน้าเว็บที่คุณค้นหา;
        ไม่พบหน้าเพจ; ไม่พบเพจ; ไม่มีหน้านี้; ไม่มีหน้าเว็บนี้; ขออภัย ไม่พบหน้านี้; ขออภัย ไม่พบหน้าที่คุณต้องการ; หน้านี้ไม่มีอยู่; ไม่พบบทความ; ไม่พบไฟล์""",
    "af": """
        bladsy nie gevind nie; bladsy nie gevind; die bladsy kon nie gevind word nie; die bladsy is nie gevind nie; bladsy bestaan nie; die bladsy bestaan nie;
        die aangevraagde bladsy kon nie gevind word nie; die bladsy wat jy soek bestaan nie""",
    "am": """
        ገጹ አልተገኘም; ገጽ አልተገኘም; ድህረ-ገጹ የለም; የፈለጉት ድህረ-ገጽ የለም; የፈለጉት ገጽ የለም""",
    "ast": """
        páxina nun atopada; nun s'atopó la páxina; nun s'alcontró la páxina; nun s'alcuentra la páxina solicitada""",
    "az": """
        səhifə tapılmadı; tapılmadı; belə bir səhifə yoxdur; belə səhifə yoxdur; səhifə mövcud deyil; axtardığınız səhifə tapılmadı; axtardığınız səhifə mövcud deyil; sorğulanan səhifə tapılmadı;
        istənilən səhifə tapılmadı""",
    "be": """
        старонка не знойдзена; старонка не існуе; старонку не знайшлі; не знойдзена; не знойдзены; такой старонкі няма; такой старонкі не існуе; бачыну не знайшлі; запытаную бачыну немагчыма знайсьці;
        запытаную старонку не знойдзена; запытаную старонку немагчыма знайсці""",
    "bs": """
        stranica koju tražite ne postoji; stranica nije nađena; tražena stranica nije pronađena""",
    "cy": """
        tudalen heb ei chanfod; heb ddod o hyd i'r dudalen; ni ddaethpwyd o hyd i'r dudalen; ni chanfuwyd y dudalen; ni ellir dod o hyd i'r dudalen; methu dod o hyd i'r dudalen; heb ganfod y dudalen; nid yw'r dudalen yn bodoli; heb ei ganfod;
        ni ddarganfyddwyd y dudalen; ni ddarganfuwyd y dudalen""",
    "eo": """
        paĝo ne trovita; la paĝo ne estis trovita; la paĝo ne estas trovita; paĝo ne trovebla; ne trovita; la paĝo ne troveblas; la paĝo ne ekzistas; tiu paĝo ne ekzistas; ĉi tiu paĝo ne ekzistas;
        paĝo ne ekzistas; ni ne trovis la paĝon; ne eblas trovi la paĝon; ne eblis trovi la paĝon; la petita paĝo ne estis trovita; la petita paĝo ne ekzistas; la serĉata paĝo ne ekzistas;
        la serĉata paĝo ne estis trovita; la paĝo kiun vi serĉas ne ekzistas; dosiero ne trovita; artikolo ne trovita; objekto ne trovita""",
    "fil": """
        hindi nahanap ang pahina; hindi natagpuan ang pahina; hindi makita ang pahina; hindi mahanap ang pahina; hindi matagpuan ang pahina; hindi nahanap ang page; hindi natagpuan ang page;
        hindi makita ang page; hindi mahanap ang page; ang pahina ay hindi nahanap; ang pahina ay hindi natagpuan; ang pahina ay hindi makita; ang pahinang ito ay hindi nahanap;
        ang pahinang hinahanap mo ay hindi nahanap; ang pahinang hinahanap mo ay hindi natagpuan; ang pahinang hinahanap mo ay wala; hindi namin mahanap ang pahina; hindi namin mahanap ang page;
        hindi namin makita ang pahina; walang nahanap na pahina; walang natagpuang pahina; hindi umiiral ang pahina; hindi umiiral ang pahinang ito; wala ang pahinang ito; walang ganitong pahina;
        wala na ang pahinang ito; hindi nahanap; hindi natagpuan; hindi available ang pahinang ito; hindi available ang page na ito; hindi nakita ang pahina""",
    "fo": """
        síðan varð ikki funnin; síðan finst ikki; síða ikki funnin""",
    "ga": """
        leathanach gan aimsiú; níor aimsíodh an leathanach; ní bhfuarthas an leathanach; níl an leathanach ann; gan aimsiú; níorbh fhéidir an leathanach iarrtha a aimsiú;
        níor aimsíodh an leathanach iarrtha""",
    "gu": """
        પૃષ્ઠ મળ્યું નથી; પેજ મળ્યું નથી; પાનું મળ્યું નથી""",
    "hy": """
        էջը չի գտնվել; էջը չգտնվեց; էջը գոյություն չունի; էջ չի գտնվել; էջը գտնված չէ; հարցվող էջը գտնված չէ""",
    "jv": """
        kaca ora ditemokake""",
    "ka": """
        გვერდი ვერ მოიძებნა; გვერდი არ მოიძებნა; გვერდი არ არსებობს; ვერ მოიძებნა; ასეთი გვერდი არ არსებობს""",
    "kk": """
        бет табылмады; парақ табылмады; бет жоқ; мұндай бет жоқ; сұралған бет табылмады; сіздің сұраған бетіңіз табылмады; сұраған бет табылмады""",
    "km": """
        រកមិនឃើញទំព័រ; រកទំព័រមិនឃើញ; មិនមានទំព័រ; ទំព័រដែលលោកអ្នកចង់រកនេះពុំមាន""",
    "kn": """
        ಪುಟ ಕಂಡುಬಂದಿಲ್ಲ; ಪುಟ ಸಿಗಲಿಲ್ಲ; ನೀವು ಕೇಳಿದ ಪುಟ ಸಿಗಲಿಲ್ಲ""",
    "ky": """
        барак табылган жок; барак табылбады; бет табылган жок; сиз сураган барак табылбады""",
    "la": """
        pagina non inventa; pagina non est inventa""",
    "lb": """
        säit net fonnt; d'säit gouf net fonnt""",
    "lo": """
        ບໍ່ພົບໜ້າ; ບໍ່ພົບໜ້ານີ້""",
    "mk": """
        страницата не е пронајдена; страницата не е најдена; страницата не постои; не е пронајдено; страницата не може да се пронајде; оваа страница не постои; бараната страница не постои;
        страница која ја побаравте не е пронајдена; страницата која ја побаравте не е пронајдена; страницата што ја барате не постои""",
    "ml": """
        പേജ് കണ്ടെത്തിയില്ല; താൾ കണ്ടെത്താനായില്ല; പേജ് കണ്ടെത്താനായില്ല; ആവശ്യപ്പെട്ട പേജ് കണ്ടെത്താന് കഴിഞ്ഞില്ല; ആവശ്യപ്പെട്ട പേജ് കണ്ടെത്താനായില്ല""",
    "mn": """
        хуудас олдсонгүй; таны хайсан хуудас олдсонгүй; ийм хуудас байхгүй; хүссэн хуудас олдсонгүй""",
    "mr": """
        पृष्ठ सापडले नाही; पान सापडले नाही; पृष्ठ आढळले नाही; पेज सापडले नाही; पान मिळाले नाही; विनंती केलेले पान मिळाले नाही; विनंती केलेले पान सापडले नाही""",
    "mt": """
        il-paġna ma nstabitx; paġna ma nstabitx; il-paġna ma teżistix""",
    "my": """
        စာမျက်နှာ မတွေ့ပါ; စာမျက်နှာကို ရှာမတွေ့ပါ""",
    "ne": """
        पृष्ठ फेला परेन; पेज फेला परेन; पृष्ठ भेटिएन; अनुरोध गरिएको पृष्ठ फेला पार्न सकिएन; अनुरोध गरिएको पृष्ठ फेला परेन""",
    "nn": """
        sida vart ikkje funnen; sida blei ikkje funnen; fann ikkje sida; finn ikkje sida; sida finst ikkje; ikkje funne; sida eksisterer ikkje; sida du spør etter finst ikkje""",
    "oc": """
        pagina pas trobada; pagina introbabla""",
    "pa": """
        ਪੰਨਾ ਨਹੀਂ ਮਿਲਿਆ; ਸਫ਼ਾ ਨਹੀਂ ਮਿਲਿਆ; ਸਫ਼ਾ ਨਹੀਂ ਲੱਭਿਆ""",
    "si": """
        පිටුව හමු නොවීය; පිටුව හමු නොවුණි; පිටුව සොයාගත නොහැක""",
    "sq": """
        faqja nuk u gjet; faqja nuk u gjend; faqja nuk ekziston; nuk u gjet; kjo faqe nuk ekziston; faqja që kërkoni nuk ekziston; faqja që po kërkoni nuk u gjet; s'u gjet faqe; s'u gjet;
        faqja e kërkuar s'u gjet; faqja e kërkuar nuk u gjet; faqja e kërkuar s'u gjet dot""",
    "sw": """
        ukurasa haukupatikana; ukurasa haujapatikana; ukurasa haupatikani; ukurasa haupo; ukurasa uliotafutwa haukupatikana; ukurasa unaotafuta haupo""",
    "ta": """
        பக்கம் கிடைக்கவில்லை; பக்கம் காணப்படவில்லை; பக்கம் இல்லை; பக்கத்தைக் காணவில்லை; நீங்கள் விரும்பிய பக்கத்தை காண இயலவில்லை; நீங்கள் தேடும் பக்கம் கிடைக்கவில்லை""",
    "te": """
        పేజీ కనబడలేదు; పేజీ కనుగొనబడలేదు; పేజీ దొరకలేదు; పుట దొరకలేదు; మీరు కోరిన పుట దొరకలేదు""",
    "tg": """
        саҳифа ёфт нашуд""",
    "ur": """
        صفحہ نہیں ملا; صفحہ نہیں مل سکا; صفحہ موجود نہیں; صفحہ موجود نہیں ہے; صفحہ دستیاب نہیں ہے; یہ صفحہ موجود نہیں ہے; صفحہ نھیں ملا; مطلوبہ صفحہ نہیں مل سکا; مطلوبہ صفحہ نھیں مل سکا;
        مطلوبہ صفحہ نہیں ملا""",
    "uz": """
        sahifa topilmadi; саҳифа топилмади; bunday sahifa mavjud emas; sahifa mavjud emas; topilmadi""",
    "yi": """
        בלאט נישט געפונען""",
    "br": """
        n'eo ket bet kavet ar bajenn; pajenn n'eo ket bet kavet""",
    "ckb": """
        پەڕە نەدۆزرایەوە; پەڕەی داواکراو نەدۆزرایەوە; ناتوانرێت پەڕەی داواکراو بدۆزرێتەوە""",
    "dsb": """
        bok njejo se namakał; pominany bok njedajo se namakaś""",
    "hsb": """
        strona njeje so namakała; požadana strona njeda so namakać""",
    "gd": """
        cha deach an duilleag a lorg; cha do lorg sinn an duilleag""",
    "ia": """
        pagina non trovate; le pagina requestate non poteva esser trovate""",
    "io": """
        la pagino ne renkontresis; la demandita pagino ne renkontresis""",
    "os": """
        фарс нӕ зыны; домд фарс нӕ зыны""",
    "tt": """
        сәхифә табылмаган; сәхифә табылмады; соралган сәхифә табылмады""",
    "ug": """
        بەت تېپىلمىدى; تەلەپ قىلىنغان بەت تېپىلمىدى; تەلەب قىلىنغان بەت تېپىلمىدى""",
}
