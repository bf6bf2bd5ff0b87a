"""Merge the figures of the C++ binary and of the Python peers into one page with plots.

    python report.py CPP.json PEERS.json FOLDER

FOLDER gets README.md, figures.json and, where matplotlib is installed, SVG plots. Nothing in them names a place on
the machine.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from acceptance import CHANGES, TARGETS, Check, checks, number, spread_ratios, target_ns
from figures import LIBRARY, PREPARED, PROJECTS, SIZES, WHOLE_L, Figure, Figures, arguments, milliseconds


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def nanoseconds(ns: float) -> str:
    return f"{ns:,.0f}" if ns >= 10 else f"{ns:.1f}"


def peers_table(figures: Figures) -> str:
    cells = [(size, threads) for size in SIZES for threads in (1, 2)]
    base: dict[tuple[str, int], float] = {}
    seen: dict[str, dict[tuple[str, int], Figure]] = {}
    for f in figures.find(unknown=0, spread="zipf"):
        if f.size is None or f.projects > SIZES[f.size][0]:
            continue
        if f.size != "S" and f.who in LIBRARY and f.projects != SIZES[f.size][0]:
            continue
        seen.setdefault(f.who, {})[f.size, f.threads] = f
        if f.who == PREPARED:
            base[f.size, f.threads] = f.ns
    rows = []

    def order(who: str) -> tuple[int, bool, float]:
        """The library first, then the quicker on L before the slower, then those that were not run on L."""
        at = seen[who].get(("L", 1)) or min(seen[who].values(), key=lambda f: f.ns)
        return LIBRARY.index(who) if who in LIBRARY else len(LIBRARY), at.size != "L", at.ns

    for who in sorted(seen, key=order):
        row = [f"**{who}**" if who in LIBRARY else who]
        for cell in cells:
            f = seen[who].get(cell)
            if f is None:
                row.append("–")
                continue
            text = nanoseconds(f.ns)
            if who != PREPARED and cell in base:
                text += f" ({f.ns / base[cell]:,.1f}×)"
            if f.projects != SIZES[cell[0]][0]:
                text += f" [{f.projects:,}]"
            row.append(text)
        rows.append(row)
    return table(["who", *(f"{size}, {threads}T" for size, threads in cells)], rows)


def library_table(figures: Figures) -> str:
    """Both doors and the reading between them, one row for each list."""
    lists = sorted({(f.products, f.projects, f.unknown, f.threads) for f in figures.find(spread="zipf", who=PREPARED)})
    rows = []
    for products, projects, unknown, threads in lists:
        which = {"projects": projects, "products": products, "unknown": unknown, "threads": threads}
        reading = figures.ms("Prepare", **which)
        size = (projects, products)
        cells = [
            figures.ns(PREPARED, size, threads, unknown),
            figures.ns(PROJECTS, size, threads, unknown),
            None if reading is None else reading * 1e6 / projects,
        ]
        held = figures.counter("Prepare", "bytes_per_project", **which)
        rows.append(
            [f"{projects:,} × {products:,}", f"{unknown} %", str(threads)]
            + ["–" if ns is None else nanoseconds(ns) for ns in cells]
            + ["–" if held is None else f"{held:,.0f}"]
        )
    head = ["projects × products", "unknown facts", "threads", "prepared list", "from projects", "preparing"]
    return table([*head, "bytes held for a prepared project"], rows)


def spreads_table(figures: Figures) -> str:
    rows = []
    base = {(f.spread, f.products, f.threads, f.unknown): f.ns for f in figures.find(who=PREPARED)}
    for f in sorted(figures.lists, key=lambda f: (f.spread, f.products, f.unknown, f.threads, f.ns)):
        if f.spread == "zipf":
            continue
        library = base.get((f.spread, f.products, f.threads, f.unknown))
        ratio = f"{f.ns / library:,.1f}×" if library and f.who != PREPARED else "–"
        who = f"**{f.who}**" if f.who in LIBRARY else f.who
        size = f"{f.projects:,} × {f.products:,}"
        rows.append([f.spread, size, f"{f.unknown} %", str(f.threads), who, nanoseconds(f.ns), ratio])
    return table(["spread", "projects × products", "unknown facts", "threads", "who", "ns a project", "ratio"], rows)


def acceptance_table(all_checks: list[Check]) -> str:
    head = ["line", "what", "wanted", "measured", "met", "beside it"]
    return table(head, [check.row() for check in all_checks])


def verdict(all_checks: list[Check]) -> str:
    met = [check.met for check in all_checks]
    parts = [f"{met.count(True)} met", f"{met.count(False)} not met"]
    if None in met:
        parts.append(f"{met.count(None)} not measured")
    return ", ".join(parts)


def targets_table(figures: Figures) -> str:
    rows = []
    for name, size in SIZES.items():
        for unknown in (0, 20):
            ns = {target: target_ns(figures, size, target, unknown) for target in TARGETS}
            if all(value is None for value in ns.values()):
                continue
            best = min(value for value in ns.values() if value is not None)
            cells = ["–" if v is None else f"{nanoseconds(v)} ({v / best:.2f}×)" for v in reversed(ns.values())]
            rows.append([f"{name}, {size[0]:,} × {size[1]:,}", f"{unknown} %", *cells])
    return table(["prepared list, 1 thread", "unknown facts", *reversed(TARGETS)], rows)


def scaling_table(figures: Figures) -> str:
    rows = []
    lists = sorted({(f.projects == SIZES["L"][0], f.products, f.projects) for f in figures.scale})
    for _, products, projects in lists:
        ns = {f.who: f.ns for f in figures.scale if (f.projects, f.products) == (projects, products)}
        cells = [f"{ns[who]:,.0f} ({ns[who] * projects * 1e-6:,.1f} ms)" if who in ns else "–" for who in LIBRARY]
        rows.append([f"{projects:,} × {products:,}", *cells])
    return table(["projects × products, 1 thread", *(f"{who}: ns a project" for who in LIBRARY)], rows)


def updates_table(figures: Figures) -> str:
    rows = []
    for b in figures.of("Update/"):
        a = arguments(b["run_name"])
        nth = f"{a['nth']}{'st' if a['nth'] == 1 else 'th'}"
        what = f"{CHANGES[a['change']]} one of {a['products']:,} products, the {nth} update since the base"
        rows.append([what, number(b["p50_us"]), number(b["p99_us"])])
    for b in figures.of("Updates/"):
        what = f"a thousand updates in a row, {arguments(b['run_name'])['products']:,} products"
        rows.append([what, number(b["p50_us"]), number(b["p99_us"])])
    for b in figures.of("BoardPut/"):
        a = arguments(b["run_name"])
        what = f"a {('product', 'project')[a['what']]} put on a board of {a['projects']:,} × {a['products']:,}"
        rows.append([what, number(b["p50_us"]), number(b["p99_us"])])
    return table(["what", "p50, µs", "p99, µs"], rows)


def ceilings(figures: Figures) -> str:
    """What the machine's limits alone would take on L, beside what a prepared project takes."""
    lines = []
    for threads in (1, 2):
        ns = figures.ns(PREPARED, WHOLE_L, threads) or figures.ns(PREPARED, SIZES["L"], threads)
        joined = figures.counter("BitmapAnd", "blocks", threads=threads)
        read = figures.counter("ReadBandwidth", "bytes_per_second", KiB=512 * 1024, threads=threads)
        held = figures.counter(
            "Prepare", "bytes_per_project", projects=20_000, products=10_000, unknown=0, threads=threads
        )
        if ns is None or joined is None or read is None or held is None:
            continue
        blocks = 10 * math.ceil(WHOLE_L[1] / 512)
        lines.append(
            f"- {threads} thread(s): a prepared project of L takes {nanoseconds(ns)} ns. Ten rows of 10,000 bits "
            f"joined at the rate above would take {blocks / joined * 1e9:,.0f} ns; its {held:,.0f} bytes "
            f"read from memory {held / read * 1e9:,.0f} ns.\n"
        )
    return "".join(lines)


