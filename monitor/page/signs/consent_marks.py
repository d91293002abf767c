"""What consent and pay-or-consent pages say, and pages that turn a region away. Data, folded."""

from monitor.patterns import lazy

CONSENT_PHRASES = """
accept and continue; accept all and continue; accept cookies and continue; accept all cookies to continue; continue with advertising; continue with ads;
continue without accepting; consent or pay; pay to reject; reject and subscribe; reject all and subscribe; reject and pay; agree and continue;
we and our partners store; we and our partners use; we and our partners process; we and our advertising partners; access the site for free by accepting;
before you continue to; we use cookies and data to; manage your privacy settings; we value your privacy; we care about your privacy;
to continue browsing, please accept; please accept cookies to access; choose how to continue; choose how you want to use;
mit werbung weiterlesen; weiter mit werbung; mit werbung nutzen; mit werbung und cookies; mit werbung und tracking; mit werbung, tracking und cookies;
ohne werbung weiterlesen; weiterlesen mit werbung; weiter ohne werbung; pur-abo; pur abo; pur-abonnement; werbefrei lesen; kostenlos mit werbung;
zustimmen und weiter; akzeptieren und weiter; alle akzeptieren und weiter; einwilligen und weiter; bevor sie fortfahren; bevor sie weiterlesen;
wir benötigen ihre zustimmung; wir brauchen ihre zustimmung; ihre zustimmung erforderlich; besuchen sie uns wie gewohnt mit werbung;
wir und unsere partner verarbeiten; wir und unsere partner nutzen; gemeinsam mit unseren partnern; nutzen sie uns mit werbung; contentpass;
continuer sans accepter; accepter et continuer; accepter et fermer; accéder au site avec publicité; accéder au site gratuitement en acceptant; refuser et s'abonner;
s'abonner pour refuser; continuer avec la publicité; continuer avec publicité; lire gratuitement en acceptant; nous et nos partenaires; avant de continuer;
aceptar y continuar; rechazar y suscribirse; suscribirse sin aceptar cookies; suscríbete para rechazar; rechazar y pagar; acepta las cookies para continuar;
navegar gratis con publicidad; continuar sin aceptar; nosotros y nuestros socios; antes de continuar;
accetta e continua; rifiuta e abbonati; abbonati senza accettare; continua senza accettare; accetta i cookie per continuare; leggi gratis con pubblicità;
accedi accettando la pubblicità; noi e i nostri partner; prima di continuare; per continuare la navigazione accetta;
aceitar e continuar; rejeitar e assinar; continuar sem aceitar; nós e os nossos parceiros; antes de continuar para;
accepteren en doorgaan; akkoord en doorgaan; ja, ik accepteer cookies; cookies accepteren en doorgaan; wij en onze partners; om verder te gaan, accepteer; toestemming geven en doorgaan;
zaakceptuj i przejdź do serwisu; przejdź do serwisu; akceptuję i przechodzę do serwisu; my i nasi partnerzy; souhlasím a pokračovat; přijmout a pokračovat;
godkänn och fortsätt; acceptera och fortsätt; vi och våra partners; godta og fortsett; accepter og fortsæt; vi og våre partnere; vi og vores partnere; hyväksy ja jatka
"""
CONSENT_WORDS = lazy(
    r"cookie|consent|privacy|datenschutz|werbung|werbe|tracking|einwillig|zustimm|abonn|abo\b|partner|advert|\bads?\b|gdpr|dsgvo|tcf|impressum|imprint|"
    r"publicit|pubblicit|privacidad|privacidade|privatlivs|integritet|reklam|rgpd|accept|akzept|subscri|sign in|log in|login|anmeld|connect|privacybeleid|prywatno"
)
"""What a line speaks of that belongs to the question rather than to a text of the page's own."""

CONSENT_KEYS = (
    "cookie", "werb", "partn", "privacy", "privaci", "datenschutz", "advert", " ads", "publicit", "pubblicit", "consent",
    "abon", "abbon", "suscri", "subscri", "socios", "parceiros", "akzept", "pur-abo", "contentpass", "accept", "accett",
)  # fmt: skip
"""One of these is named on every page that asks for consent or money: nearly no other page is looked at closer."""

REGION_PHRASES = """
unavailable for legal reasons; unavailable due to legal reasons; not available in your country; not available in your region; not available in your location;
not available in your area; isn't available in your country; isn't available in your region; unavailable in your country; unavailable in your region; unavailable in your location;
not accessible from your country; not accessible in your country; not available from your country; blocked in your country; blocked in your region; geo-blocked; geoblocked;
from a country belonging to the european economic area; unavailable in most european countries; not available in the european union; not available to visitors from the european;
our european visitors are important to us; access from your country is; access from your region is; access from your location is; restricted in your country; restricted in your region;
not licensed for your region; outside of your region; we cannot provide this content in your; in ihrem land nicht verfügbar; in deinem land nicht verfügbar; in ihrer region nicht verfügbar;
in deiner region nicht verfügbar; aus ihrem land nicht; in ihrem land leider nicht; aus rechtlichen gründen nicht verfügbar; n'est pas disponible dans votre pays; n'est pas disponible dans votre région;
pas accessible depuis votre pays; indisponible dans votre pays; indisponible pour des raisons juridiques; indisponible pour des raisons légales; no está disponible en tu país; no está disponible en su país;
no está disponible en tu región; no está disponible en su región; no disponible en tu ubicación; no disponible por motivos legales; não está disponível no seu país; não está disponível na sua região;
indisponível no seu país; non è disponibile nel tuo paese; non è disponibile nel suo paese; non disponibile nella tua area; non disponibile per motivi legali; niet beschikbaar in jouw land; niet beschikbaar in uw land;
niet beschikbaar in uw regio; nie jest dostępna w twoim kraju; nie jest dostępny w twoim kraju; niedostępna w twoim kraju; niedostępne w twoim kraju; není ve vaší zemi dostupn; nie je vo vašej krajine dostupn;
недоступен в вашей стране; недоступна в вашей стране; недоступен в вашем регионе; недоступна в вашем регионе; доступ к информационному ресурсу ограничен; доступ к запрашиваемому ресурсу ограничен; доступ ограничен по решению;
недоступний у вашій країні; недоступна у вашій країні; ülkenizde kullanılamıyor; ülkenizde mevcut değil; bölgenizde kullanılamıyor; inte tillgänglig i ditt land; inte tillgängligt i ditt land; ikke tilgjengelig i ditt land;
ikke tilgængelig i dit land; ikke tilgængeligt i dit land; ei ole saatavilla maassasi; お住まいの国ではご利用いただけません; お住まいの地域ではご利用いただけません; お住まいの地域からは; 您所在的地区无法; 您所在的国家/地区无法; 您所在的国家/地区不可用; 您所在的地区不可用; 您所在的地區無法; 您所在的國家/地區無法;
국가에서는 이용할 수 없; 지역에서는 이용할 수 없; غير متاح في بلدك; غير متوفر في بلدك; לא זמין במדינה שלך; tidak tersedia di negara anda; không có sẵn ở quốc gia của bạn
"""
