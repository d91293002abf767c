"""Names of citation templates and their parameters in the larger Wikipedias.

Keys are written as `folded` makes them: lower case, without blanks, hyphens and underscores.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from monitor.patterns import lazy

_FOLD = lazy(r"[\s_\-‐–]+")


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """Return a template's or parameter's name without case, blanks and hyphens."""
    return _FOLD.sub("", name.strip().lower())


_ROLES = """
url: url lireenligne urltexte online onlineurl
    présentationenligne link адресресурса ссылка посилання ссылкачерез osoite адреса hyperlink lien
    liên resource уебадрес
    weblink adres internetadresse nettadresse مسار نشانی כתובת pfad titleurl articleurl
chapter_url: chapterurl contributionurl sectionurl entryurl urlchapter urlchapitre urlkapitel
    urlcapitulo layurl transcripturl conferenceurl mapurl
archive: archiveurl archivurl archiveadresse urlarchivio urlarchivo archivourl arquivourl urlarquivo
    archiwum архів архивurl архівurl архивссылка urlarchivu urlarchívu archiefurl arkivurl arkisto
    arşivurl archívurl arxiuurl urlarxiu arhivaurl arhivăurl arhivurl arkistourl urlarchiviu urllưutrữ
    مسارأرشيف نشانیبایگانی نشانیآرشیو 아카이브url 보존url 存档网址 存檔網址 アーカイブurl
    urlarsip
archived_on: archivedate fechaarchivo dataarchivio arquivodata dataarquivo archiefdatum arkivdatum arkivdato
    arşivtarihi archivdatum datumarchivace dátumarchivácie datearchive датаархивации дата_архивації
accessed: accessdate access accessed retrieved zugriff abruf abrufdatum zugriffsdatum consultéle
    consultele consulté consultéele accèsle dateconsultation dateaccès fechaacceso fechadeacceso
    consultado fechaconsulta consultadoel accesso dataaccesso dataconsultazione acessodata dataacesso
    datadeacesso acessadoem acessoem acesso accessodata bezochtdatum bezocht datumbezocht geraadpleegd
    datadostępu dostęp дата_обращения датаобращения датадоступа датадоступу датазвернення переглянуто
    проверено датумприступа датумнаприступ достъпнона достъп datumpřístupu datumprístupu dátumprístupu
    přístup hämtdatum läst hämtad åtkomstdatum besøksdato lesedato hentet lest besøgsdato hentdato
    viitattu luettu tarkistettu erişimtarihi erişim elérés hozzáférés dataaccesării accesatla accesat
    consulta dataaccés dataaccessada ημερομηνίαπρόσβασης ημανάκτησης تاريخالوصول تاریخبازبینی بازبینی
    תאריךגישה תאריךלגישה 確認日 閲覧日 アクセス日 参照日 访问日期 訪問日期 查閱日期 查阅日期 确认日期
    존재확인 확인날짜 확인일 확인일자 접근날짜 ngàytruycập truycậpngày tanggalakses diakses datapristupa
    datumpristupa pristup pristupljeno žiūrėta vaadatud kasutatud skatīts preuzeto dostop datumdostopa
    pristupano accd alirdato sartzedata dataacceso fechaaccesu consultatlo vitja процитовано достъпдата
    istifadətarixi תאריךוידוא
title: title titel titre título titulo titolo títol tytuł заглавие название заголовок назва titulek
    název názov naslov naslovljen otsikko nimeke タイトル 题名 标题 標題 başlık cím titlu τίτλος عنوان
    titul כותרת 제목 tiêuđề judul pavadinimas pealkiri nosaukums tittel наслов tit títulu
    izenburua başlıq titill загаловак titull titel1 titolo1 artikel
script_title: scripttitle titreoriginal originaltitle títulooriginal transtitle titretraduit titulotrad
    оригинал
chapter: chapter kapitel chapitre capítulo capitulo capitolo entry contribution section artikeltitel
    rozdział kapitola hoofdstuk article
