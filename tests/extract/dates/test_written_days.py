"""How people write the day they saw a page: calendars, eras, weeks, parts of months, several days, odd orders."""

import pytest

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import match_date


def accessed(text):
    found = find_access_dates(text, collect_hints(text))
    return [one.date for one in found if one.kind.value == "accessed"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # Thai: the Buddhist era, its name, Thai digits, short months, and our own years
        ("สืบค้นเมื่อ 9 กันยายน 2563", "2020-09-09"),
        ("สืบค้นเมื่อวันที่ 9 กันยายน พ.ศ. 2563", "2020-09-09"),
        ("เข้าถึงเมื่อ ๙ กันยายน ๒๕๖๓", "2020-09-09"),
        ("เข้าถึงเมื่อ 9 ก.ย. 2563", "2020-09-09"),
        ("เรียกดูเมื่อ 9 ก.ย. 2020", "2020-09-09"),
        ("เข้าถึงเมื่อ 09/09/2563", "2020-09-09"),
        ("สืบค้นเมื่อ กันยายน 2563", "2020-09"),
        # Persian, with its own months and with ours, in words and numbers
        ("دسترسی در ۱۹ شهریور ۱۳۹۹", "2020-09-09"),
        ("تاریخ دسترسی: ۱۳۹۹/۰۶/۱۹", "2020-09-09"),
        ("دسترسی در ۹ سپتامبر ۲۰۲۰", "2020-09-09"),
        # the Hijra, with words and numbers; the year alone tells it from the Persian one
        ("تاريخ الاطلاع: 21 محرم 1442", "2020-09-09"),
        ("تاريخ الوصول: 21 ذو الحجة 1441", "2020-08-11"),
        ("تاريخ الوصول: 21/01/1442 هـ", "2020-09-09"),
        ("تاريخ الاطلاع: 9 سبتمبر 2020", "2020-09-09"),
        # Ethiopic months, and ours in Amharic
        ("የተደረሰበት ቀን መስከረም 1 ቀን 2013", "2020-09-11"),
        ("የተደረሰበት ቀን 9 ሴፕቴምበር 2020", "2020-09-09"),
        # Japanese eras in full and short; Minguo with and without its name
        ("（R2.9.9閲覧）", "2020-09-09"),
        ("（令和2年9月9日閲覧）", "2020-09-09"),
        ("H30/4/5アクセス", "2018-04-05"),
        ("平成30.4.5参照", "2018-04-05"),
        ("檢索日期：民國109年9月9日", "2020-09-09"),
        ("檢索日期：109年9月9日", "2020-09-09"),
        ("檢索日期：109/09/09", "2020-09-09"),
        ("访问日期：2020年9月9", "2020-09-09"),
        ("（2020年9月9閲覧）", "2020-09-09"),
        ("２０２０年９月９日閲覧", "2020-09-09"),
        # scripts with digits and vowel signs of their own
        ("সংগ্রহের তারিখ ৯ সেপ্টেম্বর ২০২০", "2020-09-09"),
        ("பார்த்த நாள் 9 செப்டம்பர் 2020", "2020-09-09"),
        ("अभिगमन तिथि: ९ सितंबर २०२०", "2020-09-09"),
        ("9 सितंबर 2020 को देखा गया", "2020-09-09"),
        ("సేకరణ తేదీ 9 సెప్టెంబర్ 2020", "2020-09-09"),
        ("ശേഖരിച്ചത് 9 സെപ്റ്റംബർ 2020", "2020-09-09"),
        ("אוחזר ב-9 בספטמבר 2020", "2020-09-09"),
        ("2020. 9. 9. 접속", "2020-09-09"),
        ("წაკითხვის თარიღი: 9 სექტემბერი, 2020", "2020-09-09"),
        ("Վերցված է 9 սեպտեմբերի 2020", "2020-09-09"),
        # Vietnamese and Tagalog
        ("truy cập ngày 9 tháng 9 năm 2020", "2020-09-09"),
        ("truy cập ngày 9 tháng Chín 2020", "2020-09-09"),
        ("truy cập 9 tháng mười hai, 2020", "2020-12-09"),
        ("nakuha noong Setyembre 9, 2020", "2020-09-09"),
        ("hinango noong ika-9 ng Setyembre 2020", "2020-09-09"),
        # short months
        ("Дата звернення: 9 вер. 2020", "2020-09-09"),
        ("Дата звернення: 9 лист. 2020", "2020-11-09"),
        ("cit. 9. zář. 2020", "2020-09-09"),
        ("cit. 9. čvn 2020", "2020-06-09"),
        # weekdays, and what machines write
        ("accessed Wednesday, 9 September 2020", "2020-09-09"),
        ("accessed Wed. 9 Sept. 2020", "2020-09-09"),
        ("abgerufen am Mittwoch, den 9. September 2020", "2020-09-09"),
        ("accessed Wed Sep 09 08:15:00 2020", "2020-09-09"),
        ("accessed Wed Sep  9 08:15:00 UTC 2020", "2020-09-09"),
        # weeks and parts of months and years, at the precision they have
        ("accessed 2020-W37-3", "2020-09-09"),
        ("accessed 2020W373", "2020-09-09"),
        ("accessed 2020-W37", "2020-09"),
        ("accessed 2020-W14", "2020"),
        ("accessed early September 2020", "2020-09"),
        ("accessed mid-September 2020", "2020-09"),
        ("Zugriff Ende September 2020", "2020-09"),
        ("consulté début septembre 2020", "2020-09"),
        ("consultado a mediados de septiembre de 2020", "2020-09"),
        ("accessed in Autumn 2020", "2020"),
        ("Zugriff im Herbst 2020", "2020"),
        ("accessed Winter 2019/20", "2019"),
        # other words
        ("date of accesss: 9 September 2020", "2020-09-09"),
        ("read on 9 September 2020", "2020-09-09"),
        ("as seen on 9 September 2020", "2020-09-09"),
        ("checked 9 September 2020", "2020-09-09"),
        ("gesehen am 9.9.2020", "2020-09-09"),
    ],
)
def test_a_day_is_read(text, day):
    assert accessed(f"Ebb and Flow. https://ebb.example.org/flow ({text})") == [day]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("accessed 3 & 4 May 2021", ["2021-05-03", "2021-05-04"]),
        ("accessed 3, 5 and 9 May 2021", ["2021-05-03", "2021-05-05", "2021-05-09"]),
        ("accessed 3rd and 4th May 2021", ["2021-05-03", "2021-05-04"]),
        ("accessed May 3 and 4, 2021", ["2021-05-03", "2021-05-04"]),
        ("abgerufen am 3. und 4. Mai 2021", ["2021-05-03", "2021-05-04"]),
        ("consulté les 3 et 4 mai 2021", ["2021-05-03", "2021-05-04"]),
        ("accessed 3-5 May 2021", ["2021-05-05"]),
        ("accessed 12 May 2019, 2020 edition", ["2019-05-12"]),
        ("accessed 3 May and 9 June 2021", ["2021-05-03", "2021-06-09"]),
        ("consulté le 3 mai et le 9 juin 2021", ["2021-05-03", "2021-06-09"]),
    ],
)
def test_several_days_are_all_kept(text, days):
    assert accessed(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "تاریخ دسترسی: ۱۳۹۹/۰۶/۳۲",
        "دسترسی در ۳۱ مهر ۱۳۹۹",
        "تاريخ الاطلاع: 31 محرم 1442",
        "สืบค้นเมื่อ 31 กันยายน 2563",
        "accessed 2020-W54-1",
        "የተደረሰበት ቀን መስከረም 31 ቀን 2013",
    ],
)
def test_a_day_no_calendar_has_is_told(text):
    found = find_access_dates(text)
    assert [(one.date, one.kind.value) for one in found] == [(None, "accessed")]


@pytest.mark.parametrize(
    "text",
    [
        "The paper of 1442 is older than that of 1399.",
        "Version H2.5.3 and R3.5.1 are out; part S1.2.3 is not.",
        "In 2563 of the Buddhist era.",
        "checked out 12 books",
    ],
)
def test_numbers_alone_are_no_access_dates(text):
    assert accessed(text) == []


@pytest.mark.parametrize("sign", [".", "/", "-", "–"])
@pytest.mark.parametrize("blanks", [("", ""), ("", " "), (" ", ""), (" ", " ")])
def test_a_roman_month_is_read_whatever_blanks_stand_about_its_signs(sign, blanks):
    before, after = blanks
    written = f"3{before}{sign}{after}IV{before}{sign}{after}2019"
    assert match_date(written, 0).date == "2019-04-03"
