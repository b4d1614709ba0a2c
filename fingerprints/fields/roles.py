"""What a column of a table of people is, told by its header and by what its cells look like."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fingerprints.errors import TableError
from fingerprints.fields.contents import Content, describe, looks_like_data
from fingerprints.fields.vocabulary import ANY_NAME, header_role, header_words


class Role(StrEnum):
    """The role of a column; the identifying ones are those of `IDENTIFYING`."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    ID = "id"
    EMAIL = "email"
    PHONE = "phone"
    PLACE = "place"
    CATEGORY = "category"
    DATE = "date"
    TEXT = "text"


IDENTIFYING = frozenset(
    {Role.GIVEN_NAME, Role.FAMILY_NAME, Role.FULL_NAME, Role.BIRTH_DATE, Role.ID, Role.EMAIL, Role.PHONE}
)

_NAMES = frozenset({ANY_NAME, Role.GIVEN_NAME, Role.FAMILY_NAME, Role.FULL_NAME})
_SYNONYMS = {
    "free": Role.TEXT,
    "freetext": Role.TEXT,
    "free text": Role.TEXT,
    "other": Role.TEXT,
    "ignore": Role.TEXT,
    "number": Role.ID,
    "id number": Role.ID,
    "identifier": Role.ID,
    "cell": Role.PHONE,
    "person": Role.FULL_NAME,
    "full": Role.FULL_NAME,
    "name": Role.FULL_NAME,
    "location": Role.PLACE,
    "status": Role.CATEGORY,
}

_MOST = 0.6
_NEARLY_ALL = 0.8
_UNIQUE = 0.9
# People in one table are born over decades, other dates of one table lie within some years.
_BIRTH_YEARS = 10
_SOME_BIRTH_YEARS = 3
_FEW_VALUES = 0.2
_MANY_VALUES = 40
_HALF = 0.5
_GIVEN_SHARE = 0.15
_FAMILY_VALUES = 10
_LONG_TEXT_WORDS = 5
_SURE_HEADERS = 2
_TWO_WORDS = 1.8


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a leaked table: its header, its role, and the commonest shape of its cells (never a cell)."""

    header: str
    role: Role
    shape: str


def parse_role(text: str) -> Role:
    """Return the role a person named, by its own word or a usual one; a TableError lists the words."""
    words = " ".join(header_words(text))
    canonical = {role.value.replace("_", " "): role for role in Role}
    known = canonical.get(words) or _SYNONYMS.get(words)
    found = header_role(text) if known is None else known
    if found is None:
        raise TableError(f"There is no such role; the roles are {', '.join(Role)}.")
    return Role.FULL_NAME if found == ANY_NAME else Role(found)


def looks_like_header(first_row: Sequence[str], following_rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns; in doubt it does not, as a person must not be lost."""
    if any(looks_like_data(cell) for cell in first_row):
        return False
    filled = [cell for cell in first_row if cell.strip()]
    named = [header_role(cell) for cell in filled if len(header_words(cell)) <= _LONG_TEXT_WORDS]
    named = [role for role in named if role is not None]
    # One such word alone may be somebody's name: Street, Place, Land, Alias.
    if len(named) >= _SURE_HEADERS or (named and len(named) == len(filled)):
        return True
    for place, cell in enumerate(first_row):
        below = [row[place] for row in following_rows if place < len(row) and row[place].strip()]
        if cell.strip() and below and sum(map(looks_like_data, below)) > _MOST * len(below):
            return True
        # With a header word elsewhere, a word above numbers is one more.
        if named and cell.strip() and below and sum(map(_has_digit, below)) > _MOST * len(below):
            return not _has_digit(cell)
    return False


def _has_digit(cell: str) -> bool:
    return any(char.isdigit() for char in cell)


def infer_columns(header: Sequence[str] | None, sample_rows: Sequence[Sequence[str]]) -> list[Column]:
    """Return a column for each of the table's, by its header where that says something, else by its cells."""
    width = max([len(header or ()), *(len(row) for row in sample_rows)], default=0)
    headers = [header[place] if header and place < len(header) else f"column {place + 1}" for place in range(width)]
    contents = [describe(row[place] for row in sample_rows if place < len(row)) for place in range(width)]
    named = [header_role(text) if header else None for text in headers]
    roles = [
        _by_header(role, content) if role else _by_content(content)
        for role, content in zip(named, contents, strict=True)
    ]
    if any(role in _NAMES for role in named):
        # The names are found: what else looks like names is towns.
        roles = [
            Role.PLACE if role == ANY_NAME and not known else role for role, known in zip(roles, named, strict=True)
        ]
    # "Date" alone says no more than the cells do.
    open_ones = [place for place in range(width) if named[place] is None or len(header_words(headers[place])) == 1]
    dated = [place for place in open_ones if roles[place] == Role.DATE]
    if Role.BIRTH_DATE not in roles and (birth := _birth_date_among(dated, contents)) is not None:
        roles[birth] = Role.BIRTH_DATE
    final = _which_names(roles, contents)
    shapes = [content.shape for content in contents]
    return [Column(*column) for column in zip(headers, final, shapes, strict=True)]