quote: quote zitat citation extrait cita citazione citação citacao cytat цитата citaat citat sitat
    citace citácia 引用 引文 alıntı lainaus idézet παράθεμα اقتباس ציטוט trecho
published: date datum fecha data дата dato päiväys ajankohta tarih dátum dată 日期 年月日 التاريخ תאריך
    날짜 ngày year année annee año ano anno rok jahr jaar år vuosi 年 год рік yıl publicationdate
    datadipubblicazione annoed
stamp: wayb wayback
status: urlstatus deadurl deadlink urlmorta urlmorto urlviva offline statusurl dodeurl urlнедоступна
    мертвыйссылка urldead brisé kırıkurl ölüurl deadlinkno arkivurlstatus urlstato mrtvýodkaz
day_month: accessdaymonth accessmonthday accessmonth acessadodiamês zugriffmonat mánuðurskoðað
year: accessyear zugriffjahr consultéannée árskoðað
author: author last authors editor last1 author1 auteur auteur1 nom nom1 autor autor1 apellido apellidos
    apellidos1 apellido1 autore autore1 cognome cognome1 último ultimo último1 ultimo1 autores автор
    автор1 прізвище прізвище1 фамилия nachname příjmení příjmení1 priezvisko priezvisko1 nazwisko
    nazwisko1 efternamn efternamn1 författare forfatter etternavn efternavn tekijä 著者 作者 yazar
    soyadı szerző nume مؤلف المؤلف achternaam 姓 저자 tácgiả autoren tekijä1 autorinst
    auteurinstitutionnel
first: first first1 prénom prénom1 nombre nombre1 nome nome1 primeiro primeiro1 vorname jméno jméno1
    meno meno1 imię imię1 förnamn fornavn voornaam имя ім'я 名
work: work website newspaper journal magazine periodical encyclopedia series werk sammelwerk zeitung
    zeitschrift site siteweb périodique revue journal1 sitioweb obra periódico periodico publicación
    sito opera rivista jornal czasopismo praca opublikowany сайт издание журнал газета видання сайт1 web
    dílo periodikum časopis tidskrift tidning verk verk1 avis tidsskrift julkaisu sivusto 作品
    ウェブサイト 新聞 网站 報紙 çalışma gazete websayfası kiadvány lucrare ziar eser 웹사이트 trangweb
    situsweb titolorivista mediji verk2 wydawnictwo1 editie
publisher: publisher agency institution via hrsg herausgeber verlag éditeur editeur editorial editor1
    editore editora publicado editor2 wydawca издательство издатель видавництво видавець vydavatel
    vydavateľ utgivare utgiver forlag udgiver uitgever uitgeverij julkaisija 出版社 出版者 發行者
    yayıncı kiadó editură ناشر הוצאה 출판사 nhàxuấtbản penerbit editeur1 organisation