def roofline_table(figures: Figures) -> str:
    rows = []
    for b in figures.of("ReadBandwidth/"):
        a = arguments(b["run_name"])
        rows.append([f"read {a['KiB']:,} KiB a thread", str(a["threads"]), f"{b['bytes_per_second'] / 1e9:,.1f} GB/s"])
    for b in figures.of("BitmapAnd/"):
        rows.append(
            [
                "AND of 64-byte blocks, rows in the second cache level",
                str(arguments(b["run_name"])["threads"]),
                f"{b['blocks'] / 1e9:,.2f} G blocks/s, {b['bytes_per_second'] / 1e9:,.1f} GB/s",
            ]
        )
    return table(["ceiling", "threads", "measured"], rows)


def others_table(figures: Figures) -> str:
    rows: list[list[str]] = []

    def add(start: str, what: Callable[[dict[str, int]], str], figure: Callable[[dict], str]) -> None:
        rows.extend([what(arguments(b["run_name"])), figure(b)] for b in figures.of(start))

    add(
        "OneProject/",
        lambda a: (
            f"one project, facts {('in their list', 'prepared', 'at hand')[a['facts']]}, "
            f"{a['products']:,} products, {a['unknown']} % unknown"
        ),
        lambda b: f"p50 {b['p50_ns'] / 1e3:.2f} µs, p90 {b['p90_ns'] / 1e3:.2f} µs, p99 {b['p99_ns'] / 1e3:.2f} µs",
    )
    add(
        "MatchProduct/",
        lambda a: f"one product against {a['projects']:,} {'prepared projects' if a['prepared'] else 'projects'}",
        lambda b: f"{milliseconds(b):,.3f} ms",
    )
    add("Compile/", lambda a: f"compile {a['products']:,} products", lambda b: f"{milliseconds(b):,.2f} ms")
    add(
        "FirstMatch/",
        lambda a: f"first match of a new catalogue, {a['products']:,} products",
        lambda b: f"{milliseconds(b):,.2f} ms",
    )
    add(
        "CompileAndIndex/",
        lambda a: f"compile and index {a['products']:,} products",
        lambda b: f"{milliseconds(b):,.2f} ms; index {b['index_bytes_per_product']:,.0f} bytes a product",
    )
    add(
        "Batches/",
        lambda a: f"{a['projects']:,} × 10,000 in batches of 4,096, 2 threads",
        lambda b: f"{milliseconds(b):,.1f} ms; {b['bytes_in_flight'] / 1024:,.0f} KiB held",
    )
    worlds, shown = ("W", "the bundled lists"), ("the best offer", "undecided", "refused", "as they come")
    add(
        "Explain/",
        lambda a: f"explain one pair of {worlds[a['world']]}: {shown[a['shown']]}",
        lambda b: f"{milliseconds(b) * 1e3:,.2f} µs",
    )
    add("SumUp/", lambda a: f"sum up {worlds[a['world']]}", lambda b: f"{milliseconds(b):,.2f} ms")
    add("LoadProjects/", lambda a: f"load a list of {a['rows']:,} rows", lambda b: f"{milliseconds(b) / 1e3:,.3f} s")
    add(
        "MatchUpdated/",
        lambda a: (
            f"2,000 {'prepared projects' if a['prepared'] else 'projects'} × {a['products']:,}, "
            f"{a['updates']} updates away from the base"
        ),
        lambda b: f"{milliseconds(b) * 1e6 / 2_000:,.0f} ns a project",
    )
    for b in figures.of("SyndicatePropose"):
        rows.append([f"{b['run_name'].removesuffix('/real_time')} {b.get('label', '')}", f"{milliseconds(b):,.2f} ms"])
    return table(["what", "median"], rows)


