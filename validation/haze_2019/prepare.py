#!/usr/bin/python3
"""prepare.py DAILY.csv FOLDER: hourly records and entering air of 7 to 16 January 2019 from the daily record of Qingdao.

Writes weather_surface.csv, weather_upper_air.csv (for `lantian diagnose`), air_month.csv and air_day_before.csv (entering air).
    Weather  the rules of inputs/cases/qingdao_spring/make_weather.py on one station's days; the wind aloft is the day's mean, from the
             sector of its greatest wind, turned by the backing of the ground. ASSUMED: nights inland colder by 3 K, days in the sun
             warmer by up to 5.5 K (as in qingdao_year/make_year.py), the same vapour everywhere.
    Air      no station outside the city is on record for these days. air_month: particles of Qingdao's mean January, at all hours.
             air_day_before: the same gases, and the particles that the city had on the day before.
"""
import csv
import sys
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "inputs" / "cases" / "qingdao_spring"))
import make_weather as hourly  # noqa: E402

FIRST_DAY, LAST_DAY = datetime(2019, 1, 7), datetime(2019, 1, 16)
DAY_LENGTH_H = 9.8            # of 12 January at 36 N
SEA_C = 5.0                   # ASSUMED: sea off Qingdao in January
# Particles: means of Qingdao in January 2015 to 2020, worked out from the same daily record. Gases: ASSUMED, of the order of the region in winter.
JANUARY = {"PM25_ug_m3": 73.6, "PM10_ug_m3": 125.4, "SO2_ug_m3": 20, "NO2_ug_m3": 35, "O3_ug_m3": 45, "CO_mg_m3": 1.2}
PLACES = {"W": (119.15, 36.7), "N": (121.4, 37.5), "E": (122.1, 37.5), "S": (119.2, 34.6)}  # one air, named from four sides


def read_days(path):
    with open(path, encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["date"]: row for row in rows}


def spring_day(row):
    """The columns of make_weather.DAYS: the city, then its land as assumed."""
    mean, high, low, humidity, wind, gust, sun, rain = (float(row[key]) for key in (
        "t_mean_C", "t_max_C", "t_min_C", "rh_mean_pct", "ws_mean_ms", "ws_max_ms", "sunshine_h", "rain_mm"))
    share = sun / DAY_LENGTH_H
    land_high, land_low = high + 0.5 + 5.0 * share, low - 3.0
    land_humidity = humidity * hourly.vapour_pressure(mean) / hourly.vapour_pressure(0.5 * (land_high + land_low))
    # make_weather.cloud_fraction knows the length of spring days only
    return (mean, high, low, humidity, wind, gust, float(row["p_mean_Pa"]) / 100.0, share * 12.6, rain,
            0.5 * (land_high + land_low), land_high, land_low, float(land_humidity))


def local_days():
    """The days of the run, the one before and the one after."""
    day = FIRST_DAY - timedelta(days=1)
    while day <= LAST_DAY + timedelta(days=1):
        yield day.strftime("%Y-%m-%d")
        day += timedelta(days=1)


def write_weather(days, folder):
    hourly.DAYS = {date: spring_day(days[date]) for date in local_days()}
    hourly.ALOFT = {date: [(12, float(days[date]["ws_mean_ms"]) / 0.65, 22.5 * float(days[date]["wd_max_sector"]) + 27.0)]
                    for date in local_days()}
    hourly.FIRST, hourly.LAST = FIRST_DAY - hourly.UTC_OFFSET, LAST_DAY + timedelta(days=1) - hourly.UTC_OFFSET
    hourly.BREEZE_DAYS, hourly.SEA_AIR_C = set(), SEA_C
    hourly.write_surface(folder / "weather_surface.csv")
    hourly.write_upper_air(folder / "weather_upper_air.csv")


def write_air(path, particles_of):
    """particles_of(date): PM2.5 and PM10 that enter on that local day [ug m-3]."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("station,lon,lat,time," + ",".join(JANUARY) + "\n")
        for place, (lon, lat) in PLACES.items():
            for date in local_days():
                values = dict(JANUARY)
                values["PM25_ug_m3"], values["PM10_ug_m3"] = particles_of(date)
                for hour in range(0, 24, 3):
                    time = datetime.strptime(date, "%Y-%m-%d") + timedelta(hours=hour) - hourly.UTC_OFFSET
                    file.write(f"{place},{lon},{lat},{time:%Y-%m-%dT%H:%M:%SZ}," + ",".join(f"{v:g}" for v in values.values()) + "\n")


def day_before(days):
    def particles(date):
        row = days[(datetime.strptime(date, "%Y-%m-%d") - timedelta(days=1)).strftime("%Y-%m-%d")]
        fine = float(row["pm25_ugm3"])
        return fine, max(float(row["pm10_ugm3"]), fine)  # PM10 below PM2.5 stands in the record
    return particles


if __name__ == "__main__":
    daily, out = read_days(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    write_weather(daily, out)
    write_air(out / "air_month.csv", lambda date: (JANUARY["PM25_ug_m3"], JANUARY["PM10_ug_m3"]))
    write_air(out / "air_day_before.csv", day_before(daily))