"""
ROLE: Mapping[str, str] = {
    folded(word): line.split(":")[0]
    for line in _ROLES.replace("\n    ", " ").strip().splitlines()
    for word in line.partition(":")[2].split()
}
"""The role of each parameter: url, archive, accessed, title …; a later role wins a shared name."""

CITE = lazy(
    r"(?:cit(?:e|ation|ing|ar|a|era|at|er|eer|uj|ace|ácia|ace(?:elektronick\w+)?|ujweb|azione|ewiki\w*)(?:\w*)|internetquelle|literatur|lienweb|lienbrisé|lienarchive|article|ouvrage|chapitre|"
    r"webbref|bokref|tidningsref|tidskriftsref|webref|citweb|citácia\w*|citaceweb|citaceelektronick\w+|verkkoviite|lehtiviite|kirjaviite|internetquelle\d|"
    r"kilde(?:www|bog|artikel|avis)?|kildewww|webhivatkozás|cytuj\w*|cytat(?:pismo|książka)|статья|книга|публикация|новость|вебсайт|webcite|webkaynağı|webkaynagi|vebkaynağı|erreferentzia|citaĵo\w*|kjelde\w*|vefheimild|спасылка|kaynak\w*|haberkaynağı|"
    r"citeweb|цитат\w*|цитувати\w*|cite\w+|ref(?:web|llibre|publicació|notícia)|cite新闻|"
    r"استشهاد\w*|مرجعويب|یادکرد\w*|یادکردوب|צ-\w+|קישורכללי|웹인용|뉴스인용|서적인용|저널인용|chúthích\w*|citaat(?:web|boek|nieuws)|"
    r"navedisplet|navedi\w*|navajanje|cita\w+|web動画|webアーカイブ|cite動画|lietuvosraštas|viide\w*|netiviide|tīmekļaatsauce|internetoviite|наведи\w*|цитирай\w*|цитиране\w*|harvrefcol|verkkoviite\w*)"
)
NOT_CITE = lazy(
    r"(?:info?box\w*|taxobox\w*|ficha\w*|карточка\w*|картка\w*|официальныйсайт|official\w*|officiële\w*|siteofficiel|webarchiv\w*|wayback\w*|citationneeded\w*|citation(?:needed|style)|cn|fact|refn|efn|main|"
    r"imdb\w*|commons\w*|coord\w*|citationbleue|référencenécessaire|citedby|citepmid|citationbloc|citatblok|citat|citát|quote|cquote|citaconi|zitat|citaçãonecessária|cita|citation)"
)
DEAD = lazy(
    r"deadlink\w*|linkrot|toterlink|lienmort|lienbrisé|enlaceroto|linkquebrado|ligaçãoinativa|ligaçãointerrompida|collegamentointerrotto|мёртваяссылка|недоступнаяссылка|недоступнепосилання|битаяссылка|リンク切れ|死链接|失效链接|失效連結|"
    r"dodelink|martwylink|nedostupnýzdroj|nedostupnýodkaz|ölübağlantı|kırıkbağlantı|dødlenke|dødtlink|dödlänk|kuollutlinkki|mrtvýodkaz|permanentdeadlink|halottlink|enllaçnoactiu|legăturămoartă|깨진링크|liênkếthỏng|brokenlink"
)
ARCHIVED = lazy(
    r"webarchive?\w*|wayback\w*|webarkiv\w*|webarchief\w*|вебархив\w*|webcitearchive|archiveis|archivetoday|lienarchive|アーカイブ\w*|arxiuweb|ウェブアーカイブ"
)
REF_LIKE = lazy(r"#tag:ref|refn|efn(?:ua|la|lr|lg|ur)?|anmerkung|note|nb|#тег:ref|ref\+|příznak|footnote")
PLAIN = lazy(
    r"lang\w*|nowrap|nobr|small(?:er)?|smallcaps?|transl\w*|abbr|tooltip|s|langue|lien|link|idioma|taal|lang|sc|bdi|rtl\w*|ipa|angle|angl|curlie|nihongo|ill|interlanguagelink|trim|script"
)
OUTSIDE = lazy(
    r"externallinks?|weblinks?|links?|liens?externes?|enlacesexternos|vínculosexternos|(?:ligações|links|ligazóns)extern[ao]s|collegamentiesterni|externelinks?|linkizewnętrzne|externíodkazy|externéodkazy|"
    r"внешниессылки|ссылки|зовнішніпосилання|посилання|външнипрепратки|спољашњевезе|dışbağlantılar|externalänkar|eksternelenker|eksternehenvisninger|aiheestamuualla|külsőhivatkozások|legăturiexterne|εξωτερικοίσύνδεσμοι|"
    r"enllaçosexterns|외부링크|外部リンク|外部链接|外部連結|liênkếtngoài|pranalaluar|وصلاتخارجية|پیوندبهبیرون|קישוריםחיצוניים"
)
"""Headings, folded, under which a page lists further reading, not its sources."""
YES = lazy(
    r"\s*(?:dead|unfit|usurped|bot:?\s*unknown|yes|y|true|ja|j|oui|o|sí|si|s|sim|sì|tak|t|да|так|ano|evet|igen|kyllä|dode|tot|1|deviated|no\s*disponible|muerto|morta|morto|мертв\w*)\s*",
    re.IGNORECASE,
)
