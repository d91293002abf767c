# ruff: noqa: E501, ISC004 - one phrase list, one line
"""How languages say "accessed": the words that make a date an access date, and those that do not.

Each entry is a regular expression fragment, matched without regard to case; blanks stand for any
run of white space, line breaks included. AFTER: the date follows. EITHER: the date may also stand
right before ("am 12. Mai 2019 abgerufen"). CJK: no word boundaries are asked for.
"""

ACCESSED_AFTER = (
    # English
    r"(?:date|day) (?:of )?(?:last )?(?:access(?:ed)?|retriev(?:al|ed)|viewed|visited|consulted|cited|checked)",
    r"(?:last |latest )?(?:access(?:ed)?|retrieval|viewing|visit(?:ed)?|consultation)[\s-]?(?:date|on|day)",
    r"(?:(?:was|were|been|page|site|website|document|online|last|first|re-?|originally|most recently|link) )?"
    r"(?:ac{1,3}ess?ed|accesssed|accesses?|retriev?ed|retreived|retrived|viewed|visited|consulted|browsed"
    r"|referenced|acc\.|ret\.)",
    r"last (?:checked|seen|verified|read|visit|view|access|retrieval|opened|used|tested)",
    r"(?:date )?cited", r"web\.", r"downloaded", r"visited on", r"read online", r"link (?:last )?(?:checked|verified)",
    r"as (?:seen|viewed|accessed|found|retrieved)", r"(?:url|link|urls|links) (?:accessed|checked|valid|active)",
    r"as of", r"(?:checked|verified|seen)(?: on)?", r"(?:checked|accessed|viewed|visited|read) again",
    # German
    r"(?:letzte[rsn]?|zuletzt|letztmalig|letztmals) (?:zugriff|abruf|aufruf|besuch|zugang|abgefragt|abrufdatum)",
    r"(?:datum des (?:letzten )?(?:zugriffs|abrufs|aufrufs)|überprüfungsdatum|pr[üu]fdatum|sichtungsdatum|besuchsdatum|zugriffsdatum|abrufdatum|zugriffszeit|abrufzeit)",
    r"(?:zugriff|abruf|aufruf|abfrage|download|zugang|besuch|einsicht)", r"stand(?=\s?:|\svom|\sam|\s\d)",
    # French
    r"(?:(?:page|site|document|article|lien|ressource|derni[eè]re?) )?(?:consult(?:é|ée|és|ées|e|ation)(?: en ligne)?)", r"r[ée]f\. du",
    r"(?:date d['’] ?(?:acc[eè]s|consultation)|date de (?:derni[eè]re )?(?:consultation|visite|r[ée]cup[ée]ration))",
    r"(?:dernier |derni[eè]re )?(?:acc[eè]s|visite|acc[ée]d[ée]e?|visit[ée]e?|vue?|lue?|r[ée]cup[ée]r[ée]e?|rep[ée]r[ée]e?s?|t[ée]l[ée]charg[ée]e?)",
    # Spanish, Portuguese, Galician, Catalan
    r"consult\.", r"(?:[uú]ltim )?acc[eé]s(?=\s?:)", r"(?:consultat|visitat) el", r"(?:fecha|data) (?:de |d['’])(?:[uú]ltim[ao] )?(?:consulta|acceso|acesso|acc[eé]s|visita|recuperaci[oó]n|captura)",
    r"(?:[uú]ltim[oa] )?(?:consultad[oa]s?|consulta|acceso|accedido|accesado|accessat|visitad[oa]s?|visita|recuperad[oa]s?"
    r"|extra[ií]d[oa]s?|tomad[oa]s?|rescatad[oa]s?|localizad[oa]s?|revisad[oa]s?|citad[oa]|vist[oa]|descargad[oa]|obtenid[oa]|le[ií]d[oa]|acesso|acessad[oa]s?|acedid[oa]"
    r"|visualizad[oa]|obtid[oa]|baixado|acess?os?|disponible|dispon[ií]vel)",
    r"ref\. del?",
    # Italian
    r"(?:url )?(?:consultat[oaie]|visitat[oaie]|recuperat[oaie]|vist[oaie]|lett[oaie]|scaricat[oaie]|verificat[oaie]|tratto(?= il))",
    r"(?:data (?:di |dell['’]))?(?:(?:ultim[oa] |ultim['’]))?(?:accesso|consultazione|visita)",
    # Dutch, Afrikaans
    r"(?:laatst )?(?:geraadpleegd|bezocht|bekeken|opgehaald|opgevraagd|gezien|gelezen|ontleend|besoek|raadpleging"
    r"|benaderd|opgeroepen|geopend|verkregen|toegang)", r"datum (?:van )?(?:raadpleging|geraadpleegd|bezoek)",
    # Polish
    r"(?:ostatni )?(?:data )?dost[eę]pu?(?: online)?", r"data (?:odczytu|pobrania|wglądu|przeglądania|odwiedzin|wejścia)",
    r"(?:odczyt(?:ano)?|pobran[oey]|przeglądan[oey]|odwiedzon[oey]|wgląd|stan (?:na|z)(?: dzień| dnia)?|dostępn[aye])",
    # Czech, Slovak, Slovene, Croatian, Serbian, Bosnian
    r"(?:cit\.|vid\.|citov[aá]n[oaéy]|navšt[ií]ven[oaéy]|p[rř]ístup(?: z[ií]sk[aá]n)?|pristup|zobrazen[oaé]|staženo|stiahnut[eé]|ov[eě][rř]en[oaé]|p[rř]e[cč]ten[oaé]"
    r"|naposledy (?:navštíven[oaé]|zobrazen[oaé]|citován[oaé])|načteno|získáno|získané|dostupn[éeáý](?: (?:dne|k))?|d[aá]tum p[rř][ií]stup[ou])",
    r"datum (?:dostopa|pristupa)", r"(?:pristupljeno|pristupano|posjećeno|posećeno|preuzeto|pridobljeno|dostopano|dostop|ogled(?:ano)?|pregledano|citirano)",
    # Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian
    r"дата (?:последнего )?(?:обращения|доступа|просмотра|посещения|обращение|звернення|перегляду|звертання|відвідування|звароту|доступу|останнього звернення|на достъп|на посещение|на пристап)",
    r"(?:последнее |последний |останнє |останній )?(?:обращение|просмотрено|проверено|посещение|посещено|прочитано|загружено|получено|доступ(?:но|но на)?"
    r"|звернення|переглянуто|перегляд|перевірено|відвідано|отримано|процитовано|прочитано|цитовано|праверана"
    r"|последен достъп|прегледан[оа]?(?: на)?|изтеглен[оа]?(?: на)?|достъпен на|достъпно на|посетен[оа]?(?: на)?|последно посетен[оа]?(?: на)?|приступљено|преузето|пристапено на|проверено на)",
    # Turkish, Azerbaijani
    r"(?:son )?eri[sş]im(?: tarihi)?", r"(?:alınma|alıntılanma|ziyaret|görüntülenme|ulaşım|erişilme) tarihi", r"müraciət tarixi",
    # Nordic
    r"(?:senast |sidst |sist )?(?:h[aä]mtad?(?:es)?|hämtat|hentede|läst|besökt|åtkomst(?:datum)?|citerad|nedladdad|sedd|visad"
    r"|besøgt|hentet|læst|tilgået|lokaliseret|set den|sidst set|set(?=\s(?:d\.\s|den\s)?\d{1,2}\.\s?(?:\d{1,2}\.\s?|[^\W\d_]{3,9}\s)\d{4})|lest|lastet ned|åpnet|besøkt|vitja|henta|sett|skoðað|sótt|tilgått|nedlastet)",
    # Finnish, Estonian, Latvian, Lithuanian, Hungarian
    r"(?:viitattu|luettu|haettu|katsottu|tarkistettu|noudettu|viittauspäivä|vaadatud|külastatud|kasutatud|skatīts|aplūkots|žiūrėta|prieiga|peržiūrėta)",
    r"(?:utolsó )?(?:hozzáférés|letöltve|letöltés|megtekintve|megtekintés|elérés|elérve|olvasva)(?: (?:ideje|dátuma|időpontja))?",
    # Romanian, Greek, Indonesian, Malay, Vietnamese, Albanian, Esperanto, Irish, Welsh
    r"(?:ultima )?accesare", r"(?:accesat[ăae]?|preluat|consultat[ăe]?|data acces[ăa]rii)", r"(?:[ηή]μερομηνία |τελευταία )?(?:πρόσβαση[ςσ]?|προσπέλαση[ςσ]?|ανακτήθηκε|προσπελάστηκε)", r"τελευταία επίσκεψη",
    r"tanggal akses", r"(?:diakses|dicapai|diunduh)(?: pada| tanggal)*", r"(?:truy cập|ngày truy cập)", r"(?:konsultita|vizitita)", r"(?:aksesuar|vizituar)",
    # Arabic, Hebrew, Persian, Hindi
    r"(?:تاريخ (?:الوصول|الاطلاع|الولوج|الدخول)|اطلع عليه|تم الاطلاع(?: عليه)?|تم الوصول|אוחזר|נצפה|נבדק|נדלה|תאריך גישה|بازبینی شده|دسترسی|تاریخ دسترسی|अभिगमन तिथि)",
)  # fmt: skip

