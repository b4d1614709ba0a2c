"""Roles: told by headers in many languages, by cells where there is no header, never shown with a cell."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_people import people

from fingerprints.errors import TableError
from fingerprints.fields.contents import shape_of_cell
from fingerprints.fields.roles import Role, infer_columns, looks_like_header, parse_role

HEADERS = {
    Role.ID: [
        "A-Number", "Alien #", "MRN", "Student ID", "Passport no", "SSN", "Case Number", "person_id", "CPF",
        "DNI", "Паспорт", "身份证号码", "رقم الهوية", "کد ملی", "Matrikelnummer", "N° étranger", "NHS Number",
        "userId", "Case #",
    ],
    Role.BIRTH_DATE: [
        "DOB", "D.O.B.", "Date of birth", "birthDate", "BIRTH_DATE", "Fecha de nacimiento", "Geburtsdatum",
        "Date de naissance", "Data de nascimento", "Data di nascita", "Geboortedatum", "Doğum Tarihi",
        "Дата рождения", "Дата народження", "تاريخ الميلاد", "تاریخ تولد", "出生日期", "生年月日", "생년월일",
        "DOB (DD/MM/YYYY)",
    ],
    Role.GIVEN_NAME: [
        "First name", "firstname", "Given Name(s)", "Middle name", "Nickname", "Alias", "Prénom", "Vorname",
        "Имя", "Ім'я", "Отчество", "الاسم الأول", "名", "Voornaam", "Primer nombre",
    ],
    Role.FAMILY_NAME: [
        "Last Name", "lastName", "Surname", "Family name", "Apellido paterno", "Apellidos", "Nachname",
        "Nom de famille", "Cognome", "Sobrenome", "Soyadı", "Фамилия", "Прізвище", "اسم العائلة",
        "نام خانوادگی", "姓", "Achternaam",
    ],
    Role.FULL_NAME: [
        "Full name", "Name", "Nombre completo", "Nom et prénom", "ФИО", "ПІБ", "姓名", "Patient name", "Nome",
        "Name (Last, First)", "Ad Soyad",
    ],
    Role.EMAIL: [
        "E-mail", "Email Address", "mail", "Correo electrónico", "Электронная почта", "البريد الإلكتروني",
        "邮箱",
    ],
    Role.PHONE: [
        "Phone", "Mobile", "Tel.", "Teléfono", "Telefonnummer", "Телефон", "رقم الهاتف", "手机号",
        "Home phone",
    ],
    Role.PLACE: [
        "Address", "City", "Country of Citizenship", "Facility", "Place of birth", "Nationality", "Zip code",
        "Lugar de nacimiento", "Wohnort", "Гражданство", "Detention Location", "IP address",
    ],
    Role.CATEGORY: [
        "Suffix", "Sex", "Case status", "Gender", "Visa type", "Row", "No.", "#", "Geschlecht",
        "Number of children",
    ],
    Role.DATE: [
        "Arrival date", "Admission date", "Date", "created_at", "Fecha de ingreso", "Passport expiry date",
    ],
    Role.TEXT: [
        "Notes", "Comments", "Remarks", "Bemerkungen", "Mother's name",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "header"), [(role, header) for role, headers in HEADERS.items() for header in headers]
)
def test_headers(role, header):
    assert [column.role for column in infer_columns([header], [])] == [role]


@pytest.mark.parametrize(
    ("headers", "roles"),
    [
        (["Nombre", "Apellidos"], [Role.GIVEN_NAME, Role.FAMILY_NAME]),
        (["Nom", "Prénom"], [Role.FAMILY_NAME, Role.GIVEN_NAME]),
        (["Name", "Vorname"], [Role.FAMILY_NAME, Role.GIVEN_NAME]),
        (["Adı", "Soyadı"], [Role.GIVEN_NAME, Role.FAMILY_NAME]),
        (["Nome", "Cognome"], [Role.GIVEN_NAME, Role.FAMILY_NAME]),
        (["Name", "Given name", "Surname"], [Role.FULL_NAME, Role.GIVEN_NAME, Role.FAMILY_NAME]),
    ],
)
def test_a_bare_name_is_what_the_other_columns_leave(headers, roles):
    assert [column.role for column in infer_columns(headers, [])] == roles


def _headerless(count, seed=3):
    rng = random.Random(seed)
    common = ["Maria", "Ahmed", "Olena", "John", "Fatima", "Carlos", "Wei", "Anna"]
    return [
        [
            str(number + 1), rng.choice(common), family, born, number_, mail, phone, town,
            f"{rng.randint(2021, 2022)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}", status,
        ]
        for number, (_, family, born, number_, mail, phone, town, status) in enumerate(people(count, seed))
    ]  # fmt: skip


@pytest.mark.parametrize("count", [30, 200, 1000])
def test_columns_without_header_are_told_by_their_cells(count):
    columns = infer_columns(None, _headerless(count))
    assert [column.role for column in columns] == [
        Role.CATEGORY, Role.GIVEN_NAME, Role.FAMILY_NAME, Role.BIRTH_DATE, Role.ID, Role.EMAIL, Role.PHONE,
        Role.CATEGORY, Role.DATE, Role.CATEGORY,
    ]  # fmt: skip
    assert [column.header for column in columns[:2]] == ["column 1", "column 2"]
    assert [columns[place].shape for place in (3, 4, 5)] == ["9999-99-99", "A999999999", "a@a.a"]


def test_the_births_of_a_school_are_told_from_its_enrollments():
    rng = random.Random(1)
    rows = [
        [f"{rng.randint(2008, 2015)}-03-0{rng.randint(1, 9)}", f"{rng.randint(2021, 2024)}-09-01"] for _ in range(50)
    ]
    assert [column.role for column in infer_columns(None, rows)] == [Role.BIRTH_DATE, Role.DATE]


def test_cells_overrule_a_header_that_is_plainly_wrong():
    mails = [[row[4], row[5]] for row in people(20)]
    assert [column.role for column in infer_columns(["Contact", "Cell"], mails)] == [Role.EMAIL, Role.PHONE]


def test_towns_beside_known_names_are_places():
    rows = [["Ana Lopez", town, town] for town in ("Lima", "Quito", "Kyiv", "Oslo")]
    assert [column.role for column in infer_columns(["Name", "Hub", "Base"], rows)] == [
        Role.FULL_NAME,
        Role.PLACE,
        Role.PLACE,
    ]


def test_a_header_that_is_data_makes_the_table_headerless():
    rows = _headerless(20)
    assert not looks_like_header(rows[0], rows[1:])
    assert looks_like_header(["no", "first name", "last name", "dob"], rows)
    assert looks_like_header(["aa", "bb", "cc", "dd", "ee"], [row[:5] for row in rows])
    assert not looks_like_header(["Maria", "Lopez"], [row[1:3] for row in rows])
    assert looks_like_header(["First name", "Last name"], [])
    assert not looks_like_header(["Maria Lopez", "1983-05-12"], [])


def test_shapes_show_no_cell():
    assert shape_of_cell("Maria") == "Aaaaa"
    assert shape_of_cell("Maximiliana") == "Aaaaa"
    assert shape_of_cell("12/05/1983") == "99/99/9999"
    assert shape_of_cell("Ana.Lopez@example.org") == "a@a.a"
    assert shape_of_cell("محمد") == "aaaa"
    assert len(shape_of_cell("ab " * 500)) < 30


@given(st.lists(st.lists(st.text(max_size=20), max_size=5), max_size=6), st.lists(st.text(max_size=20), max_size=5))
def test_any_table_gets_a_role_for_each_column(rows, header):
    width = max([len(header), *map(len, rows)])
    for head in (None, header):
        columns = infer_columns(head, rows)
        assert len(columns) == (width if head is not None else max([0, *map(len, rows)]))
    looks_like_header(header, rows)


@given(st.text(st.characters(categories=["Ll", "Lu"]), min_size=2, max_size=20))
def test_a_shape_keeps_no_letter(cell):
    assert set(shape_of_cell(cell)) <= set("Aa")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        *((role.value, role) for role in Role),
        *{"given": Role.GIVEN_NAME, "Family": Role.FAMILY_NAME, "surname": Role.FAMILY_NAME}.items(),
        *{"name": Role.FULL_NAME, "full": Role.FULL_NAME, "dob": Role.BIRTH_DATE, "id_number": Role.ID}.items(),
        *{"birth date": Role.BIRTH_DATE, "birth-date": Role.BIRTH_DATE, "mail": Role.EMAIL, "Tel": Role.PHONE}.items(),
        *{"freetext": Role.TEXT, "free text": Role.TEXT, "address": Role.PLACE, "status": Role.CATEGORY}.items(),
    ],
)
def test_roles_by_their_usual_words(text, role):
    assert parse_role(text) is role


def test_an_unknown_role_is_answered_with_the_known_ones():
    with pytest.raises(TableError, match="given_name, family_name"):
        parse_role("qwertz")


@pytest.mark.parametrize("first", ["Emily,Street", "Grant,Place", "Ana,Land", "Tom,Alias"])
def test_a_name_that_is_a_header_word_is_still_a_person(first):
    below = [["Maria", "Lopez"], ["John", "Baker"], ["Fatima", "Hassan"]] * 5
    assert not looks_like_header(first.split(","), below)
