"""What the plotting scripts share: Chinese fonts, faults in one line, coast lines and districts."""
import csv
import datetime
import json
import sys
from pathlib import Path


def stop(message, code):
    print(f"{Path(sys.argv[0]).name}: error: {message}", file=sys.stderr)
    sys.exit(code)


try:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import netCDF4
    import numpy as np
    from matplotlib import font_manager
except ImportError as fault:
    stop(f"{fault.name} is missing; install python3-numpy, python3-matplotlib and python3-netcdf4", 69)

if any(font.name == "WenQuanYi Zen Hei" for font in font_manager.fontManager.ttflist):
    plt.rcParams["font.family"] = ["WenQuanYi Zen Hei"]
    HAS_CHINESE = True
else:
    HAS_CHINESE = False
plt.rcParams["axes.unicode_minus"] = False


def existing(path):
    if not Path(path).exists():
        stop(f"{path}: there is no such file", 69)
    return path


def open_netcdf(path):
    try:
        return netCDF4.Dataset(existing(path))
    except OSError as fault:
        stop(f"{path}: cannot be read as netCDF ({fault.strerror or fault})", 65)


def rows_of(path, columns):
    """Lines of a CSV as dictionaries; the named columns must be there."""
    with open(existing(path), encoding="utf-8-sig") as text:
        rows = list(csv.DictReader(line for line in text if not line.startswith("#")))
    missing = [name for name in columns if rows and name not in rows[0]]
    if missing:
        stop(f"{path}: there is no column {', '.join(missing)}; found {', '.join(rows[0])}", 65)
    return rows


def number(text, path):
    """A figure of a CSV; an empty cell is a value that is missing."""
    try:
        return float(text) if text else np.nan
    except ValueError:
        stop(f"{path}: '{text}' is not a number", 65)


def hour_of(text, where):
    try:
        return datetime.datetime.fromisoformat(text.replace("Z", "") + (":00" if len(text) == 13 else ""))
    except ValueError:
        stop(f"{where}: '{text}' is not a time like 2020-03-31T15:00", 65)


def read_json(path):
    try:
        return json.loads(Path(existing(path)).read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        stop(f"{path}: cannot be read as JSON ({fault})", 65)


def save(figure, path, dpi):
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=dpi)
    except (OSError, ValueError) as fault:
        stop(f"{path}: cannot be written ({fault})", 73)
    print(path)


def coast_segments(path):
    """Polylines of a CSV lon,lat with blank lines or words between them."""
    segments, line = [], []
    with open(existing(path), encoding="utf-8") as text:
        for row in csv.reader(text):
            try:
                line.append((float(row[0]), float(row[1])))
                if np.isnan(line[-1]).any():
                    raise ValueError
            except (ValueError, IndexError):
                line = [p for p in line if not np.isnan(p).any()]
                segments, line = (segments + [np.array(line)] if len(line) > 1 else segments), []
    return segments + ([np.array(line)] if len(line) > 1 else [])


def district_outlines(path):
    """Rings of a GeoJSON, or None for a netCDF (drawn as contours)."""
    if str(path).endswith(".nc"):
        return None
    rings = []
    page = read_json(path)
    if "features" not in page:
        stop(f"{path}: is no GeoJSON collection: there are no features", 65)
    for feature in page["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings += [np.array(ring)[:, :2] for polygon in polygons for ring in polygon]
    return rings
