"""How English error pages word their one sentence, and what error pages put around theirs."""

import re

from monitor.patterns import lazy

# English error sentences are built of few pieces in many orders; other languages come as whole phrases.
_THING = r"(?:web ?)?(?:page|article|document|file|content|url|resource|story|post|item|address|link|site|product|object)"
_REQUEST = (
    r"(?: (?:that )?(?:you|you're|you've|we|was|were|are|is|have|had|has|requested|request|looking|look|for|tried|trying|"
    r"to|access|reach|visit|view|open|followed|entered|clicked|want|wanted|asked|seeking|the|a|at|this|that|which)){0,8}"
)
_LOST = (
    r"(?:cannot|can't|can not|could not|couldn't|was not|wasn't|has not been|is not|isn't|does not|doesn't|do not|may not|"
    r"is no longer|are no longer|no longer|not|is missing|is gone|has been removed|has been deleted|was removed|was deleted|"
    r"has gone missing|has moved or no longer|may have been moved or|"
    r"(?:has|was|may have|might have) (?:been )?(?:moved|removed|renamed|deleted) or|might have been|may have been|has been moved or|is currently unavailable|is unavailable)"
)
_FATE = r"(?: (?:be|been|moved|removed|renamed|deleted|found|exist|exists|available|located|here|there|displayed|accessible|valid)){0,3}"
_PLACE = r"(?: (?:on|at|in) (?:this|our|the) (?:web ?)?(?:server|site|website|address|location))?"
_END = r"(?: (?:anymore|any ?more|any longer|right now|at this time|or has been removed|or does not exist))?"
_SENTENCE = (
    rf"(?:(?:the|this|that|your|requested|current) ){{0,2}}{_THING}{_REQUEST} {_LOST}{_FATE}{_PLACE}{_END}|"
    rf"we (?:can't|cannot|can not|couldn't|could not|can't seem to|are unable to|were unable to|weren't able to|are not able to) "
    rf"(?:find|locate) (?:the|that|this|your|any) {_THING}{_REQUEST}"
)
ENGLISH = lazy(_SENTENCE)
"""Whole English error sentences, folded, without punctuation."""

_PLAIN = re.findall(r"[a-z']+", _SENTENCE)
ENGLISH_WORDS = frozenset([*_PLAIN, *("web" + word for word in _PLAIN), "anymore"])
"""The words such sentences are made of, and some more."""

