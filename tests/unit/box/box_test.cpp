// Boxes of air against a reference solution, closed solutions, and the sentences that refuse bad cases.
#include "lantian/base/errors.hpp"
#include "lantian/box/box_model.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace lantian;

BoxSeries run(const BoxCase& c) {
  return box_mechanisms().at(c.mechanism)->run(c);
}
BoxCase urban(const std::vector<std::string>& set = {}) {
  return read_box_case(LANTIAN_INPUTS "/cases/box_urban/case.toml", set, box_vocabularies());
}
double at(const BoxSeries& series, double time_s, const std::string& species) {
  const auto t = static_cast<std::size_t>(std::ranges::find(series.time_s, time_s) - series.time_s.begin());
  const auto s =
      static_cast<std::size_t>(std::ranges::find(series.species, species) - series.species.begin());
  return series.at(t, s);
}

/// The faults of a case with these lines before a sound rest, the path cut away.
std::string fault_of(const std::string& lines) {
  const auto path =
      std::filesystem::temp_directory_path() / ("box_" + std::to_string(::getpid()) + "_fault.toml");
  std::ofstream(path) << lines;
  std::string sentence = "no fault";
  try {
    static_cast<void>(read_box_case(path.string(), {}, box_vocabularies()));
  } catch (const Error& error) {
    sentence = error.what();
  }
  std::filesystem::remove(path);
  for (auto found = sentence.find(path.string()); found != std::string::npos;
       found = sentence.find(path.string()))
    sentence.replace(found, path.string().size(), "FILE");
  return sentence;
}

struct Known {
  double time_s;
  const char* species;
  double ppb;
};

// The urban case solved by CVODE's BDF at a relative tolerance of 1e-10 with an analytic Jacobian, ten digits
// of which five are sure (reference solution of this project, made with other code).
constexpr Known reference[] = {
    {21600.0, "O3", 14.11200944},    {21600.0, "OH", 1.882356429e-05}, {43200.0, "O3", 41.24887484},
    {43200.0, "NO2", 27.31473116},   {43200.0, "OH", 1.101867533e-04}, {43200.0, "HNO3", 8.860264991},
    {43200.0, "PAN", 0.2489486644},  {54000.0, "O3", 59.46413357},     {54000.0, "FORM", 5.417307436},
    {54000.0, "H2O2", 0.4036614110}, {72000.0, "OH", 3.037884515e-06}, {86400.0, "O3", 31.30081218},
    {86400.0, "NO2", 29.62833673},   {86400.0, "HNO3", 13.74863217},   {86400.0, "PAN", 0.7395638948}};

TEST(Box, ACityDayOfCb6FollowsTheReferenceWithinItsTolerance) {
  for (const std::string method : {"ros3", "rodas3"}) {
    const BoxSeries series =
        run(urban({"run.solver=" + method, "run.relative_tolerance=1e-6", "run.longest_step_s=120"}));
    for (const Known& one : reference)
      EXPECT_NEAR(at(series, one.time_s, one.species) / one.ppb, 1.0, 5.0e-5)
          << method << " " << one.species << " " << one.time_s;
  }
  const BoxSeries loose = run(urban());
  for (const Known& one : reference)
    EXPECT_NEAR(at(loose, one.time_s, one.species) / one.ppb, 1.0, 5.0e-4)
        << one.species << " " << one.time_s;
}

TEST(Box, WithoutReactionsDilutionAndDepositionFollowTheirExponential) {
  // SO2 in the nox_o3 mechanism does not exist; O3 without NO and light reacts with nothing.
  BoxCase c;
  c.mechanism = "nox_o3";
  c.sun.factor = 0.0;
  c.initial_ppb["O3"] = 10.0;
  c.background_ppb["O3"] = 40.0;
  c.exchange = {.dilution_per_s = 2.0e-5, .height_m = 500.0, .deposition_velocity_cm_s = {{"O3", 0.5}}};
  c.emission_ppb_h["O3"] = 1.8;
  c.run.relative_tolerance = 1.0e-8;
  const BoxSeries series = run(c);
  const double loss_per_s = 2.0e-5 + 0.005 / 500.0, steady = (2.0e-5 * 40.0 + 1.8 / 3600.0) / loss_per_s;
  for (std::size_t t = 0; t < series.time_s.size(); ++t) {
    const double exact = steady + (10.0 - steady) * std::exp(-loss_per_s * series.time_s[t]);
    EXPECT_NEAR(series.at(t, 2), exact, 1.0e-6 * exact) << series.time_s[t];
  }
}

