# ruff: noqa: E501 - one language, one line
"""The standing words of reference lists: headings, "Available from", media markers, link labels.

Regular expression fragments in lower case, matched without regard to it.
"""

import re
from functools import lru_cache

from monitor.extract.words.caseless import Caseless

_HEADINGS = r"""
(?:(?:primary|main|key|selected|other|additional|further)\ )?reference(?:s|\(s\))?|works?\ cited|works\ consulted|(?:(?:annotated|selected|working|partial|select)\ )?bibliograph(?:y|ies|ie|ía|ia)|biblography|(?:(?:primary|secondary|tertiary|data|image|photo|media|external|additional|other|key|main|our|my|information)\ )?sources?|(?:images?|photo(?:graph)?s?|pictures?|icons?|media)\ (?:credits?|attributions?)|citations|cited\ (?:works|sources|literature)|literature(?:\ cited)?
|(?:foot|end)?notes(?:\ and\ references)?|reference\ list|list\ of\ (?:references|sources)|(?:web|online|internet)\ (?:references|sources|resources)|webography|webliography
|quellen(?:verzeichnis|angaben|nachweise?)?|literatur(?:verzeichnis|angaben|hinweise|liste)?|einzelnachweise|(?:online|internet|web)[- ]?quellen|verwendete\ (?:quellen|literatur)|fußnoten|belege
|r[ée]f[ée]rences(?:\ bibliographiques|\ et\ notes)?|(?:nos\ |mes\ )?sources(?:\ (?:web|consult[ée]es))?|notes\ et\ r[ée]f[ée]rences|webographie|sitographie
|referencias(?:\ bibliogr[áa]ficas)?|fuentes(?:\ (?:consultadas|de\ informaci[óo]n))?|bibliograf[íi]a(?:\ consultada)?|notas(?:\ y\ referencias)?|webgraf[íi]a
|refer[êe]ncias(?:\ bibliogr[áa]ficas)?|fontes|bibliografia|notas\ e\ refer[êe]ncias|fonti|riferimenti(?:\ bibliografici)?|sitografia|note
|bronnen(?:lijst)?|literatuur(?:lijst)?|bronvermelding|referenties|verwijzingen|geraadpleegde\ (?:bronnen|literatuur)
|bibliografia|źródła|przypisy|literatura|piśmiennictwo|netografia|wykaz\ (?:źródeł|literatury)|zdroje|pou[žz]it[ée]\ zdroje|seznam\ (?:literatury|zdroj[ůu])|reference|pou[žz]it[áa]\ literat[úu]ra|(?:preverjeni\ |uporabljeni\ )?viri(?:\ in\ literatura)?|izvori|извори
|литература|источники|список\ (?:использованн\w+\ )?(?:литературы|источников)(?:\ и\ (?:литературы|источников))?|использованн\w+\ (?:литература|источники)|библиограф\w+|примечания|ссылки|электронные\ (?:ресурсы|источники)|интернет-(?:ресурсы|источники)
|джерела|література|список\ (?:використан\w+\ )?(?:джерел|літератури)(?:\ та\ \w+)?|використан\w+\ (?:джерела|література)|примітки|посилання|бібліограф\w+|перелік\ (?:посилань|джерел)\b.{0,30}
|kaynak(?:ça|lar)|referanslar|dipnotlar|källor|referenser|källförteckning|litteratur(?:liste|förteckning)?|kilder|referencer|kildeliste|referanser|kildehenvisninger|noter
|lähteet|lähdeluettelo|viitteet|kirjallisuus|viited|kasutatud\ (?:kirjandus|allikad)|atsauces|literatūra|šaltiniai|irodalom(?:jegyzék)?|forrás(?:ok)?|forrásjegyzék|hivatkozások|bibliografie|surse|referințe
|参考文献|参考资料|引用文献|文献|资料来源|来源|参考来源|引用|脚注|出典|参考|参考(?:链接|網址|网址|連結|文章|網站|网站|リンク)|参考サイト|参考資料|参考url|注釈|参考文献・資料|參考文獻|參考資料|資料來源|참고\ ?문헌|참고\ ?자료|출처|각주
|βιβλιογραφία|πηγές|παραπομπές|αναφορές|المراجع|المصادر|מקורות|הערות\ שוליים|منابع|daftar\ pustaka|referensi|tài\ liệu\ tham\ khảo|fontoj|referencoj
"""

