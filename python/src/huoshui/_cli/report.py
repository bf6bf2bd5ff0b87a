"""`huoshui report`."""

from __future__ import annotations

from typing import Any

import click

import huoshui as hs
from huoshui._cli import options
from huoshui._cli.pages import fits_on_page, write_report
from huoshui._cli.setting import set_up

__all__ = ["report"]


@click.command()
@options.matching
@options.top
@options.possible
@options.threads
@options.contacts
@click.option("-o", "--output", required=True, metavar="FILE.html", help="写到哪里 where to write")
def report(top: int, possible: int, threads: int, show_contacts: bool, output: str, **given: Any) -> int:
    """报告：一页可离线打开的网页。 Report: one self-contained page."""
    setting = set_up(given)
    fits_on_page(setting.projects, setting.screen)
    with setting.screen.working("对接中……", "matching …"):
        answer = hs.match(setting.projects, setting.catalogue, k=top, possible=possible, threads=threads)
    write_report(answer, output, show_contacts, threads, setting.screen)
    return setting.exit_code
