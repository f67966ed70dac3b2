#include "deck_model_options.hpp"

#include "deck_deposition.hpp"
#include "deck_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace lantian::plume {

namespace {

const std::vector<std::string> known_options = {
    "CONC",     "DEPOS",   "DDEP",   "WDEP",     "FLAT",    "ELEV",     "NOSTD",     "DFAULT",    "ARM2",
    "OLM",      "PVMRM",   "GRSM",   "BETA",     "ALPHA",   "DRYDPLT",  "WETDPLT",   "NODRYDPLT", "NOWETDPLT",
    "AREADPLT", "ROMBERG", "NOCHKD", "WARNCHKD", "FASTALL", "FASTAREA", "NOURBTRAN", "NOMINO3",   "NOWARN"};
/// Older spellings, and what they say.
const std::map<std::string, std::string> older_options = {{"DEFAULT", "DFAULT"}, {"TOXICS", "FASTAREA"}};

const std::string plain = "is not supported";
const std::string of_no2 = "is not supported; known for NO2 are ARM2, OLM, PVMRM and GRSM";
const std::map<std::string, std::string> refused_options = {
    {"SCIM", "sampled hours are not supported; all hours are worked out"},
    {"TTRM", of_no2},
    {"TTRM2", of_no2},
    {"PSDCREDIT", plain},
    {"VECTORWS", plain},
    {"SCREEN", plain},
    {"RLINEFDH", plain},
    {"LOW_WIND", plain},
};

/// What DFAULT overrides, which AERMOD only warns of, and what it excludes.
const std::array<std::string, 3> overridden = {"FLAT", "NOSTD", "NOCHKD"};
const std::array<std::string, 5> excluded = {"ALPHA", "BETA", "FASTALL", "FASTAREA", "NOURBTRAN"};

}  // namespace

void ModelOptions::read(const Card& card, Deck& deck, Problems& problems) {
  take_words(card, deck, problems);
  apply(card, deck, problems);
  choose_chemistry(card, deck, problems);
}

void ModelOptions::take_words(const Card& card, Deck& deck, Problems& problems) {
  for (std::size_t n = 0; n < card.fields.size(); ++n) {
    const auto older = older_options.find(card.fields[n]);
    const std::string& word = older == older_options.end() ? card.fields[n] : older->second;
    const auto refused = refused_options.find(word);
    if (refused != refused_options.end())
      refuse(card, fmt::format("{} {}", word, refused->second), problems);
    else if (std::ranges::find(known_options, word) == known_options.end())
      refuse_word(card, card.raw[n], "option", known_options, problems);
    else
      words_.insert(word);
  }
  if (!has("DFAULT")) return;
  for (const std::string& word : overridden)
    if (words_.erase(word) > 0)
      tell(card, fmt::format("{} is left out, since DFAULT excludes it", word), deck);
  std::vector<std::string> found;
  std::ranges::copy_if(excluded, std::back_inserter(found),
                       [this](const std::string& one) { return has(one); });
  if (!found.empty()) refuse(card, fmt::format("DFAULT excludes {}", fmt::join(found, ", ")), problems);
}

void ModelOptions::apply(const Card& card, Deck& deck, Problems& problems) const {
  deck.with_dry = has("DDEP");
  deck.with_wet = has("WDEP");
  deck.with_deposition = has("DEPOS");
  deck.with_concentration = has("CONC") || !(has("DDEP") || has("WDEP") || has("DEPOS"));
  Options& options = deck.options;
  options.flat_terrain = has("FLAT") && !has("ELEV");
  deck.flat_sources_may_be = has("FLAT") && has("ELEV");
  options.stack_tip_downwash = !has("NOSTD");
  options.urban_mornings = !has("NOURBTRAN");
  read_depletion_options(card, deck, problems);
  options.deposition = deck.with_dry || deck.with_wet || deck.with_deposition;
  deck.background.has_least_ozone = !has("NOMINO3");
  if (has("NOCHKD") && has("WARNCHKD")) refuse(card, "NOCHKD and WARNCHKD exclude each other", problems);
  deck.weather.dates_may_jump = has("NOCHKD") || has("WARNCHKD");
  // Years that may have gaps are none to take ranks of days from. @see AERMOD 24142, COCARD.
  if (deck.weather.dates_may_jump) deck.is_plain_ranking = true;
  if (has("FASTALL") || has("FASTAREA"))
    tell(card, "FASTALL, FASTAREA and TOXICS change nothing: sources are worked out in full", deck);
  deck.option_words = {has("DFAULT") ? "RegDFAULT" : "NonDFAULT"};
  for (const char* word :
       {"CONC",    "DEPOS",     "DDEP",    "WDEP",      "FLAT",     "ELEV",      "NOSTD",
        "DRYDPLT", "NODRYDPLT", "WETDPLT", "NOWETDPLT", "AREADPLT", "ROMBERG",   "ARM2",
        "OLM",     "PVMRM",     "GRSM",    "ALPHA",     "BETA",     "NOURBTRAN", "NOMINO3"})
    if (has(word)) deck.option_words.emplace_back(word);
  if (!has("FLAT") && !has("ELEV")) deck.option_words.emplace_back("ELEV");
}

void ModelOptions::choose_chemistry(const Card& card, Deck& deck, Problems& problems) const {
  const std::map<std::string, NitrogenDioxide> methods = {{"ARM2", NitrogenDioxide::arm2},
                                                          {"OLM", NitrogenDioxide::olm},
                                                          {"PVMRM", NitrogenDioxide::pvmrm},
                                                          {"GRSM", NitrogenDioxide::grsm}};
  std::vector<std::string> chosen;
  for (const auto& [word, method] : methods) {
    if (!has(word)) continue;
    chosen.push_back(word);
    deck.options.no2 = method;
  }
  if (chosen.size() > 1)
    refuse(card, fmt::format("{} exclude each other", fmt::join(chosen, " and ")), problems);
}

}  // namespace lantian::plume
