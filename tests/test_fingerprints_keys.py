"""The case's keys: they come back as written, refuse what is not theirs, and keep purposes apart."""

import subprocess
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerprints.errors import KeyMaterialError
from fingerprints.keys import CaseIds, MatchKey, OwnerIdentity, OwnerRecipient, seal_rows, unseal_rows

SECRET = MatchKey(bytes(range(32)))
_IDENTITY = OwnerIdentity.generate()


def test_match_key_comes_back_as_written():
    key = MatchKey.generate()
    assert MatchKey.from_text(key.to_text() + "\n") == key
    assert "\n" not in key.to_text()
    assert MatchKey.generate() != key


def test_every_cut_and_every_changed_letter_of_a_match_key_is_refused():
    text = SECRET.to_text()
    for end in range(len(text)):
        with pytest.raises(KeyMaterialError):
            MatchKey.from_text(text[:end])
    for place in range(len(text)):
        # The last letter holds spare bits that the decoder ignores, so take a letter that differs in the used ones.
        other = "A" if text[place] != "A" else "Q"
        with pytest.raises(KeyMaterialError):
            MatchKey.from_text(text[:place] + other + text[place + 1 :])


@given(st.text(max_size=80))
def test_any_other_text_is_refused_in_one_sentence_that_does_not_quote_it(text):
    for parse in (MatchKey.from_text, OwnerIdentity.from_text, OwnerRecipient.from_text):
        with pytest.raises(KeyMaterialError) as refusal:
            parse("zqx" + text)
        assert "zqx" not in str(refusal.value)
        assert "\n" not in str(refusal.value)


def test_a_key_shows_nothing_of_itself():
    identity = OwnerIdentity.generate()
    assert SECRET.to_text()[-8:] not in repr(SECRET) + str(SECRET)
    assert "01" not in repr(SECRET).split(" at ")[0]
    assert "SECRET" not in repr(identity) + str(identity)


def test_derived_keys_are_stable_and_differ_by_purpose():
    assert SECRET.derive("a", 32) == SECRET.derive("a", 32)
    assert SECRET.derive("a", 32) != SECRET.derive("b", 32)
    assert len(SECRET.derive("a", 77)) == 77
    # A golden value: fingerprints of a released version must stay readable.
    assert SECRET.derive("golden", 8).hex() == "927076b716b02505"


def test_identity_comes_back_and_opens_what_its_recipient_sealed():
    identity = OwnerIdentity.generate()
    again = OwnerIdentity.from_text(identity.to_text())
    recipient = OwnerRecipient.from_text(again.recipient().to_text())
    assert again.unseal(recipient.seal(b"rows")) == b"rows"
    assert identity.to_text().startswith("# public key: age1")


def test_another_identity_and_damage_are_refused():
    identity = OwnerIdentity.generate()
    sealed = identity.recipient().seal(b"rows")
    for identity_, data in ((OwnerIdentity.generate(), sealed), (identity, sealed[:-1]), (identity, b"")):
        with pytest.raises(KeyMaterialError):
            identity_.unseal(data)


def test_two_identities_in_one_file_are_refused():
    text = OwnerIdentity.generate().to_text() + OwnerIdentity.generate().to_text()
    with pytest.raises(KeyMaterialError):
        OwnerIdentity.from_text(text)


@pytest.mark.skipif(which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_reads_our_identity(tmp_path):
    identity = OwnerIdentity.generate()
    (tmp_path / "owner").write_text(identity.to_text())
    (tmp_path / "sealed").write_bytes(identity.recipient().seal(b"rows"))
    opened = subprocess.run(["age", "-d", "-i", "owner", "sealed"], cwd=tmp_path, check=True, capture_output=True)
    assert opened.stdout == b"rows"


@given(st.lists(st.integers(0, 2**32 - 1), max_size=3000))
def test_sealed_rows_come_back(rows):
    identity = _IDENTITY
    assert unseal_rows(seal_rows(rows, identity.recipient()), identity) == rows


def test_sealed_size_follows_the_open_count_alone():
    def body(rows, open_count):
        sealed = seal_rows(rows, _IDENTITY.recipient(), open_count=open_count)
        # age's header has a random length; what follows its MAC line is the encrypted body.
        return len(sealed) - sealed.index(b"\n--- ")

    assert body([], 0) == body([1], 1) == body(list(range(1000)), 1000) == body([5], 900)
    assert body([5], 5000) == body(list(range(5000)), 5000) > body([5], 5)


def test_sealed_data_that_is_no_row_list_is_refused():
    for data in (b"", b"\1", b"\5\0\0\0\1\0\0\0"):
        with pytest.raises(KeyMaterialError):
            unseal_rows(_IDENTITY.recipient().seal(data), _IDENTITY)


def test_ids_are_short_stable_and_apart():
    ids = CaseIds("spring", SECRET)
    same = CaseIds("spring", MatchKey(bytes(range(32))))
    values = [ids.sighting("u"), ids.digest(b"u"), ids.operation("u"), ids.version("u", ""), ids.operation("u", "")]
    assert len(set(values)) == len(values)
    assert ids.operation("ab", "c") != ids.operation("a", "bc")
    assert ids.sighting("u") == same.sighting("u")
    assert ids.sighting("u") != CaseIds("autumn", SECRET).sighting("u")
    assert ids.sighting("u") != CaseIds("spring", MatchKey.generate()).sighting("u")
    assert all(len(value) == 26 and value == value.lower() and value.isalnum() for value in values)
