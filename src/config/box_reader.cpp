#include "box_declarations.hpp"
#include "table_reader.hpp"
#include "toml_document.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lantian {

namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

class BoxCheck {
 public:
  BoxCheck(const BoxCase& c, const BoxVocabulary& words, KeyRecord& record)
      : case_(c), words_(words), record_(record) {}

  void check() {
    check_species("initial_ppb", case_.initial_ppb);
    check_species("emission_ppb_h", case_.emission_ppb_h);
    check_species("light_emission_ppb_h", case_.light_emission_ppb_h);
    check_species("background_ppb", case_.background_ppb);
    check_species("exchange.deposition_velocity_cm_s", case_.exchange.deposition_velocity_cm_s);
    check_names("ekma.nox_species", case_.ekma.nox_species);
    check_names("ekma.voc_species", case_.ekma.voc_species);
    if (!case_.photolysis.empty()) check_photolysis();
    const double ratio = case_.run.length_h * 3600.0 / case_.run.output_interval_s;
    if (record_.is_sound({"run"}) && ratio > 1.0e6)
      record_.fault("run.output_interval_s", fmt::format("makes {:.0f} rows; at most 1000000", ratio));
  }

 private:
  void refuse(const std::string& key, const std::string& name) {
    record_.fault(key, fmt::format(R"("{}" is no species of the mechanism "{}".{})", name, case_.mechanism,
                                   did_you_mean(name, words_.species)));
  }
  void check_species(const std::string& key, const std::map<std::string, double>& amounts) {
    for (const auto& [name, amount] : amounts)
      if (!has(words_.species, name)) refuse(fmt::format("{}.{}", key, name), name);
  }
  void check_names(const std::string& key, const std::vector<std::string>& names) {
    const std::vector<std::string> defaults = EkmaConfig{}.nox_species;
    if (names == defaults) return;
    for (const std::string& name : names)
      if (!has(words_.species, name)) refuse(key, name);
  }
  void check_photolysis() {
    std::vector<std::string> given, missing;
    for (std::size_t n = 0; n < case_.photolysis.size(); ++n) {
      const std::string key = fmt::format("photolysis.{}.process", n), name = case_.photolysis[n].process;
      if (has(given, name)) record_.fault(key, fmt::format("\"{}\" is given twice", name));
      if (!name.empty() && !has(words_.photolysis, name))
        record_.fault(key, fmt::format(R"("{}" is no photolysis of the mechanism "{}"; it has {}.{})", name,
                                       case_.mechanism, fmt::join(words_.photolysis, ", "),
                                       did_you_mean(name, words_.photolysis)));
      given.push_back(name);
    }
    for (const std::string& name : words_.photolysis)
      if (!has(given, name)) missing.push_back(name);
    if (!missing.empty())
      record_.fault("photolysis",
                    fmt::format("has no data for {}, which the mechanism \"{}\" uses; give each, or "
                                "no [[photolysis]] at all for clear sky by MCM",
                                fmt::join(missing, ", "), case_.mechanism));
  }

  const BoxCase& case_;
  const BoxVocabulary& words_;
  KeyRecord& record_;
};

}  // namespace

BoxCase read_box_case(const std::string& path, const std::vector<std::string>& set,
                      const std::map<std::string, BoxVocabulary>& mechanisms) {
  Problems problems;
  const toml::table document = parse_document(path, set, problems);
  BoxCase configuration;
  configuration.path = path;
  KeyRecord record(path, problems);
  TableReader reader(document, "", record);
  declare(reader, configuration);
  reader.refuse_unknown();
  const auto mechanism = mechanisms.find(configuration.mechanism);
  if (mechanism == mechanisms.end()) {
    std::vector<std::string> known;
    known.reserve(mechanisms.size());
    for (const auto& [name, words] : mechanisms) known.push_back(name);
    record.fault("mechanism",
                 fmt::format("\"{}\" is not known; known are {}.{}", configuration.mechanism,
                             fmt::join(known, ", "), did_you_mean(configuration.mechanism, known)));
  } else {
    BoxCheck(configuration, mechanism->second, record).check();
  }
  problems.throw_if_any();
  return configuration;
}

}  // namespace lantian
