#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/field/species.hpp"
#include "lantian/io/csv_table.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lantian {

/// Days that count as another day of the week: days since 1970-01-01, and 0 = Monday ... 6 = Sunday.
using Holidays = std::map<int, int>;

/// Reads the table `date,counts_as` (2020-04-04,Sunday). Faults go to `problems`.
[[nodiscard]] Holidays read_holidays(const CsvTable& table, Problems& problems);

/// How a source's yearly mass is spread over the hours, in local standard time.
class TemporalProfile {
 public:
  /// Twelve, seven (Monday first) and twenty-four weights; any scale.
  TemporalProfile(std::vector<double> month, std::vector<double> weekday, std::vector<double> hour,
                  std::shared_ptr<const Holidays> holidays = nullptr);

  /// Weight of an hour; over all hours of the year the weights average to 1.
  [[nodiscard]] double of_year(const CivilTime& local);
  /// Weight of an hour within its month; over all hours of the month the weights average to 1.
  [[nodiscard]] double of_month(const CivilTime& local);

 private:
  [[nodiscard]] double raw(int year, int month, int day, int hour) const;
  [[nodiscard]] double mean(int year, int first_month, int last_month) const;
  std::vector<double> month_, weekday_, hour_;
  std::shared_ptr<const Holidays> holidays_;
  std::map<int, double> year_mean_;                   // by year
  std::map<std::pair<int, int>, double> month_mean_;  // by year and month
};

/// Shares of a source by height.
struct VerticalProfile {
  std::vector<double> top_m, share;
};

/// A part of a pollutant: its share, the species it becomes and the moles of it in a gram.
struct SpeciationPart {
  std::string species;
  double share, mol_per_g;
};

/// The three tables of a case, from the product or from files of the user.
struct ProfileTables {
  std::map<std::string, TemporalProfile> temporal;
  std::map<std::string, VerticalProfile> vertical;
  std::map<std::string, std::map<std::string, std::vector<SpeciationPart>>> speciation;  // profile, pollutant

  /// Faults (shares that do not sum to one within 1e-6, lists of the wrong length) go to `problems`.
  void load_temporal(const CsvTable& table, const Holidays& holidays, Problems& problems);
  void load_vertical(const CsvTable& table, Problems& problems);
  void load_speciation(const CsvTable& table, Problems& problems);
};

}  // namespace lantian
