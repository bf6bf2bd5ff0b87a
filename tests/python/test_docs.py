"""The documentation is true: links resolve, examples run, every public word stands in the glossary."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
STEMS = sorted(file.stem for file in EXAMPLES.glob("*.cpp"))
ENUMS = {
    "Verdict": "eligibility/screen.hpp",
    "Outcome": "eligibility/evaluate.hpp",
    "Strength": "domain/rule.hpp",
    "Standing": "domain/finding.hpp",
    "Measure": "domain/finding.hpp",
    "Origin": "domain/fact.hpp",
    "IssueCode": "core/issue.hpp",
    "FactKey": "domain/fact_key.hpp",
    "FactKind": "domain/fact_key.hpp",
    "CodeList": "domain/fact_key.hpp",
    "Remedy": "domain/fact_key.hpp",
    "Truth": "domain/condition.hpp",
    "RuleTopic": "domain/rule.hpp",
    "Confidence": "domain/confidence.hpp",
    "Instrument": "domain/instrument.hpp",
    "InstrumentKind": "domain/instrument.hpp",
    "LoanClass": "domain/instrument.hpp",
    "Criterion": "catalogue/scorecard.hpp",
    "ChangeStatus": "explain/changes.hpp",
    "RowKind": "normalise/layout.hpp",
    "ActsAs": "policy/parameter.hpp",
    "Dormancy": "policy/policy.hpp",
    "Severity": "core/issue.hpp",
}


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "python" / "src"), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def prose(page: Path) -> str:
    """Return a page without its code, where brackets are no links."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def anchor(title: str) -> str:
    words = re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", title).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def enumerators(name: str) -> list[str]:
    header = (ROOT / "include" / "huoshui" / ENUMS[name]).read_text(encoding="utf-8")
    found = re.search(rf"enum class {name}\b[^{{]*\{{(.*?)\}};", header, re.DOTALL)
    assert found, f"{ENUMS[name]} declares no {name}"
    words = re.sub(r"//[^\n]*", "", found[1])
    return [word.split("=")[0].strip() for word in words.split(",") if word.strip()]


@cache
def library() -> Path:
    for preset in ("release", "dev"):
        file = ROOT / ".build" / preset / "libhuoshui.a"
        if file.exists():
            return file
    pytest.fail("no built library: run ./run docs or ./run test first")


def compiled(source: Path, folder: Path) -> Path:
    compiler = shutil.which("g++")
    assert compiler, "g++ is needed"
    program = folder / source.stem
    include = ROOT / "include"
    run(
        [
            compiler,
            "-std=c++20",
            "-Wall",
            "-Wextra",
            "-Werror",
            f"-I{include}",
            str(source),
            str(library()),
            "-lpthread",
            "-o",
            str(program),
        ],
        folder,
    )
    return program


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_resolve(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists():
            broken.append(target)
        elif fragment and file.suffix == ".md":
            titles = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            if fragment not in {anchor(title) for title in titles}:
                broken.append(target)
    assert not broken, f"{page.name}: {broken}"


def test_examples_come_in_twins() -> None:
    assert STEMS
    assert sorted(file.stem for file in EXAMPLES.glob("*.py")) == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_twins_print_the_same(stem: str, tmp_path: Path) -> None:
    program = compiled(EXAMPLES / f"{stem}.cpp", tmp_path)
    in_cpp = run([str(program)], tmp_path)
    in_python = run([sys.executable, "-W", "error", str(EXAMPLES / f"{stem}.py")], tmp_path)
    assert in_cpp.strip()
    assert in_python == in_cpp


def test_readme_cpp_compiles_and_runs(tmp_path: Path) -> None:
    snippets = blocks(ROOT / "README.md", "cpp")
    assert snippets
    for number, snippet in enumerate(snippets):
        source = tmp_path / f"snippet_{number}.cpp"
        source.write_text(snippet, encoding="utf-8")
        assert run([str(compiled(source, tmp_path))], tmp_path).strip()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_python_snippets_run(page: Path) -> None:
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for number, snippet in enumerate(blocks(page, "python")):
        test = parser.get_doctest(snippet, {}, f"{page.name} block {number + 1}", str(page), 0)
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)


