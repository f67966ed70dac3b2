#include "meteorology/clear_sky.hpp"
#include "plume/ground_light.hpp"
#include "support/made_ground.hpp"
#include "support/made_plume_case.hpp"
#include "support/shared_folder.hpp"

#include "lantian/io/netcdf_file.hpp"
#include "lantian/plume/aermet_files.hpp"
#include "lantian/plume/plume_engine.hpp"
#include "lantian/steady/steady_run.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

// The same hour's air through .SFC and .PFL and through netCDF gives the same plume.

namespace lantian::steady {

namespace {

constexpr double longitude_deg = 120.28, latitude_deg = 36.20;
const Projection utm_51("+proj=utm +zone=51 +datum=WGS84 +units=m +no_defs");

/// What TinyWrf writes of the cell of the stack, in full digits.
struct MadeAir {
  explicit MadeAir(TinyWrf made) : wrf(std::move(made)) {
    const double kappa = dry_air_gas_constant_j_kg_k / air_heat_capacity_j_kg_k;
    for (int k = 0; k < wrf.layers; ++k) {
      const double z = 0.5 * (tiny_wrf::interface_m(wrf, k, 0.0) + tiny_wrf::interface_m(wrf, k + 1, 0.0));
      height_m.push_back(z);
      temperature_k.push_back(tiny_wrf::temperature_k(wrf, z));
      theta_k.push_back(temperature_k.back() * std::pow(1.0e5 / tiny_wrf::pressure_pa(wrf, z), kappa));
      speed_m_s.push_back(std::hypot(wrf.wind_x_m_s, wrf.wind_y_m_s) * tiny_wrf::wind_share(wrf, z));
    }
  }
  [[nodiscard]] double theta_at(double z) const {
    std::size_t k = 0;
    while (height_m[k + 1] < z) ++k;
    return theta_k[k] + (theta_k[k + 1] - theta_k[k]) * (z - height_m[k]) / (height_m[k + 1] - height_m[k]);
  }