ACCESSED_EITHER = (
    r"(?:zuletzt |letztmalig |letztmals |online )?(?:abgerufen|abgefragt|aufgerufen|eingesehen|zugegriffen|besucht|gepr[üu]ft|überprüft|gelesen|heruntergeladen|abgef\.|abger\.)",
    r"(?:tarihinde )?(?:erişildi|erişilmiştir|alındı|alınmıştır|ulaşıldı|görüldü|ziyaret edildi|arşivlendi)",
    r"tarihinde(?=[\s,]{1,4}(?:[^\n:]{1,60}:\s)?[<(\[]?(?:https?:|www\.))",
    r"(?:accessed|geraadpleegd|zugegriffen) am", r"megtekintve", r"letöltve",
)  # fmt: skip

ACCESSED_CJK = (
    r"(?:に|时|時)?(?:最后|最後|最終)?(?:访问|訪問|查阅|查閱|引用|检索|檢索|浏览|瀏覽|存取|上网|获取|取得|读取|讀取|参阅|參閱|下载|下載|查询|查詢|閲覧|アクセス|参照|入手|確認|取读)"
    r"(?:日期|时间|時間|年月日|日時|日|于|於)?",
    r"(?:에\s?)?(?:최종\s?|마지막\s?)?(?:접속|검색|확인|열람|조회|접근|방문|참조|인용|액세스)(?:일자|일|날짜)?",
)  # fmt: skip

