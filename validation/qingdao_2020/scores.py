"""Pairs of this validation with its trivial predictors, for tables.py and plots.py."""
import csv
import datetime
import math
from collections import defaultdict

SPECIES = ["PM25", "PM10", "O3", "NO2", "SO2", "CO"]
PREDICTORS = ["model", "boundary_only", "regional_mean", "mean_diurnal_cycle"]
EXCLUDED = {"Huangdao"}  # stands at a wrong place in the record
UTC_OFFSET = datetime.timedelta(hours=8)
DAY_HOURS, NIGHT_HOURS = set(range(11, 17)), {20, 21, 22, 23, 0, 1, 2, 3, 4, 5}  # local hours by their beginning


def rows_of(path):
    with open(path, encoding="utf-8") as text:
        return list(csv.DictReader(text))


def read_observed(path):
    """{species: {station: {local hour's beginning: ug m-3}}} and {station: group}."""
    observed, group = {s: defaultdict(dict) for s in SPECIES}, {}
    for row in rows_of(path):
        group[row["station"]] = row["city"]
        begin = datetime.datetime.fromisoformat(row["time"]) - datetime.timedelta(hours=1)
        for species in SPECIES:
            column, factor = (species + "_mg_m3", 1000.0) if species == "CO" else (species + "_ug_m3", 1.0)
            if row[column]:
                observed[species][row["station"]][begin] = factor * float(row[column])
    return observed, group


def read_pairs(pairs_path, observed_path):
    """One dictionary a station, species and scored hour: observed and what each predictor says."""
    observed, group = read_observed(observed_path)
    pairs = []
    for row in rows_of(pairs_path):
        if row["species"] not in SPECIES or row["station"] in EXCLUDED or not row["boundary_only_ug_m3"]:
            continue
        time = datetime.datetime.fromisoformat(row["hour_begin_utc"].replace("Z", "")) + UTC_OFFSET
        others = [series[time] for station, series in observed[row["species"]].items() if station != row["station"] and time in series]
        if not others:
            continue
        pairs.append({"species": row["species"], "station": row["station"], "group": group[row["station"]], "time": time,
                      "observed": float(row["observed_ug_m3"]), "model": float(row["model_ug_m3"]),
                      "boundary_only": float(row["boundary_only_ug_m3"]), "regional_mean": sum(others) / len(others)})
    cycles = defaultdict(list)
    for pair in pairs:
        cycles[pair["species"], pair["station"], pair["time"].hour].append(pair["observed"])
    for pair in pairs:
        cycle = cycles[pair["species"], pair["station"], pair["time"].hour]
        pair["mean_diurnal_cycle"] = sum(cycle) / len(cycle)
    return pairs


def statistics(pairs, predictor):
    """n, mean observed, mean predicted, NMB, NME, RMSE, r."""
    n = len(pairs)
    a, b = [p["observed"] for p in pairs], [p[predictor] for p in pairs]
    mean_a, mean_b = sum(a) / n, sum(b) / n
    covariance = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    spread = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return {"n": n, "observed": mean_a, "predicted": mean_b, "nmb": (mean_b - mean_a) / mean_a,
            "nme": sum(abs(y - x) for x, y in zip(a, b)) / n / mean_a, "rmse": math.sqrt(sum((y - x) ** 2 for x, y in zip(a, b)) / n),
            "r": covariance / spread if spread > 0.0 else math.nan}


def daily(pairs, least_hours=16):
    """Means over the paired hours of a station's local day; days with fewer hours are left out, gaps are not filled."""
    days = defaultdict(list)
    for pair in pairs:
        days[pair["species"], pair["station"], pair["time"].date()].append(pair)
    return [{"species": key[0], "station": key[1], "group": day[0]["group"], "time": key[2],
             **{name: sum(p[name] for p in day) / len(day) for name in ["observed", *PREDICTORS]}}
            for key, day in sorted(days.items()) if len(day) >= least_hours]
