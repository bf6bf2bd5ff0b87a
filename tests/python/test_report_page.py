"""The report page and the documented JSON: the page works alone and offline, and shows exactly what it was given."""

import copy
import json
import re
from pathlib import Path

import jsonschema
import pytest
from playwright.sync_api import sync_playwright

import huoshui as hs

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "src/report/tables/report.html"
SAMPLE = Path(__file__).parent / "data/report_sample.json"
SCHEMAS = ROOT / "docs/schemas"
TOKEN = "/*HUOSHUI_REPORT*/null"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def sample():
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def fill(report):
    """Do what the C++ writer does."""
    template = TEMPLATE.read_text(encoding="utf-8")
    assert template.count(TOKEN) == 1
    return template.replace(TOKEN, json.dumps(report, ensure_ascii=False).replace("<", "\\u003c"))


# ---- the documents ---------------------------------------------------------------------------------------------------


def test_sample_fits_the_schema_and_adds_up():
    report = sample()
    assert [f"{error.json_path}: {error.message}" for error in validator("report").iter_errors(report)] == []
    rows = report["list"]["rows"]
    assert rows["read"] == rows["projects"] + rows["issues"] + rows["other"]
    assert rows["projects"] == len(report["projects"]) == report["overview"]["projects"]
    weights = {one["id"]: one["weight"] for one in report["scorecard"]["criteria"]}
    assert sum(weights.values()) == 100
    singles = [project for project in report["projects"] if not project["is_collection"]]
    for word, number in report["overview"]["pairs"].items():
        assert number == sum(project["counts"][word] for project in singles)
    for word, heat_word in (("permitted", "permitted"), ("undecided", "possible")):
        assert sum(cell[heat_word] for cell in report["overview"]["heat"]) == report["overview"]["pairs"][word]
    for project in report["projects"]:
        for pair in project["offers"] + project["possible"] + project["why_not"]:
            assert pair["product"] in report["products"]
            parts = pair["points"]["parts"]
            assert sum(part["points"] for part in parts) == pair["points"]["total"]
            assert all(part["points"] <= weights[part["id"]] * 1_000_000 for part in parts)


@pytest.mark.parametrize("name", ["check", "parse", "match", "suggest", "explain", "package"])
def test_documented_examples_fit_their_schemas(name):
    text = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    examples = re.findall(rf"<!-- schema: {name} -->\n```json\n(.*?)```", text, re.DOTALL)
    assert examples
    for example in map(json.loads, examples):
        assert [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(example)] == []


def test_schemas_refuse_what_the_contract_forbids():
    report = sample()
    report["projects"][0]["phone"] = "13800000000"  # not masked
    assert not validator("report").is_valid(report)
    del report["projects"][0]["phone"]
    assert not validator("report").is_valid(report)
    assert not validator("parse").is_valid({"text": "1", "kind": "money", "min": 1.5})


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


class Opened:
    """A page opened from file:// without network, with everything it complained about or asked for."""

    def __init__(self, browser, path, fragment=""):
        self.context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
        self.page = self.context.new_page()
        self.complaints, self.requests = [], []
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri() + fragment)

    def cards(self):
        return self.page.eval_on_selector_all("#cards .card", "cards => cards.map(card => card.project.id)")

    def wait_for_cards(self, number):
        self.page.wait_for_function(
            "n => document.querySelectorAll('#cards .card').length === n", arg=number, timeout=4000
        )


@pytest.fixture
def open_report(browser, tmp_path):
    opened = []

    def open_it(report, fragment=""):
        path = tmp_path / f"报告{len(opened)}.html"
        path.write_text(fill(report), encoding="utf-8")
        opened.append(Opened(browser, path, fragment))
        return opened[-1]

    yield open_it
    for one in opened:
        one.context.close()
        assert one.complaints == []
        assert all(url.startswith(("file://", "data:")) for url in one.requests), one.requests


