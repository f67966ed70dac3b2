#!/usr/bin/python3
"""Makes a typical year of hourly weather for `lantian diagnose`, month by month, from the monthly means of Qingdao.

    ./make_year.py [FOLDER]     output/qingdao_year/records unless named; needs python3 and numpy

**No station has measured these hours and no such year has been.** monthly.csv holds facts, all else is assumed.
    Days    first-order autoregressions about the month's means, rain days drawn first and the rest given them, after
            Richardson (1981), Water Resour. Res. 17, 182; means of each month are shifted or scaled onto monthly.csv
    Wind    where it comes from every six hours: an autoregression, its ranks within a month laid out over the shares of
            assumed.csv, clockwise from the rarest sector
    Hours   the rules of ../qingdao_spring/make_weather.py
Writes surface_MM.csv, upper_air_MM.csv, and months.txt: month, first instant, last instant, sea surface [C].
"""
import csv
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "qingdao_spring"))
import make_weather as hourly  # noqa: E402

YEAR = 2021  # files need one; 365 days, and the days before and after it are its own last and first
SEED = 20150101
DAYS = np.arange(f"{YEAR}-01-01", f"{YEAR + 1}-01-01", dtype="datetime64[D]")
MONTH = DAYS.astype("datetime64[M]").astype(int) % 12  # of each day, 0 to 11
LATITUDE_DEG = 36.1

# ASSUMED: memory from one day to the next, spread about the month's mean
TEMPERATURE_MEMORY, TEMPERATURE_SPREAD_K = 0.7, np.array([3.2, 3.2, 3.0, 2.6, 2.2, 1.8, 1.6, 1.5, 1.8, 2.4, 3.2, 3.4])
WIND_MEMORY, WIND_SPREAD = 0.4, 0.35   # of the logarithm
SUN_MEMORY, RAIN_MEMORY = 0.3, 0.3
HUMIDITY_MEMORY, HUMIDITY_SPREAD_PCT, WET_HUMIDITY_PCT = 0.5, 9.0, 10.0
PRESSURE_MEMORY, PRESSURE_SPREAD_HPA = 0.7, 4.0
DIRECTION_MEMORY = 0.85                # from one six hours to the next: 37 h
WET_SUN = 0.25                         # sunshine of a day with rain against a dry one
# ASSUMED from the days of Weifang in make_weather.py: inland days are warmer in the sun, nights colder
INLAND_MAX_K, INLAND_SUN_K, INLAND_MIN_K = 0.5, 5.0, -3.0
BACKING_DEG = 27.0                     # of the city's wind against that aloft
CITY_INLAND = 0.0                      # the city's records are those of its own station


def table(name):
    """Columns by name of a table of twelve months."""
    with open(HERE / name, encoding="utf-8") as text:
        rows = list(csv.DictReader(line for line in text if not line.startswith("#")))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}


def autoregression(rng, count, memory):
    """Standard normal values, each remembering the one before."""
    noise, values = rng.standard_normal(count), np.empty(count)
    values[0] = noise[0]
    for k in range(1, count):
        values[k] = memory * values[k - 1] + np.sqrt(1.0 - memory**2) * noise[k]
    return values


def monthly_mean(values):
    return np.bincount(MONTH, values) / np.bincount(MONTH)


def shifted(values, means):
    return values + (means - monthly_mean(values))[MONTH]


def scaled(values, means):
    return values * (means / monthly_mean(values))[MONTH]


def between_months(means):
    """A value for each day, linear between the middles of the months."""
    middles = [np.flatnonzero(MONTH == m).mean() for m in range(12)]
    return np.interp(np.arange(len(DAYS)), middles, means, period=len(DAYS))


def day_length_h():
    """Cooper (1969), Sol. Energy 12, 333."""
    declination = np.radians(23.45) * np.sin(2.0 * np.pi * (284.0 + np.arange(1, len(DAYS) + 1)) / 365.0)
    return 24.0 / np.pi * np.arccos(-np.tan(np.radians(LATITUDE_DEG)) * np.tan(declination))


def rain_days(rng, monthly):
    """Whether a day has rain: as many days of each month as monthly.csv tells, in spells."""
    urge, wet = autoregression(rng, len(DAYS), RAIN_MEMORY), np.zeros(len(DAYS), bool)
    for m in range(12):
        days = np.flatnonzero(MONTH == m)
        wet[days[np.argsort(urge[days])[len(days) - round(monthly["rain_days"][m]):]]] = True
    return wet


