"""Merge the figures of the C++ binary and of the Python peers into one page with plots.

    python report.py CPP.json PEERS.json FOLDER

FOLDER gets README.md, figures.json and, where matplotlib is installed, SVG plots. Nothing in them names a place on
the machine.
"""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

SIZES = {"S": (2_000, 500), "M": (100_000, 2_000), "L": (20_000, 10_000)}
SPREADS = ("zipf", "broad", "sharp")
LIBRARY = "huoshui"


@dataclasses.dataclass(frozen=True)
class Figure:
    """One median."""

    who: str
    projects: int
    products: int
    unknown: int
    threads: int
    spread: str
    ns: float
    repetitions: int

    @property
    def size(self) -> str | None:
        """S, M or L by the number of products; the slower peers see a part of the list."""
        return next((s for s, (_, products) in SIZES.items() if products == self.products), None)


def arguments(name: str) -> dict[str, int]:
    """`Match/projects:2000/…` as numbers by name."""
    return {key: int(value) for key, _, value in (part.partition(":") for part in name.split("/")) if value.isdigit()}


class Figures:
    """All medians of one run."""

    def __init__(self, cpp: dict, peers: list[dict]) -> None:
        self.medians = [b for b in cpp["benchmarks"] if b.get("aggregate_name") == "median"]
        self.failed = sorted({b["run_name"] for b in cpp["benchmarks"] if b.get("error_occurred")})
        self.lists = [self.match_of(b) for b in self.of("Match/")]
        self.scale = [self.match_of(b) for b in self.of("Scale/")]
        self.python_calls = [p for p in peers if p["spread"] == "list"]
        self.lists += [
            Figure(
                p["peer"],
                p["projects"],
                p["products"],
                0,
                p["threads"],
                p["spread"],
                p["ns_per_project"],
                p["repetitions"],
            )
            for p in peers
            if p["spread"] != "list"
        ]
        self.versions = {p["peer"]: p["version"] for p in peers}

    def of(self, start: str) -> list[dict]:
        return [b for b in self.medians if b["run_name"].startswith(start)]

    @staticmethod
    def match_of(b: dict) -> Figure:
        a = arguments(b["run_name"])
        return Figure(
            b["label"],
            a["projects"],
            a["products"],
            a["unknown"],
            a["threads"],
            SPREADS[a["spread"]],
            milliseconds(b) * 1e6 / a["projects"],
            b["repetitions"],
        )

    def find(self, **wanted: object) -> list[Figure]:
        return [f for f in self.lists if all(getattr(f, key) == value for key, value in wanted.items())]


def milliseconds(b: dict) -> float:
    return b["real_time"] * {"ns": 1e-6, "us": 1e-3, "ms": 1, "s": 1e3}[b["time_unit"]]


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
        if f.size != "S" and f.who == LIBRARY and f.projects != SIZES[f.size][0]:
            continue
        seen.setdefault(f.who, {})[f.size, f.threads] = f
        if f.who == LIBRARY:
            base[f.size, f.threads] = f.ns
    rows = []

    def order(who: str) -> tuple[bool, bool, float]:
        """The library first, then the quicker on L before the slower, then those that were not run on L."""
        at = seen[who].get(("L", 1)) or min(seen[who].values(), key=lambda f: f.ns)
        return who != LIBRARY, at.size != "L", at.ns

    for who in sorted(seen, key=order):
        row = [f"**{who}**" if who == LIBRARY else who]
        for cell in cells:
            f = seen[who].get(cell)
            if f is None:
                row.append("–")
                continue
            text = nanoseconds(f.ns)
            if who != LIBRARY and cell in base:
                text += f" ({f.ns / base[cell]:,.1f}×)"
            if f.projects != SIZES[cell[0]][0]:
                text += f" [{f.projects:,}]"
            row.append(text)
        rows.append(row)
    return table(["who"] + [f"{size}, {threads}T" for size, threads in cells], rows)


def library_table(figures: Figures) -> str:
    rows = []
    for f in sorted(figures.lists, key=lambda f: (f.products, f.projects, f.unknown, f.who, f.threads)):
        if f.spread != "zipf" or (f.who != LIBRARY and f.projects <= 100_000):
            continue
        rows.append([f.who, f"{f.projects:,} × {f.products:,}", f"{f.unknown} %", str(f.threads), nanoseconds(f.ns)])
    return table(["who", "projects × products", "unknown facts", "threads", "ns a project"], rows)


