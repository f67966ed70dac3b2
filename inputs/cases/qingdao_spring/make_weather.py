#!/usr/bin/python3
"""Remakes weather_surface.csv and weather_upper_air.csv, the records that `lantian diagnose weather.toml` turns
into three-dimensional weather.

    ./make_weather.py     needs python3 and numpy

What is a fact and what an assumption
    DAYS holds daily values as facts, restated from the CMA daily surface record of Qingdao and Weifang
    (China Meteorological Administration; local days, UTC+8).
    GEOSTROPHIC is derived: plane fit to the pressure anomaly of 14 cities. Its error is as large as the wind on
    30 March, 2, 3 and 7 April; on 7 April the direction is therefore ASSUMED offshore (NNW) by day, as the
    stations of the outer cities say.
    Hours are ASSUMED: a sine of temperature between the day's extremes, constant vapour, a smooth day of wind
    scaled to its mean and greatest value, cold surges and sea winds at the hours that stations upwind tell.
Recipe
    Wind over land 0.65 of the geostrophic one, backed by 27 degrees; over sea 0.8 and 15 degrees (Hasse 1974,
    Beitr. Phys. Atmosph. 47, 45; Garratt 1992, The Atmospheric Boundary Layer, ch. 3), scaled to the day.
    The sea breeze is not in the records: `lantian diagnose` adds it.
"""
import csv
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent

# FACTS. CMA daily surface record, Qingdao (77 m above sea level) and, last four columns, Weifang (inland).
# date: mean, max, min temperature [C]; mean humidity [%]; mean, greatest 10-min wind [m/s]; mean pressure at the
# station [hPa]; sunshine [h]; rain [mm] | Weifang: mean, max, min temperature [C]; mean humidity [%]
DAYS = {
    "2020-03-29": (7.2, 9.5, 4.5, 61, 2.5, 5.0, 1013.4, 10.2, 0.0, 8.7, 16.0, 1.1, 40),
    "2020-03-30": (8.5, 11.1, 6.1, 77, 2.1, 5.7, 1011.6, 11.1, 0.0, 11.1, 19.0, 3.1, 48),
    "2020-03-31": (9.2, 12.8, 7.1, 83, 2.9, 4.3, 1009.3, 8.4, 0.0, 11.3, 16.1, 5.4, 50),
    "2020-04-01": (10.7, 15.4, 8.7, 45, 3.9, 7.5, 1013.4, 10.4, 0.0, 9.5, 12.4, 7.4, 36),
    "2020-04-02": (9.6, 14.7, 7.2, 35, 3.1, 6.4, 1015.5, 10.1, 0.0, 10.5, 14.0, 6.3, 40),
    "2020-04-03": (10.4, 16.3, 7.6, 67, 2.6, 4.7, 1013.9, 11.2, 0.0, 12.6, 21.4, 2.5, 50),
    "2020-04-04": (9.9, 14.5, 7.8, 54, 2.7, 7.3, 1016.8, 11.4, 0.0, 9.2, 15.9, 6.4, 36),
    "2020-04-05": (7.9, 13.4, 4.7, 37, 3.5, 5.4, 1018.6, 11.5, 0.0, 9.9, 18.6, -0.7, 30),
    "2020-04-06": (9.8, 12.1, 7.4, 73, 3.6, 5.5, 1012.2, 10.9, 0.0, 16.2, 23.2, 8.8, 27),
    "2020-04-07": (12.7, 21.6, 9.6, 55, 3.1, 4.8, 1009.1, 10.7, 0.0, 12.4, 17.9, 8.4, 50),
    "2020-04-08": (10.5, 13.4, 8.5, 45, 4.1, 6.3, 1011.7, 9.9, 0.0, 11.8, 16.3, 9.1, 40),
    "2020-04-09": (8.3, 12.2, 4.9, 62, 2.5, 5.8, 1015.6, 4.6, 7.2, 6.9, 10.8, 4.9, 71),
}
STATION_HEIGHT_M = 77.0

