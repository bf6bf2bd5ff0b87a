"""The page that `match` and `report` write."""

from __future__ import annotations

import huoshui as hs
from huoshui._cli.screen import USAGE, Screen, Stop, write

__all__ = ["fits_on_page", "write_report"]

_MOST_ON_PAGE = 10_000


def fits_on_page(projects: hs.ProjectList, screen: Screen) -> None:
    """Say so before the long work that a list is too long for one page."""
    if len(projects) > _MOST_ON_PAGE:
        raise Stop(
            USAGE,
            screen.say(
                f"清单有 {len(projects):,} 个项目，一页报告最多 {_MOST_ON_PAGE:,} 个；"
                "请用 match --project 选取，或用 --csv、--json 取全部。",
                f"the list has {len(projects):,} projects, a page holds {_MOST_ON_PAGE:,}; "
                "choose some by match --project, or use --csv or --json for all.",
            ),
        )


def write_report(answer: hs.Answer, path: str, show_contacts: bool, threads: int, screen: Screen) -> None:
    def action() -> None:
        with screen.working("写报告……", "writing the report …"):
            answer.to_html(path, contacts="shown" if show_contacts else "masked", lang=screen.lang, threads=threads)

    write(path, action, screen)
