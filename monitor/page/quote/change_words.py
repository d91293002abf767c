"""Words whose coming or going turns a statement: negations and numbers in words, of many languages. Data."""

from monitor.patterns import lazy

_NEGATIONS = """
not no never none nobody nothing neither nor cannot without hardly unless nowhere nicht kein keine keinen
keinem keiner keines nie niemals niemand nichts ohne weder ne pas non jamais sans aucun aucune rien
personne ni nunca sin nada nadie ningún ninguna ninguno jamás tampoco não sem nem nenhum nenhuma ninguém
senza mai nessuno nessuna niente né niet geen nooit zonder niets noch не ни нет без никогда ничего никто
нельзя ані немає ніколи bez żaden żadna nigdy nikt nic brak není nejsou nikdy žádný žádná inte ingen inga
aldrig utan ikke aldri uten uden ei eivät en emme ette ilman koskaan değil yok hiç hiçbir nincs soha
nélkül nu fără niciodată niciun nicio δεν μη μην χωρίς ποτέ לא אין ללא אף لا لم لن ليس غير بدون नहीं न मत
बिना tidak bukan tanpa belum không chưa chẳng 不 没 沒 無 无 未 非 否 ない ず ぬ 않 안 못 없
"""
_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
thousand thousands million millions billion billions trillion dozen dozens half third quarter twice double
triple first second percent per-cent null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
hundert tausend un une deux trois quatre cinq sept huit neuf dix cent mille uno dos tres cuatro cinco seis
siete ocho nueve diez cien mil millones один два три четыре пять шесть семь восемь девять десять сто
тысяча тысяч миллион миллионов 一 二 三 四 五 六 七 八 九 十 百 千 万 億 亿
"""

NEGATIONS = frozenset(_NEGATIONS.split())
NUMBER_WORDS = frozenset(_NUMBERS.split())
NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "non", "non-", "dis", "mis")
NEGATION_INSIDE = lazy(r"[不没沒無无]|未(?![来來])|非(?!常)|なか|ない|なく|ませ|않|없|못|ไม่|không")
"""Negations written within a word, or in scripts that put no blanks between words."""
