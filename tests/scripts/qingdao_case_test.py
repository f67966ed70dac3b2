"""The inputs of the case Qingdao agree with each other and with what they are made from. qingdao_case_test.py SOURCE_FOLDER"""
import csv
import datetime
import sys
import unittest
from pathlib import Path

try:
    import netCDF4
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed")
    sys.exit(77)

SOURCE = Path(sys.argv.pop(1)).resolve()
CASE = SOURCE / "inputs" / "cases" / "qingdao_spring"
POLLUTANTS = ("SO2", "NOx", "CO", "VOC", "NH3", "PM25", "PM10")
sys.path.insert(0, str(SOURCE / "validation" / "qingdao_2020"))
import scores  # noqa: E402


def rows_of(name):
    with open(CASE / name, encoding="utf-8") as text:
        return list(csv.DictReader(line for line in text if not line.startswith("#")))


def field(name, variable):
    with netCDF4.Dataset(CASE / name) as file:
        return np.asarray(file[variable][:].filled(0.0), float)


def cell_of(station):
    lon, lat = field("static.nc", "lon"), field("static.nc", "lat")
    away = np.hypot((lon - float(station["longitude"])) * np.cos(np.radians(lat)), lat - float(station["latitude"]))
    return np.unravel_index(away.argmin(), away.shape)


class Inputs(unittest.TestCase):
    def test_maps_and_works_add_up_to_the_table_of_totals(self):
        # RZ0002 is the steel south of the domain, outside the totals; so are the power stations.
        stacks = [s for s in rows_of("enterprises.csv") if s["sector"] == "industry_process" and s["enterprise_id"] != "RZ0002"]
        with netCDF4.Dataset(CASE / "emissions.nc") as file:
            for sector in {row["sector"] for row in rows_of("totals.csv")}:
                for pollutant in POLLUTANTS:
                    total = sum(1000.0 * float(r[pollutant]) for r in rows_of("totals.csv") if r["sector"] == sector)
                    mapped = float(file[f"{sector}_{pollutant}"][:].sum()) if f"{sector}_{pollutant}" in file.variables else 0.0
                    at_works = sum(float(s[f"{pollutant}_t_yr"] or 0.0) for s in stacks) if sector == "industry_process" else 0.0
                    self.assertAlmostEqual(mapped + at_works, total, delta=1.0e-5 * total + 1.0e-9, msg=f"{sector} {pollutant}")

    def test_the_people_are_those_of_the_census(self):
        self.assertAlmostEqual(field("population.nc", "population").sum(), 10071722, delta=100.0)

    def test_towns_hold_more_people_than_the_country_about_them(self):
        people = field("population.nc", "population")
        for station in (s for s in rows_of("receptors.csv") if s["name"] in ("Jimo", "Jiaonan", "Jiaozhou", "Laixi", "Pingdu")):
            j, i = cell_of(station)
            self.assertGreater(people[j - 1:j + 2, i - 1:i + 2].sum(), 0.2 * 720103, station["name"])

    def test_stations_in_towns_of_the_neighbours_stand_on_urban_land_as_those_of_the_city_do(self):
        use = field("static.nc", "land_use")
        for station in (s for s in rows_of("receptors.csv") if s["name"] in ("Rizhao", "Sifang", "Jimo", "Jiaozhou", "Pingdu")):
            self.assertEqual(use[cell_of(station)], 13, station["name"])

    def test_homes_of_the_old_city_burn_less_solid_fuel_a_head_than_those_of_the_towns(self):
        people, burnt = field("population.nc", "population"), field("emissions.nc", "residential_PM25")
        places = {s["name"]: cell_of(s) for s in rows_of("receptors.csv")}
        a_head = {name: burnt[at] / people[at] for name, at in places.items() if name in ("Sifang", "Pingdu")}
        self.assertLess(a_head["Sifang"], 0.3 * a_head["Pingdu"])


class Scores(unittest.TestCase):
    def pairs(self, hours):
        day = datetime.datetime(2020, 3, 31)
        return [{"species": "O3", "station": "Harbour", "group": "old city", "time": day + datetime.timedelta(hours=h), "observed": 40.0 + h,
                 "model": 44.0 + 2.0 * h, "boundary_only": 40.0, "regional_mean": 41.0 + h, "mean_diurnal_cycle": 40.0 + h} for h in hours]

    def test_statistics_of_a_made_up_day(self):
        found = scores.statistics(self.pairs(range(4)), "model")
        self.assertEqual(found["n"], 4)
        self.assertAlmostEqual(found["nmb"], (47.0 - 41.5) / 41.5)
        self.assertAlmostEqual(found["nme"], 5.5 / 41.5)
        self.assertAlmostEqual(found["rmse"], ((16 + 25 + 36 + 49) / 4) ** 0.5)
        self.assertAlmostEqual(found["r"], 1.0)

    def test_a_day_with_fewer_than_16_hours_has_no_daily_mean(self):
        self.assertEqual(scores.daily(self.pairs(range(15))), [])
        self.assertAlmostEqual(scores.daily(self.pairs(range(16)))[0]["observed"], 47.5)


unittest.main()
