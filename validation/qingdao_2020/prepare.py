#!/usr/bin/python3
"""prepare.py HOURLY.csv OUTPUT.csv: the public hourly record as a table of `lantian evaluate`.

Stations of Qingdao get the names of inputs/cases/qingdao_spring/receptors.csv; the others keep name and city, for the
regional mean.
"""
import csv
import sys

NAMES = {"1307A": "Yangkou", "1308A": "Licang", "1309A": "Shibei", "1310A": "Shinan_East", "1311A": "Sifang", "1312A": "Shinan_West",
         "1313A": "Laoshan", "1314A": "Huangdao", "1315A": "Chengyang", "1964A": "Jimo", "1965A": "Jiaonan", "1967A": "Jiaozhou",
         "1969A": "Laixi", "1971A": "Pingdu", "1660A": "Rizhao"}
COLUMNS = {"PM25_ug_m3": "pm25_ugm3", "PM10_ug_m3": "pm10_ugm3", "SO2_ug_m3": "so2_ugm3", "NO2_ug_m3": "no2_ugm3", "O3_ug_m3": "o3_ugm3", "CO_mg_m3": "co_mgm3"}

with open(sys.argv[1], encoding="utf-8") as source, open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("station,lon,lat,time," + ",".join(COLUMNS) + ",city\n")
    for row in csv.DictReader(source):
        name = NAMES.get(row["code"]) or f"{row['station']} {row['city']}"
        group = "core" if row["city"] == "qingdao" else "hold-out" if row["code"] in NAMES else row["city"]
        out.write(",".join([name, row["lon"], row["lat"], row["time_bjt"], *(row[c] for c in COLUMNS.values()), group]) + "\n")
