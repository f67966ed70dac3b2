#pragma once

#include "met_fields.hpp"

#include "lantian/weather/meteorology.hpp"

namespace lantian {

/// Where the model's cells are, for the sun.
struct CellPlaces {
  Array2<double> longitude_deg, latitude_deg;
};

/// Makes what the files lack out of what they have. Fields that are there stay as they are.
///
/// Cloud: Xu & Randall (1996). Wind at 10 m: neutral logarithm below the lowest level. Friction velocity and
/// heat flux: Louis (1979), the ground at TSK or, without it, at T2. Mixing height: bulk Richardson number
/// (Vogelezang & Holtslag 1996). Short wave: clear sky times cloud (Kasten & Czeplak 1980).
///
/// @param fields  on the model's horizontal grid.
void make_missing_fields(MetFields& fields, const Surface& surface, const CellPlaces& places);

/// Short wave under a cloudless sky [W m-2].
[[nodiscard]] Array2<double> clear_sky_radiation_w_m2(UtcTime time, const CellPlaces& places);

}  // namespace lantian
