"""What the plotting scripts share: Chinese fonts, faults in one line, coast lines and districts."""
import csv
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


def rows_of(path):
    with open(existing(path), encoding="utf-8-sig") as text:
        return list(csv.DictReader(line for line in text if not line.startswith("#")))


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
    for feature in json.loads(Path(existing(path)).read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings += [np.array(ring)[:, :2] for polygon in polygons for ring in polygon]
    return rings
