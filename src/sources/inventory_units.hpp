#pragma once

#include <string>

namespace lantian {

/// What turns an inventory's value into tonnes of a year, or of one month.
struct ToTonnes {
  double factor;
  bool is_per_area;  // times the cell's area [m2]
};

/// The conversion of a unit such as "t/yr", "Mg month-1", "t km-2 yr-1", "kg m-2 s-1", "mol s-1".
///
/// Years and months are those of the calendar, not the tropical year that UDUNITS takes. NOx in moles counts
/// as NO2.
/// @param month  1 ... 12: the value stands for that month of `year`; 0: for the whole year.
/// @throws DataError that says what the unit is and what is known.
[[nodiscard]] ToTonnes inventory_conversion(const std::string& unit, const std::string& pollutant, int year,
                                            int month);

/// What the emission of a feature is spread over.
enum class Extent { length, area };

/// What turns a feature's value into tonnes of a year.
struct FeatureToTonnes {
  double factor;
  bool is_per_extent;  // times the feature's length [m] or area [m2]
};

/// The conversion of a unit of a line or polygon: of the whole ("t/yr", "kg s-1"), or of each part of it
/// ("t km-1 yr-1", "kg m-1 s-1"; "t km-2 yr-1", "kg m-2 s-1").
/// @throws DataError that says what the unit is and what is known.
[[nodiscard]] FeatureToTonnes feature_conversion(const std::string& unit, const std::string& pollutant,
                                                 int year, Extent extent);

/// Molar mass that an inventory's moles of a pollutant stand for [g mol-1]; 0 where moles have no meaning.
[[nodiscard]] double inventory_molar_mass_g_mol(const std::string& pollutant);

}  // namespace lantian