  TinyWrf wrf;
  std::vector<double> height_m, temperature_k, theta_k, speed_m_s;
};

/// Where the wind comes from on the UTM map: it blows along the axes of the weather's grid.
double from_on_map_deg(const TinyWrf& wrf) {
  const HorizontalGrid grid = HorizontalGrid::from_config(tiny_wrf::grid_config(wrf));
  const auto cell = grid.locate({longitude_deg, latitude_deg});
  const LonLat middle = grid.centre(cell->row, cell->column);
  const double on_grid = std::atan2(-wrf.wind_x_m_s, -wrf.wind_y_m_s);
  const double true_rad = on_grid + grid.projection().grid_convergence_rad(middle);
  return std::fmod((true_rad - utm_51.grid_convergence_rad(middle)) * 180.0 / std::numbers::pi + 360.0,
                   360.0);
}

/// The Bowen ratio that gives back the light of an hour, over ground that reflects nothing under a clear sky.
double bowen_ratio(double heat_w_m2, double temperature_k, double light_w_m2) {
  if (heat_w_m2 <= 0.0) return 1.0;
  double low = 0.05, high = 100.0;  // the light falls as it grows
  for (int n = 0; n < 200; ++n) {
    const double middle = 0.5 * (low + high);
    (plume::solar_irradiance_w_m2(heat_w_m2, middle, 0.0, temperature_k, 0.0) > light_w_m2 ? low : high) =
        middle;
  }
  return low;
}

/// Relative humidity [%] at 2 m of the lowest layer's vapour.
double humidity_percent(const MadeAir& air, double temperature_k) {
  const double vapour = tiny_wrf::vapour_kg_kg(air.wrf, air.height_m.front());
  constexpr double ratio = dry_air_gas_constant_j_kg_k / water_vapour_gas_constant_j_kg_k;
  const double vapour_pa = tiny_wrf::pressure_pa(air.wrf, 0.0) * vapour / (ratio + vapour);
  return 100.0 * vapour_pa / saturation_vapour_pressure_pa(temperature_k);
}

/// The surface and the profile record of an hour.
void write_records(const std::string& folder, const MadeAir& air, UtcTime end, const CivilTime& local_begin) {
  const double sun = tiny_wrf::sun(air.wrf, end), heat = 250.0 * sun - 15.0, ustar = 0.28 + 0.15 * sun,
               depth_m = 250.0 + 1200.0 * sun, t2_k = tiny_wrf::temperature_k(air.wrf, 2.0) + 2.0 * sun;
  const double density = tiny_wrf::pressure_pa(air.wrf, 0.0) / (dry_air_gas_constant_j_kg_k * t2_k);
  const double kinematic = heat / (density * air_heat_capacity_j_kg_k);
  const double length_m = -t2_k * ustar * ustar * ustar / (0.4 * gravity_m_s2 * kinematic);
  const bool is_day = heat > 0.0;
  const double wstar = is_day ? std::cbrt(gravity_m_s2 * depth_m * kinematic / t2_k) : -9.0;
  const double lapse = std::max(0.005, (air.theta_at(depth_m + 500.0) - air.theta_at(depth_m)) / 500.0);
  const double speed = std::hypot(air.wrf.wind_x_m_s, air.wrf.wind_y_m_s), from = from_on_map_deg(air.wrf);
  const std::string date = fmt::format("20 {} {}", local_begin.month, local_begin.day);
  std::string text =
      "   36.200N  120.300E          UA_ID: 00099999  SF_ID: 99999     OS_ID:              VERSION: 24142\n";
  // 0.06 m is the roughness of crops.
  text += fmt::format(
      "{} 90 {} {:.10g} {:.10g} {:.10g} {:.10g} {:.10g} {:.10g} {:.10g} 0.06 {:.10g} 0 {:.10g} {:.10g} 10 "
      "{:.10g} 2 {} {} {:.10g} {:.10g} 0\n",
      date, local_begin.hour + 1, heat, ustar, wstar, lapse, is_day ? depth_m : -999.0, depth_m, length_m,
      bowen_ratio(heat, t2_k, 850.0 * sun), speed, from, t2_k, air.wrf.rain_mm_h > 0.0 ? 11 : 0,
      air.wrf.rain_mm_h, humidity_percent(air, t2_k), tiny_wrf::pressure_pa(air.wrf, 0.0) / 100.0);
  write_text(folder + "/made.sfc", text);
  const std::string stamp = fmt::format("{} {}", date, local_begin.hour + 1);
  std::string profile = fmt::format("{} 10 0 {:.10g} {:.10g} 999 99 99\n", stamp, from, speed);
  for (std::size_t k = 0; k < air.height_m.size() && air.height_m[k] <= 4000.0; ++k)
    profile += fmt::format("{} {:.10g} {} {:.10g} {:.10g} {:.12g} 99 99\n", stamp, air.height_m[k],
                           k + 1 == air.height_m.size() || air.height_m[k + 1] > 4000.0 ? 1 : 0, from,
                           air.speed_m_s[k], air.temperature_k[k] - 273.15);
  write_text(folder + "/made.pfl", profile);
}

enum class With {
  nothing,
  terrain,
  building,
  particles,
  gas,
  gas_in_rain,
  particles_in_wake_on_hills,
  gas_in_wake_and_rain
};
bool is_gas(With what) {
  return what == With::gas || what == With::gas_in_rain || what == With::gas_in_wake_and_rain;
}
bool is_dusty(With what) {
  return what == With::particles || what == With::particles_in_wake_on_hills;
}
bool is_hilly(With what) {
  return what == With::terrain || what == With::particles_in_wake_on_hills;
}
bool is_rainy(With what) {
  return what == With::gas_in_rain || what == With::gas_in_wake_and_rain;
}
bool is_built(With what) {
  return what == With::building || what == With::particles_in_wake_on_hills ||
         what == With::gas_in_wake_and_rain;
}
constexpr double rain_mm_h = 2.0;

constexpr double stack_ground_m = 50.0;
double ground_m(std::size_t point) {
  return stack_ground_m + 12.0 * static_cast<double>(point % 5) - 10.0;
}
double hill_m(std::size_t point) {
  return ground_m(point) + 40.0 * static_cast<double>(point % 3);
}

/// Concentrations and dry deposition of 3000 t/yr from the stack at the points, by the deck's way.
plume::HourResult by_deck(const std::string& folder, const std::vector<LonLat>& points, With what) {
  const ProjectedPoint stack = utm_51.forward({longitude_deg, latitude_deg});
  std::string receptors;
  for (std::size_t n = 0; n < points.size(); ++n) {
    const ProjectedPoint at = utm_51.forward(points[n]);
    receptors += fmt::format("   DISCCART {:.6f} {:.6f}", at.x_m, at.y_m);
    if (is_hilly(what)) receptors += fmt::format(" {} {}", ground_m(n), hill_m(n));
    receptors += "\n";
  }
  std::string options = is_hilly(what) ? "CONC ELEV" : "CONC FLAT";
  if (is_dusty(what) || is_gas(what)) options += " DDEP";
  if (is_gas(what)) options += " WDEP";
  std::string cards;
  if (is_built(what))
    cards +=
        "   BUILDHGT S1 36*45\n   BUILDWID S1 36*60\n   BUILDLEN S1 36*70\n   XBADJ S1 36*-35\n   YBADJ S1 "
        "36*0\n";
  if (is_dusty(what)) cards += "   PARTDIAM S1 2.5 8\n   MASSFRAX S1 0.4 0.6\n   PARTDENS S1 1.5 2\n";
  if (is_gas(what)) cards += "   GASDEPOS S1 0.12 1.8e-5 0.73 72.9\n";
  const std::string ground = is_gas(what) ? "   GDSEASON 3 3 5 5 5 1 1 1 2 2 3 3\n   GDLANUSE 36*2\n" : "";
  const std::string rate = fmt::format("{:.12g}", 3000.0 * 1.0e6 / (366.0 * 86400.0));
  write_text(
      folder + "/made.inp",
      "CO STARTING\n   TITLEONE One stack\n   MODELOPT " + options +
          "\n   AVERTIME 1\n   POLLUTID SO2 H1H\n" + ground +
          "   RUNORNOT RUN\nCO FINISHED\nSO STARTING\n   LOCATION S1 POINT " +
          fmt::format("{:.6f} {:.6f} {}\n   SRCPARAM S1 {} 60 330 10 2\n", stack.x_m, stack.y_m,
                      is_hilly(what) ? stack_ground_m : 0.0, rate) +
          cards + "   SRCGROUP ALL\nSO FINISHED\nRE STARTING\n" + receptors +
          "RE FINISHED\nME STARTING\n   SURFFILE made.sfc\n   PROFFILE made.pfl\n   SURFDATA 99999 2020\n   "
          "UAIRDATA 99999 2020\n   PROFBASE 0.0 METERS\nME FINISHED\nOU STARTING\n   RECTABLE ALLAVE "
          "FIRST\nOU "
          "FINISHED\n");
  Problems problems;
  const plume::Deck deck = plume::read_aermod_deck(folder + "/made.inp", folder, problems);
  const plume::AermetWeather weather = plume::read_aermet(deck, problems);
  problems.throw_if_any();
  const plume::PlumeEngine engine(deck.sources, deck.receptors, deck.options, weather.traits);
  return engine.hour(weather.hours.at(0), 0);
}

/// The points along and beside the plume.
std::vector<LonLat> points_downwind() {
  std::vector<LonLat> points;
  const double from = from_on_map_deg(TinyWrf{}) * std::numbers::pi / 180.0;
  const ProjectedPoint stack = utm_51.forward({longitude_deg, latitude_deg});
  for (const double along_m : {700.0, 1500.0, 3000.0, 6000.0, 10000.0})
    for (const double angle : {-0.2, -0.05, 0.0, 0.1}) {
      const double to = from + std::numbers::pi + angle;
      points.push_back(
          utm_51.inverse({stack.x_m + along_m * std::sin(to), stack.y_m + along_m * std::cos(to)}));
    }
  return points;
}

/// Tables of the case and files beside it.
std::string with_tables(std::string text, With what) {
  if (is_hilly(what)) text = with(text, "[receptors]", "[terrain]\nfile = \"dem.nc\"\n\n[receptors]");
  if (is_built(what))
    text = with(text, "enterprises = [", "buildings = [\"buildings.csv\"]\nenterprises = [");
  if (is_dusty(what))
    return with(text, "[receptors]",
                "[[deposition.particles]]\npollutant = \"PM10\"\ndiameters_um = [2.5, 8.0]\n"
                "mass_shares = [0.4, 0.6]\ndensities_g_cm3 = [1.5, 2.0]\n\n[receptors]");
  if (is_gas(what))
    return with(text, "[receptors]",
                "[deposition]\nseasons = [\"frost\", \"frost\", \"spring\", \"spring\", \"spring\", "
                "\"summer\", \"summer\", \"summer\", \"autumn\", \"autumn\", \"frost\", \"frost\"]\n"
                "land_use = [\"fields\"]\n[[deposition.gases]]\npollutant = \"SO2\"\n"
                "diffusivity_air_cm2_s = 0.12\ndiffusivity_water_cm2_s = 1.8e-5\n"
                "cuticular_resistance_s_cm = 0.73\nhenry_pa_m3_mol = 72.9\n\n[receptors]");
  return text;
}

/// The pollutant of the case.
std::string pollutant_of(With what) {
  return is_gas(what) ? "SO2" : "PM10";
}

void write_lists(const std::string& folder, const std::vector<LonLat>& points, With what) {
  write_text(folder + "/even.csv", "id,kind,values\ndefault,month,1 1 1 1 1 1 1 1 1 1 1 1\n");
  write_text(folder + "/enterprises.csv",
             "enterprise_id,stack_id,longitude,latitude,height_m,diameter_m,temperature_k,velocity_m_s,"
             "sector," +
                 pollutant_of(what) +
                 "_t_yr\n"
                 "E1,S1,120.28,36.20,60,2,330,10,power,3000\n");
  std::string list = "name,longitude,latitude,elevation_m,hill_height_m\n";
  for (std::size_t n = 0; n < points.size(); ++n) {
    list += fmt::format("P{},{:.12f},{:.12f},", n, points[n].longitude_deg, points[n].latitude_deg);
    list += is_hilly(what) ? fmt::format("{},{}\n", ground_m(n), hill_m(n)) : ",\n";
  }
  write_text(folder + "/receptors.csv", list);
  write_made_ground(folder + "/dem.nc", {.height = [](double, double) { return stack_ground_m; }});
  write_text(folder + "/buildings.csv", made_buildings("E1", 45.0, 60.0, 70.0));
}

struct Way {
  int hour_utc;
  With what;
};
void PrintTo(const Way& way, std::ostream* out) {
  *out << way.hour_utc << " UTC with " << static_cast<int>(way.what);
}

/// Fields of an hour agree at the points that hold more than a thousandth of the largest.
///
/// The file's single precision leaves 0.004 Pa of pressure and so 3e-6 K of a layer's temperature: 1e-5 of
/// a gradient over 150 m, 4e-6 of a stable plume's height, and through exp(-h^2/2 sigma_z^2) up to 20
/// times that of a value above a thousandth of the largest.
void expect_agreement(const std::vector<double>& by_case, const std::vector<double>& expected) {
  ASSERT_EQ(by_case.size(), expected.size());
  const double largest = *std::ranges::max_element(expected);
  ASSERT_GT(largest, 0.0);
  for (std::size_t n = 0; n < expected.size(); ++n)
    if (expected[n] > 1.0e-3 * largest) {
      EXPECT_NEAR(by_case[n] / expected[n], 1.0, 1.0e-4) << "point " << n;
    }
}

class DeckAgreement : public testing::TestWithParam<Way> {};

TEST_P(DeckAgreement, GivesThePlumeOfTheSameAir) {
  TinyWrf wrf;
  wrf.start = from_civil(2020, 3, 30, GetParam().hour_utc);
  wrf.records = 2;
  wrf.has_sea = false;
  wrf.rain_mm_h = is_rainy(GetParam().what) ? rain_mm_h : 0.0;
  const std::string pollutant = pollutant_of(GetParam().what);
  wrf.scaled["LU_INDEX"] = {0.0, 2.0};  // crops everywhere
  const UtcTime end = wrf.start.plus_seconds(3600);
  const std::vector<LonLat> points = points_downwind();
  const SharedFolder folder;
  const Communicator world = Communicator::world();
  if (world.rank() == 0) {
    std::string text = with(sound_plume_case, "2020-03-30T02:00:00Z", to_iso8601(wrf.start));
    text = with(text, "2020-03-30T05:00:00Z", to_iso8601(end));
    text = with(text, "enterprises = [", "temporal_profiles = \"even.csv\"\nenterprises = [");
    text = with(text, R"(["SO2", "NO2"])", "[\"" + pollutant + "\"]");
    write_made_plume_case(folder.path(), with_tables(text, GetParam().what), wrf);
    write_lists(folder.path(), points, GetParam().what);
    write_records(folder.path(), MadeAir(wrf), end, civil_time(wrf.start, 8.0));
  }
  world.barrier();
  PlumeCase configuration = read_plume_case(folder.file("plume.toml"));
  configuration.receptors.grid.clear();
  configuration.output.directory = folder.file("results");
  SteadyInputs inputs(configuration, world);
  run_steady_case(inputs, "LANTIAN test", world);
  if (world.rank() == 0) {
    const NetcdfReader hourly(folder.file("results/hourly.nc"));
    const plume::HourResult expected = by_deck(folder.path(), points, GetParam().what);
    EXPECT_GT(*std::ranges::max_element(expected.concentration_ug_m3), 0.1);
    expect_agreement(hourly.read(pollutant), expected.concentration_ug_m3);
    const auto expect_fall = [&](const std::string& way, std::vector<double> fallen_g_m2) {
      constexpr double mg_per_g = 1.0e3;
      for (double& value : fallen_g_m2) value *= mg_per_g;
      expect_agreement(hourly.read(pollutant + way), fallen_g_m2);
    };
    if (is_dusty(GetParam().what) || is_gas(GetParam().what))
      expect_fall("_dry_deposition", expected.dry_deposition_g_m2);
    if (is_rainy(GetParam().what)) expect_fall("_wet_deposition", expected.wet_deposition_g_m2);
  }
  world.barrier();
}

// UTC: 20 h and 11 h local
INSTANTIATE_TEST_SUITE_P(
    NightAndDay, DeckAgreement,
    testing::Values(Way{12, With::nothing}, Way{3, With::nothing}, Way{12, With::terrain},
                    Way{3, With::terrain}, Way{12, With::building}, Way{3, With::building},
                    Way{12, With::particles}, Way{3, With::particles}, Way{12, With::gas}, Way{3, With::gas},
                    Way{12, With::gas_in_rain}, Way{3, With::gas_in_rain},
                    Way{12, With::particles_in_wake_on_hills}, Way{3, With::particles_in_wake_on_hills},
                    Way{12, With::gas_in_wake_and_rain}, Way{3, With::gas_in_wake_and_rain}));

}  // namespace

}  // namespace lantian::steady
