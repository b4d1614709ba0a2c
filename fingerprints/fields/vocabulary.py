"""What column headers are called in the languages of the world.

A phrase matches where its words stand in the header one after the other; `word*` also matches longer words, `*word`
words that end so, and `=phrase` only the whole header. Earlier groups win, so what takes a header away from its other
words ("place of birth", "passport expiry date") stands first.
"""

import re
from functools import cache

from fingerprints.fields.folding import fold

# A name without saying which: the other columns tell.
ANY_NAME = "any_name"

_WORD = re.compile(r"[a-z0-9]+|#")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_GROUPS = """
text: note, notes, comment*, remark*, =description, observaciones, bemerkung*, kommentar*, opmerking*,
    descripcion, memo, narrative, details, notas, açıklama, примечание, примітка, комментар*, 备注, ملاحظات,
    توضیحات, mother*, father*, parent*, guardian*, spouse*, emergency contact, next of kin, madre, padre, mère,
    père, conjoint, mutter, vater, sponsor*, attorney*, physician*, officer*, doctor*, employer contact
place: place of birth, birth place, birthplace, country of birth, city of birth, state of birth, geburtsort,
    geburtsland, lugar de nacimiento, país de nacimiento, lieu de naissance, pays de naissance,
    local de nascimento, naturalidade, luogo di nascita, geboorteplaats, doğum yeri, место рождения,
    місце народження, 出生地, مكان الميلاد, محل تولد, ip address, mailing address, postal*, zip*, postcode, plz,
    hausnummer, country*, issuing country
category: suffix, =title, anrede, =age, =edad, =âge, =alter, =idade, =età, =leeftijd, =yaş, возраст, 年龄, العمر,
    سن, birth year, year of birth, number of, no of, *status, status*, *type, type*, =count, =row, row number,
    row no, =rownum, =index, =serial, s no, sr no, sl no, serial no, lfd nr, =#, =n, =no, =nr, =num, =seq,
    =sequence, ردیف, 序号
birth_date: dob, d o b, birth date*, birthdate*, birthdt, bdate, date of birth, birth day, birthday, birth dt,
    =born, date birth, =birth, fecha de nacimiento, fecha nacimiento, fec nac, fecha nac, f nac, =nacimiento,
    date de naissance, =naissance, né le, née le, geburtsdatum, geburtstag, geb datum, gebdatum, gebdat, =geb,
    =geboren, data de nascimento, =nascimento, dt nasc, data nasc, data di nascita, =nascita, nato il,
    geboortedatum, doğum tarihi, =doğum, data urodzenia, födelsedatum, fødselsdato, fødselsdag, födelsedag,
    syntymäaika, data nașterii, születési*, datum narození, рождения, народження, д р, γέννησης, تاريخ الميلاد,
    الميلاد, تاریخ تولد, تولد, 出生日期, 出生年月日, 出生, 生日, 生年月日, 생년월일, tanggal lahir,
    tgl lahir, ngày sinh, जन्म*
date: date*, *date, fecha*, datum*, *datum, =data, data *, tarih*, tarihi, дата, تاريخ, تاریخ, =dt, timestamp*,
    created*, updated*, *since, *until, =time, 日期, 날짜, ημερομηνία
email: email*, e mail*, =mail, mail address, courriel, correo*, e posta, eposta, электронн*, почта, пошта, 邮箱,
    电子邮箱, 电子邮件, メール*, 이메일, البريد*, بريد*, ایمیل
phone: phone*, *phone, telephone*, tel, telef*, mobile*, mobil, cell phone, cell no, cell number, celular,
    móvil, handy, =portable, gsm, =fax, whatsapp, contact number, contact no, rufnummer, cep, телефон*,
    мобильн*, 电话, 电话号码, 手机, 手机号, 手机号码, 联系电话, 電話番号, 전화번호, 휴대폰, هاتف, الهاتف, جوال,
    الجوال, موبايل, تلفن, موبایل,
    điện thoại, hp
full_name: full name*, fullname, complete name, name of person, person name, patient name, student name,
    employee name, customer name, client name, applicant name, detainee name, inmate name, member name,
    last first, first last, first and last name, last and first name, surname and given*, nombre completo,
    nombre y apellido*, nombres y apellidos, apellidos y nombre*, apellido y nombre, nom complet,
    nom et prénom*, nom prénom*, prénom nom, prénom et nom, vollständiger name, vor und nachname, nome completo,
    nome e cognome, volledige naam, ad soyad, adı soyadı, фио, ф и о, полное имя, пиб, п і б, imię i nazwisko,
    jméno a příjmení, 姓名, 氏名, 성명, 이름, الاسم الكامل, =الاسم, =اسم, نام و نام خانوادگی, nama lengkap, họ và tên,
    họ tên, ονοματεπώνυμο
family_name: last name*, lastname*, lname, family name*, familyname, surname*, =family, =last, maiden name*,
    birth name, apellido*, =paterno, =materno, nom de famille, nom de naissance, nom d usage, nachname*,
    familienname*, zuname, geburtsname, sobrenome*, =apelido*, cognome, achternaam, familienaam, tussenvoegsel,
    soyad*, soyisim, фамилия, прізвище, nazwisko, příjmení, efternamn, etternavn, efternavn, sukunimi,
    nume de familie, vezetéknév, επώνυμο, 姓, 姓氏, 氏, اسم العائلة, العائلة, اللقب, لقب, الكنية, نام خانوادگی,
    nama belakang, =họ
given_name: first name*, firstname*, fname, given name*, givenname*, forename*, =given, =first, middle name*,
    middlename, =middle, middle initial, second name, nickname*, nick name*, =nick, alias*, aka, preferred name,
    known as, primer nombre, segundo nombre, nombre de pila, nombre propio, prénom*, vorname*, rufname,
    primeiro nome, nome próprio, voornaam, voornamen, roepnaam, имя, отчество, ім'я, по батькові, imię, jméno,
    förnamn, fornavn, etunimi, prenume, keresztnév, utónév, 名, 名字, الاسم الأول, الاسم الاول, =نام, nama depan,
    =tên
id: *id, id *, ids, a number, a no, a num, a #, anumber, alien*, ssn, social security*, =sin,
    national insurance*, nino, passport*, pasaporte*, passeport*, reisepass*, passaporte*, passaporto*,
    paspoort*, pasaport*, mrn, medical record*, chart no, chart number, patient no, patient number,
    patient code, hospital no, hospital number, student no, student number, employee no, employee number,
    member no, member number, case no, case number, case num, case #, file number, file no, file #, nhs*, dni,
    nie, nif, cédula*, curp, rfc, cpf, =rg, =rut, cnp, pesel, bsn, personnummer, kennitala, tckn, kimlik, =inn,
    инн, снилс, iban, account*, policy no, policy number, licen*, matrícula*, matrikel*, ausweis*, *nummer, *nr,
    receipt*, expediente*, =folio, número*, n étranger, identifica*, identit*, documento*, document no,
    document number, =dossier, aktenzeichen, codice fiscale, booking number, booking no, inmate number,
    inmate no, registration no, registration number, reg no, roll no, username*, user name, login, =handle,
    serial number, номер*, паспорт*, 身份证*, 身份证号, 护照*, 护照号, 证件*, 学号, 工号, 病历号,
    رقم*, كد, کد ملی, شماره*, uuid,
    guid, identifier, nik, cccd, cmnd
place: address*, street*, city, town, village, county, state, province, region, citizenship*, nationality*,
    facility*, location*, place*, site, housing*, =cell, block, school*, hospital*, company*, employer*,
    organization*, clinic, camp, center, centre, dirección, domicilio, calle, ciudad, municipio, estado,
    provincia, país, nacionalidad, adresse*, =rue, ville, pays, nationalité, straße, =ort, wohnort, =land,
    staatsangehörigkeit, endereço, cidade, indirizzo, città, comune, adres*, straat, woonplaats, şehir, =il,
    ilçe, адрес, город, страна, гражданство, адреса, місто, 地址, 城市, 国家, 国籍,
    住址, 住所, 주소, العنوان, المدينة,
    الجنسية, دولة, شهر, آدرس, ملیت
category: sex, gender, sexo, sexe, geschlecht, género, sesso, geslacht, cinsiyet, пол, стать, 性别, الجنس, جنسیت,
    race, ethnicity, religion, language*, marital*, department*, grade, class, category, blood*, level, role,
    position, course, program*, decision, outcome, result, tipo*, typ, gruppe, team
any_name: name, names, nombre*, nom, noms, nome, nomi, naam, namn, navn, nimi, =ad, =adı, isim, imena, név,
    nume, nama, *name, *naam, наименование
"""


def header_role(header: str) -> str | None:
    """Return the role that a header's words name, ANY_NAME for a name of unknown part, None for unknown words."""
    words = header_words(header)
    text = f" {' '.join(words)} "
    for role, pattern in _patterns():
        if words and pattern.search(text):
            return role
    # "Case #", "Bed #": whatever it is, it is numbered.
    return "id" if len(words) > 1 and words[-1] == "#" else None


def header_words(header: str) -> list[str]:
    """Return the folded words of a header; camelCase and snake_case count as several words."""
    return _WORD.findall(fold(_CAMEL.sub(" ", header)).replace("'", ""))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for line in re.split(r"\n(?=\w)", _GROUPS.strip()):
        role, phrases = line.split(":", 1)
        patterns.append((role, re.compile("|".join(_phrase(phrase.strip()) for phrase in phrases.split(",")))))
    return tuple(patterns)


def _phrase(phrase: str) -> str:
    words = " ".join(header_words(phrase.strip("=* ")))
    start = "^ " if phrase.startswith("=") else "" if phrase.startswith("*") else " "
    end = " $" if phrase.startswith("=") and not phrase.endswith("*") else "" if phrase.endswith("*") else " "
    return start + re.escape(words) + end