_APOLOGIES = """
we're sorry; we are sorry; we're very sorry; we are very sorry; i'm sorry; sorry; so sorry; our apologies; apologies; unfortunately; it seems; it looks like; it appears;
es tut uns leid; tut uns leid; leider; entschuldigung; entschuldigen sie; wir bedauern; nous sommes désolés; désolé; désolée; désolés; malheureusement; toutes nos excuses;
lo sentimos; lo lamentamos; lamentablemente; disculpe; sentímolo; sentímoslo; ho sentim; ho sentim molt; ens sap greu; spiacenti; siamo spiacenti; ci dispiace; purtroppo; scusa;
pedimos desculpa; pedimos desculpas; lamentamos; desculpe; infelizmente; het spijt ons; helaas; jammer; excuses; vi beklager; beklager; desværre; dessverre; tyvärr; vi beklagar;
pahoittelemme; valitettavasti; przykro nam; przepraszamy; niestety; bohužel; omlouváme se; je nám líto; ľutujeme; bohužiaľ; prepáčte; mrzí nás to; opravičujemo se; žal; oprostite;
ispričavamo se; žao nam je; nažalost; жао нам је; нажалост; се извинуваме; за жал; съжаляваме; за съжаление; на жаль; вибачте; к сожалению; извините; простите; sajnáljuk; sajnos;
elnézést; din păcate; ne pare rău; ne cerem scuze; λυπούμαστε; λυπόμαστε; δυστυχώς; συγγνώμη; atsiprašome; deja; atvainojamies; diemžēl; vabandame; kahjuks; maaf; mohon maaf; rất tiếc; xin lỗi;
üzgünüz; maalesef; ne yazık ki; özür dileriz; üzr istəyirik; təəssüf ki; na ndjeni; na vjen keq; samahani; bedaŭrinde; pardonu; paumanhin; ikinalulungkot namin; عذرا; عذراً; نحن آسفون; نحن متأسفون; نأسف; للأسف; آسفون; نحن متأسفون;
شرمنده; متاسفانه; متأسفیم; ببخشید; با عرض پوزش; אנו מתנצלים; מצטערים; סליחה; לצערנו; क्षमा करें; माफ़ करें; खेद है; আমরা দুঃখিত; দুঃখিত; ขออภัย; уучлаарай; кешірім сұраймыз; кечирим сурайбыз; кызганычка каршы; sentitzen dugu;
barkatu; ár leithscéal; mae'n ddrwg gennym; því miður; afsakið; معذرت; ھم معذرت خواہ ھیں; क्षमस्व; क्षमा गर्नुहोस्; ಕ್ಷಮಿಸಿ; క్షమించండి; ക്ഷമിക്കണം; மன்னிக்கவும்; සමාවන්න; ներողություն; ვწუხვართ; ბოდიში; Ներեցեք
"""
_BUT = "but|কিন্তু|لكننا|بەڵام|لېكىن|фӕлӕ|բայց|पण|तर|aber|mais|pero|peru|mas|ma|maar|ale|але|но|men|mutta|kuid|aga|amma|bet|però|baina|tetapi|namun|de|dar|αλλά|אבל|אך|لكن|ولكن|اما|nhưng|ama|ancak|a|ali|али|ond|ach|por|sed|en|però|that|dass|que|che|że|že|что|що|hogy|at|att|dat"
REGRET = lazy(
    r"^(?:(?:非常|很|真的?)?抱歉|对不起|對不起|不好意思|哎呀+|糟糕|糟了|啊哦|哦豁|喔喔|噢+|哇|呜+|嗚+|"
    r"(?:大変)?申し訳(?:ございません|ありません)(?:が)?|すみません(?:が)?|ごめんなさい|죄송합니다|앗|이런)[\s,.!?~。、…:*-]*"
    rf"|^(?:{'|'.join(sorted((re.escape(one.strip().casefold()) for one in _APOLOGIES.split(';')), key=len, reverse=True))})"
    rf"(?:[,.!:;*،-]+\s*|\s+)(?:(?:{_BUT})\s+)?"
)
"""How error pages begin: with an apology, which says nothing of what is missing."""

_NOISE = """
404 410 server that's an error errors http https status code oops ooops oh uh ah whoops woops sorry hmm hmmm ouch opps ups
damn 404error error404 e404 fehler fehlercode fehlermeldung entschuldigung hoppla huch leider tut uns leid
erreur désolé désolée oups lo sentimos vaya uy erro desculpe ops opa errore spiacenti siamo ci dispiace
fout foutmelding helaas błąd błędu przepraszamy chyba omlouváme ошибка ошибки извините простите помилка
вибачте грешка greška napaka fel fejl feil virhe viga kļūda klaida hiba eroare σφάλμα hata üzgünüz lỗi エラー
错误 錯誤 抱歉 对不起 很抱歉 오류 에러 죄송합니다 خطأ عذرا عذراً خطای خطا متأسفیم متاسفیم متاسفانه שגיאה אופס מצטערים eraro ups pardonu chyby hopla ľutujeme
prepáčte bohužiaľ kesalahan galat maaf paumanhin oprostite greške त्रुटि ข้อผิดพลาด nr no num number the this we are
we're
"""
NOISE = frozenset(_NOISE.split())
"""Words an error page puts around the phrase; what stays must be a phrase (or "404" with one of these)."""

_NO_ERROR = "404 410 server that's an the this we are we're nr no num number oh uh ah https"
ERROR_WORDS = NOISE - frozenset(_NO_ERROR.split())
