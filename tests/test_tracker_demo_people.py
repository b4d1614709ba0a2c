from datetime import date

from anyascii import anyascii

from tracker.demo.people import Population


def test_same_seed_same_people_other_seed_others():
    assert Population(7).draw(300) == Population(7).draw(300)
    assert not set(Population(7).draw(300)) & set(Population(8).draw(300))


def test_how_they_are_drawn_changes_nothing():
    population = Population(7)
    assert population.draw(10) + population.draw(90) == Population(7).draw(100)


def test_nobody_is_drawn_twice_under_any_spelling():
    people = Population(1).draw(20_000)
    assert len({person.id_number for person in people}) == len(people)
    emails = [person.email for person in people if person.email]
    assert len(set(emails)) == len(emails)
    names = {
        (frozenset(anyascii(f"{person.given} {person.family}").casefold().split()), person.birth) for person in people
    }
    assert len(names) == len(people)


def test_rows_look_like_those_of_a_real_table():
    people = Population(2).draw(4_000)
    assert all(
        person.id_number[0] == "A" and len(person.id_number) == 10 and person.id_number[1:].isdigit()
        for person in people
    )
    assert all(date(1948, 1, 1) <= person.birth <= date(2004, 12, 31) for person in people)
    assert all(person.birth < person.arrival for person in people)
    assert 0.3 < sum(bool(person.email) for person in people) / len(people) < 0.5
    assert all(person.email.rsplit(".", 1)[1] in {"com", "org", "net"} for person in people if person.email)
    assert all("example." in person.email for person in people if person.email)
    assert len({person.nationality for person in people}) > 40
    assert all(
        cell == cell.strip() and cell and "\n" not in cell
        for person in people
        for cell in (person.given, person.family, person.nationality, person.facility, person.status)
    )


def test_strangers_share_common_names_with_the_leak():
    population = Population(3)
    leaked, strangers = population.draw(2_000), population.draw(2_000)
    names = {person.family for person in leaked}
    assert sum(person.family in names for person in strangers) > 600
    first_of_january = [person for person in leaked if (person.birth.month, person.birth.day) == (1, 1)]
    assert len(first_of_january) > 20