TEST(Box, TheSunRisesAndSetsByItsDeclination) {
  const BoxSeries series = run(urban({"mechanism=cb6r5_core"}));
  const auto noon =
      static_cast<std::size_t>(std::ranges::find(series.time_s, 43200.0) - series.time_s.begin());
  EXPECT_NEAR(series.cos_zenith[noon], std::cos((39.9 - 20.0) * 3.14159265358979 / 180.0), 1.0e-12);
  EXPECT_NEAR(series.cos_zenith.front(), -0.501511, 1.0e-6);  // the reference's, at midnight
}

TEST(Box, WhatIsWrongInACaseIsNamedWithLineAndRemedy) {
  EXPECT_EQ(fault_of("mechanism = \"cb6r5_cor\"\noutput = \"x\"\n").substr(0, 43),
            "FILE:1: mechanism: \"cb6r5_cor\" is not known");
  EXPECT_EQ(fault_of("mechanism = \"nox_o3\"\noutput = \"x\"\ninitial_ppb.O4 = 1.0\n"),
            "FILE:3: initial_ppb.O4: \"O4\" is no species of the mechanism \"nox_o3\". Did you mean \"O3\"?");
  EXPECT_EQ(fault_of("mechanism = \"nox_o3\"\n"),
            "FILE: output: is missing: path of the results without .csv and .nc, relative to the working "
            "directory");
  EXPECT_EQ(fault_of("mechanism = \"nox_o3\"\noutput = \"x\"\n[air]\ntemperature_c = 20\n").substr(0, 48),
            "FILE:4: air.temperature_c: there is no such key.");
  EXPECT_EQ(
      fault_of(
          "mechanism = \"nox_o3\"\noutput = \"x\"\n[[photolysis]]\nprocess = \"NO3\"\nl = 1e-3\nm = 1.0\nn = "
          "0.2\n"),
      "FILE:4: photolysis.0.process: \"NO3\" is no photolysis of the mechanism \"nox_o3\"; it has NO2. Did "
      "you "
      "mean \"NO2\"?\n"
      "FILE: photolysis: has no data for NO2, which the mechanism \"nox_o3\" uses; give each, or no "
      "[[photolysis]] at all for clear sky by MCM");
}

TEST(Ekma, MoreHydrocarbonsMakeMoreOzoneWhereNitrogenOxidesAbound) {
  BoxCase c = urban({"run.length_h=18"});
  c.ekma.nox_factors = {0.2, 1.0, 2.0};
  c.ekma.voc_factors = {0.5, 1.0, 3.0};
  const EkmaPeaks peaks = run_ekma(c, *box_mechanisms().at(c.mechanism));
  const auto peak = [&](std::size_t nox, std::size_t voc) { return peaks.peak_ppb[nox * 3 + voc]; };
  EXPECT_GT(peak(2, 2), peak(2, 1));
  EXPECT_GT(peak(2, 1), peak(2, 0));
  EXPECT_GT(peak(1, 0), peak(2, 0));                            // titration: less NOx, more ozone
  EXPECT_LT(peak(0, 2) - peak(0, 1), peak(2, 2) - peak(2, 1));  // where NOx is scarce, VOC matter less
  c.ekma.voc_species.clear();
  EXPECT_THROW(static_cast<void>(run_ekma(c, *box_mechanisms().at(c.mechanism))), ConfigError);
}

}  // namespace