# DERIVED (plane fit) or ASSUMED (marked): the wind aloft through each day, as (local hour, speed [m/s], from [deg]).
# Cold surges: 1 April from NE, in the city by 10 to 11 h; 4 April at 08 to 09 h. Between entries it turns smoothly.
ALOFT = {
    "2020-03-29": [(12, 2.5, 196)],
    "2020-03-30": [(12, 2.5, 220)],                                  # direction uncertain
    "2020-03-31": [(4, 2.0, 180), (12, 2.2, 166), (22, 2.2, 190)],
    "2020-04-01": [(4, 3.0, 250), (8.5, 3.5, 300), (10.5, 9.0, 30), (16, 7.0, 35), (22, 5.0, 20)],  # assumed timing
    "2020-04-02": [(8, 4.0, 5), (14, 3.5, 10), (22, 2.5, 345)],      # direction uncertain
    "2020-04-03": [(5, 3.0, 320), (11, 2.0, 280), (15, 2.5, 215), (22, 3.0, 230)],  # assumed turning
    "2020-04-04": [(5, 4.0, 280), (7.5, 5.0, 330), (9, 9.5, 20), (14, 7.0, 45), (20, 4.0, 90)],  # assumed timing
    "2020-04-05": [(8, 2.5, 150), (14, 3.5, 160), (22, 4.0, 190)],
    "2020-04-06": [(12, 5.5, 211), (20, 5.5, 225)],
    "2020-04-07": [(4, 4.0, 320), (9, 4.5, 0), (15, 4.0, 5), (17.5, 3.0, 50), (19.5, 4.0, 155),
                   (23, 4.5, 160)],              # assumed: NNW at the ground by day, SE at night (27 degrees less)
    "2020-04-08": [(6, 5.0, 120), (12, 5.5, 125), (20, 6.0, 110)],
    "2020-04-09": [(12, 8.3, 100)],
}

# name, longitude, latitude, surface, share of Weifang's (inland) values, factor and backing of the wind [deg]
STATIONS = [
    ("city", 120.38, 36.10, "land", 0.15, 0.65, 27.0),
    ("west_shore", 119.95, 35.85, "land", 0.35, 0.65, 27.0),
    ("inland_north", 120.45, 36.85, "land", 0.75, 0.65, 27.0),
    ("inland_west", 119.40, 36.50, "land", 1.0, 0.65, 27.0),
    ("yellow_sea", 120.90, 35.70, "sea", 0.0, 0.80, 15.0),
    ("bohai", 119.50, 37.30, "sea", 0.0, 0.80, 15.0),
]
BREEZE_DAYS = {"2020-03-29", "2020-03-30", "2020-03-31", "2020-04-03", "2020-04-05", "2020-04-06"}  # weather.toml
SEA_AIR_C = 9.0        # ASSUMED: air over the sea, SST 8 to 9 C in early April
CITY_PEAK_H, LAND_PEAK_H = 13.0, 14.5  # ASSUMED: local hour of the greatest temperature
SEA_SHARE = 0.8        # of the sea's own temperature in the sea air; the rest is the city's
FIRST, LAST = datetime(2020, 3, 29, 16), datetime(2020, 4, 9, 0)  # local 30 March 00 h to 9 April 08 h, UTC stamps
UTC_OFFSET = timedelta(hours=8)
PROFILE_HEIGHTS_M = (10, 300, 700, 1000, 1500, 2000, 3000, 5000, 8000)
SURFACE_COLUMNS = ["station", "longitude", "latitude", "surface", "time", "temperature_c", "relative_humidity_pct",
                   "wind_speed_m_s", "wind_direction_deg", "pressure_hpa", "cloud_fraction", "rain_mm_h"]
UPPER_AIR_COLUMNS = ["time", "height_m", "potential_temperature_k", "wind_speed_m_s", "wind_direction_deg",
                     "relative_humidity_pct"]


def day_of(local):
    return DAYS[local.strftime("%Y-%m-%d")]


