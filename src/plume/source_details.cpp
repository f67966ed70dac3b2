#include "source_details.hpp"

#include "deck_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {

namespace {

constexpr std::size_t sectors = 36;
const std::array<std::string, 5> building_words = {"BUILDHGT", "BUILDWID", "BUILDLEN", "XBADJ", "YBADJ"};
const std::array<std::string, 3> particle_words = {"PARTDIAM", "MASSFRAX", "PARTDENS"};

}  // namespace

void SourceDetails::add_numbers(const Card& card) {
  const std::vector<double> values = numbers_from(card, 1, "value", problems_);
  for (const std::size_t source : table_.find(card, 0, problems_)) {
    Numbers& all = numbers_[source].try_emplace(card.keyword, Numbers{card, {}}).first->second;
    all.values.insert(all.values.end(), values.begin(), values.end());
  }
}

void SourceDetails::add_factors(const Card& card) {
  const SchemeForm* form = card.has(1) ? scheme_of(card.fields[1]) : nullptr;
  if (form == nullptr || form->scheme == FactorScheme::annual) {
    std::vector<std::string> known;
    for (const SchemeForm& one : scheme_forms())
      if (one.scheme != FactorScheme::annual) known.push_back(one.word);
    refuse_word(card, card.has(1) ? card.raw[1] : "", "scheme", known, problems_);
    return;
  }
  const std::vector<double> values = numbers_from(card, 2, "factor", problems_);
  if (std::ranges::any_of(values, [](double value) { return value < 0.0; }))
    refuse(card, "a factor is below 0", problems_);
  for (const std::size_t source : table_.find(card, 0, problems_)) {
    VaryingFactor& factor = table_.course(source).factor;
    const bool is_first = factors_.emplace(source, card).second;
    if (is_first) factor.scheme = form->scheme;
    if (factor.scheme != form->scheme)
      refuse(card, fmt::format("source {} has another scheme above", table_.source(source).name), problems_);
    factor.values.insert(factor.values.end(), values.begin(), values.end());
  }
}

void SourceDetails::add_particle_mean(const Card& card) {
  if (!has_fields(card, 3, 3, "a source, the mass fraction of fine particles, and the mean diameter [um]",
                  problems_))
    return;
  const ParticleMean mean{number_at(card, 1, "fine mass fraction", {0.0, 1.0, ""}, problems_),
                          number_at(card, 2, "mean diameter", {1.0e-3, 100.0, "um"}, problems_)};
  for (const std::size_t source : table_.find(card, 0, problems_)) table_.source(source).particle_mean = mean;
}

void SourceDetails::add_gas(const Card& card) {
  if (!has_fields(
          card, 5, 5,
          "a source, diffusivity in air and in water [cm2/s], cuticular resistance [s/cm], Henry's constant "
          "[Pa m3/mol]",
          problems_))
    return;
  constexpr double most = 1.0e12;
  const DepositingGas gas{number_at(card, 1, "diffusivity in air", {1.0e-6, 10.0, "cm2/s"}, problems_),
                          number_at(card, 2, "diffusivity in water", {1.0e-12, 1.0, "cm2/s"}, problems_),
                          number_at(card, 3, "cuticular resistance", {1.0e-6, most, "s/cm"}, problems_),
                          number_at(card, 4, "Henry's constant", {1.0e-12, most, "Pa m3/mol"}, problems_)};
  for (const std::size_t source : table_.find(card, 0, problems_)) table_.source(source).gas = gas;
}

void SourceDetails::finish() {
  for (const auto& [source, given] : numbers_) {
    lay_buildings(source, given);
    lay_particles(source, given);
    lay_vertices(source, given);
  }
  for (std::size_t n = 0; n < table_.size(); ++n) {
    if (table_.kind(n) == "AREAPOLY" && (!numbers_.contains(n) || !numbers_.at(n).contains("AREAVERT")))
      problems_.add(fmt::format("{}: SO LOCATION: AREAPOLY {} has no AREAVERT", table_.place(n),
                                table_.source(n).name));
    const Source& source = table_.source(n);
    const int kinds = static_cast<int>(!source.particles.empty()) +
                      static_cast<int>(source.particle_mean.has_value()) +
                      static_cast<int>(source.gas.has_value());
    if (kinds > 1)
      problems_.add(
          fmt::format("{}: SO LOCATION: source {} has more than one of PARTDIAM, METHOD_2 and GASDEPOS",
                      table_.place(n), source.name));
  }
  lay_factors();
}

