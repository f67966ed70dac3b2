#!/usr/bin/python3
"""prepare.py HOURLY.csv OUTPUT.csv: the public hourly record as a table of `lantian evaluate`.

Stations of the model get the names of inputs/cases/qingdao_spring/receptors.csv and a group in the column city; the
others keep name and city, for the regional mean.
"""
import csv
import sys

OLD_CITY, EDGE, TOWNS, RIZHAO = "old city", "edge of the city", "county towns", "Rizhao"
STATIONS = {"1307A": ("Yangkou", EDGE), "1308A": ("Licang", OLD_CITY), "1309A": ("Shibei", OLD_CITY), "1310A": ("Shinan_East", OLD_CITY),
            "1311A": ("Sifang", OLD_CITY), "1312A": ("Shinan_West", OLD_CITY), "1313A": ("Laoshan", OLD_CITY), "1314A": ("Huangdao", EDGE),
            "1315A": ("Chengyang", EDGE), "1964A": ("Jimo", TOWNS), "1965A": ("Jiaonan", TOWNS), "1967A": ("Jiaozhou", TOWNS),
            "1969A": ("Laixi", TOWNS), "1971A": ("Pingdu", TOWNS), "1660A": ("Rizhao", RIZHAO)}
COLUMNS = {"PM25_ug_m3": "pm25_ugm3", "PM10_ug_m3": "pm10_ugm3", "SO2_ug_m3": "so2_ugm3", "NO2_ug_m3": "no2_ugm3", "O3_ug_m3": "o3_ugm3", "CO_mg_m3": "co_mgm3"}


def main():
    with open(sys.argv[1], encoding="utf-8") as source, open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("station,lon,lat,time," + ",".join(COLUMNS) + ",city\n")
        for row in csv.DictReader(source):
            name, group = STATIONS.get(row["code"], (f"{row['station']} {row['city']}", row["city"]))
            out.write(",".join([name, row["lon"], row["lat"], row["time_bjt"], *(row[c] for c in COLUMNS.values()), group]) + "\n")


if __name__ == "__main__":
    main()
