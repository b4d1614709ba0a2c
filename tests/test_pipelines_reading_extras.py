import sys
from pathlib import Path

import pytest

from pipelines.items import Reason
from pipelines.reading.budget import UnreadableError
from pipelines.reading.extras import extra
from pipelines.reading.pool import ReaderPool
from tests import documents
from tests.readings import read
from tests.test_pipelines_reading_mail import message as outlook_message


def test_an_installed_library_is_returned() -> None:
    assert extra("json.decoder", Reason.NEEDS_OFFICE) is sys.modules["json.decoder"]


@pytest.mark.parametrize("name", ["archives", "office", "parquet", "ocr"])
def test_a_missing_library_names_its_extra(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        extra("no_such_library_anywhere", Reason(f'needs the extra "{name}"'))
    assert caught.value.reason.value == f'needs the extra "{name}"'


@pytest.mark.parametrize(
    ("library", "make", "name"),
    [
        ("pyarrow", documents.parquet, "parquet"),
        ("striprtf", documents.rtf, "office"),
        ("olefile", lambda _: outlook_message(**{"__substg1.0_1000001F": b"x\0"}), "office"),
    ],
)
def test_a_document_says_which_extra_would_read_it(tmp_path: Path, library: str, make, name: str) -> None:
    (tmp_path / "without_it.py").write_text(f"import sys\nsys.modules[{library!r}] = None\nFORMATS = ()\n")
    with ReaderPool(1, format_folders=(tmp_path,)) as pool:
        reading = read(pool, make([["a", "b"], ["c", "d"]]))
    assert reading.reason == f'needs the extra "{name}"'
    assert reading.text == ""