def sunshine(rng, wet, monthly):
    """Hours of sun: a share of the day's length, bent so that the month's mean comes out."""
    draw = 1.0 / (1.0 + np.exp(-1.7 * autoregression(rng, len(DAYS), SUN_MEMORY)))
    result = np.empty(len(DAYS))
    for m in range(12):
        of_month = MONTH == m
        low, high = 0.01, 20.0
        for _ in range(60):
            power = 0.5 * (low + high)
            hours = np.where(wet, WET_SUN, 1.0) * draw**power * day_length_h()
            low, high = (power, high) if hours[of_month].mean() > monthly["sunshine_h"][m] else (low, power)
        result[of_month] = hours[of_month]
    return result


def make_days(rng, monthly):
    """Daily values by name, each of 365."""
    count, wet = len(DAYS), rain_days(rng, monthly)
    sun = sunshine(rng, wet, monthly)
    anomaly = TEMPERATURE_SPREAD_K[MONTH] * autoregression(rng, count, TEMPERATURE_MEMORY)
    mean = shifted(between_months(monthly["mean_c"]) + anomaly, monthly["mean_c"])
    swing = scaled(0.5 + sun / day_length_h(), np.ones(12))  # sunny days are warmer, clear nights colder
    humidity = between_months(monthly["humidity_pct"]) + WET_HUMIDITY_PCT * wet
    humidity += HUMIDITY_SPREAD_PCT * autoregression(rng, count, HUMIDITY_MEMORY)
    for _ in range(50):  # the shift and the bounds in turn
        humidity = np.clip(shifted(humidity, monthly["humidity_pct"]), 20.0, 97.0)
    high = mean + swing * (monthly["max_c"] - monthly["mean_c"])[MONTH]
    low = mean + swing * (monthly["min_c"] - monthly["mean_c"])[MONTH]
    pressure = between_months(monthly["pressure_hpa"]) + PRESSURE_SPREAD_HPA * autoregression(rng, count, PRESSURE_MEMORY)
    return {
        "mean": mean, "high": high, "low": low, "humidity": humidity, "sunshine": sun,
        "wind": scaled(np.exp(WIND_SPREAD * autoregression(rng, count, WIND_MEMORY)), monthly["wind_m_s"]),
        "rain": scaled(np.where(wet, rng.exponential(size=count), 0.0), monthly["rain_mm_day"]),
        "pressure": shifted(pressure, monthly["pressure_hpa"]),
        "land_high": high + INLAND_MAX_K + INLAND_SUN_K * sun / day_length_h(), "land_low": low + INLAND_MIN_K}


def directions(rng, shares):
    """Where the wind of 10 m comes from [deg], four times a day: (1460). shares: (12, 16), of sectors from N clockwise."""
    urge, of_month = autoregression(rng, 4 * len(DAYS), DIRECTION_MEMORY), np.repeat(MONTH, 4)
    first = int(np.argmin(shares.sum(axis=0)))
    edges_deg = 22.5 * (first + np.arange(17)) - 11.25
    result = np.empty(len(urge))
    for m in range(12):
        times = np.flatnonzero(of_month == m)
        rank = (np.argsort(np.argsort(urge[times])) + 0.5) / len(times)
        result[times] = np.interp(rank, np.concatenate([[0.0], np.cumsum(np.roll(shares[m], -first)) / shares[m].sum()]), edges_deg)
    return result % 360.0


