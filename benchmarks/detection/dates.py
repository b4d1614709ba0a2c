"""How a date is written around the world; every form is written by rule, none by the engine's tables."""

import random
from collections.abc import Callable
from datetime import date

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου "
    "Δεκεμβρίου",
    "ka": "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
    "hy": "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի",
    "ht": "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
_MONTH_NAMES = {language: tuple(names.split()) for language, names in _MONTHS.items()}
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EPOCH = date(1970, 1, 1)
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
Written = Callable[[date], str]

NUMERIC: dict[str, Written] = {
    "ISO": lambda day: day.isoformat(),
    "ISO with time": lambda day: f"{day.isoformat()}T00:00:00Z",
    "SQL with time": lambda day: f"{day.isoformat()} 00:00:00",
    "ISO basic": lambda day: f"{day:%Y%m%d}",
    "ISO slashes": lambda day: f"{day:%Y/%m/%d}",
    "EU dots": lambda day: f"{day:%d.%m.%Y}",
    "EU short dots": lambda day: f"{day.day}.{day.month}.{day.year}",
    "EU slashes": lambda day: f"{day:%d/%m/%Y}",
    "EU dashes": lambda day: f"{day:%d-%m-%Y}",
    "EU two-digit year": lambda day: f"{day:%d.%m.%y}",
    "US slashes": lambda day: f"{day:%m/%d/%Y}",
    "US short": lambda day: f"{day.month}/{day.day}/{day.year}",
    "US two-digit year": lambda day: f"{day:%m/%d/%y}",
    "US dashes": lambda day: f"{day:%m-%d-%Y}",
    "Excel serial": lambda day: str((day - _EXCEL_DAY_ZERO).days),
    "epoch seconds": lambda day: str((day - _EPOCH).days * 86_400),
    "epoch milliseconds": lambda day: str((day - _EPOCH).days * 86_400_000),
}


def worded(language: str, draw: random.Random) -> Written:
    """Return one way in which this language writes a date with the month's name."""
    if language == "zh":
        return lambda day: f"{day.year}年{day.month}月{day.day}日"
    if language == "vi":
        return lambda day: f"{day.day} tháng {day.month} năm {day.year}"
    return draw.choice(_ways(language, _MONTH_NAMES[language]))


def _ways(language: str, months: tuple[str, ...]) -> list[Written]:
    def month(day: date) -> str:
        return months[day.month - 1]

    if language == "en":
        return [
            lambda day: f"{day.day} {month(day)} {day.year}",
            lambda day: f"{month(day)} {day.day}, {day.year}",
            lambda day: f"{month(day)[:3]} {day.day}, {day.year}",
            lambda day: f"{day.day:02d}-{month(day)[:3]}-{day.year}",
            lambda day: f"{day.day:02d}-{month(day)[:3].upper()}-{day:%y}",
            lambda day: f"{day.day}{_ordinal(day.day)} {month(day)} {day.year}",
            lambda day: f"{day.day} {month(day)[:3].upper()} {day.year}",
        ]
    if language in ("es", "pt"):
        return [
            lambda day: f"{day.day} de {month(day)} de {day.year}",
            lambda day: f"{day.day} {month(day)} {day.year}",
        ]
    if language == "fr":
        return [lambda day: f"{'1er' if day.day == 1 else day.day} {month(day)} {day.year}"]
    if language == "de":
        return [lambda day: f"{day.day}. {month(day)} {day.year}"]
    if language == "ru":
        return [lambda day: f"{day.day} {month(day)} {day.year} г.", lambda day: f"{day.day} {month(day)} {day.year}"]
    if language in ("ar", "fa"):
        digits = _ARABIC if language == "ar" else _PERSIAN
        return [
            lambda day: f"{day.day} {month(day)} {day.year}",
            lambda day: f"{day.day} {month(day)} {day.year}".translate(digits),
            lambda day: f"{day.day}/{day.month}/{day.year}".translate(digits),
        ]
    return [lambda day: f"{day.day} {month(day)} {day.year}"]


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