def between_noons(local, column):
    """A daily value, linear between the noons."""
    noon = local.replace(hour=12, minute=0)
    other = noon + timedelta(days=1 if local >= noon else -1)
    share = abs((local - noon).total_seconds()) / 86400.0
    last = other.strftime("%Y-%m-%d") not in DAYS
    return (1 - share) * day_of(local)[column] + share * (day_of(local) if last else day_of(other))[column]


def temperature(local, inland):
    """The day's curve of the city and of the land, mixed."""
    def curve(low_column, high_column, peak_h):
        hour = local.hour + local.minute / 60.0
        today = day_of(local)
        before = day_of(local - timedelta(days=1)) if hour < 6.0 else today
        follows = day_of(local + timedelta(days=1)) if hour > peak_h and local.date() < LAST.date() else today
        return temperature_curve(hour, before[high_column], today[low_column], today[high_column], follows[low_column],
                                 peak_h)
    return (1 - inland) * curve(2, 1, CITY_PEAK_H) + inland * curve(11, 10, LAND_PEAK_H)


def temperature_curve(hour, high_before, low, high, low_next, peak_h):
    """Sine from the morning's least (06 h) to the afternoon's greatest value at peak_h, then down to the next morning [C]."""
    rise = low + (high - low) * np.sin(0.5 * np.pi * (hour - 6.0) / (peak_h - 6.0)) ** 2
    evening = np.sin(0.5 * np.pi * (hour - peak_h) / (30.0 - peak_h))
    night = np.sin(0.5 * np.pi * (hour + 24.0 - peak_h) / (30.0 - peak_h))
    return np.where(hour < 6.0, high_before + (low - high_before) * night,
                    np.where(hour <= peak_h, rise, high + (low_next - high) * evening))


def vapour_pressure(celsius):
    """Bolton (1980), Mon. Weather Rev. 108, 1046, eq. 10 [hPa]."""
    return 6.112 * np.exp(17.67 * celsius / (celsius + 243.5))


def humidity(local, celsius, inland):
    """The day's vapour, constant but for its change from noon to noon."""
    city = between_noons(local, 3) / 100.0 * vapour_pressure(between_noons(local, 0))
    land = between_noons(local, 12) / 100.0 * vapour_pressure(between_noons(local, 9))
    return humidity_of(city, land, celsius, inland)


def humidity_of(city_hpa, land_hpa, celsius, inland):
    """Relative humidity [%] of the vapour of city and land, mixed, at a temperature."""
    return np.clip(100.0 * ((1 - inland) * city_hpa + inland * land_hpa) / vapour_pressure(celsius), 5.0, 98.0)


def seconds(local):
    return (local - datetime(2020, 1, 1)).total_seconds()


def aloft(local):
    """Geostrophic wind (east, north), linear between the entries of ALOFT."""
    entries = []
    for date, hours in ALOFT.items():
        midnight = datetime.strptime(date, "%Y-%m-%d")
        for hour, speed, from_deg in hours:
            angle = np.radians(from_deg)
            entries.append((seconds(midnight + timedelta(hours=hour)), -speed * np.sin(angle),
                            -speed * np.cos(angle)))
    when, east, north = (np.array(column) for column in zip(*entries))
    return np.interp(seconds(local), when, east), np.interp(seconds(local), when, north)


def surface_wind(local, factor, backing_deg):
    """Wind of 10 m (east, north): turned aloft, its speed scaled so that the city's day has the recorded mean."""
    east, north = aloft(local)
    east, north = backed(east, north, backing_deg)
    hours = [local.replace(hour=h, minute=0) for h in range(24)]
    mean_aloft = np.mean([np.hypot(*aloft(hour)) for hour in hours])
    # On days with a sea breeze a part of the recorded mean is left to it.
    target = (0.75 if local.strftime("%Y-%m-%d") in BREEZE_DAYS else 1.0) * day_of(local)[4]
    scale = factor * wind_scale(target, mean_aloft) * day_and_night(local.hour + local.minute / 60.0)
    return scale * east, scale * north


def backed(east, north, backing_deg):
    """A wind turned counter-clockwise, towards low pressure."""
    turn = np.radians(backing_deg)
    return east * np.cos(turn) - north * np.sin(turn), east * np.sin(turn) + north * np.cos(turn)