def test_shows_every_part_and_bars_that_sum_to_their_totals(open_report):
    report = sample()
    view = open_report(report)
    page = view.page
    assert page.title().startswith("报告")
    assert view.cards() == [project["id"] for project in report["projects"]]
    page.wait_for_function(
        "() => [...document.querySelectorAll('#cards .card')].every(card => card.childNodes.length)", timeout=4000
    )
    for part in ("overview", "heat", "missing", "near", "issues", "projects"):
        assert page.locator(f"section#{part}").count() == 1

    # The heat map holds the counts, in both modes.
    cells = ".heat .cell"
    for word in ("permitted", "possible"):
        page.click(f"[data-heat={word}]")
        numbers = [int(text.replace(",", "")) for text in page.locator(cells).all_inner_texts()]
        assert sorted(numbers) == sorted(cell[word] for cell in report["overview"]["heat"] if cell[word])

    # Every bar: exact parts sum to the exact total, and the width drawn is the total's share of 100 points.
    bars = page.eval_on_selector_all(
        "#cards .stack",
        """bars => bars.map(bar => ({total: Number(bar.dataset.total), width: bar.clientWidth,
             parts: [...bar.children].map(part => Number(part.dataset.points)),
             drawn: [...bar.children].reduce((sum, part) => sum + part.getBoundingClientRect().width, 0)}))""",
    )
    assert len(bars) == sum(len(project["offers"]) + len(project["possible"]) for project in report["projects"])
    for bar in bars:
        assert sum(bar["parts"]) == bar["total"]
        assert abs(bar["drawn"] - bar["width"] * bar["total"] / 100_000_000) < 1.5

    # Deciding words are marked, illustrative products carry their badge, undisclosed terms say so.
    first = page.locator(f"#project-{report['projects'][0]['id']}")
    assert report["projects"][0]["words"][0] in first.locator("mark").all_inner_texts()
    shown = [offer["product"] for project in report["projects"] for offer in project["offers"] + project["possible"]]
    assert page.locator("#cards .tag.demo").count() == sum(report["products"][one]["illustrative"] for one in shown)
    assert page.locator("#cards .void", has_text="未披露").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 480, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_search_filters_and_sort_choose_cards(open_report):
    report = sample()
    view = open_report(report)
    page, projects = view.page, report["projects"]

    target = projects[2]
    page.keyboard.press("/")
    page.keyboard.type(target["name"])
    view.wait_for_cards(1)
    assert view.cards() == [target["id"]]
    page.keyboard.press("Escape")
    view.wait_for_cards(len(projects))

    product = projects[0]["offers"][0]["product"]  # found by product name, among offers, possible and why-not
    name = report["products"][product]["name"]
    page.fill("input[name=query]", name)
    named = [
        p["id"]
        for p in projects
        if product in {pair["product"] for part in ("offers", "possible", "why_not") for pair in p[part]}
    ]
    view.wait_for_cards(len(named))
    assert view.cards() == named
    page.fill("input[name=query]", "没有这样的项目")
    page.wait_for_selector("#cards .empty", timeout=4000)
    page.click(".bar button")

    county = projects[0]["county_code"]
    page.select_option("select[name=county]", county)
    assert view.cards() == [p["id"] for p in projects if p["county_code"] == county]
    page.select_option("select[name=county]", "")
    page.select_option("select[name=result]", "possible")
    assert view.cards() == [p["id"] for p in projects if not p["counts"]["permitted"] and p["counts"]["undecided"]]
    page.select_option("select[name=result]", "")
    page.select_option("select[name=sort]", "need")
    assert view.cards()[0] == next(p["id"] for p in projects if p["financing_need"])
    page.select_option("select[name=sort]", "points")
    best = max((p for p in projects if p["offers"]), key=lambda p: p["offers"][0]["points"]["total"])
    assert view.cards()[0] == best["id"]

    # A cell of the heat map filters by its county and instrument.
    page.locator(".heat .cell").first.click()
    chosen = page.input_value("select[name=county]"), page.input_value("select[name=instrument]")
    assert all(chosen)
    for project in (p for p in projects if p["id"] in view.cards()):
        assert project["county_code"] == chosen[0]