class Hours:
    """Instants of the year, local 00 h of 1 January to 24 h of 31 December: (8761)."""

    def __init__(self, days, from_deg):
        self.days = days
        self.local = np.arange(f"{YEAR}-01-01T00", f"{YEAR + 1}-01-01T01", dtype="datetime64[h]")
        count = np.arange(len(self.local))
        self.day, self.hour = count // 24 % len(DAYS), (count % 24).astype(float)
        # The wind aloft, linear between the entries as in make_weather.py; the year follows upon itself.
        angle = np.radians(from_deg + BACKING_DEG)
        strength = np.repeat(days["wind"], 4) / 0.65
        entries = 6.0 * np.arange(len(angle)) + 3.0
        self.east, self.north = (np.interp(count, entries, -strength * part, period=6.0 * len(angle)) for part in
                                 (np.sin(angle), np.cos(angle)))
        mean_aloft = np.hypot(self.east, self.north)[:-1].reshape(-1, 24).mean(axis=1)
        self.wind_scale = hourly.wind_scale(days["wind"], mean_aloft)[self.day] * hourly.day_and_night(self.hour)

    def daily(self, name, later=0):
        return self.days[name][(self.day + later) % len(DAYS)]

    def between_noons(self, values):
        """Daily values, linear between the noons."""
        return np.interp(24.0 * self.day + self.hour, 24.0 * np.arange(len(DAYS)) + 12.0, values, period=24.0 * len(DAYS))

    def temperature(self, inland):
        def curve(low, high, peak_h):
            return hourly.temperature_curve(self.hour, self.daily(high, -1), self.daily(low), self.daily(high), self.daily(low, 1), peak_h)
        return (1 - inland) * curve("low", "high", hourly.CITY_PEAK_H) + inland * curve("land_low", "land_high", hourly.LAND_PEAK_H)

    def stamps(self):
        return np.datetime_as_string(self.local - np.timedelta64(int(hourly.UTC_OFFSET.total_seconds()) // 3600, "h"), unit="s")


def months(hours):
    """Of each month its number and its instants: those of its days, of December midnight too."""
    of_month = MONTH[hours.day]
    of_month[-1] = 11
    return [(m, np.flatnonzero(of_month == m)) for m in range(12)]


def surface_rows(hours, sea_c):
    """Of each station its name and the columns of its records."""
    length = hours.days["sunshine"] / day_length_h()
    cloud = hourly.cloud_fraction(length, 1.0)[hours.day]
    pressure = hourly.sea_level_pressure(hours.between_noons(hours.days["pressure"]), hours.between_noons(hours.days["mean"]))
    vapour = hours.between_noons(hours.days["humidity"] / 100.0 * hourly.vapour_pressure(hours.days["mean"]))
    for name, lon, lat, surface, inland, factor, backing in hourly.STATIONS:
        celsius = hours.temperature(CITY_INLAND if name == "city" else inland)
        if surface == "sea":
            celsius = hourly.SEA_SHARE * hours.between_noons(sea_c) + (1 - hourly.SEA_SHARE) * celsius
        east, north = hourly.backed(hours.east, hours.north, backing)
        strength = factor * hours.wind_scale
        speed, direction = hourly.speed_and_direction(strength * east, strength * north)
        # The vapour of the city everywhere.
        humidity = hourly.humidity_of(vapour, vapour, celsius, inland)
        yield (name, lon, lat, surface), (celsius, humidity, speed, direction, pressure, cloud, hours.daily("rain") / 24.0)


def write(path, head, columns, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"# Made by make_year.py: {head}\n" + ",".join(columns) + "\n")
        file.writelines(rows)


def write_surface(folder, hours, sea_c):
    stamps, stations = hours.stamps(), list(surface_rows(hours, sea_c))
    for m, instants in months(hours):
        rows = [f"{name},{lon},{lat},{surface},{stamps[k]}Z,{c[k]:.2f},{rh[k]:.1f},{v[k]:.2f},{d[k]:.0f},{p[k]:.1f},{n[k]:.2f},{r[k]:.2f}\n"
                for (name, lon, lat, surface), (c, rh, v, d, p, n, r) in stations for k in instants]
        write(folder / f"surface_{m + 1:02}.csv", "a typical month, no station has measured these hours", hourly.SURFACE_COLUMNS, rows)


def write_upper_air(folder, hours):
    stamps = hours.stamps()
    warmest = hours.between_noons(0.5 * (hours.days["high"] + hours.days["land_high"]))
    pressure = hours.between_noons(hours.days["pressure"])
    levels = [(z, *hourly.profile_level(z, warmest, pressure, hours.east, hours.north)) for z in hourly.PROFILE_HEIGHTS_M]
    for m, instants in months(hours):
        times = [k for k in instants if hours.hour[k] % 3 == 0 or k == instants[-1]]
        rows = [f"{stamps[k]}Z,{z},{theta[k]:.2f},{v[k]:.2f},{d[k]:.0f},{rh:.0f}\n" for k in times for z, theta, v, d, rh in levels]
        write(folder / f"upper_air_{m + 1:02}.csv", "an assumed profile through the day's warmest air", hourly.UPPER_AIR_COLUMNS, rows)


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    monthly, assumed = table("monthly.csv"), table("assumed.csv")
    shares = np.column_stack([assumed[name] for name in list(assumed)[2:]])
    days = make_days(rng, monthly)
    hours = Hours(days, directions(rng, shares))
    write_surface(folder, hours, between_months(assumed["sea_c"]))
    write_upper_air(folder, hours)
    stamps = hours.stamps()
    with open(folder / "months.txt", "w", encoding="utf-8") as file:
        file.writelines(f"{m + 1:02} {stamps[k[0]]}Z {stamps[k[-1]]}Z {assumed['sea_c'][m]}\n" for m, k in months(hours))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[2] / "output" / "qingdao_year" / "records")