def spreads_table(figures: Figures) -> str:
    rows = []
    base = {(f.spread, f.products, f.threads): f.ns for f in figures.find(who=LIBRARY, unknown=0)}
    for f in sorted(figures.lists, key=lambda f: (f.spread, f.products, f.threads, f.who != LIBRARY, f.ns)):
        if f.spread == "zipf":
            continue
        library = base.get((f.spread, f.products, f.threads))
        ratio = f"{f.ns / library:,.1f}×" if library else "–"
        rows.append([f.spread, f"{f.projects:,} × {f.products:,}", str(f.threads), f.who, nanoseconds(f.ns), ratio])
    return table(["spread", "projects × products", "threads", "who", "ns a project", "ratio"], rows)


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
        lambda a: f"one project, {a['products']:,} products, {a['unknown']} % unknown",
        lambda b: f"p50 {b['p50_ns'] / 1e3:.2f} µs, p90 {b['p90_ns'] / 1e3:.2f} µs, p99 {b['p99_ns'] / 1e3:.2f} µs",
    )
    add(
        "MatchProduct/",
        lambda a: f"one product against {a['projects']:,} projects",
        lambda b: f"{milliseconds(b):,.3f} ms",
    )
    add("Compile/", lambda a: f"compile {a['products']:,} products", lambda b: f"{milliseconds(b):,.2f} ms")
    add(
        "FirstMatch/",
        lambda a: f"first match of a new catalogue, {a['products']:,} products",
        lambda b: f"{milliseconds(b):,.2f} ms",
    )
    add("Explain", lambda a: "explain one pair", lambda b: f"{milliseconds(b) * 1e3:,.2f} µs")
    add("LoadProjects/", lambda a: f"load a list of {a['rows']:,} rows", lambda b: f"{milliseconds(b) / 1e3:,.3f} s")
    return table(["what", "median"], rows)


def python_table(figures: Figures) -> str:
    rows = []
    for p in figures.python_calls:
        for b in figures.of("MatchList/"):
            a = arguments(b["run_name"])
            if (a["projects"], a["threads"]) != (p["projects"], p["threads"]):
                continue
            cpp = milliseconds(b) * 1e6 / a["projects"]
            rows.append(
                [
                    f"{a['projects']:,} × {a['products']:,}",
                    str(a["threads"]),
                    nanoseconds(cpp),
                    nanoseconds(p["ns_per_project"]),
                    f"{p['ns_per_project'] / cpp:.3f}×",
                ]
            )
    return table(["list × handbook", "threads", "C++, ns a project", "Python, ns a project", "ratio"], rows)


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

    def curve(name: str, axis: str, points: list[tuple[int, float]], ylabel: str) -> None:
        if len(points) < 2:
            return
        figure, ax = plt.subplots(figsize=(6, 3.6))
        x, y = zip(*sorted(points), strict=True)
        ax.loglog(x, y, "o-", label="measured, 1 thread")
        ax.loglog(x, [y[0] * value / x[0] for value in x], ":", color="grey", label="in proportion")
        ax.set(xlabel=axis, ylabel=ylabel)
        ax.legend()
        save(figure, name)

    curve(
        "scaling_projects",
        "projects (2,000 products)",
        [(f.projects, f.ns * f.projects * 1e-6) for f in figures.scale if f.products == 2_000 and f.projects != 20_000],
        "ms for the list",
    )
    curve(
        "scaling_products",
        "products (20,000 projects)",
        [(f.products, f.ns) for f in figures.scale if f.projects == 20_000],
        "ns a project",
    )

    for size, (projects, products) in SIZES.items():
        shown = {}
        for f in figures.find(unknown=0, spread="zipf", products=products, threads=1):
            if f.projects <= projects and (f.who != LIBRARY or f.projects == projects):
                shown[f.who] = f.ns
        if len(shown) < 2:
            continue
        figure, ax = plt.subplots(figsize=(7, 0.4 * len(shown) + 1.2))
        order = sorted(shown, key=shown.__getitem__, reverse=True)
        colors = ["#c0392b" if w == LIBRARY else "#7f8c8d" for w in order]
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
    versions = ", ".join(f"{tool} {version}" for tool, version in sorted(by_tool.items()) if tool != LIBRARY)
    parts = [
        "# Results\n",
        "Made by `./run bench`; what is measured and how: [benchmarks](../README.md).\n",
        machine(cpp),
        f"Medians of {' or '.join(map(str, repetitions))} repetitions; compare within one table only. "
        f"Peers in Python: {versions or 'none was run'}.\n",
        "## Whole lists: ns a project, and how many times the library's\n",
        "S is 2,000 × 500, M 100,000 × 2,000, L here 20,000 projects against 10,000 products; all facts known, ten "
        "best. [n] marks a shorter slice. Peers start from columns already in memory; the library from its own "
        "projects.\n",
        peers_table(figures),
        *(f"![ns a project, {name}]({name}.svg)\n" for name in made if name.startswith("peers_")),
        "## The library, and L whole\n",
        library_table(figures),
        "## Other spreads\n",
        spreads_table(figures),
        *(f"![{name}]({name}.svg)\n" for name in made if name.startswith("scaling_")),
        "## The machine's own limits\n",
        roofline_table(figures),
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
