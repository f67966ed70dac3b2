"""The plotting scripts draw what they are given and name a fault in one line. plots_test.py SCRIPTS_FOLDER"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import matplotlib.image
    import netCDF4
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed")
    sys.exit(77)

SCRIPTS = Path(sys.argv.pop(1)).resolve()
FIRST_END = 1585670400  # 2020-03-31T16:00Z: the hour that begins at 23 h in UTC+8


def write_history(path, times=2, utc_offset_h="8"):
    with netCDF4.Dataset(path, "w") as file:
        for name, size in (("time", times), ("y", 5), ("x", 4)):
            file.createDimension(name, size)
        file.createVariable("time", "f8", ("time",))[:] = FIRST_END + 3600.0 * np.arange(times)
        x, y = np.meshgrid(np.arange(4.0), np.arange(5.0))
        file.createVariable("lon", "f8", ("y", "x"))[:] = 120.0 + 0.03 * x + 0.002 * y
        file.createVariable("lat", "f8", ("y", "x"))[:] = 36.0 + 0.03 * y
        field = file.createVariable("PM25", "f4", ("time", "y", "x"))
        field.units = "ug m-3"
        field[:] = 30.0 + 5.0 * x + np.arange(times)[:, None, None]
        file.title = "made up"
        if utc_offset_h is not None:
            file.utc_offset_h = utc_offset_h


def write_districts(path):
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("y", 5)
        file.createDimension("x", 4)
        x, y = np.meshgrid(120.0 + 0.03 * np.arange(4.0), 36.0 + 0.03 * np.arange(5.0))
        for name, values in (("lon", x), ("lat", y), ("district", 1 + (x > 120.04))):
            file.createVariable(name, "f8", ("y", "x"))[:] = values


def write_plume_map(path):
    with netCDF4.Dataset(path, "w") as file:
        for name, size in (("y", 5), ("x", 4), ("source", 2), ("source_id_length", 3)):
            file.createDimension(name, size)
        names = file.createVariable("source_id", "S1", ("source", "source_id_length"))
        names._Encoding = "utf-8"
        names[:] = np.array(["E1", "E22"], dtype="S3")
        x, y = np.meshgrid(120.0 + 0.03 * np.arange(4.0), 36.0 + 0.03 * np.arange(5.0))
        for name, values in (("lon", x), ("lat", y), ("SO2", x - 119.9), ("SO2_highest_hour", 36.2 - y)):
            file.createVariable(name, "f8", ("y", "x"))[:] = values
        file.createVariable("SO2_by_source", "f4", ("source", "y", "x"))[:] = np.stack([x - 119.9, 0.0 * x])


def ranking():
    effects = [{"metric": metric, "group": group, "pollutant": pollutant, "removed_t_d": 3.0, "change_ug_m3": change, "change_per_t_d_ug_m3": change / 3.0}
               for metric in ("PM25", "O3_MDA8") for group in ("traffic", "ships") for pollutant, change in (("VOC", -0.4), ("NOx", 0.2))]
    share = {"base_ug_m3": 40.0, "own_city_ug_m3": -5.0, "neighbours_ug_m3": 5.0, "boundary_ug_m3": 38.0, "initial_air_ug_m3": 2.0}
    return {"case": "made up", "note": "", "mechanism": "grs", "start": "2020-03-30T16:00:00Z", "end": "2020-03-31T16:00:00Z", "cut": 0.3,
            "share": {"PM25": share, "O3_MDA8": share}, "regime": {"city": "VOC-limited"}, "effects": effects}


class Plots(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name)
        write_history(self.folder / "history.nc")
        write_districts(self.folder / "districts.nc")
        self.write("coast.csv", "lon,lat\n120.00,36.02\n120.09,36.05\n\n120.02,36.10\n120.08,36.11\n")
        self.write("stations.csv", "# a comment\nname,longitude,latitude\nHarbour,120.04,36.05\n")
        self.write("ranking.json", json.dumps(ranking()))

    def tearDown(self):
        self.place.cleanup()

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def run_script(self, script, *words):
        return subprocess.run([sys.executable, SCRIPTS / script, *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def picture(self, script, *words, name="out/picture.png"):
        result = self.run_script(script, *words)
        self.assertEqual(result.returncode, 0, result.stderr)
        image = matplotlib.image.imread(self.folder / name)
        self.assertGreater(image.shape[0], 100)
        self.assertGreater(len(np.unique(image[:, :, :3].reshape(-1, 3), axis=0)), 20, "the picture is blank")
        return image

    def expect_fault(self, code, sentence, script, *words):
        result = self.run_script(script, *words)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
        self.assertIn(sentence, result.stderr)

    def test_a_map_shows_coast_districts_and_stations(self):
        bare = self.picture("plot_map.py", "history.nc", "--output", "out/picture.png")
        full = self.picture("plot_map.py", "history.nc", "--coast", "coast.csv", "--districts", "districts.nc", "--stations", "stations.csv", "--output", "out/picture.png")
        self.assertEqual(bare.shape, full.shape)
        self.assertTrue((bare != full).any(), "coast, districts and stations left no trace")

    def test_a_station_takes_the_colour_of_what_it_observed_in_the_hour_that_is_shown(self):
        words = ("plot_map.py", ".", "--hour", "2020-03-31T23", "--stations", "stations.csv", "--output", "out/picture.png", "--observed", "observed.csv")
        pictures = []
        for value in (30.0, 45.0):
            # The stamp ends the hour; the hour after it is another and must not count.
            self.write("observed.csv", f"station,time,PM25_ug_m3\nHarbour,2020-04-01 00:00:00,{value}\nHarbour,2020-04-01 01:00:00,999\n")
            pictures.append(self.picture(*words))
        self.assertTrue((pictures[0] != pictures[1]).any(), "the observed value changed nothing")
        self.write("observed.csv", "station,time,PM25_ug_m3\nHarbour,2020-04-01 00:00:00,45\nHarbour,2020-04-01 01:00:00,7\n")
        self.assertTrue((pictures[1] == self.picture(*words)).all(), "an hour that is not shown was counted")

    def test_hours_are_those_of_the_runs_own_local_time_unless_told_otherwise(self):
        write_history(self.folder / "west.nc", utc_offset_h="-6")
        self.picture("plot_map.py", "west.nc", "--hour", "2020-03-31T09", "--output", "out/picture.png")
        self.picture("plot_map.py", "west.nc", "--utc-offset", "0", "--hour", "2020-03-31T15", "--output", "out/picture.png")
        write_history(self.folder / "nowhere.nc", utc_offset_h=None)
        self.expect_fault(65, "name it by --utc-offset", "plot_map.py", "nowhere.nc", "--output", "out/picture.png")

    def test_a_ranking_is_drawn(self):
        self.picture("plot_ranking.py", ".", "--output", "out/picture.png")

    def test_a_map_of_plumes_shows_all_sources_some_or_the_highest_hour(self):
        write_plume_map(self.folder / "map.nc")
        words = ("plot_plume.py", "map.nc", "--stations", "stations.csv", "--coast", "coast.csv", "--output", "out/picture.png")
        mean, highest = self.picture(*words), self.picture(*words, "--highest-hour")
        self.assertTrue((mean != highest).any())
        self.picture(*words, "--source", "E1")
        self.expect_fault(65, "there is no source E3; found E1, E22", *words, "--source", "E3")
        self.expect_fault(65, "SO2 of E22 is 0 throughout", *words, "--source", "E22")
        self.expect_fault(65, "is no map of lantian plume with SO2", "plot_plume.py", "history.nc", "--output", "x.png")

    def test_series_are_drawn_one_picture_a_species_with_gaps(self):
        lines = [f"{species},Harbour,2020-03-31T{hour:02d}:00:00Z,{'' if hour == 3 else 20 + hour},{25 + hour},10\n" for species in ("PM25", "O3") for hour in range(6)]
        self.write("pairs.csv", "species,station,hour_begin_utc,observed_ug_m3,model_ug_m3,boundary_only_ug_m3\n" + "".join(lines))
        for species in ("PM25", "O3"):
            self.picture("plot_series.py", "pairs.csv", "--output-dir", "out", name=f"out/series_{species}.png")

    def test_a_file_that_is_not_there_is_named(self):
        self.expect_fault(69, "nothing.nc: there is no such file", "plot_map.py", "nothing.nc", "--output", "x.png")
        self.expect_fault(69, "nothing.csv: there is no such file", "plot_map.py", "history.nc", "--coast", "nothing.csv", "--output", "x.png")
        self.expect_fault(69, "nothing.json: there is no such file", "plot_ranking.py", "nothing.json", "--output", "x.png")
        self.expect_fault(69, "nothing.csv: there is no such file", "plot_series.py", "nothing.csv", "--output-dir", "out")

    def test_a_variable_or_hour_that_is_not_there_is_named_beside_what_there_is(self):
        self.expect_fault(65, "there is no field SO9 on time, y, x; found PM25", "plot_map.py", "history.nc", "--variable", "SO9", "--output", "x.png")
        self.expect_fault(65, "there is no hour 2020-01-01T00; it has 2020-03-31T23", "plot_map.py", "history.nc", "--hour", "2020-01-01T00", "--output", "x.png")
        self.expect_fault(65, "'noon' is not a time", "plot_map.py", "history.nc", "--hour", "noon", "--output", "x.png")
        self.expect_fault(65, "is no history of a run", "plot_map.py", "districts.nc", "--output", "x.png")

    def test_a_file_of_another_kind_is_named(self):
        self.write("other.csv", "a,b\n1,2\n")
        self.write("half.json", '{"effects": [')
        self.write("empty.json", "{}")
        self.expect_fault(65, "cannot be read as netCDF", "plot_map.py", "other.csv", "--output", "x.png")
        self.expect_fault(65, "there is no column name, longitude, latitude; found a, b", "plot_map.py", "history.nc", "--stations", "other.csv", "--output", "x.png")
        self.expect_fault(65, "there are no features", "plot_map.py", "history.nc", "--districts", "empty.json", "--output", "x.png")
        self.expect_fault(65, "cannot be read as JSON", "plot_ranking.py", "half.json", "--output", "x.png")
        self.expect_fault(65, "holds no effects", "plot_ranking.py", "empty.json", "--output", "x.png")
        self.expect_fault(65, "there is no column species", "plot_series.py", "other.csv", "--output-dir", "out")


unittest.main()