def test_language_toggle_and_deep_links(open_report):
    report = sample()
    last = report["projects"][-1]["id"]
    view = open_report(report, f"#project={last}")
    page = view.page
    assert page.locator(".card.here").get_attribute("id") == f"project-{last}"
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.click("#language")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Report"
    assert page.locator("section#projects h2").inner_text() == "Projects"
    page.wait_for_function("() => document.querySelector('#cards .card h4')", timeout=4000)
    heads = page.locator("#cards .card").first.locator("h4").all_inner_texts()
    assert heads[0].startswith("Instruments its words speak for")
    assert heads[1].startswith("Permitted offers")
    page.click("#language")
    assert page.locator("h1").inner_text() == "报告"
    page.locator(".miss a").first.click()  # an example of the near-miss board leads to its card
    wanted = report["overview"]["near_misses"][0]["examples"][0]["project"]
    page.wait_for_function(
        "id => document.querySelector('.card.here')?.id === `project-${id}`", arg=wanted, timeout=4000
    )


def test_print_shows_all_cards_and_long_lists_are_filled_lazily(open_report):
    report = sample()
    originals = report["projects"]
    report["projects"] = [dict(copy.deepcopy(originals[i % len(originals)]), id=f"X{i:04d}") for i in range(210)]
    view = open_report(report)
    page = view.page
    filled = "() => [...document.querySelectorAll('#cards .card')].filter(card => card.childNodes.length).length"
    assert len(view.cards()) == 210
    page.locator("#cards .card").first.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#cards .card h3')", timeout=4000)
    assert page.evaluate(filled) < 100
    page.emulate_media(media="print")
    page.wait_for_function(f"() => ({filled})() === 210", timeout=10_000)
    assert page.eval_on_selector_all("#cards .card", "cards => cards.every(card => card.offsetHeight > 100)")
    assert not page.locator(".bar").is_visible()
    assert page.locator("#cards details[open]").count() > 0  # why-not is opened on paper
    page.emulate_media(media="screen")
    page.wait_for_function("() => !document.querySelector('#cards details[open]')", timeout=4000)


def test_hostile_words_stay_words(open_report):
    report = sample()
    hostile = "</script><img src=x onerror=alert(1)><b>油茶</b>\u2028'\"`${1}"
    project = report["projects"][0]
    for field in ("name", "owner", "content", "remark"):
        project[field] = hostile
    project["id"] = hostile
    project["words"] = ["<b>油茶</b>", "alert(1", "[a-"]
    advice = project["advice"]
    advice["texts"]["content"] = advice["instruments"][0]["instrument_zh"] = hostile
    advice["instruments"][0]["rules"][0]["why_zh"] = hostile
    advice["instruments"][0]["words"] = [
        {"word": "<b>油茶</b>", "field": field, "position": len(hostile.encode()), "length": 99, "cue": "x"}
        for field in ("name", "content", "constructor")
    ]
    advice["instruments"][1]["words"] = []
    report["list"]["file"] = hostile
    for product in report["products"].values():
        product["name"] = product["notes"] = hostile
    report["issues"][0]["message"] = hostile
    view = open_report(report)
    page = view.page
    page.wait_for_function("() => document.querySelector('#cards .card h3')", timeout=4000)
    page.locator("#issues summary").click()
    assert page.locator("img, b:has(> b), #cards script").count() == 0
    assert page.locator("#cards .card h3").first.inner_text().replace("\n", "").startswith("</script><img")
    assert set(page.locator("#cards .card").first.locator("mark").all_inner_texts()) == {"<b>油茶</b>", "alert(1"}