def wind_scale(target_m_s, mean_aloft_m_s):
    """By how much more the wind aloft must blow for the day's mean in the city to be target_m_s."""
    return np.clip(target_m_s / (0.65 * mean_aloft_m_s), 0.6, 1.6)


def day_and_night(hour):
    """Stronger in the afternoon, weaker at night; 1 on the mean."""
    return 1.0 + 0.25 * np.sin(np.pi * (hour - 8.0) / 12.0)


def speed_and_direction(east, north):
    return np.hypot(east, north), np.degrees(np.arctan2(-east, -north)) % 360.0


def cloud_fraction(sunshine_h, day_length_h=12.6):
    """Angstrom (1924), Q. J. R. Meteorol. Soc. 50, 121: 1 - sunshine over the length of the day."""
    return np.clip(1.0 - sunshine_h / day_length_h, 0.0, 1.0)


def sea_level_pressure(station_hpa, celsius):
    return station_hpa * np.exp(9.81 * STATION_HEIGHT_M / (287.0 * (celsius + 273.4)))


def instants():
    time = FIRST
    while time <= LAST:
        yield time
        time += timedelta(hours=1)


def write_surface(path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        file.write("# Made by make_weather.py from daily values: no station has measured these hours\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SURFACE_COLUMNS)
        for name, lon, lat, surface, inland, factor, backing in STATIONS:
            for time in instants():
                local = time + UTC_OFFSET
                celsius = temperature(local, inland)
                if surface == "sea":
                    celsius = SEA_SHARE * SEA_AIR_C + (1 - SEA_SHARE) * celsius
                speed, direction = speed_and_direction(*surface_wind(local, factor, backing))
                writer.writerow([name, lon, lat, surface, time.strftime("%Y-%m-%dT%H:%M:%SZ"), f"{celsius:.2f}",
                                 f"{humidity(local, celsius, inland):.1f}", f"{speed:.2f}", f"{direction:.0f}",
                                 f"{sea_level_pressure(between_noons(local, 6), between_noons(local, 0)):.1f}",
                                 f"{cloud_fraction(day_of(local)[7]):.2f}",
                                 f"{day_of(local)[8] / 24.0:.2f}"])


def profile_level(height_m, warmest_c, station_hpa, east, north):
    """ASSUMED: 2 K/km up to 1000 m through the warmest air of the day, 4.5 K/km above; moist below, dry aloft; the
    geostrophic wind up to 2000 m, westerlies growing by 3 m/s per km above.

    Returns potential temperature [K], speed [m/s], direction [deg], relative humidity [%]."""
    warmest_k = (warmest_c + 273.15) * (1000.0 / station_hpa) ** 0.2857
    theta = warmest_k - 1.0 + 2.0 * height_m / 1000.0 + 2.5 * max(0.0, height_m - 1000.0) / 1000.0
    jet = 3.0 * max(0.0, height_m - 2000.0) / 1000.0
    speed, direction = speed_and_direction(east + min(jet, 15.0), north)
    return theta, speed, direction, np.interp(height_m, [0, 1000, 3000, 8000], [65, 55, 35, 20])


def write_upper_air(path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        file.write("# Made by make_weather.py: an assumed profile through the day's warmest air\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(UPPER_AIR_COLUMNS)
        for time in instants():
            if time.hour % 3 and time not in (FIRST, LAST):
                continue
            local = time + UTC_OFFSET
            warmest = 0.5 * (between_noons(local, 1) + between_noons(local, 10))
            east, north = aloft(local)
            for height in PROFILE_HEIGHTS_M:
                theta, speed, direction, moisture = profile_level(height, warmest, between_noons(local, 6), east, north)
                writer.writerow([time.strftime("%Y-%m-%dT%H:%M:%SZ"), height, f"{theta:.2f}", f"{speed:.2f}",
                                 f"{direction:.0f}", f"{moisture:.0f}"])


if __name__ == "__main__":
    write_surface(HERE / "weather_surface.csv")
    write_upper_air(HERE / "weather_upper_air.csv")