def _by_header(role: str, content: Content) -> str:
    """The header decides, unless the cells are plainly something else: "Contact" over addresses."""
    if role not in IDENTIFYING and role != ANY_NAME:
        if content.emails > _NEARLY_ALL:
            return Role.EMAIL
        if content.phones > _NEARLY_ALL and role in (Role.PLACE, Role.CATEGORY):
            return Role.PHONE
    if role == Role.ID and content.filled and not content.digits and content.distinct < _FEW_VALUES:
        return Role.CATEGORY
    return role


def _by_content(content: Content) -> str:
    if content.emails > _MOST:
        return Role.EMAIL
    if content.dates > _NEARLY_ALL:
        return Role.DATE
    if content.phones > _MOST:
        return Role.PHONE
    if content.counts_up or not content.filled:
        return Role.CATEGORY
    if content.numbered > _NEARLY_ALL and content.distinct > _UNIQUE:
        return Role.ID
    if content.words > _LONG_TEXT_WORDS:
        return Role.TEXT
    return ANY_NAME if _is_name_like(content) else Role.CATEGORY


def _is_name_like(content: Content) -> bool:
    if content.names < _UNIQUE:
        return False
    if content.given > _GIVEN_SHARE:
        return True
    if content.words < _TWO_WORDS:
        return content.distinct > _FEW_VALUES or content.distinct_count > _MANY_VALUES
    return content.distinct > _HALF


def _birth_date_among(places: Sequence[int], contents: Sequence[Content]) -> int | None:
    """The date column whose years spread as births do; of young people, the one that lies well before all others."""
    if not places:
        return None
    spread = {place: contents[place].years[1] - contents[place].years[0] for place in places}
    widest = max(places, key=lambda place: spread[place])
    if spread[widest] >= _BIRTH_YEARS:
        return widest
    earliest = min(places, key=lambda place: contents[place].years)
    before_all = all(
        contents[earliest].years[1] + _SOME_BIRTH_YEARS <= contents[place].years[0]
        for place in places
        if place != earliest
    )
    return earliest if spread[earliest] >= _SOME_BIRTH_YEARS and before_all else None


def _which_names(roles: Sequence[str], contents: Sequence[Content]) -> list[Role]:
    """Decide for columns of which only "name" is known: beside given names they are family names, and so on."""
    final = list(roles)
    unknown = [place for place, role in enumerate(roles) if role == ANY_NAME]
    singles = [place for place in unknown if contents[place].words < _TWO_WORDS]
    has_given, has_family = Role.GIVEN_NAME in roles, Role.FAMILY_NAME in roles
    if has_given != has_family:
        final = [(Role.FAMILY_NAME if has_given else Role.GIVEN_NAME) if role == ANY_NAME else role for role in final]
    elif not has_given and singles:
        singles += [place for place in _beside(singles[0], roles) if _may_be_family(contents[place])]
    if len(singles) > 1 and not has_given and not has_family:
        # Given names are fewer than family names, and the common ones are known.
        named = sorted(singles, key=lambda place: (-contents[place].given, -contents[place].distinct_count))
        given = named[0]
        family = max(named[1:], key=lambda place: contents[place].distinct_count)
        final[given], final[family] = Role.GIVEN_NAME, Role.FAMILY_NAME
    if len(unknown) > len(singles) or len(singles) > 1:
        # Beside full names, or given and family names, other single words are towns.
        final = [Role.PLACE if place in singles and role == ANY_NAME else role for place, role in enumerate(final)]
    return [Role.FULL_NAME if role == ANY_NAME else Role(role) for role in final]


def _beside(place: int, roles: Sequence[str]) -> list[int]:
    """The neighbors of a column of names that the cells alone made a category: family names repeat a lot."""
    return [other for other in (place - 1, place + 1) if 0 <= other < len(roles) and roles[other] == Role.CATEGORY]


def _may_be_family(content: Content) -> bool:
    return content.names > _UNIQUE and content.distinct_count > _FAMILY_VALUES
