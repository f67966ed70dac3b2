#pragma once

#include "support/case_text.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace lantian {

/// A sound control deck of AERMOD; each line is there to be spoiled by `with`.
inline const std::string sound_deck = R"(CO STARTING
   TITLEONE  A stack and a yard
   MODELOPT  CONC FLAT
   AVERTIME  1 3 24 PERIOD
   POLLUTID  SO2 H1H
   RUNORNOT  RUN
CO FINISHED
SO STARTING
   LOCATION  STACK1  POINT  0.0 0.0 0.0
   SRCPARAM  STACK1  10.0 35.0 432.0 11.7 2.4
   LOCATION  YARD  VOLUME  50.0 -20.0 0.0
   SRCPARAM  YARD  1.0 5.0 7.0 4.65
   SRCGROUP  ALL
   SRCGROUP  LOW  YARD
SO FINISHED
RE STARTING
   GRIDPOLR POL1 STA
            ORIG 0.0 0.0
            DIST 200. 1000.
            GDIR 4 90.0 90.0
            END
   DISCCART 500.0 100.0
RE FINISHED
ME STARTING
   SURFFILE  made.sfc
   PROFFILE  made.pfl
   SURFDATA  99999 2024
   UAIRDATA  99999 2024
   PROFBASE  0.0 METERS
ME FINISHED
OU STARTING
   RECTABLE  ALLAVE FIRST-SECOND
   MAXTABLE  ALLAVE 4
   POSTFILE  1 ALL PLOT hours.pst
   PLOTFILE  24 LOW FIRST low24.plt
   PLOTFILE  PERIOD ALL period.plt
   RANKFILE  3 5 ranks3.rnk
OU FINISHED
)";

/// Surface and profile records of two days from 2024-06-15 on, made by hand: stable nights, convective days;
/// hour 4 is calm and hour 5 has no temperature.
inline std::string made_surface_file(int hours = 48) {
  std::string text =
      "   40.000N   90.000W          UA_ID: 00099999  SF_ID: 99999     OS_ID: 99999        VERSION: 24142    "
      "\n";
  for (int n = 0; n < hours; ++n) {
    const int day = 15 + n / 24, hour = n % 24 + 1;
    const bool is_day = hour > 7 && hour < 19;
    const double speed = n == 3 ? 0.0 : 2.0 + hour % 5, temperature = n == 4 ? 999.0 : 285.0 + hour % 7;
    text += fmt::format(
        "24  6 {:2} 167 {:2} {} {:6.2f} {:6.1f}   10.0 {:6.1f}    2.0     0   0.00    60   1000    3 "
        "NAD-OS NoSubs\n",
        day, hour,
        is_day ? " 140.0  0.3540  1.3105  0.0080    560    484     -27.6  0.1000   1.00   0.20"
               : " -20.1  0.1887 -9.0000 -9.0000   -999    189      28.5  0.1000   1.00   0.20",
        speed, n == 3 ? 0.0 : 100.0 + 10.0 * hour, temperature);
  }
  return text;
}

inline std::string made_profile_file(int hours = 48) {
  std::string text;
  for (int n = 0; n < hours; ++n) {
    const int hour = n % 24 + 1;
    text += fmt::format("24  6 {:2} {:2}    10.0 1 {:6.1f} {:8.2f} {:8.2f}    99.00    99.00\n", 15 + n / 24,
                        hour, n == 3 ? 999.0 : 100.0 + 10.0 * hour, n == 3 ? 99.0 : 2.0 + hour % 5,
                        12.0 + hour % 7);
  }
  return text;
}

/// Writes the deck and its weather into a folder as made.inp, made.sfc and made.pfl.
inline void write_made_deck(const std::string& folder, const std::string& deck = sound_deck) {
  write_text(folder + "/made.inp", deck);
  write_text(folder + "/made.sfc", made_surface_file());
  write_text(folder + "/made.pfl", made_profile_file());
}

/// Lines of a file of results that are not its header.
inline std::vector<std::string> rows_of(const std::string& results) {
  std::vector<std::string> rows;
  std::string line;
  for (std::istringstream lines(results); std::getline(lines, line);)
    if (!line.starts_with('*')) rows.push_back(line);
  return rows;
}

}  // namespace lantian
