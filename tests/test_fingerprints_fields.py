"""Normalization: one canonical form for the ways of writing one thing, and never one form for two things."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerprints.fields.contacts import email_forms, find_emails, phone_forms
from fingerprints.fields.dates import find_dates, parse_date
from fingerprints.fields.folding import fold, is_blank
from fingerprints.fields.ids import id_forms, written_forms
from fingerprints.fields.names import name_forms, name_words


@given(st.text())
def test_folding_is_idempotent_and_ascii(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()
    assert "\0" not in folded


@given(st.text())
def test_folding_does_not_depend_on_unicode_form(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1))
def test_letters_never_fold_into_punctuation(text):
    assert all(character.isalnum() for character in fold(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JOSÉ", "jose"),
        ("ＭＡＲＩＡ", "maria"),
        ("Ma\u200bri\u00ada", "maria"),
        ("\u202eAna\u202c", "ana"),
        ("A\0n\0a", "ana"),
        ("Ana\u00a0Maria", "ana maria"),
        ("O’Brien", "o'brien"),
        ("Straße", "strasse"),
        ("İpek", "ipek"),
        ("Ильин", "ilin"),
        ("علی", "على"),
        ("٣٤", "34"),
    ],
)
def test_folding_unites(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("cell", ["", "  ", "-", "N/A", "n.a.", "None", "NULL", "unknown", "?", "\u200b"])
def test_placeholders_are_blank(cell):
    assert is_blank(fold(cell))


@pytest.mark.parametrize("cell", ["Na", "Xi", "0", "No", "Van"])
def test_short_names_are_not_blank(cell):
    assert not is_blank(fold(cell))


@pytest.mark.parametrize(
    ("leaked", "seen"),
    [
        ("O'Brien", "OBrien"),
        ("O'Brien", "O Brien"),
        ("OBrien", "O'Brien"),
        ("OBrien", "o brien"),
        ("Garcia-Lopez", "Garcia Lopez"),
        ("García López", "GARCIALOPEZ"),
        ("Al Masri", "Almasri"),
        ("Almasri", "al-Masri"),
        ("De La Cruz", "Delacruz"),
        ("McDonald", "Mc Donald"),
        ("Ó Súilleabháin", "O'Suilleabhain"),
        ("王小明", "王小明"),
    ],
)
def test_spellings_of_a_name_meet(leaked, seen):
    forms = name_forms(leaked)
    assert (forms.words | forms.joined) & {word for _, _, word in name_words(fold(seen))}


@given(st.text(max_size=60))
def test_a_name_meets_itself(cell):
    forms = name_forms(cell)
    found = {word for _, _, word in name_words(fold(cell))}
    assert forms.words <= found


def test_particles_are_no_evidence_unless_alone():
    assert name_forms("Ana de la Cruz").words == {"ana", "cruz"}
    assert name_forms("Van").words == {"van"}


def test_name_words_say_where_they_stand():
    text = "ana o'brien mc donald"
    for start, end, word in name_words(text):
        assert "".join(letter for letter in text[start:end] if letter.isalpha()) == word


@pytest.mark.parametrize(
    "cell",
    [
        "1983-05-12", "1983/5/12", "1983.05.12", "19830512", "12 May 1983", "12. Mai 1983", "May 12, 1983", "12-MAY-83",
        "12th of May, 1983", "12 de mayo de 1983", "12 mai 1983", "12 maggio 1983", "12 de maio de 1983", "12 mei 1983",
        "12 Mayıs 1983", "12 мая 1983", "12 травня 1983", "12 maja 1983", "12. května 1983", "12 mars 1983|3",
        "12 Μαΐου 1983", "12 مايو 1983", "12 أيار 1983", "12 मई 1983", "1983年5月12日", "1983년 5월 12일",
        "ngày 12 tháng 5 năm 1983", "1983-05-12T00:00:00Z", "1983-05-12 00:00:00.000", "Thursday, May 12, 1983",
        "१२/०५/1983|open", "12MAY1983", "1983-May-12", " '1983-05-12' ", "12 toukokuuta 1983", "12 mag 1983", "30448",
    ],
)  # fmt: skip
def test_every_way_to_write_a_day(cell):
    cell, _, what = cell.partition("|")
    days = parse_date(cell, serials=True)
    assert days is not None
    if what == "open":
        assert set(days.all) == {19830512, 19831205}
    else:
        assert days.all == (19830312,) if what == "3" else days.all == (19830512,)


@pytest.mark.parametrize(
    "cell",
    ["", "x", "1983", "31/02/1983", "32.01.1983", "1983-13-45", "12345", "555-123-4567", "1.2.3.4", "0000-00-00",
     "123-45-6789", "born 1983", "12 Garcia 1983", "29 Feb 1983"],
)  # fmt: skip
def test_what_is_no_date(cell):
    assert parse_date(cell) is None


def test_an_open_order_stays_open_and_a_proven_one_does_not():
    both = parse_date("03/04/1983")
    assert both is not None
    assert (both.day_first, both.month_first) == ((19830403,), (19830304,))
    day_first, month_first = parse_date("13/04/1983"), parse_date("04/13/1983")
    assert day_first is not None
    assert month_first is not None
    assert (day_first.day_first, day_first.month_first) == ((19830413,), ())
    assert (month_first.day_first, month_first.month_first) == ((), (19830413,))


def test_two_digit_years_may_be_of_two_centuries():
    young, old = parse_date("12 May 05"), parse_date("12 May 61")
    assert young is not None
    assert old is not None
    assert (young.all, old.all) == ((19050512, 20050512), (19610512,))


@given(st.dates(), st.sampled_from(["{0.year:04}-{0.month:02}-{0.day:02}", "{0.day}.{0.month}.{0.year:04}"]), st.text())
def test_a_date_is_found_in_whatever_stands_around_it(day, form, text):
    number = day.year * 10000 + day.month * 100 + day.day
    if 1850 <= day.year <= 2060:
        found = find_dates(f"{fold(text)}, {form.format(day)};{fold(text)}")
        assert any(number in days.all for _, _, days in found)


@given(st.text())
def test_dates_parse_without_a_crash(text):
    for start, end, days in find_dates(fold(text)):
        assert 0 <= start < end
        assert days.all


def _meet(leaked, seen_prefix, seen_digits):
    forms = id_forms(leaked)
    assert forms is not None
    return bool(set(forms.keys) & set(written_forms(seen_prefix, seen_digits)))


def test_ids_meet_with_and_without_prefix_and_leading_zeros():
    assert _meet("A012-345-678", "a", "12345678")
    assert _meet("A012345678", "", "12345678")
    assert _meet("012345678", "", "12345678")
    assert _meet("12345678", "id", "12345678")
    assert _meet("12345678.0", "", "12345678")
    assert not _meet("A012345678", "b", "12345678")
    assert not _meet("A012345678", "a", "12345679")


@pytest.mark.parametrize("cell", ["", "N/A", "0000000", "--", "12", "pending", "not yet given"])
def test_what_is_no_id(cell):
    assert id_forms(cell) is None


@given(st.text(max_size=40))
def test_id_forms_are_idempotent(cell):
    forms = id_forms(cell)
    if forms is not None and forms.shape[0] in "a9":
        again = id_forms(forms.keys[0])
        assert again is not None
        assert again.keys == forms.keys


def test_phones_are_their_last_nine_digits():
    ways = ["+1 (555) 123-4567", "555.123.4567", "15551234567", "001 555 123 4567", "5551234567 ext. 12"]
    assert {forms[0] for forms in map(phone_forms, ways)} == {"551234567"}
    assert phone_forms("123456") == ()
    assert phone_forms("0000000000") == ()
    assert phone_forms("555 123 4567 / 555 123 4568") == ("551234567", "551234568")
    # A country whose numbers are short is also found as it writes them at home.
    assert "22345678" in phone_forms("+47 22345678")


def test_emails():
    assert email_forms("Ana.Lopez@Example.ORG") == ("ana.lopez@example.org",)
    assert email_forms("a@b.org; c@d.org") == ("a@b.org", "c@d.org")
    assert email_forms("no address @ all") == ()
    assert [address for _, _, address in find_emails("<ana@b.org>,'x@y.co.uk'.")] == ["ana@b.org", "x@y.co.uk"]


@given(st.text())
def test_contacts_parse_without_a_crash(text):
    email_forms(text)
    phone_forms(text)
    id_forms(text)