_RETRIEVAL = r"""
(?:(?:also\ |online\ |freely\ )?(?:available|accessible|retrieved|accessed|obtained|downloaded|found|online|taken)\ (?:online\ )?(?:from|at|on|via|in|as|under)(?:\ the\ (?:website|internet|world\ wide\ web))?(?:\ at)?)
|(?:url|uri|link|website|web\ ?(?:site|page)?|internet|online|web\ address|available|adresse|adres|adresa|site|doi|source|accès|access|href)(?=\s?:)
|available\ (?:online|from|at)|online\ (?:at|unter|verfügbar)
|(?:online\ )?(?:verfügbar|abrufbar|zugänglich|erreichbar|abgerufen|einsehbar|im\ internet|in:?\ internet|online)\ (?:unter|auf|über|von|via)
|(?:en\ ligne|disponible|accessible|consult\w+|récupéré|repéré|tiré)\ (?:sur|[àa]\ l['’]adresse|[àa]|de|depuis|en|via|sur\ le\ site)(?:\ l['’]adresse)?|[àa]\ l['’]adresse|\[en\ ligne\]
|(?:recuperado|disponible|disponibles|consultado|obtenido|extra[íi]do|tomado|accesible|localizado)\ (?:de|en|desde|a\ trav[ée]s\ de|en\ l[íi]nea)(?:\ internet)?
|(?:dispon[íi]vel|dispon[íi]veis|recuperado|acedido|acessado|obtido|retirado|acess[íi]vel)\ (?:em|de|a\ partir\ de|através\ de)
|(?:disponibile|disponibili|reperibile|recuperato|consultabile|tratto|consultato|accessibile)\ (?:su|in|a|da|all['’]indirizzo|al\ sito|presso|online)(?:\ (?:internet|l['’]indirizzo))?
|(?:beschikbaar|geraadpleegd|te\ vinden|verkregen|opgehaald|ontleend|raadpleegbaar)\ (?:op|via|van|aan|onder|bij)
|(?:dost[ęe]pn[yae]|dost[ęe]p|pozyskano|pobrano|dost[ęe]pne)(?:\ (?:w\ internecie|online|na\ stronie|pod\ adresem|na|w|z|ze))?(?=\s?:|\ (?:w|pod|na|z)\b)|[źz]r[óo]d[łl]o(?=\s?:)|tryb\ dost[ęe]pu|adres\ (?:url|strony)
|(?:dostupn[éeáý]|dostupno|dostopno|získáno|dosegljivo|preuzeto)(?:\ (?:z|ze|na|s|sa|pod|online))?(?:\ (?:www|internete?|internetu|adrese|url))?
|режим\ доступ[ау]|доступно(?:\ (?:по\ адресу|на|по|за\ адресою|за\ посиланням))?|(?:электронный\ )?(?:адрес|ресурс)(?=\s?:)|ссылка(?=\s?:)|источник(?=\s?:)|доступ(?:\ до\ ресурсу)?(?=\s?:)|(?:електронна\ )?адреса(?=\s?:)|взято\ [зс]|электрон\.\s(?:дан|ресурс|текст)\w*\.?
|eri[şs]im(?:\ adresi|\ linki)?(?=\s?:)|(?:şu\ )?adres(?:i|inden)|[\w]+\ adresinden|tillg[äa]nglig(?:\ (?:via|på|från))?|h[äa]mtad\ från|tilg[æa]ngelig\ (?:på|fra|via)|tilgjengelig\ (?:på|fra|via)|hentet\ fra|lokaliseret\ på|saatavissa|saatavilla|osoitteessa|haettu\ osoitteesta|el[ée]rhet[őo](?:s[ée]g)?|forr[áa]s(?=\s?:)|disponibil\ (?:la|pe|online|la\ adresa)|διαθέσιμο\ (?:στο|στη|από)|diakses\ dari|tersedia\ (?:di|pada)|tải\ (?:từ|tại)|truy\ cập\ (?:từ|tại)
|网址|网站|链接|来源|来自|取自|检索自|可从|网页|入手先|url|リンク|より|出典|参照先|アクセス先|자료|출처|에서\ 검색
"""

_MEDIUM = r"""
database\ online|(?:video|audio|image|pdf|article)\ online|online\ video|you\ ?tube(?:\ video)?|(?:online\ )?database|data\ ?set|dataset|press\ release|fact\ sheet|brochure|infographic|video\ file|audio\ podcast|podcast|computer\ software|mobile\ app(?:lication\ software)?|tweet|status\ update|powerpoint\ slides|lecture\ notes|photograph|web\ log(?:\ post)?|web\ log\ message|online\ forum\ comment
|internet|online|on-line|web|website|web\ ?page|www|electronic\ (?:resource|source)|pdf(?:\ file)?|html|video|image|database\ on\ the\ internet|homepage|blog(?:\ post)?
|en\ ligne|en\ l[íi]nea|em\ linha|in\ linea|recurso\ (?:electr[óo]nico|en\ l[íi]nea)|ressource\ [ée]lectronique|p[áa]gina\ web|onlin|sitio\ web|dokument\ elektroniczny|dok\.\ elektr\.|online\ ressource|elektronische\ ressource
|электрон(?:ный|\.)\ ?ресурс|електрон(?:ний|\.)\ ?ресурс|электронныйресурс|elektronick[ýy]\ zdroj|electronic\ version|çevrimiçi|på\ nettet|verkossa|verkkosivu|internett|internetes|na\ spletu|na\ internetu|en\ línia|онлайн|trực\ tuyến|オンライン|온라인|velký\ jazykový\ model|daring
|(?:eb|j|m|n|d|r|s|c|p|z|a|db|cp|g|k|ds)(?:\s?/\s?(?:ol|cd|mt|dk))?
"""

