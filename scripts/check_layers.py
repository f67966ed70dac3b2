#!/usr/bin/env python3
"""Check that the source tree keeps the floors of docs/ARCHITECTURE.md.

    scripts/check_layers.py [ROOT]                 who includes whom
    scripts/check_layers.py --file-length [ROOT]   no file has more than 400 lines

A module includes its own files and those of lower floors, never of its own floor or a higher one. A family of
kernels includes itself and base. Each third-party library is known to the modules named in FENCES alone.
Prints one line a fault and ends with 1 when there is any.
"""

import argparse
import pathlib
import re
import sys

FLOORS = {
    "base": 0,
    "kernels": 1,
    "config": 2,
    "grid": 3, "standards": 3,
    "field": 4,
    "parallel": 5, "receptor": 5,
    "io": 6,
    "weather": 7,
    "sources": 8,
    "processes": 9, "plume": 9,
    "model": 10, "box": 10,
    "apportion": 11, "steady": 11,
    "scenario": 12,
    "report": 13,
    "app": 14,
}
# Programs that run while the product is built: they know base and the words of kernels alone.
BUILD_PROGRAMS = {"mechanism_generator": 2}

# Beginning of a third-party include -> modules that may know it.
FENCES = {
    "mpi.h": {"parallel", "io"},
    "netcdf": {"io"}, "hdf5": {"io"}, "udunits2": {"io"}, "iconv.h": {"io"},
    "toml++/": {"config"},
    "proj": {"grid"},
    "spdlog/": {"base"},
    "CLI/": {"app"},
    "nlohmann/": {"base", "report", "sources", "model", "apportion", "steady"},
}
# None of these may reach others through a public header.
PRIVATE_LIBRARIES = ("toml++/", "spdlog/", "nlohmann/", "CLI/", "netcdf", "hdf5", "udunits2")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
SOURCES = {".hpp", ".cpp", ".h", ".in"}
LONGEST = 400


def sources_below(folder):
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in SOURCES) if folder.is_dir() else []


def includes_of(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def module_of(path, root):
    """Module of a file, its kernel family when it is a kernel, and whether the header is public."""
    parts = path.relative_to(root).parts
    if parts[0] == "kernels":
        return "kernels", parts[1] if len(parts) > 2 else "", False
    if parts[0] == "include":
        return parts[2], "", True
    return parts[1], "", False


def floor_of(module):
    return FLOORS.get(module, BUILD_PROGRAMS.get(module))


def fault_of_own_include(module, family, target, families):
    """Why `target`, an include of ours, may not be used; None when it may."""
    parts = pathlib.PurePosixPath(target).parts
    if parts[0] == "lantian" and len(parts) > 2:
        other = parts[1]
        if floor_of(other) is None:
            return f'"{other}" is no module; add its floor to scripts/check_layers.py and docs/ARCHITECTURE.md'
        if other != module and floor_of(other) >= floor_of(module):
            return (f"{module} (floor {floor_of(module)}) includes {other} (floor {floor_of(other)}); "
                    "only lower floors are allowed")
        return None
    if len(parts) > 1 and parts[0] in families:
        if family and parts[0] != family:
            return f"kernels of {family} include those of {parts[0]}; a family includes itself and base"
        if not family and floor_of(module) <= FLOORS["kernels"]:
            return f"{module} (floor {floor_of(module)}) includes kernels (floor 1); only lower floors are allowed"
        return None
    if ".." in parts:
        return "leaves its own folder by .."
    return None


def fault_of_library(module, is_public, target):
    for beginning, allowed in FENCES.items():
        if target.startswith(beginning) and module not in allowed:
            return f"{module} includes <{target}>, which only {', '.join(sorted(allowed))} may know"
    if is_public and target.startswith(PRIVATE_LIBRARIES):
        return f"<{target}> is in a public header; keep it in src/{module}"
    return None


def layer_faults(root):
    kernels = root / "kernels"
    families = {p.name for p in kernels.iterdir() if p.is_dir()} if kernels.is_dir() else set()
    faults, count = [], 0
    for top in ("include", "src", "kernels"):
        for path in sources_below(root / top):
            count += 1
            module, family, is_public = module_of(path, root)
            if floor_of(module) is None:
                faults.append(f'{path.relative_to(root)}:1: "{module}" is no module; add its floor to '
                              "scripts/check_layers.py and docs/ARCHITECTURE.md")
                continue
            for number, own, library in includes_of(path):
                fault = (fault_of_own_include(module, family, own, families) if own
                         else fault_of_library(module, is_public, library))
                if fault:
                    faults.append(f"{path.relative_to(root)}:{number}: {fault}")
    return faults, count


def length_faults(root):
    faults, count = [], 0
    for top in ("include", "src", "kernels", "tests"):
        for path in sources_below(root / top):
            count += 1
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                faults.append(f"{path.relative_to(root)}:{lines}: has {lines} lines; {LONGEST} are the most: "
                              "split it by subject")
    return faults, count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--file-length", action="store_true", help="check the length of files instead")
    options = parser.parse_args()
    faults, count = (length_faults if options.file_length else layer_faults)(options.root)
    for fault in faults:
        print(fault)
    if count == 0:
        sys.exit(f"{options.root}: holds no sources")
    print(f"{count} files checked, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
