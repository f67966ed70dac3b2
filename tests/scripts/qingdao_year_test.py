"""The typical year of Qingdao has the monthly means it is made from. qingdao_year_test.py SOURCE_FOLDER"""
import csv
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed")
    sys.exit(77)

SOURCE = Path(sys.argv.pop(1)).resolve()
sys.path.insert(0, str(SOURCE / "inputs" / "cases" / "qingdao_year"))
import make_year  # noqa: E402
from make_weather import STATION_HEIGHT_M  # noqa: E402


def city_of(folder, month):
    """Columns of the city's records by name, in whole local days: (days, 24)."""
    with open(folder / f"surface_{month + 1:02}.csv", encoding="utf-8") as text:
        rows = [row for row in csv.DictReader(line for line in text if not line.startswith("#")) if row["station"] == "city"]
    names = [name for name in rows[0] if name not in ("station", "longitude", "latitude", "surface", "time")]
    return {name: np.array([float(row[name]) for row in rows[:len(rows) // 24 * 24]]).reshape(-1, 24) for name in names}


class Year(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.kept.name)
        make_year.make(cls.folder)
        cls.city = [city_of(cls.folder, m) for m in range(12)]
        cls.monthly, cls.assumed = make_year.table("monthly.csv"), make_year.table("assumed.csv")

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def holds(self, wanted, made_of_month, within):
        for m in range(12):
            self.assertAlmostEqual(made_of_month(self.city[m]), wanted[m], delta=within(wanted[m]), msg=f"month {m + 1}")

    def test_temperatures_are_those_of_the_months(self):
        self.holds(self.monthly["mean_c"], lambda c: c["temperature_c"].mean(), lambda _: 0.4)
        self.holds(self.monthly["max_c"], lambda c: c["temperature_c"].max(axis=1).mean(), lambda _: 0.1)
        self.holds(self.monthly["min_c"], lambda c: c["temperature_c"].min(axis=1).mean(), lambda _: 0.6)

    def test_wind_humidity_and_pressure_are_those_of_the_months(self):
        self.holds(self.monthly["wind_m_s"], lambda c: c["wind_speed_m_s"].mean(), lambda v: 0.02 * v)
        self.holds(self.monthly["humidity_pct"], lambda c: c["relative_humidity_pct"].mean(), lambda _: 3.0)
        at_station = [p * np.exp(-9.81 * STATION_HEIGHT_M / (287.0 * (t + 273.4))) for p, t in
                      ((c["pressure_hpa"].mean(), c["temperature_c"].mean()) for c in self.city)]
        np.testing.assert_allclose(at_station, self.monthly["pressure_hpa"], atol=0.6)

    def test_sun_and_rain_are_those_of_the_months(self):
        self.holds(self.monthly["rain_mm_day"], lambda c: 24.0 * c["rain_mm_h"].mean(), lambda v: 0.03 * v)
        self.holds(self.monthly["rain_days"], lambda c: (c["rain_mm_h"].max(axis=1) > 0.0).sum(), lambda _: 1.0)
        length = make_year.day_length_h()
        for m in range(12):
            sun = (1.0 - self.city[m]["cloud_fraction"][:, 12]) * length[make_year.MONTH == m]
            self.assertAlmostEqual(sun.mean(), self.monthly["sunshine_h"][m], delta=0.1, msg=f"month {m + 1}")

    def test_winds_come_from_where_the_seasons_say(self):
        shares = np.column_stack([self.assumed[name] for name in list(self.assumed)[2:]])
        np.testing.assert_allclose(shares.sum(axis=1), 100.0)
        for season in ((11, 0, 1), (2, 3, 4), (5, 6, 7), (8, 9, 10)):
            from_deg = np.concatenate([self.city[m]["wind_direction_deg"].ravel() for m in season])
            made = np.bincount(((from_deg + 11.25) % 360.0 // 22.5).astype(int), minlength=16) * 100.0 / len(from_deg)
            np.testing.assert_allclose(made, shares[list(season)].mean(axis=0), atol=2.5, err_msg=f"months {season}")

    def test_the_day_after_remembers_the_day_before(self):
        mean = np.concatenate([c["temperature_c"].mean(axis=1) for c in self.city])
        away = mean - make_year.between_months(self.monthly["mean_c"])
        self.assertGreater(np.corrcoef(away[:-1], away[1:])[0, 1], 0.4)
        self.assertGreater(away.std(), 1.5)

    def test_the_months_hold_8761_instants_each_once_an_hour_apart(self):
        times = []
        for m in range(12):
            with open(self.folder / f"surface_{m + 1:02}.csv", encoding="utf-8") as text:
                times += [line.split(",")[4].strip("Z") for line in text if line.startswith("city,")]
        self.assertEqual(len(times), 8761)
        self.assertTrue((np.diff(np.array(times, dtype="datetime64[h]")).astype(int) == 1).all())
        with open(self.folder / "months.txt", encoding="utf-8") as text:
            spans = [line.split()[1:3] for line in text]
        self.assertEqual(spans[0][0], times[0] + "Z")
        self.assertEqual(spans[-1][1], times[-1] + "Z")

    def test_made_again_it_is_the_same_to_the_byte(self):
        with tempfile.TemporaryDirectory() as again:
            make_year.make(Path(again))
            names = sorted(path.name for path in self.folder.iterdir())
            self.assertEqual(len(names), 25)
            for name in names:
                self.assertEqual((Path(again) / name).read_bytes(), (self.folder / name).read_bytes(), name)


unittest.main()