void SourceDetails::lay_buildings(std::size_t source, const OfSource& given) {
  std::vector<std::string> missing, found;
  for (const std::string& word : building_words) (given.contains(word) ? found : missing).push_back(word);
  if (found.empty()) return;
  const Card& card = given.at(found.front()).card;
  const std::string& name = table_.source(source).name;
  if (!table_.kind(source).starts_with("POINT")) {
    table_.tell(card, fmt::format("source {} is {}; only stacks have buildings: it is left out", name,
                                  table_.kind(source)));
    return;
  }
  if (!missing.empty()) {
    refuse(card, fmt::format("the building of source {} has no {}", name, fmt::join(missing, ", ")),
           problems_);
    return;
  }
  for (const std::string& word : building_words) {
    const Numbers& one = given.at(word);
    if (one.values.size() != sectors) {
      refuse(one.card,
             fmt::format("source {} has {} values in all; needed are {}, one for each 10 degrees", name,
                         one.values.size(), sectors),
             problems_);
      return;
    }
    const bool is_size = word.starts_with("BUILD");
    const auto bad = std::ranges::find_if(one.values, [is_size](double value) {
      constexpr double most_m = 10000.0;
      return (is_size && value < 0.0) || std::abs(value) > most_m;
    });
    if (bad != one.values.end())
      refuse(one.card,
             fmt::format("source {}: a value is {:g}; allowed are {} to 10000 m", name, *bad,
                         is_size ? "0" : "-10000"),
             problems_);
  }
  for (std::size_t n = 0; n < sectors; ++n) {
    const double high = given.at("BUILDHGT").values[n], wide = given.at("BUILDWID").values[n],
                 deep = given.at("BUILDLEN").values[n];
    if ((high > 0.0) == (wide > 0.0) && (high > 0.0) == (deep > 0.0)) continue;
    refuse(
        card,
        fmt::format(
            "towards {} degrees the building of source {} is {:g} m high, {:g} m wide and {:g} m deep; give "
            "all three, or 0 for all where the wind meets none",
            10 * (n + 1), name, high, wide, deep),
        problems_);
    return;
  }
  std::vector<BuildingSector>& buildings = table_.source(source).buildings;
  for (std::size_t n = 0; n < sectors; ++n)
    buildings.push_back({given.at("BUILDHGT").values[n], given.at("BUILDWID").values[n],
                         given.at("BUILDLEN").values[n], given.at("XBADJ").values[n],
                         given.at("YBADJ").values[n]});
}

void SourceDetails::lay_particles(std::size_t source, const OfSource& given) {
  std::vector<std::string> missing, found;
  for (const std::string& word : particle_words) (given.contains(word) ? found : missing).push_back(word);
  if (found.empty()) return;
  const Card& card = given.at(found.front()).card;
  const std::string& name = table_.source(source).name;
  if (!missing.empty()) {
    refuse(card, fmt::format("the particles of source {} have no {}", name, fmt::join(missing, ", ")),
           problems_);
    return;
  }
  const std::vector<double>&diameters = given.at("PARTDIAM").values, &fractions = given.at("MASSFRAX").values,
        &densities = given.at("PARTDENS").values;
  if (diameters.size() != fractions.size() || diameters.size() != densities.size()) {
    refuse(card,
           fmt::format("source {} has {} diameters, {} mass fractions and {} densities; they must be as many",
                       name, diameters.size(), fractions.size(), densities.size()),
           problems_);
    return;
  }
  double sum = 0.0;
  for (std::size_t n = 0; n < diameters.size(); ++n) {
    sum += fractions[n];
    if (diameters[n] <= 0.0 || diameters[n] > 1000.0 || fractions[n] < 0.0 || fractions[n] > 1.0 ||
        densities[n] <= 0.0 || densities[n] > 25.0)
      refuse(
          card,
          fmt::format("source {}: a class of {:g} um, {:g} of the mass, {:g} g/cm3; allowed are above 0 to "
                      "1000 um, 0 to 1, above 0 to 25 g/cm3",
                      name, diameters[n], fractions[n], densities[n]),
          problems_);
  }
  constexpr double tolerance = 0.02;  // of AERMOD
  if (std::abs(sum - 1.0) > tolerance)
    refuse(given.at("MASSFRAX").card,
           fmt::format("the mass fractions of source {} add up to {:g}; they must add up "
                       "to 1",
                       name, sum),
           problems_);
  for (std::size_t n = 0; n < diameters.size(); ++n)
    table_.source(source).particles.push_back({diameters[n], fractions[n], densities[n]});
}

void SourceDetails::lay_vertices(std::size_t source, const OfSource& given) {
  const auto found = given.find("AREAVERT");
  if (found == given.end()) return;
  const Card& card = found->second.card;
  const std::vector<double>& numbers = found->second.values;
  Source& one = table_.source(source);
  if (table_.kind(source) != "AREAPOLY") {
    refuse(card, fmt::format("source {} is {}; only AREAPOLY has vertices", one.name, table_.kind(source)),
           problems_);
    return;
  }
  if (numbers.size() % 2 != 0 || numbers.size() / 2 != table_.vertex_count(source)) {
    refuse(card,
           fmt::format("source {} has {} numbers; SRCPARAM wants {} vertices, x and y of each", one.name,
                       numbers.size(), table_.vertex_count(source)),
           problems_);
    return;
  }
  for (std::size_t n = 0; n + 1 < numbers.size(); n += 2)
    one.vertices.push_back({numbers[n], numbers[n + 1]});
  const Position& first = one.vertices.front();
  if (std::hypot(first.x_m - one.place.x_m, first.y_m - one.place.y_m) > 1.0)
    refuse(
        card,
        fmt::format("the first vertex of source {} is {:g}, {:g}, its LOCATION {:g}, {:g}; they must be the "
                    "same",
                    one.name, first.x_m, first.y_m, one.place.x_m, one.place.y_m),
        problems_);
  double twice_area = 0.0;
  for (std::size_t n = 0; n < one.vertices.size(); ++n) {
    const Position &a = one.vertices[n], &b = one.vertices[(n + 1) % one.vertices.size()];
    twice_area += (a.x_m - first.x_m) * (b.y_m - first.y_m) - (b.x_m - first.x_m) * (a.y_m - first.y_m);
  }
  if (std::abs(twice_area) < 1.0e-6)
    refuse(card, fmt::format("the vertices of source {} enclose no area", one.name), problems_);
}

void SourceDetails::lay_factors() {
  for (const auto& [source, card] : factors_) {
    const VaryingFactor& factor = table_.course(source).factor;
    for (const SchemeForm& form : scheme_forms())
      if (form.scheme == factor.scheme && factor.values.size() != form.count)
        refuse(card,
               fmt::format("source {} has {} factors in all; {} has {}", table_.source(source).name,
                           factor.values.size(), form.word, form.count),
               problems_);
  }
}

}  // namespace lantian::plume