def test_readme_console_is_what_the_command_prints(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    files = re.findall(r"<!-- file: (\S+) -->\n```csv\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert files
    for name, contents in files:
        (tmp_path / name).write_text(contents, encoding="utf-8")
    consoles = blocks(ROOT / "README.md", "console")
    assert consoles
    for console in consoles:
        command, _, shown = console.partition("\n")
        assert command.startswith("$ huoshui "), command
        printed = run([sys.executable, "-m", "huoshui", *command.split()[2:]], tmp_path)
        # A line that is … alone stands for any number of lines.
        pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in shown.splitlines())
        assert re.fullmatch(pattern, printed), f"{command}\n--- shown\n{shown}\n--- printed\n{printed}"


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_glossary_holds_every_enumerator(name: str) -> None:
    words = set(re.findall(r"`([^`\n]+)`", (DOCS / "glossary.md").read_text(encoding="utf-8")))
    missing = [word for word in enumerators(name) if word not in words]
    assert not missing, f"docs/glossary.md lacks {missing}"


def test_glossary_names_every_fact_as_the_code_does() -> None:
    source = (ROOT / "src" / "domain" / "fact_key.cpp").read_text(encoding="utf-8")
    facts = re.findall(r'\{FactKey::(\w+), "(\w+)", "([^"]+)", "([^"]+)",', source)
    assert [key for key, _, _, _ in facts] == enumerators("FactKey")
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    missing = [(key, zh) for _, key, zh, en in facts if f"| `{key}` | {zh} | {en} |" not in glossary]
    assert not missing, f"docs/glossary.md: {missing}"


def test_glossary_holds_every_public_noun() -> None:
    declared = (ROOT / "include" / "huoshui" / "fwd.hpp").read_text(encoding="utf-8")
    nouns = re.findall(r"^\s*(?:class|struct|enum class)\s+(\w+)", declared, re.MULTILINE)
    words = set(re.findall(r"`([^`\n]+)`", (DOCS / "glossary.md").read_text(encoding="utf-8")))
    assert nouns
    assert not [noun for noun in nouns if noun not in words]


def test_every_room_has_its_page() -> None:
    rooms = sorted(folder.name for folder in (ROOT / "src").iterdir() if folder.is_dir())
    pages = {page.stem for page in (DOCS / "rooms").glob("*.md")}
    assert not [room for room in rooms if room not in pages]
    map_page = (DOCS / "map.md").read_text(encoding="utf-8")
    assert not [room for room in rooms if f"rooms/{room}.md" not in map_page]


def test_laws_cite_tests_that_exist() -> None:
    cited = set(re.findall(r"`([A-Z]\w+\.[A-Z]\w+)`", (DOCS / "laws.md").read_text(encoding="utf-8")))
    there = {
        f"{suite}.{test}"
        for file in (ROOT / "tests").rglob("*_test.cpp")
        for suite, test in re.findall(r"^TEST\((\w+), (\w+)\)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert cited
    assert cited <= there, f"docs/laws.md cites {sorted(cited - there)}"


def test_condition_page_lists_every_operator() -> None:
    source = (ROOT / "src" / "normalise" / "condition.cpp").read_text(encoding="utf-8")
    operators = re.findall(r'Operator\{"([^"]+)", Comparison::', source)
    page = (DOCS / "rooms" / "normalise.md").read_text(encoding="utf-8")
    assert operators
    assert not [word for word in operators if f"`{word}`" not in page]


def test_catalogue_page_lists_every_column_and_weight() -> None:
    page = (DOCS / "rooms" / "catalogue.md").read_text(encoding="utf-8")
    source = (ROOT / "src" / "normalise" / "products.cpp").read_text(encoding="utf-8")
    columns = re.findall(r'ColumnName\{"(\w+)", \{([^}]*)\}\}', source)
    assert columns
    for column, words in columns:
        names = "、".join(word for word in re.findall(r'"([^"]*)"', words) if word)
        assert f"| `{column}` | {names} |" in page, column
    card = (ROOT / "src" / "catalogue" / "scorecard.cpp").read_text(encoding="utf-8")
    weights = [
        [int(n) for n in found.split(",")] for found in re.findall(r"> k(?:Desk|Enterprise|Bank)\{([\d, ]+)\}", card)
    ]
    assert len(weights) == 3
    for word, *row in zip(enumerators("Criterion"), *weights, strict=True):
        assert re.search(rf"\| `{word}` \|[^|]*\| {row[0]} \| {row[1]} \| {row[2]} \|", page), word
