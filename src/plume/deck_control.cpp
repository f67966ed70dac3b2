#include "deck_deposition.hpp"
#include "deck_fields.hpp"
#include "deck_model_options.hpp"
#include "deck_ozone.hpp"
#include "deck_readers.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

namespace lantian::plume {

namespace {

class ControlReader {
 public:
  ControlReader(Deck& deck, const std::string& output_folder, Problems& problems)
      : deck_(deck), output_folder_(output_folder), problems_(problems) {}

  void read(const Card& card) {
    static const std::set<std::string> of_ozone = {"OZONEVAL", "OZONEFIL", "OZONUNIT", "O3VALUES",
                                                   "NOXVALUE", "NOX_FILE", "NOX_UNIT", "NOX_VALS",
                                                   "O3SECTOR", "NOXSECTR"};
    if (of_ozone.contains(card.keyword)) {
      ozone_.read(card, deck_, problems_);
      return;
    }
    static const std::map<std::string, void (ControlReader::*)(const Card&)> readers = {
        {"TITLEONE", &ControlReader::title},       {"TITLETWO", &ControlReader::title},
        {"MODELOPT", &ControlReader::options},     {"AVERTIME", &ControlReader::averages},
        {"POLLUTID", &ControlReader::pollutant},   {"HALFLIFE", &ControlReader::decay},
        {"DCAYCOEF", &ControlReader::decay},       {"FLAGPOLE", &ControlReader::flagpole},
        {"URBANOPT", &ControlReader::urban},       {"RUNORNOT", &ControlReader::run_or_not},
        {"ERRORFIL", &ControlReader::error_file},  {"NO2EQUIL", &ControlReader::equilibrium},
        {"NO2STACK", &ControlReader::stack_ratio}, {"ARMRATIO", &ControlReader::arm_ratio},
        {"GDSEASON", &ControlReader::seasons},     {"GDLANUSE", &ControlReader::land_use},
        {"GASDEPVD", &ControlReader::velocity},    {"GASDEPDF", &ControlReader::gas_defaults},
        {"SAVEFILE", &ControlReader::restart},     {"MULTYEAR", &ControlReader::years},
        {"EVENTFIL", &ControlReader::events},      {"DEBUGOPT", &ControlReader::debugging}};
    (this->*readers.at(card.keyword))(card);
    seen_.insert(card.keyword);
  }

  void check() {
    for (const char* needed : {"TITLEONE", "MODELOPT", "AVERTIME", "POLLUTID", "RUNORNOT"})
      if (!seen_.contains(needed))
        problems_.add(fmt::format("{}: CO has no {}, which is needed", deck_.path, needed));
    if (deck_.options.no2 != NitrogenDioxide::none && deck_.pollutant != "NO2")
      problems_.add(fmt::format("{}: CO MODELOPT asks for a chemistry of NO2, but POLLUTID is {}", deck_.path,
                                deck_.pollutant));
    ozone_.check(deck_, problems_);
    urban_areas();
  }

 private:
  void title(const Card& card) { deck_.titles[card.keyword == "TITLEONE" ? 0 : 1] = card.text; }

  void options(const Card& card) { options_.read(card, deck_, problems_); }

  void averages(const Card& card) {
    for (std::size_t n = 0; n < card.fields.size(); ++n) {
      const std::optional<AveragingTime> average = averaging_time(card.fields[n]);
      if (!average) {
        refuse_word(card, card.raw[n], "averaging time",
                    {"1", "2", "3", "4", "6", "8", "12", "24", "MONTH", "PERIOD", "ANNUAL"}, problems_);
      } else if (std::ranges::find(deck_.averages, *average) != deck_.averages.end()) {
        refuse(card, fmt::format("{} stands there twice", card.fields[n]), problems_);
      } else {
        deck_.averages.push_back(*average);
      }
    }
    const auto has = [this](AveragingTime::Kind kind) {
      return std::ranges::find(deck_.averages, kind, &AveragingTime::kind) != deck_.averages.end();
    };
    if (has(AveragingTime::Kind::period) && has(AveragingTime::Kind::annual))
      refuse(card, "PERIOD and ANNUAL exclude each other", problems_);
    // Short ones first: so the tables have them.
    std::stable_partition(deck_.averages.begin(), deck_.averages.end(),
                          [](const AveragingTime& one) { return one.is_short(); });
  }

