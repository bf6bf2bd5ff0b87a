"""The medians of one run: of the C++ binary and of the peers in Python."""

from __future__ import annotations

import dataclasses

SIZES = {"S": (2_000, 500), "M": (100_000, 2_000), "L": (20_000, 10_000)}
WHOLE_L = (1_000_000, 10_000)
SPREADS = ("zipf", "broad", "sharp")
PREPARED = "huoshui (prepared list)"  # like for like: peers start from columns in memory too
PROJECTS = "huoshui (from projects)"
LIBRARY = (PREPARED, PROJECTS)


@dataclasses.dataclass(frozen=True)
class Figure:
    """One median of a whole list."""

    who: str
    projects: int
    products: int
    unknown: int
    threads: int
    spread: str
    ns: float  # a project
    repetitions: int

    @property
    def size(self) -> str | None:
        """S, M or L by the number of products; the slower peers see a part of the list."""
        return next((s for s, (_, products) in SIZES.items() if products == self.products), None)


def arguments(name: str) -> dict[str, int]:
    """`Match/projects:2000/…` as numbers by name."""
    return {key: int(value) for key, _, value in (part.partition(":") for part in name.split("/")) if value.isdigit()}


def milliseconds(b: dict) -> float:
    return b["real_time"] * {"ns": 1e-6, "us": 1e-3, "ms": 1, "s": 1e3}[b["time_unit"]]


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

    def one(self, start: str, **wanted: int) -> dict | None:
        """Return the benchmark of that name whose arguments are as wanted."""
        for b in self.of(start + "/"):
            a = arguments(b["run_name"])
            if all(a.get(key) == value for key, value in wanted.items()):
                return b
        return None

    def ms(self, start: str, **wanted: int) -> float | None:
        b = self.one(start, **wanted)
        return None if b is None else milliseconds(b)

    def counter(self, start: str, counter: str, **wanted: int) -> float | None:
        b = self.one(start, **wanted)
        return None if b is None else b.get(counter)

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

    def ns(self, who: str, size: tuple[int, int], threads: int, unknown: int = 0, spread: str = "zipf") -> float | None:
        projects, products = size
        found = self.find(
            who=who, projects=projects, products=products, threads=threads, unknown=unknown, spread=spread
        )
        return found[0].ns if found else None

    def python_over_cpp(self, projects: int, threads: int, prepared: int) -> float | None:
        """How many times the C++ call's time the Python call takes."""
        cpp = self.ms("MatchList", projects=projects, threads=threads, prepared=prepared)
        key = "prepared_ns_per_project" if prepared else "ns_per_project"
        for p in self.python_calls:
            if (p["projects"], p["threads"]) == (projects, threads) and key in p and cpp is not None:
                return p[key] * projects * 1e-6 / cpp
        return None