def python_table(figures: Figures) -> str:
    rows = []
    for p in figures.python_calls:
        for prepared, key in enumerate(("ns_per_project", "prepared_ns_per_project")):
            ratio = figures.python_over_cpp(p["projects"], p["threads"], prepared)
            if ratio is None:
                continue
            rows.append(
                [
                    f"{p['projects']:,} × {p['products']:,}",
                    "prepared list" if prepared else "from projects",
                    str(p["threads"]),
                    nanoseconds(p[key] / ratio),
                    nanoseconds(p[key]),
                    f"{ratio:.3f}×",
                ]
            )
    return table(["list × handbook", "call", "threads", "C++, ns a project", "Python, ns a project", "ratio"], rows)


def plots(figures: Figures, folder: Path) -> list[str]:
    try:
        import matplotlib
    except ImportError:
        print("  plots: skipped, matplotlib is not installed", file=sys.stderr)
        return []
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "huoshui"
    import matplotlib.pyplot as plt
    from matplotlib.ticker import NullFormatter

    made: list[str] = []

    def save(figure: plt.Figure, name: str) -> None:
        figure.tight_layout()
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
        plt.close(figure)
        made.append(name)

    def curves(
        name: str, axis: str, ylabel: str, value: Callable[[Figure], tuple[int, float]], of: list[Figure]
    ) -> None:
        figure, ax = plt.subplots(figsize=(6, 3.6))
        for who, color in zip(LIBRARY, ("#c0392b", "#2c3e50"), strict=True):
            points = sorted(value(f) for f in of if f.who == who)
            if len(points) < 2:
                continue
            x, y = zip(*points, strict=True)
            ax.loglog(x, y, "o-", color=color, label=f"{who}, 1 thread")
            ax.loglog(x, [y[0] * at / x[0] for at in x], ":", color=color, label="in proportion")
        if ax.lines:
            ax.set(xlabel=axis, ylabel=ylabel)
            ax.legend(fontsize=8)
            save(figure, name)

    many = SIZES["L"][0]
    curves(
        "scaling_projects",
        "projects (2,000 products)",
        "ms for the list",
        lambda f: (f.projects, f.ns * f.projects * 1e-6),
        [f for f in figures.scale if f.products == SIZES["M"][1] and f.projects != many],
    )
    curves(
        "scaling_products",
        "products (20,000 projects)",
        "ns a project",
        lambda f: (f.products, f.ns),
        [f for f in figures.scale if f.projects == many],
    )

    for size, (projects, products) in SIZES.items():
        shown = {}
        for f in figures.find(unknown=0, spread="zipf", products=products, threads=1):
            if f.projects <= projects and (f.who not in LIBRARY or f.projects == projects):
                shown[f.who] = f.ns
        if len(shown) < 2:
            continue
        figure, ax = plt.subplots(figsize=(7, 0.4 * len(shown) + 1.2))
        order = sorted(shown, key=shown.__getitem__, reverse=True)
        colors = ["#c0392b" if w in LIBRARY else "#7f8c8d" for w in order]
        bars = ax.barh(order, [shown[w] for w in order], color=colors)
        ax.bar_label(bars, [f" {nanoseconds(shown[w])}" for w in order], fontsize=8)
        ax.set_xscale("log")
        ax.xaxis.set_minor_formatter(NullFormatter())
        ax.set_xlim(left=10 ** math.floor(math.log10(min(shown.values()))))
        ax.set_xlim(right=3 * max(shown.values()))
        ax.set_xlabel(f"ns a project, {size} ({products:,} products), 1 thread")
        save(figure, f"peers_{size}")
    return made


