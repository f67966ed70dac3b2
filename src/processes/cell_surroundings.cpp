#include "cell_surroundings.hpp"

#include "land_surfaces.hpp"

#include "lantian/base/errors.hpp"

#include <cstddef>

namespace lantian {

std::optional<DropSpecies> DropSpecies::among(const SpeciesTable& species) {
  const auto find = [&](const char* name) { return species.find(name).value_or(-1); };
  DropSpecies drops;
  drops.so2_ = find("SO2"), drops.sulf_ = find("SULF"), drops.pso4_ = find("PSO4");
  drops.nh3_ = find("NH3"), drops.pnh4_ = find("PNH4");
  drops.hno3_ = find("HNO3"), drops.pno3_ = find("PNO3");
  drops.hcl_ = find("HCL"), drops.pcl_ = find("PCL");
  drops.oxidants_ = {find("O3"), find("H2O2"), find("MEPX"), find("PACD"), find("NO2")};
  for (const int needed : {drops.so2_, drops.oxidants_.front(), drops.pso4_, drops.nh3_, drops.hno3_})
    if (needed < 0) return std::nullopt;
  for (const auto& [name, charge] : {std::pair{"NA", 1.0}, {"PK", 1.0}, {"PCA", 2.0}, {"PMG", 2.0}})
    if (const int cation = find(name); cation >= 0) drops.cations_.emplace_back(cation, charge);
  return drops;
}

NitrogenDioxideLaw nitrogen_dioxide_law(const std::string& name) {
  if (name == "off") return NitrogenDioxideLaw::off;
  if (name == "constant") return NitrogenDioxideLaw::constant;
  if (name == "lee_schwartz") return NitrogenDioxideLaw::lee_schwartz;
  throw InternalError("\"" + name + "\" is no law of S(IV) with NO2");
}

double ground_surface_m2_m3(const Environment& e, UtcTime time, int row, int column) {
  constexpr double buildings_m2_m2 = 2.0;
  constexpr std::size_t town = 20;  // class 21, urban
  if (e.surface == nullptr) return 0.0;
  const Surface& ground = *e.surface;
  const std::vector<LandSurface>& all = land_surfaces();
  const YearTime when{time, ground.latitude_deg(row, column)};
  const auto surface_of = [&](std::size_t n) {
    return 2.0 * leaf_area_index(all[n], when) + (n == town ? buildings_m2_m2 : 0.0);
  };
  double surface_m2_m2 = 0.0;
  if (ground.land_use_share.empty())
    surface_m2_m2 = surface_of(static_cast<std::size_t>(ground.land_use(row, column) - 1));
  for (std::size_t n = 0; !ground.land_use_share.empty() && n < all.size(); ++n)
    if (const double share = ground.land_use_share(static_cast<int>(n), row, column); share > 0.0)
      surface_m2_m2 += share * surface_of(n);
  return surface_m2_m2 / ground.interface_above_ground_m(1, row, column);
}

}  // namespace lantian
