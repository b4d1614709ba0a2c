"""The names of the months in the languages that tables and pages of the world are written in."""

from fingerprints.fields.folding import fold

# Twelve months after each other, language by language; the forms of one month are separated by "/".
_NAMES = """
    january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct
    november/nov december/dec
    enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set octubre noviembre
    diciembre/dic
    janvier/janv février/fevr mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre
    januar/jänner/jan februar/feber märz/maerz/mrz april mai/mai juni juli august september oktober/okt november
    dezember/dez
    janeiro fevereiro/fev março abril maio/mai junho julho agosto setembro/set outubro/out novembro dezembro/dez
    gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/sett ottobre/ott novembre
    dicembre
    januari februari maart/mrt april mei juni juli augustus september oktober november december
    ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas
    aralık/ara
    января/январь/янв февраля/февраль/фев марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл
    августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя декабря/декабрь/дек
    січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/кві травня/травень/тра
    червня/червень/чер липня/липень/лип серпня/серпень/сер вересня/вересень/вер жовтня/жовтень/жов
    листопада/листопад/лис грудня/грудень/гру
    stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze
    lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad
    grudnia/grudzień/gru
    ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen
    září října/říjen listopadu/- prosince/prosinec
    januari februari mars april maj juni juli augusti september oktober november december
    januar februar marts/mars april maj/mai juni juli august september oktober november desember/des
    tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu
    kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu
    marraskuuta/marraskuu joulukuuta/joulukuu
    ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie decembrie
    január/jan február március/márc április/ápr május/máj június/jún július/júl augusztus szeptember/szept október
    november december
    ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ
    μαΐου/μάιος/μαϊ ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ αυγούστου/αύγουστος/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ
    οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε δεκεμβρίου/δεκέμβριος/δεκ
    يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر
    كانون-الثاني/- شباط آذار نيسان أيار/ايار حزيران تموز - أيلول/ايلول تشرين-الأول/- تشرين-الثاني/- كانون-الأول/-
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
    januari februari maret/mar april mei juni juli agustus/agt september oktober november desember/des
    siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj
    kolovoza/kolovoz rujna/rujan listopada/- studenoga/studeni prosinca/prosinac
    janara/janvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
    जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
"""


def month_numbers() -> dict[str, tuple[int, ...]]:
    """Return the folded name of a month -> its numbers; more than one where languages disagree."""
    numbers: dict[str, set[int]] = {}
    for place, forms in enumerate(_NAMES.split()):
        for form in forms.split("/"):
            word = fold(form)
            if word.isalpha() and len(word) > 1:
                numbers.setdefault(word, set()).add(1 + place % 12)
    return {word: tuple(sorted(found)) for word, found in numbers.items()}