def machine(cpp: dict) -> str:
    context = cpp["context"]
    model, flags = "unknown", ""
    info = Path("/proc/cpuinfo")
    for line in info.read_text().splitlines() if info.exists() else []:
        key, _, value = (part.strip() for part in line.partition(":"))
        if key == "model name":
            model = value
        if key == "flags":
            flags = " ".join(f for f in value.split() if f.startswith(("avx", "sse4_2", "bmi2", "popcnt")))
    caches = ", ".join(f"L{c['level']} {c['type'].lower()} {c['size'] // 1024:,} KiB" for c in context["caches"])
    load = ", ".join(f"{x:.2f}" for x in context["load_avg"])
    return "\n".join(
        [
            f"- processor: {model}, {context['num_cpus']} threads of hardware; {caches}",
            f"- flags: {flags}",
            f"- compiler: {context.get('compiler', 'unknown')}, release build",
            f"- commit: {context.get('commit', 'unknown')}; begun {context['date']}; load average then: {load}",
            "",
        ]
    )


def page(figures: Figures, cpp: dict, made: list[str]) -> str:
    repetitions = sorted({f.repetitions for f in figures.lists})
    by_tool = {who.split()[0].strip(","): version for who, version in figures.versions.items()}
    versions = ", ".join(f"{tool} {version}" for tool, version in sorted(by_tool.items()) if tool != "huoshui")
    all_checks = list(checks(figures))
    parts = [
        "# Results\n",
        "Made by `./run bench`; what is measured and how: [benchmarks](../README.md).\n",
        machine(cpp),
        f"Medians of {' or '.join(map(str, repetitions))} repetitions; compare within one table only. "
        f"Peers in Python: {versions or 'none was run'}.\n",
        f"## What was wanted, line by line: {verdict(all_checks)}\n",
        "Figures are of the list prepared before, as the columns of the peers are; `from projects` stands beside. "
        "Ratios to peers are of the 20,000 projects of L that all of them see; DuckDB and faiss with the number of "
        "threads that suits them best. Twice the projects: up to 2.1 times the time is taken for twice.\n",
        acceptance_table(all_checks),
        "Line 2, no thread for a call: the library keeps its threads (`src/core/detail/pool.hpp`). Line 7, agreement "
        "on millions of pairs: the law tests (`tests/property`); here every benchmark compares a sample with the "
        "exhaustive method before it is timed. The ratios on the other spreads, 2 threads, against the prepared "
        "list:\n",
        table(["spread", "projects × products", "who", "ratio"], spread_ratios(figures)),
        "## Whole lists: ns a project, and how many times the library's\n",
        "S is 2,000 × 500, M 100,000 × 2,000, L here 20,000 projects against 10,000 products; all facts known, ten "
        f"best. [n] marks a shorter slice. Ratios are to {PREPARED}: it and the peers start from what was read "
        "before; the other row starts from projects as they were loaded.\n",
        peers_table(figures),
        *(f"![ns a project, {name}]({name}.svg)\n" for name in made if name.startswith("peers_")),
        "## The library, and L whole: ns a project\n",
        library_table(figures),
        "## Processors\n",
        targets_table(figures),
        "## Growth\n",
        scaling_table(figures),
        *(f"![{name}]({name}.svg)\n" for name in made if name.startswith("scaling_")),
        "## Other spreads\n",
        spreads_table(figures),
        "## The machine's own limits\n",
        roofline_table(figures),
        ceilings(figures),
        "## Updates\n",
        "From the call to the snapshot with its index, ready to answer.\n",
        updates_table(figures),
        "## Everything else\n",
        others_table(figures),
        "## From Python\n",
        python_table(figures),
    ]
    if figures.failed:
        parts.append("## Not counted\n")
        parts.extend(f"- {name}: differed from the oracle\n" for name in figures.failed)
    return "\n".join(parts)


def main() -> None:
    cpp = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    peers_file, folder = Path(sys.argv[2]), Path(sys.argv[3])
    peers = json.loads(peers_file.read_text(encoding="utf-8")) if peers_file.exists() else []
    for place in ("host_name", "executable"):
        cpp["context"].pop(place, None)
    folder.mkdir(parents=True, exist_ok=True)
    figures = Figures(cpp, peers)
    made = plots(figures, folder)
    (folder / "README.md").write_text(page(figures, cpp, made), encoding="utf-8")
    kept = {"context": cpp["context"], "cpp": figures.medians, "peers": peers}
    (folder / "figures.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if figures.failed:
        raise SystemExit(f"differed from the oracle: {', '.join(figures.failed)}")


if __name__ == "__main__":
    main()
