#!/usr/bin/env python3
"""plot_plume.py MAP.nc --output MAP.png [--variable SO2] [--source QD0001 ...]

Draws a map that `lantian plume CASE.toml` has written (map_<grid>.nc): the mean over its period of all sources, of the
named ones, or with --highest-hour the highest hour, with coast, stations and the sources of a list.
"""
import argparse

import matplotlib.colors
from plot_common import HAS_CHINESE, coast_segments, np, number, open_netcdf, plt, rows_of, save, stop

NAMES = {"PM25": ("primary PM$_{2.5}$", "一次细颗粒物"), "PM10": ("primary PM$_{10}$", "一次可吸入颗粒物"), "NO2": ("NO$_2$", "二氧化氮"), "SO2": ("SO$_2$", "二氧化硫")}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("map", help="map_<grid>.nc")
    parser.add_argument("--variable", default="SO2")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--source", action="append", help="source_id whose contribution is drawn; may be repeated")
    what.add_argument("--highest-hour", action="store_true")
    parser.add_argument("--coast", help="CSV lon,lat")
    parser.add_argument("--stations", help="CSV name,longitude,latitude")
    parser.add_argument("--enterprises", help="CSV with enterprise_id,longitude,latitude")
    parser.add_argument("--output", required=True)
    return parser.parse_args()


def field_and_words(file, options):
    name = options.variable + ("_by_source" if options.source else "_highest_hour" if options.highest_hour else "")
    if name not in file.variables or not {"lon", "lat", "source_id"} <= set(file.variables):
        stop(f"{options.map}: is no map of lantian plume with {name}; found {', '.join(file.variables)}", 65)
    if not options.source:
        return file[name][:], "all sources" + (", highest hour" if options.highest_hour else "")
    ids = [str(one).strip() for one in file["source_id"][:]]  # texts, by the file's _Encoding
    missing = [one for one in options.source if one not in ids]
    if missing:
        stop(f"{options.map}: there is no source {', '.join(missing)}; found {', '.join(ids)}", 65)
    return sum(file[name][ids.index(one)] for one in options.source), ", ".join(options.source)


def draw_places(axes, path, columns, words):
    for row in rows_of(path, columns):
        name, lon, lat = (row[column] for column in columns)
        lon, lat = number(lon, path), number(lat, path)
        (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
        if west < lon < east and south < lat < north:
            axes.scatter([lon], [lat], s=40, zorder=5, **words)
            axes.annotate(name.replace("_", " "), (lon, lat), xytext=(4, 4), textcoords="offset points", fontsize=7, zorder=6)


def main():
    options = arguments()
    with open_netcdf(options.map) as file:
        field, words = field_and_words(file, options)
        field = np.ma.filled(np.ma.asarray(field, float), np.nan)
        lon, lat = np.asarray(file["lon"][:], float), np.asarray(file["lat"][:], float)
        period = " to ".join(str(getattr(file, name, ""))[:13] + "h" for name in ("period_start", "period_end")) + " UTC"
        title = getattr(file, "title", "")
    top = float(np.nanpercentile(field, 99.9))
    if not top > 0.0:
        stop(f"{options.map}: {options.variable} of {words} is 0 throughout", 65)
    figure, axes = plt.subplots(figsize=(8.0, 7.2))
    colours = axes.pcolormesh(lon, lat, field, cmap="inferno_r", norm=matplotlib.colors.LogNorm(top / 300.0, top), shading="nearest", rasterized=True)
    axes.set_xlim(lon.min(), lon.max())
    axes.set_ylim(lat.min(), lat.max())
    for line in coast_segments(options.coast) if options.coast else []:
        axes.plot(line[:, 0], line[:, 1], color="black", linewidth=0.7, zorder=3)
    if options.stations:
        draw_places(axes, options.stations, ("name", "longitude", "latitude"), {"facecolors": "white", "edgecolors": "black"})
    if options.enterprises:
        draw_places(axes, options.enterprises, ("enterprise_id", "longitude", "latitude"), {"marker": "^", "color": "tab:blue"})
    axes.set_aspect(1.0 / np.cos(np.radians(lat.mean())))
    axes.set_xlabel("longitude [°E]")
    axes.set_ylabel("latitude [°N]")
    name, chinese = NAMES.get(options.variable, (options.variable, ""))
    axes.set_title(f"{name}{' ' + chinese if HAS_CHINESE else ''} of {words}\n{title}, {period}", fontsize=10)
    figure.colorbar(colours, ax=axes, shrink=0.85, extend="both", format="%.2g", label=f"{name} [µg m$^{{-3}}$]")
    figure.tight_layout()
    save(figure, options.output, 110)


main()
