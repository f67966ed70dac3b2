// The reference day: 24 hours of the whole model over a made city of 40 x 40 x 20 cells. Full chemistry with
// organic and inorganic particles, light from cross sections, drops and rain, natural sources, a stack with
// plume rise.
//
// Stated are the norms after 1, 12 and 24 hours (an afternoon, a night, a noon). LANTIAN_WRITE_GOLD=1
// reference_day_test writes reference_day.csv anew: a change of any figure is a change of results, and its
// commit says why.
#include "made_case.hpp"
#include "norms.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr std::array hours_stated = {1, 12, 24};

/// The made city with all that the demo has and more layers.
Case reference_case(const MadeCity& city) {
  Case day = city.configuration();
  day.run.name = "reference_day";
  day.run.time_step_s = 300.0;
  day.grid.layer_tops_m = {20,   45,   75,   115,  165,  235,  330,  450,  600,  800,
                           1050, 1300, 1600, 1950, 2350, 2800, 3300, 3900, 4600, 5400};
  day.chemistry.mechanism = "cb6r5";
  day.chemistry.inorganic_aerosol = "equilibrium";
  day.chemistry.photolysis = "two_stream";
  day.emissions.enterprises = {"enterprises.csv"};
  BoundaryAirConfig& air = day.boundary.air.front();
  air.values_ppb.insert({{"HNO3", 0.3},
                         {"PAN", 0.7},
                         {"H2O2", 0.5},
                         {"FORM", 1.0},
                         {"ETHA", 2.0},
                         {"PAR", 6.0},
                         {"TOL", 0.3},
                         {"ISOP", 0.05}});
  air.values_ug_m3 = {{"PSO4", 4.0}, {"PNO3", 2.0}, {"PNH4", 2.0}, {"PEC", 0.4}, {"POA", 2.0}, {"PPMC", 8.0}};
  return day;
}

std::vector<Norms> norms_of_the_day(const Communicator& ranks) {
  const QuietLog quiet;
  const MadeCity city(24, 40, 40, 3);
  const Case day = reference_case(city);
  if (ranks.rank() == 0)
    write_text_file(day.resolve("enterprises.csv"),
                    "enterprise_id,longitude,latitude,height_m,diameter_m,temperature_k,velocity_m_s,sector,"
                    "SO2_t_yr,NOx_t_yr,CO_t_yr,PM25_t_yr\n"
                    "power_station,120.25,36.15,210,8,325,18,power,1300,1470,2450,180\n");
  ranks.barrier();
  Inputs inputs = Inputs::open(day);
  Model model(day, ranks, inputs);
  std::vector<Norms> found;
  int hour = 0;
  model.run([&](const HourReport& report) {
    if (std::ranges::count(hours_stated, ++hour) > 0) append_norms_of(report, ranks, found);
  });
  ranks.barrier();  // nobody reads the files any more
  return found;
}

TEST(ReferenceDay, HasTheStatedNormsOfEachSpecies) {
  const Communicator world = Communicator::world();
  const Gold gold{.path = LANTIAN_GOLD, .title = "the reference day", .allowed = [](const Norms& one) {
                    return one.species == "O3" ? 1.0e-6 : 1.0e-9;
                  }};
  gold.hold(norms_of_the_day(world), world);
}

}  // namespace
}  // namespace lantian::testing