UPDATED = (
    r"(?:last |page |most recently |recently )*(?:updated?|modified|revised|changed|edited|reviewed|maintained|amended|modification|revision|update)",
    r"(?:zuletzt |letzte[rn]? |letztmals )?(?:aktualisiert|ge[äa]ndert|aktualisierungsdatum|erstellungsdatum|erstelldatum|aktualisierung|änderung|bearbeitet|überarbeitet|bearbeitung)",
    r"(?:dernière )?(?:mise? [àa] jour|modifi[ée]e?|révisée?|modification)", r"(?:[uú]ltim[ao] )?(?:actualizad[oa]|actualizaci[oó]n|modificad[oa]|modificaci[oó]n|atualizad[oa]|atualização|modificação)",
    r"(?:ultim[oa] )?(?:aggiornat[oa]|aggiornamento|modificat[oa])", r"(?:laatst )?(?:bijgewerkt|gewijzigd|aangepast)",
    r"(?:ostatnia )?(?:zaktualizowano|aktualizacja|zmodyfikowano|modyfikacja|aktualizováno|aktualizace|upraveno|aktualizované)",
    r"(?:обновлен[оаы]?|обновлено|обновление|изменен[оаы]?|изменено|оновлено|змінено|последнее обновление|последнее изменение)",
    r"(?:son )?güncelle(?:me|ndi|nme tarihi)", r"(?:senast |sidst |sist )?(?:uppdaterad|ändrad|opdateret|ændret|oppdatert|endret|päivitetty|muokattu)",
)  # fmt: skip