  void pollutant(const Card& card) {
    if (!has_fields(card, 1, 2, "the pollutant, and H1H, H2H or INC", problems_)) return;
    deck_.pollutant = card.fields[0];
    if (!card.has(1)) return;
    deck_.is_plain_ranking = true;
    if (card.fields[1] != "H1H" && card.fields[1] != "H2H" && card.fields[1] != "INC")
      refuse_word(card, card.raw[1], "kind of ranking", {"H1H", "H2H", "INC"}, problems_);
  }

  void decay(const Card& card) {
    const bool is_half_life = card.keyword == "HALFLIFE";
    if (!has_fields(card, 1, 1, is_half_life ? "the half-life [s]" : "the decay coefficient [1/s]",
                    problems_))
      return;
    if (is_half_life) {
      constexpr double nearly_ln2 = 0.693;  // as AERMOD has it
      deck_.options.decay_s = nearly_ln2 / number_at(card, 0, "half-life", {1.0e-3, 1.0e12, "s"}, problems_);
    } else {
      deck_.options.decay_s = number_at(card, 0, "decay coefficient", {1.0e-12, 1.0e3, "1/s"}, problems_);
    }
    if (!options_.has("DFAULT")) return;
    deck_.options.decay_s = 0.0;
    tell(card, "is left out, since DFAULT excludes it", deck_);
  }

  void flagpole(const Card& card) {
    if (!has_fields(card, 0, 1, "the height above the ground of receptors that give none [m]", problems_))
      return;
    deck_.has_flagpoles = true;
    if (card.has(0))
      deck_.default_flagpole_m = number_at(card, 0, "height above the ground", {0.0, 1000.0, "m"}, problems_);
  }

  void urban(const Card& card) {
    if (!has_fields(card, 1, 4,
                    "population, and a name and a roughness length [m]; before them an identifier when there "
                    "are several urban areas",
                    problems_))
      return;
    urban_cards_.push_back(card);
  }

  /// URBANOPT of one area begins with its population, of one of several with its identifier.
  void urban_areas() {
    constexpr std::size_t longest = 8;
    const std::size_t first = urban_cards_.size() > 1 ? 1 : 0;
    for (const Card& card : urban_cards_) {
      UrbanArea area;
      if (first == 1) area.name = card.fields[0];
      if (first == 1 && (!card.has(1) || area.name.size() > longest)) {
        refuse(card,
               fmt::format("one of several urban areas begins with an identifier of {} letters at most, "
                           "before its population",
                           longest),
               problems_);
        continue;
      }
      std::vector<UrbanArea>& areas = deck_.options.urban_areas;
      if (first == 1 && std::ranges::find(areas, area.name, &UrbanArea::name) != areas.end())
        refuse(card, fmt::format("urban area {} is there already", card.raw[0]), problems_);
      area.population = number_at(card, first, "population", {100.0, 1.0e8, ""}, problems_);
      if (card.has(first + 3)) refuse(card, "has a field too many", problems_);
      if (card.has(first + 2))
        area.roughness_length_m =
            number_at(card, first + 2, "urban roughness length", {0.01, 5.0, "m"}, problems_);
      areas.push_back(area);
    }
  }

  void run_or_not(const Card& card) {
    if (!has_fields(card, 1, 1, "RUN or NOT", problems_)) return;
    if (card.fields[0] != "RUN" && card.fields[0] != "NOT")
      refuse_word(card, card.raw[0], "choice", {"RUN", "NOT"}, problems_);
    deck_.is_run = card.fields[0] == "RUN";
  }

  void error_file(const Card& card) {
    if (!has_fields(card, 0, 2, "the name of a file", problems_)) return;
    deck_.error_path = output_path(deck_, output_folder_, card.has(0) ? card.raw[0] : "ERRORS.LST");
  }

