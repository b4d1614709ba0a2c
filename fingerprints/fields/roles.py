"""What a column of a table of people is."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a leaked table: its header, its role, and the commonest shape of its cells (never a cell)."""

    header: str
    role: Role
    shape: str