UPDATED_CJK = (
    r"(?:最終)?更新日?",
    r"(?:最后)?更新(?:日期|时间|于)?",
    r"修订日期",
    r"(?:최종 ?)?(?:수정|갱신)일?",
)

ARCHIVED = (
    r"archived?(?: (?:copy|version|page|snapshot|from|the|original|at|by|in|on|wayback|machine|internet|archive))*",
    r"(?:archiviert|archivé[es]*|archivad[oa]|archiviat[oa]|gearchiveerd|zarchiwizowan[oaey]|archivován[oay]|arkiverad|arkiveret|arkivert|arkistoitu|arşivlendi|архивировано|архивирована|архівовано|архів)",
    r"(?:the |el |le )?(?:original|originals?) (?:on|el|le|am|em|il|op|dne|den)",
)  # fmt: skip

ARCHIVED_CJK = (
    r"时原始内容存档于",
    r"原始内容存档于",
    r"存档于",
    r"存档日期",
    r"時点(?:の|における)オリジナル",
    r"アーカイブ",
)

PUBLISHED = (
    r"(?:first |originally |date )?(?:published|posted|released|uploaded|issued|created|written|publication|airdate|aired|broadcast|dated|submitted|presented|recorded)(?: online)?",
    r"(?:date of )?(?:publication|release|issue)(?: date)?", r"(?:veröffentlicht|erschienen|publié[es]*|publicad[oa]|pubblicat[oa]|gepubliceerd|opublikowan[oaey]|publikován[oay]|zveřejněno|опубликован[оаы]?|дата публикации|опубліковано|дата публікації|publicerad|publiceret|publisert|julkaistu|yayınlan(?:dı|ma tarihi))",
)  # fmt: skip

PUBLISHED_CJK = (
    r"发布(?:日期|时间|于)?",
    r"发表(?:日期|时间|于)?",
    r"公開日?",
    r"掲載日?",
    r"配信日?",
    r"게시일?",
)

CONNECTORS = (
    "on", "at", "in", "as", "of", "the", "from", "since", "between", "this", "is", "was", "date", "dated", "day", "last", "online", "line", "again", "and",
    "am", "vom", "zwischen", "den", "der", "dem", "im", "zuletzt", "d", "des", "um",
    "le", "en", "entre", "du", "la", "el", "día", "dia", "l", "les", "por", "última", "vez", "de", "a", "em", "no", "al",
    "il", "lo", "data", "giorno", "in data", "nel", "dal",
    "op", "van", "het", "z", "dnia", "w", "dniu", "dne", "dňa", "ke", "k", "dni", "ze", "na", "datum", "u", "v", "ve", "vo", "i",
    "от", "в", "на", "г", "від", "у", "станом", "по", "состоянию", "число",
    "den", "pr", "per", "tarihi", "tarih", "tanggal", "pada", "ngày", "lúc", "vào", "في", "بتاريخ", "ב", "בתאריך", "στις", "της", "την", "бр",
    "în", "la", "pe", "data de", "ziua",
    "于", "於", "为", "は", "に", "：", "日期", "时间",
    "several times", "many times", "multiple times", "repeatedly", "mehrfach", "mehrmals", "wiederholt", "plusieurs fois", "de nombreuses fois", "à plusieurs reprises",
    "varias veces", "várias vezes", "più volte", "meermaals", "wielokrotnie", "opakovaně", "неоднократно",
)  # fmt: skip
"""Words that may stand between the phrase and its date."""