  void equilibrium(const Card& card) {
    if (has_fields(card, 1, 1, "the equilibrium ratio of NO2 to NOx", problems_))
      deck_.options.no2_equilibrium_ratio =
          number_at(card, 0, "equilibrium ratio", {0.1, 1.0, ""}, problems_);
  }

  void stack_ratio(const Card& card) {
    if (has_fields(card, 1, 1, "the share of NO2 in the NOx of stacks", problems_))
      deck_.stack_no2_ratio = number_at(card, 0, "share of NO2", {0.0, 1.0, ""}, problems_);
  }

  void arm_ratio(const Card& card) {
    if (!has_fields(card, 2, 2, "the least and the greatest ratio of NO2 to NOx", problems_)) return;
    deck_.options.arm2_least_ratio = number_at(card, 0, "least ratio", {0.0, 1.0, ""}, problems_);
    deck_.options.arm2_greatest_ratio = number_at(card, 1, "greatest ratio", {0.0, 1.0, ""}, problems_);
    if (deck_.options.arm2_greatest_ratio < deck_.options.arm2_least_ratio)
      refuse(card, "the greatest ratio is below the least", problems_);
  }

  template <std::size_t Count>
  void fill_codes(const Card& card, int most, const char* form, std::array<int, Count>& codes) {
    const std::vector<double> numbers = numbers_from(card, 0, "code", problems_);
    if (numbers.size() != Count)
      refuse(card, fmt::format("has {} values; needed are {}: {}", numbers.size(), Count, form), problems_);
    for (std::size_t n = 0; n < std::min(Count, numbers.size()); ++n) {
      if (numbers[n] != std::floor(numbers[n]) || numbers[n] < 1 || numbers[n] > most)
        refuse(card, fmt::format("a code is {:g}; allowed are 1 to {}", numbers[n], most), problems_);
      else
        codes[n] = static_cast<int>(numbers[n]);
    }
  }
  void seasons(const Card& card) {
    fill_codes(card, 5, "the season of each month", deck_.options.deposition_seasons);
  }
  void land_use(const Card& card) {
    fill_codes(card, 9, "the land use by direction, 10 to 360 degrees", deck_.options.deposition_land_use);
  }

  // Files beside the results, which change no number of this run.
  void restart(const Card& card) {
    tell(card, "no file to go on from is written: the deck runs over all its hours at once", deck_);
  }
  void years(const Card& card) {
    const std::size_t first = card.has(0) && card.fields[0] == "H6H" ? 1 : 0;  // H6H: an older form
    if (!has_fields(card, first + 1, first + 2, "a file for the next year (, that of the year before)",
                    problems_))
      return;
    if (card.has(first + 1)) {
      refuse(card,
             "goes on from the file of the year before, which is not supported; run one deck over a surface "
             "and a profile file of all years one after the other",
             problems_);
      return;
    }
    tell(card,
         "no file for the next year is written; run one deck over a surface and a profile file of all years "
         "one after the other",
         deck_);
  }
  void events(const Card& card) {
    tell(card, "no deck of events is written; POSTFILE gives the hours of each source group", deck_);
  }
  void debugging(const Card& card) { tell(card, "no files for debugging are written", deck_); }

  void velocity(const Card& card) { read_gas_velocity(card, deck_, problems_); }
  void gas_defaults(const Card& card) { read_gas_defaults(card, deck_, problems_); }

  Deck& deck_;
  const std::string& output_folder_;
  Problems& problems_;
  OzoneReader ozone_;
  ModelOptions options_;
  std::set<std::string> seen_;
  std::vector<Card> urban_cards_;
};

}  // namespace

void read_control(const std::vector<Card>& cards, Deck& deck, const std::string& output_folder,
                  Problems& problems) {
  ControlReader reader(deck, output_folder, problems);
  for (const Card& card : cards) reader.read(card);
  reader.check();
}

}  // namespace lantian::plume