def test_the_instrument_ranking_marks_the_words_that_decided(open_report):
    report = sample()
    project = report["projects"][0]
    view = open_report(report, f"#project={project['id']}")
    card = view.page.locator(f"#project-{project['id']}")
    advised = project["advice"]["instruments"]
    rows = card.locator(".advice li")
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.instrument)") == [
        one["instrument"] for one in advised
    ]
    assert [text.splitlines()[0] for text in rows.locator(".num").all_inner_texts()] == [
        "41.2%",
        "20.3%",
        "9.8%",
        "0.1%",
        "0.0%",
    ]
    # Words that overlap are one mark; the best instrument's words stand out, the others' are underlined.
    assert card.locator(".own mark.cue.first").all_inner_texts() == ["竹产业", "6万亩竹林"]
    assert card.locator(".own mark.cue:not(.first)").all_inner_texts() == ["产业园厂房"]
    assert "2. 产业园/标准厂房贷款" in card.locator(".own mark", has_text="厂房").get_attribute("title")
    # Choosing an instrument shows its words alone, choosing it again all of them.
    rows.nth(1).locator(".pick").click()
    assert card.locator(".own mark").all_inner_texts() == ["产业园厂房"]
    assert rows.nth(1).locator(".pick").get_attribute("aria-pressed") == "true"
    rows.nth(1).locator(".pick").click()
    assert card.locator(".own mark").count() == 3
    # Each says what the handbook has; the first choice leads to its offer when that is shown.
    stands = rows.locator(".stand").all_inner_texts()
    assert [text.split()[0] for text in (stands[0], stands[2], stands[4])] == ["待补充", "可对接", "待补充"]
    assert stands[1] == "手册中 2 个产品均不符合"
    assert stands[3] == "手册中没有此类产品"
    assert rows.locator(".stand a").all_inner_texts() == [
        report["products"][one]["name"]
        for one in ("P004", "P202")  # D001 is not among the offers of the card
    ]
    rows.nth(4).locator("summary").click()
    assert "2亿元至30亿元" in rows.nth(4).locator(".terms").first.inner_text()
    rows.nth(0).locator(".stand a").click()
    assert view.page.evaluate("document.activeElement.dataset.product") == "P004"
    assert "不利" in rows.nth(1).locator(".why").inner_text()

    collection = next(one for one in report["projects"] if one["is_collection"])
    other = view.page.locator(f"#project-{collection['id']}")
    other.scroll_into_view_if_needed()
    assert other.locator("h4 .tag").first.inner_text() == "不确定"
    assert other.locator(".own mark").all_inner_texts() == ["签约"]
    assert other.locator(".advice .stand").count() == 0


def test_a_word_that_masking_moved_is_still_marked(open_report):
    report = sample()
    project = report["projects"][0]
    project["advice"]["texts"]["content"] = "电话138****0000，竹林"
    view = open_report(report, f"#project={project['id']}")
    assert view.page.locator(f"#project-{project['id']} .own dd").nth(1).locator("mark").all_inner_texts() == ["竹林"]


def test_page_without_a_report_or_without_content_still_opens(open_report, browser, tmp_path):
    report = sample()
    report["projects"], report["issues"], report["products"] = [], [], {}
    report["overview"].update(
        projects=0,
        collections=0,
        with_permitted=0,
        possible_only=0,
        heat=[],
        missing=[],
        near_misses=[],
        pairs={"permitted": 0, "undecided": 0, "refused": 0},
        need_known=0,
    )
    assert open_report(report).page.locator("#cards .empty").count() == 1
    path = tmp_path / "empty.html"
    path.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    view = Opened(browser, path)
    assert view.page.locator("#app p").count() == 1
    assert view.complaints == []
    view.context.close()


def test_the_real_report_opens_with_the_network_off(browser, tmp_path):
    projects = hs.bundled_projects()
    catalogue = hs.Catalogue.compile(hs.bundled_products(), hs.Policy.bundled().at("2026-11-25"))
    path = hs.match(projects, catalogue).to_html(tmp_path / "报告.html")
    view = Opened(browser, path.resolve())
    view.wait_for_cards(len(projects))
    assert view.complaints == []
    assert all(url.startswith(("file://", "data:")) for url in view.requests)
    view.page.fill("input[type=search]", "竹产业")
    view.page.wait_for_function("() => document.querySelectorAll('#cards .card').length < 10", timeout=4000)
    assert "和平县竹产业" in view.page.inner_text("#cards")
    view.context.close()
