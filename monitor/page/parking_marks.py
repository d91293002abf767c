"""Marks of parking services and the phrases of for-sale and expiry pages. Data.

Hosts and script marks are those the services' own pages load; phrases are whole clauses, folded.
"""
# ruff: noqa: E501 - a table of phrases, many to a line

import re

PARKING_HOSTS = re.compile(
    r"(?:^|\.)(?:sedoparking\.com|parkingcrew\.net|bodis\.com|parklogic\.com|afternic\.com|"
    r"hugedomains\.com|dan\.com|undeveloped\.com|above\.com|skenzo\.com|domainmarket\.com|buydomains\.com|"
    r"domainsponsor\.com|smartname\.com|cashparking\.com|voodoo\.com|namedrive\.com|rookmedia\.net|trafficz\.com|"
    r"dsparking\.com|domainnamesales\.com|brandbucket\.com|zeropark\.com|domaineasy\.com|perfectdomain\.com|"
    r"mydomaincontact\.com|searchvity\.com|expireddomains\.com|domainparking\.ru|parkingpage\.namecheap\.com|"
    r"park\.above\.com)$",
    re.IGNORECASE,
)
PARKING_PREFIX = re.compile(r"^(?:ww\d{1,2}|forsale)\.")
"""Host names parking services redirect to; `ww2.` is a living server at times."""
LOADED = re.compile(
    r"(?:<(?:script|iframe|frame|img|link)\b[^<>]{0,500}?\b(?:src|href)\s{0,5}=\s{0,5}[\"']?|"
    r"(?:location(?:\.href)?\s{0,5}=\s{0,5}|location\.replace\(|url=)[\"']?)(?:https?:)?//([a-z0-9.-]{3,100})",
    re.IGNORECASE,
)
MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("GoDaddy lander", r"window\.LANDER_SYSTEM\s{0,5}=|wsimg\.com/parking-lander/"),
        ("GoDaddy /lander stub", r"location\.(?:href\s{0,5}=\s{0,5}|replace\()[\"']/lander\b"),
        ("Google ads for domains", r"//(?:www\.)?google\.com/adsense/domains/caf\.js"),
        ("Sedo parking", r"sedoParkingUrl|img\.sedoparking\.com"),
        ("ParkingCrew", r"//(?:www\.)?parkingcrew\.net/|d38psrni17bvxu\.cloudfront\.net"),
        ("Bodis", r"window\.park\s{0,5}=\s{0,5}[\"']|//(?:[a-z0-9-]+\.)?bodis\.com/|data-adblockkey="),
        ("Above parking", r"//(?:[a-z0-9-]+\.)?(?:above\.com|trellian\.com)/(?:marketplace|parking)"),
        ("Dan.com", r"//(?:cdn\d?\.)?(?:dan\.com|undeveloped\.com)/(?:assets|images|buy-domain|orders)"),
        ("ParkLogic", r"//(?:[a-z0-9-]+\.)?parklogic\.com/|parking\.php\?ses="),
        (
            "domain parking script",
            r"/js/parking\.\d|parking-page-template|domainparking(?:script|_)|/_fd\?|\"/_zc\"",
        ),
    )
)
FOR_SALE = (
    "this domain is for sale", "this domain name is for sale", "domain name is for sale", "the domain is for sale",
    "this domain may be for sale", "this domain name may be for sale", "the domain name may be for sale",
    "this domain is available for sale", "this domain is available for purchase", "this domain could be yours",
    "buy this domain", "buy this domain name", "purchase this domain", "make an offer on this domain",
    "inquire about this domain", "interested in this domain?", "interested in buying this domain",
    "this premium domain is for sale", "this web page is parked", "this webpage is parked",
    "this domain is parked", "this domain name is parked", "this domain has been parked", "this site is parked",
    "is parked free, courtesy of", "parked for free, courtesy of", "domain is parked for free",
    "this page is parked free", "this domain has recently been listed in the marketplace",
    "the owner of this domain has not yet uploaded", "this domain was recently registered",
    "the domain owner may currently be creating a great site",     "this domain is currently parked", "this domain is registered and parked", "this domain is parked free of charge",
    "this site is parked with", "because this domain has been parked at your registrar",
    "is registered, but the owner currently does not have an active website here",
    "the sponsored listings displayed above are served automatically by a third party",
    "hier entsteht eine neue kunden-website", "hier entsteht eine neue homepage",
    "diese domain steht zum verkauf", "diese domain ist zu verkaufen", "diese domain kaufen",
    "diese domain könnte zum verkauf stehen", "domain zu verkaufen", "diese domain ist geparkt",
    "diese domain wurde geparkt", "hier entsteht eine neue internetpräsenz",
    "ce nom de domaine est à vendre", "ce domaine est à vendre", "nom de domaine à vendre",
    "acheter ce nom de domaine", "acheter ce domaine", "ce domaine est peut-être à vendre",
    "este dominio está en venta", "este dominio está a la venta", "comprar este dominio", "dominio en venta",
    "este domínio está à venda", "comprar este domínio", "domínio à venda",
    "questo dominio è in vendita", "acquista questo dominio", "dominio in vendita",
    "dit domein is te koop", "deze domeinnaam is te koop", "domeinnaam te koop", "deze domeinnaam is geparkeerd",
    "ta domena jest na sprzedaż", "domena jest na sprzedaż", "domena na sprzedaż", "kup tę domenę",
    "tato doména je na prodej", "doména je na prodej", "doména na prodej", "táto doména je na predaj",
    "этот домен продается", "домен продается", "домен продаётся", "этот домен продаётся", "купить этот домен",
    "домен припаркован", "домен выставлен на продажу", "цей домен продається", "домен продається",
    "denna domän är till salu", "domänen är till salu", "domænet er til salg", "dette domænenavn er til salg",
    "domenet er til salgs", "tämä verkkotunnus on myynnissä", "bu alan adı satılıktır", "bu domain satılıktır",
    "bu alan adı satılık", "ez a domain eladó", "acest domeniu este de vânzare", "domeniu de vânzare",
    "αυτό το domain πωλείται", "このドメインは売り出し中", "このドメインは販売中", "このドメインを購入", "ドメインは現在販売中",
    "该域名正在出售", "此域名正在出售", "域名出售", "该域名可出售", "您正在访问的域名可以转让", "本域名出售",
    "이 도메인은 판매 중", "도메인 판매 중", "هذا النطاق للبيع", "domain ini dijual", "tên miền này đang được bán",
)  # fmt: skip
EXPIRED = (
    "this domain has expired", "this domain name has expired", "the domain has expired", "domain has expired.",
    "this domain name expired on", "this domain expired on", "this domain is expired", "your domain has expired",
    "domain name has expired and is pending renewal", "this domain is pending renewal or deletion",
    "this domain name has been suspended", "this domain has been suspended", "this domain has been seized",
    "if you are the domain owner, please renew", "this domain is not active", "this domain is currently not active",
    "diese domain ist abgelaufen", "die domain ist abgelaufen", "ce nom de domaine a expiré", "ce domaine a expiré",
    "el dominio ha expirado", "este dominio ha expirado", "este dominio ha caducado", "este domínio expirou",
    "questo dominio è scaduto", "il dominio è scaduto", "dit domein is verlopen", "deze domeinnaam is verlopen",
    "срок регистрации домена истек", "срок регистрации домена истёк", "домен не продлен", "термін реєстрації домену",
    "ta domena wygasła", "domena wygasła", "platnost domény vypršela", "alan adının süresi dolmuştur",
    "ドメインの有効期限が切れ", "このドメインは有効期限切れ", "域名已过期", "该域名已过期", "도메인이 만료",
)  # fmt: skip
OFFER_AFTER = re.compile(
    r"[\"'*]{0,2}\s{0,2}(?:(?:domain |domain name )?(?:is|may be|could be|might be) (?:now |currently )?"
    r"(?:for sale|available for purchase|available for sale|parked)|has expired|is expired|expired on|"
    r"steht zum verkauf|ist zu verkaufen|ist geparkt|est à vendre|est en vente|a expiré|está en venta|está a la venta|"
    r"ha expirado|está à venda|expirou|è in vendita|è scaduto|is te koop|is verlopen|jest na sprzedaż|wygasła|"
    r"je na prodej|je na predaj|är till salu|er til salg|- (?:this )?domain (?:is )?for sale|- buy this domain)"
)
"""What follows the domain's own name where it is offered or has run out."""
OFFER_AFTER_SHORT = re.compile(
    r"[\"'*]{0,2}\s{0,2}(?:[-|:]\s)?(?:for sale\b|is registered\b|te koop\b|zu verkaufen\b|à vendre\b|en venta\b|à venda\b|"
    r"in vendita\b|продается|продаётся|продається|satılık|は売り出し中|正在出售|域名出售|이 판매)"
)
"""The same in words a living shop may use as well: nearly empty pages only."""
OFFER_BEFORE = re.compile(
    r"(?:\bdomain for sale:?|\bfor sale:|\bbuy the domain(?: name)?|\bbuy domain) [\"']?$"
)
GAMBLING = re.compile(
    r"slot gacor|slot online|situs slot|situs judi|judi online|judi bola|togel|bandar togel|link alternatif|rtp slot|"
    r"rtp live|slot88|slot777|gacor|maxwin|scatter hitam|mahjong ways|gates of olympus|deposit pulsa|deposit dana|slot qris|"
    r"agen bola|agen slot|bandarqq|pkv games|dominoqq|poker online|casino online|online casino|live casino|"
    r"casino bonus|free spins|no deposit bonus|sportsbook|canlı bahis|bahis siteleri|deneme bonusu|casino siteleri|"
    r"güncel giriş|kaçak bahis|nhà cái|cá cược|tài xỉu|nổ hũ|казино онлайн|онлайн казино|игровые автоматы|"
    r"официальный сайт казино|зеркало казино|พนันออนไลน์|สล็อต|บาคาร่า|คาสิโนออนไลน์|เว็บตรง|백링크|카지노사이트|토토사이트|"
    r"바카라사이트|オンラインカジノ|娱乐城|真人百家乐|博彩|体育投注|彩票平台"
)
GAMBLING_HOST = re.compile(
    r"casino|slot|poker|bet|togel|judi|gambl|bahis|lott|kasino|vegas|jackpot|bingo|win\d|\d{2}win|gacor|qq|88|777|spin|sport"
)
