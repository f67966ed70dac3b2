#!/usr/bin/env python3
"""Prints the share of lines that tests reach, file by file, from `llvm-cov export --summary-only`.

    scripts/coverage_table.py SUMMARY [LEAST_PERCENT]

Counts kernels/, src/processes and src/plume. Ends with 1 when all of them together are below the least (90)."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NUMERICS = ("kernels/", "src/processes/", "src/plume/")


def rows_of(summary: pathlib.Path) -> list[tuple[str, int, int]]:
    """(file, lines reached, lines) of every file of numerics."""
    text = summary.read_text(encoding="utf-8")
    if not text:
        return []
    files = json.loads(text)["data"][0]["files"]
    rows: dict[str, tuple[str, int, int]] = {}
    for one in files:
        path = pathlib.Path(one["filename"]).resolve()
        if not path.is_relative_to(ROOT):
            continue
        name = path.relative_to(ROOT).as_posix()
        lines = one["summary"]["lines"]
        if name.startswith(NUMERICS) and lines["count"] > 0:
            row = (name, lines["covered"], lines["count"])
            rows[name] = max(row, rows.get(name, row))  # a header may have two spellings of its path
    return sorted(rows.values())


def main() -> int:
    summary = pathlib.Path(sys.argv[1])
    least = float(sys.argv[2]) if len(sys.argv) > 2 else 90.0
    rows = rows_of(summary)
    if not rows:
        print(f"{summary}: no file of {', '.join(NUMERICS)} in it", file=sys.stderr)
        return 1
    folders: dict[str, list[int]] = {}
    for name, reached, count in rows:
        share = 100.0 * reached / count
        print(f"{share:6.1f} %  {reached:5d} of {count:5d}  {name}{'   <' if share < least else ''}")
        total = folders.setdefault(str(pathlib.PurePosixPath(name).parent), [0, 0])
        total[0] += reached
        total[1] += count
    print()
    for folder, (reached, count) in sorted(folders.items()):
        print(f"{100.0 * reached / count:6.1f} %  {reached:5d} of {count:5d}  {folder}/")
    reached, count = (sum(column) for column in zip(*folders.values()))
    share = 100.0 * reached / count
    print(f"{share:6.1f} %  {reached:5d} of {count:5d}  all; at least {least:g} % is asked for")
    return 0 if share >= least else 1


if __name__ == "__main__":
    sys.exit(main())
