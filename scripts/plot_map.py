#!/usr/bin/env python3
"""plot_map.py HISTORY.nc|FOLDER --output MAP.png [--variable PM25] [--hour 2020-03-31T15 | --mean]

Draws a field near the ground that `lantian run` has written, with coast, districts, stations and what they observed.
"""
import argparse
import datetime
from pathlib import Path

from plot_common import HAS_CHINESE, coast_segments, district_outlines, hour_of, np, number, open_netcdf, plt, rows_of, save, stop

NAMES = {"PM25": ("PM$_{2.5}$", "细颗粒物"), "PM10": ("PM$_{10}$", "可吸入颗粒物"), "O3": ("O$_3$", "臭氧"), "NO2": ("NO$_2$", "二氧化氮"),
         "SO2": ("SO$_2$", "二氧化硫"), "CO": ("CO", "一氧化碳"), "NO": ("NO", "一氧化氮")}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("history", help="history.nc, or the folder of a run")
    parser.add_argument("--variable", default="PM25")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--hour", help="local hour that begins then, e.g. 2020-03-31T15")
    when.add_argument("--mean", action="store_true", help="mean over all hours (the default)")
    parser.add_argument("--utc-offset", type=float, help="hours of local time ahead of UTC; that of the run unless given")
    parser.add_argument("--coast", help="CSV lon,lat")
    parser.add_argument("--districts", help="GeoJSON, or netCDF with district, lon, lat")
    parser.add_argument("--stations", help="CSV name,longitude,latitude")
    parser.add_argument("--observed", help="CSV station,time,<variable>_ug_m3 as for lantian evaluate, its local times stamp the end of the hour")
    parser.add_argument("--label-stations", action="store_true")
    parser.add_argument("--output", required=True)
    return parser.parse_args()


def field_and_title(file, options):
    missing = [name for name in ("time", "lat", "lon") if name not in file.variables]
    if missing or file["lat"].ndim != file["lon"].ndim or file["time"].ndim != 1:
        stop(f"{options.history}: is no history of a run: {', '.join(missing) or 'lat and lon'} missing or of another shape", 65)
    if options.variable not in file.variables or file[options.variable].ndim != 3:
        stop(f"{options.history}: there is no field {options.variable} on time, y, x; found {', '.join(v for v in file.variables if file[v].ndim == 3)}", 65)
    offset_h = options.utc_offset if options.utc_offset is not None else getattr(file, "utc_offset_h", None)
    if offset_h is None:
        stop(f"{options.history}: does not say how far local time is ahead of UTC; name it by --utc-offset", 65)
    offset = datetime.timedelta(hours=float(offset_h))
    zone = f"UTC{float(offset_h):+g}"
    begins = [datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=float(t)) - datetime.timedelta(hours=1) + offset for t in file["time"][:]]
    if options.hour is None:
        return file[options.variable][:].mean(axis=0), f"mean of {begins[0]:%Y-%m-%d %H:00} to {begins[-1] + datetime.timedelta(hours=1):%Y-%m-%d %H:00} {zone}", begins
    wanted = hour_of(options.hour, "--hour")
    if wanted not in begins:
        stop(f"{options.history}: there is no hour {options.hour}; it has {begins[0]:%Y-%m-%dT%H} to {begins[-1]:%Y-%m-%dT%H}", 65)
    return file[options.variable][begins.index(wanted)], f"{wanted:%Y-%m-%d %H:00} to {wanted + datetime.timedelta(hours=1):%H:00} {zone}", [wanted]


def corners(centres):
    """Corners of cells from their centres."""
    padded = np.pad(centres, 1, mode="reflect", reflect_type="odd")
    return 0.25 * (padded[1:, 1:] + padded[:-1, 1:] + padded[1:, :-1] + padded[:-1, :-1])


def observed_values(options, hours):
    """Means by station over the hours that the map shows."""
    values = {}
    column = f"{options.variable}_ug_m3"
    for row in rows_of(options.observed, ("station", "time", column)):
        if not row[column]:
            continue
        begin = hour_of(row["time"], options.observed) - datetime.timedelta(hours=1)
        if begin in hours:
            values.setdefault(row["station"], []).append(number(row[column], options.observed))
    return {station: sum(v) / len(v) for station, v in values.items()}


