import sys

import pytest

from pipelines.items import Reason
from pipelines.reading.budget import UnreadableError
from pipelines.reading.extras import extra


def test_an_installed_library_is_returned() -> None:
    assert extra("json.decoder", Reason.NEEDS_OFFICE) is sys.modules["json.decoder"]


@pytest.mark.parametrize("name", ["archives", "office", "parquet", "ocr"])
def test_a_missing_library_names_its_extra(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        extra("no_such_library_anywhere", Reason(f'needs the extra "{name}"'))
    assert caught.value.reason.value == f'needs the extra "{name}"'
