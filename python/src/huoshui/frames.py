"""Make pandas frames; pandas is imported only here and only when a frame is asked for."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame_of", "frame_of_csv"]

_TEXT_COLUMNS = (
    "project_id",
    "project_name",
    "verdict",
    "product_id",
    "product_name",
    "institution",
    "instrument",
    "missing",
)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("to_pandas needs pandas: pip install 'huoshui[pandas]'") from error
    return pandas


def frame_of(columns: Mapping[str, Sequence[Any] | Any]) -> pd.DataFrame:
    """Make a frame of named columns.

    Examples
    --------
    >>> frame_of({"a": [1, 2]}).shape
    (2, 1)
    """
    frame: pd.DataFrame = _pandas().DataFrame(dict(columns))
    return frame


def frame_of_csv(text: str) -> pd.DataFrame:
    r"""Make a frame of the library's own CSV; ids stay text.

    Examples
    --------
    >>> frame_of_csv("project_id,points\n007,1.5\n")["project_id"][0]
    '007'
    """
    frame: pd.DataFrame = _pandas().read_csv(
        io.StringIO(text), dtype=dict.fromkeys(_TEXT_COLUMNS, "str"), keep_default_na=False
    )
    return frame