_LABELS = r"""
here|link|links?|url|source|sources|fuente|fuentes|fonte|quelle|bron|źródło|zdroj|источник|ссылка|джерело|посилання|kaynak|källa|kilde|lähde|出典|来源|链接|リンク|pdf|html|doi|web|website|site|online
|full\ text|fulltext|read|read\ more|view|article|abstract|download|archived?|archivé|archiviert|archivado|archive|wayback(?:\ machine)?|web\ archive|copy|mirror|(?:the\ |dem\ |l[’']|el\ |del\ )?origin[aá]le?|ici|hier|aquí|aqui|qui|тут|здесь|hyperlink|permalink|external\ link|available(?:\ here|\ online)?|video|watch|paper|code|github|arxiv|[\d†‡^↑*]+(?:[.:]\d+){0,4}
|(?:lire\ )?en\ ligne|lire|texte\ intégral|volltext|online\ (?:lesen|abrufen)|(?:leer\ )?en\ línea|(?:ler\ )?em\ linha|(?:leggi\ )?in\ linea|leggi|lees|čti|читать(?:\ онлайн)?|читати|онлайн|(?:page|pages|pp?|seiten?|ss?|págs?|pag|стр|с)\.?\s?[\divxlc]+(?:\s?[-–]\s?[\divxlc]+)?|full\ release|pdf-download|plain\ text|scan
"""


def _any(fragments: str) -> str:
    joined = re.sub(r"\n\|", "|", fragments.strip()).replace("\n", "|").replace(r"\ ", r"[\s\u00a0]{1,4}")
    return f"(?:{joined})"


@lru_cache(maxsize=1)
def heading_pattern() -> Caseless:
    """Return the pattern of a heading that opens a reference list; use with `fullmatch`."""
    core = _any(_HEADINGS)
    numeral = r"[一二三四五六七八九十]{1,3}"
    enumerator = rf"(?:(?:\d{{1,2}}|[ivx]{{1,4}}|[a-z])(?:\.\d{{1,2}}){{0,3}}[.):]?\s{{1,4}}|(?:\d{{1,2}}|{numeral})[、．.]\s{{0,4}}|[(（]{numeral}[)）]\s{{0,4}}|第{numeral}[章节節]\s{{0,4}})?"  # fmt: skip
    return Caseless(rf"[\s#=*_<\[【「:]{{0,8}}{enumerator}{core}(?:\s(?:and|&|und|et|y|e|i|и|та|en|og|och|ve|/)\s{core})?(?:\s?[(（].{{0,40}}[)）])?(?:\s+(?:used|consulted))?[\s#=*_>\]】」:：.-]{{0,8}}")  # fmt: skip


@lru_cache(maxsize=1)
def closing_pattern() -> re.Pattern[str]:
    """Return the pattern of a heading that ends a reference list for good; use with `fullmatch`."""
    return re.compile(
        r"(?:\d{1,2}\.?\s{1,4})?(?:authors?['’]?s?['’]?\s(?:addresses|address)|acknowledge?ments?|appendi(?:x|ces)(?:\s[A-Z\d])?(?:[.:]\s{1,4}\S[^\n]{0,60})?"
        r"|about the authors?|copyright|licen[sc]e|contributors|index|contacts?|full copyright statement)[.:]?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def retrieval_pattern() -> Caseless:
    """Return the pattern of "Available from:" and its like, with the colon, before an address."""
    core = _any(_RETRIEVAL)
    return Caseless(rf"(?<![^\W_])[\[(（]?{core}(?:[\s:：,–—-]{{1,4}}|(?=[<(\[（\x00]|$))")


@lru_cache(maxsize=1)
def medium_pattern() -> Caseless:
    """Return the pattern of a bracketed medium: "[Internet]", "[Электронный ресурс]", "[EB/OL]"."""
    core = _any(_MEDIUM)
    return Caseless(rf"\\?[\[［]\s?{core}\s?\\?[\]］]", needs=("[", "［"))


@lru_cache(maxsize=1)
def label_pattern() -> Caseless:
    """Return the pattern of link labels that are no titles; use with `fullmatch`."""
    core = _any(_LABELS)
    joined = rf"{core}(?:(?:\s?[-,/&+]\s?|\s(?:and|und|et|y|e|i|и|та)\s){core}){{0,3}}"
    return Caseless(rf"[\s\[(«\"“]*(?:{joined})?[\s\])»\"”.:]*")