def draw_surroundings(axes, options):
    """Draws coast and districts; returns what the file of districts says of its lines."""
    note = ""
    if options.coast:
        for line in coast_segments(options.coast):
            axes.plot(line[:, 0], line[:, 1], color="black", linewidth=0.8, zorder=3)
    if options.districts:
        rings = district_outlines(options.districts)
        for ring in rings or []:
            axes.plot(ring[:, 0], ring[:, 1], color="0.25", linewidth=0.5, zorder=3)
        if rings is None:
            with open_netcdf(options.districts) as file:
                if not {"district", "lon", "lat"} <= set(file.variables):
                    stop(f"{options.districts}: must hold district, lon and lat", 65)
                number, lon, lat = file["district"][:], file["lon"][:], file["lat"][:]
                for d in np.unique(number[number > 0]):
                    axes.contour(lon, lat, (number == d).astype(float), [0.5], colors="0.25", linewidths=0.4, zorder=3)
                note = getattr(file["district"], "long_name", "")
    return f"thin lines: {note}" if note else ""


def draw_stations(axes, options, colours, hours):
    if not options.stations:
        return
    observed = observed_values(options, hours) if options.observed else {}
    labelled = []
    for row in rows_of(options.stations, ("name", "longitude", "latitude")):
        lon, lat, name = number(row["longitude"], options.stations), number(row["latitude"], options.stations), row["name"]
        face = colours.cmap(colours.norm(observed[name])) if name in observed else "none"
        axes.scatter([lon], [lat], s=46, facecolors=[face] if name in observed else face, edgecolors="black", linewidths=1.0, zorder=5)
        if options.label_stations and all(abs(lon - x) > 0.15 or abs(lat - y) > 0.04 for x, y in labelled):  # none on another
            labelled.append((lon, lat))
            axes.annotate(name.replace("_", " "), (lon, lat), xytext=(4, 4), textcoords="offset points", fontsize=7, zorder=6)


def main():
    options = arguments()
    path = Path(options.history)
    options.history = str(path / "history.nc" if path.is_dir() else path)
    with open_netcdf(options.history) as file:
        field, when, hours = field_and_title(file, options)
        field = np.ma.filled(np.ma.asarray(field, float), np.nan)
        lon, lat = np.asarray(file["lon"][:], float), np.asarray(file["lat"][:], float)
        units = getattr(file[options.variable], "units", "")
        title = getattr(file, "title", "")
    if lon.ndim == 1:
        lon, lat = np.meshgrid(lon, lat)
    figure, axes = plt.subplots(figsize=(7.2, 7.6))
    colours = axes.pcolormesh(corners(lon), corners(lat), field, cmap="inferno_r" if options.variable != "O3" else "viridis",
                              vmin=max(float(np.nanpercentile(field, 1)), 0.0), vmax=float(np.nanpercentile(field, 99.7)), rasterized=True)
    note = draw_surroundings(axes, options)
    draw_stations(axes, options, colours, hours)
    axes.set_xlim(lon.min(), lon.max())
    axes.set_ylim(lat.min(), lat.max())
    axes.set_aspect(1.0 / np.cos(np.radians(lat.mean())))
    axes.set_xlabel("longitude [°E]" + (f"\n{note}" if note else ""))
    axes.set_ylabel("latitude [°N]")
    name, chinese = NAMES.get(options.variable, (options.variable, ""))
    axes.set_title(f"{name}{' ' + chinese if HAS_CHINESE else ''}, {when}\n{title}", fontsize=11)
    figure.colorbar(colours, ax=axes, shrink=0.82, extend="both", label=f"{name} [{units.replace('ug m-3', 'µg m$^{-3}$')}]" + (", dots: observed" if options.observed else ""))
    figure.tight_layout()
    save(figure, options.output, 110)


main()
