#include "support/made_deck.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/text_file.hpp"
#include "lantian/plume/deck_run.hpp"

#include <gtest/gtest.h>

#include <cmath>

// A pit's particles, held against what AERMOD 26135 gives for the same deck and hours.

namespace lantian::plume {

namespace {

/// 600 m by 400 m and 100 m deep; particles of 10 um.
const std::string pit_deck = R"(CO STARTING
   TITLEONE  Particles out of an open pit
   MODELOPT  CONC DDEP FLAT NOCHKD
   AVERTIME  1
   POLLUTID  OTHER
   RUNORNOT  RUN
CO FINISHED
SO STARTING
   LOCATION  PIT  OPENPIT  -300. -200. 0.
   SRCPARAM  PIT  0.00001 0. 600. 400. 24000000.
   PARTDIAM  PIT  10
   MASSFRAX  PIT  1.
   PARTDENS  PIT  1
   SRCGROUP  ALL
SO FINISHED
RE STARTING
   GRIDPOLR  POL  STA
   GRIDPOLR  POL  DIST  1000 2000
   GRIDPOLR  POL  GDIR  36 10 10
   GRIDPOLR  POL  END
RE FINISHED
ME STARTING
   SURFFILE  made.sfc
   PROFFILE  made.pfl
   SURFDATA  14735  1988
   UAIRDATA  14735  1988
   PROFBASE  0.0 METERS
ME FINISHED
OU STARTING
   POSTFILE  1 ALL PLOT hours.pst
OU FINISHED
)";

// A stable hour and a convective one, with measured turbulence.
const std::string surface =
    "   41.300N   74.000W          UA_ID: 00014735  SF_ID: 14735     OS_ID: 99999        VERSION: 26135\n"
    "1988  3  2  62  7   -1.6  0.046 -9.000 -9.000 -999.   24.      5.6  0.7500   1.50   1.00    0.60  289.2 "
    "  "
    "10.0  265.7   10.0     0  -9.00   999.   999.     2 NAD-OS  NoSubs\n"
    "1988  3  2  62 12  107.8  0.182  1.081  0.022  418.  186.     -5.0  0.3000   0.80   0.36    1.00  128.1 "
    "  "
    "10.0  274.9   10.0     0  -9.00   999.  1000.     1 NAD-OS  NoSubs\n";
const std::string profile =
    "1988  3  2  7    10.0 0   289.2     0.60    -7.46    25.70     0.02\n"
    "1988  3  2  7    50.0 0    36.1     0.90    -7.26    13.70    99.00\n"
    "1988  3  2  7   100.0 1   297.2     0.70    -7.46    49.80     0.09\n"
    "1988  3  2 12    10.0 0   128.1     1.00     1.74    37.80     0.30\n"
    "1988  3  2 12    50.0 0   142.6     1.70     0.84    22.30    99.00\n"
    "1988  3  2 12   100.0 1   140.3     1.60     0.24    23.60     0.26\n";

struct Golden {
  int hour;
  double direction_deg, distance_m, concentration_ug_m3, dry_g_m2;
};

TEST(DeckPit, AgreesWithAermod) {
  const TemporaryFolder folder;
  write_made_deck(folder.path(), pit_deck);
  write_text(folder.file("made.sfc"), surface);
  write_text(folder.file("made.pfl"), profile);
  Problems problems;
  const Deck deck = read_aermod_deck(folder.file("made.inp"), folder.file("results"), problems);
  const AermetWeather weather = read_aermet(deck, problems);
  check_deck_run(deck, weather, problems);
  problems.throw_if_any();
  run_deck(deck, weather, {"LANTIAN test", false}, Communicator::world());
  const std::vector<std::string> rows = rows_of(read_text_file(folder.file("results/hours.pst")));
  ASSERT_EQ(rows.size(), 2 * 72U);
  // The hours in which AERMOD has the highest value of each place.
  for (const Golden& golden : {Golden{7, 110.0, 1000.0, 205.02804, 0.00233},
                               {7, 110.0, 2000.0, 109.26695, 0.00124},
                               {12, 310.0, 2000.0, 21.92453, 0.00026},
                               {12, 320.0, 1000.0, 23.53987, 0.00028}}) {
    const auto direction = static_cast<std::size_t>(std::lround(golden.direction_deg / 10.0)) - 1;
    const std::size_t row =
        (golden.hour == 7 ? 0 : 72) + 2 * direction + (golden.distance_m > 1500.0 ? 1 : 0);
    EXPECT_NEAR(std::stod(rows[row].substr(28, 14)) / golden.concentration_ug_m3, 1.0, 8.0e-4)
        << golden.hour << ' ' << golden.direction_deg << ' ' << golden.distance_m;
    EXPECT_NEAR(std::stod(rows[row].substr(42, 14)), golden.dry_g_m2, 1.01e-5);
  }
}

}  // namespace

}  // namespace lantian::plume
