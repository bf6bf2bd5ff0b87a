"""The command line: a module of `_cli` for each command.

Exit codes: 0 done; 1 done, but the input has error issues or lost rows; 2 usage; 3 the list cannot be read; 4 the
handbook cannot be used; 5 policy or date; 6 unknown project or product id.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

import huoshui as hs
from huoshui._cli.carbon import carbon
from huoshui._cli.chain import chain
from huoshui._cli.check import check
from huoshui._cli.evaluate import evaluate
from huoshui._cli.explain import explain
from huoshui._cli.match import match
from huoshui._cli.package import package
from huoshui._cli.parse import parse
from huoshui._cli.policy import policy
from huoshui._cli.report import report
from huoshui._cli.rights import rights
from huoshui._cli.screen import BUG, DONE, USAGE, Stop
from huoshui._cli.suggest import suggest
from huoshui._cli.syndicate import syndicate
from huoshui._cli.why_not import why_not

__all__ = ["main"]

EPILOG = """\b
退出码 exit codes:
  0  完成 done
  1  完成，但输入有错误（check），或有行、有产品未能读入 done, but the input has errors or lost rows
  2  用法有误 usage
  3  清单读不了 the list cannot be read
  4  产品手册（或地区、行业表）用不了 the handbook or a table given with it cannot be used
  5  政策包或日期有误 policy pack or date
  6  没有这个项目或产品编号 unknown project or product id
"""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(hs.__version__, "-V", "--version", message="huoshui %(version)s")
def app() -> None:
    """活水：把项目清单与金融产品对接，给出理由。 Match project lists to financial products, with reasons.

    LIST 是 .csv 或 .xlsx 项目清单。 LIST is a project list, .csv or .xlsx.
    """


LISTS = (check, match, suggest, explain, why_not, package, report)
INSTRUMENTS = (syndicate, chain, carbon, rights)
for command in (*LISTS, *INSTRUMENTS, parse, policy, evaluate):
    app.add_command(command)


def usage_text(error: click.UsageError) -> str:
    """Say a usage error in Chinese and English."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        what = error.param.metavar if isinstance(error.param, click.Argument) else "/".join(error.param.opts)
        zh = f"缺少 {what}"
    elif isinstance(error, click.NoSuchOption):
        zh = f"没有选项 {error.option_name}"
        if error.possibilities:
            zh += f"，是否想写 {'、'.join(sorted(error.possibilities))}"
    elif isinstance(error, click.BadParameter) and error.param is not None:
        what = error.param.metavar if isinstance(error.param, click.Argument) else "/".join(error.param.opts)
        choices = (
            f"；可用的有 {'、'.join(map(str, error.param.type.choices))}"
            if isinstance(error.param.type, click.Choice)
            else ""
        )
        zh = f"{what} 的值不对{choices}"
    else:
        zh = error.format_message()
        command = f"；用法见 {error.ctx.command_path} --help" if error.ctx else ""
        return f"用法有误 usage: {zh}{command}"
    command = f"；用法见 {error.ctx.command_path} --help" if error.ctx else ""
    return f"用法有误：{zh}{command}\nusage: {error.format_message()}"


def end(code: int) -> NoReturn:
    """Leave; a closed pipe is nobody's error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line.

    Parameters
    ----------
    arguments
        Those of the process by default.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    code: Any = DONE
    try:
        code = app.main(args=None if arguments is None else list(arguments), prog_name="huoshui", standalone_mode=False)
    except Stop as stop:
        click.echo(str(stop), err=True)
        code = stop.code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = USAGE
    except click.UsageError as error:
        click.echo(usage_text(error), err=True)
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except (BrokenPipeError, SystemExit):  # click leaves so when the reader of a pipe has gone
        code = DONE
    except (hs.Failure, hs.ContractError) as error:
        click.echo(str(error), err=True)
        code = USAGE
    except Exception as error:  # a bug of ours: a person still gets one sentence, never a traceback
        click.echo(
            f"程序内部错误 internal error: {type(error).__name__}: {error}；请把命令和这句话告诉维护者。", err=True
        )
        code = BUG
    end(code if isinstance(code, int) else DONE)
