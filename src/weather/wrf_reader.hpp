#pragma once

#include "met_fields.hpp"
#include "wrf_files.hpp"

#include "lantian/base/errors.hpp"

#include <set>
#include <string>
#include <vector>

namespace lantian {

struct ValueRange;

/// Reads the fields of WRF output, in a window, and checks every number.
class WrfReader {
 public:
  /// @param domain  size of the files' grid.
  /// @param common  its cells that every instant covers; windows are counted in them.
  /// @param uses_own_diffusivity  the case asks for the files' EXCH_H, which then must be there.
  WrfReader(const WrfFiles& files, CellWindow domain, CellWindow common, bool uses_own_diffusivity);

  /// Adds a fault for each variable that must be there and is not, or has another shape, in any file.
  void check_variables(Problems& problems) const;
  /// The first file has this variable.
  [[nodiscard]] bool has(const std::string& variable) const { return present_.contains(variable); }
  /// The files hold mass fluxes that WRF averaged between its outputs, and what turns them into winds.
  [[nodiscard]] bool has_mean_fluxes() const { return has_mean_fluxes_; }
  [[nodiscard]] int layers() const { return layers_; }

  void set_window(CellWindow window) { window_ = window; }
  [[nodiscard]] const CellWindow& window() const { return window_; }

  /// The fields of an instant; values that cannot be go to `problems`, one sentence a variable.
  [[nodiscard]] MetFields read(const WrfInstant& instant, Problems& problems) const;

  /// Rain since the run began or its buckets were emptied [mm]; 0 when the files have none.
  [[nodiscard]] Array2<double> rain_mm(const WrfInstant& at, Problems& problems) const;
  [[nodiscard]] bool has_rain() const { return has("RAINC") || has("RAINNC") || has("RAINSH"); }

  /// Height of the ground above sea level: HGT, or (PH + PHB)/g of the lowest interface.
  [[nodiscard]] Array2<double> terrain_m(const WrfInstant& at, Problems& problems) const;
  /// A plane of whole numbers such as LU_INDEX.
  [[nodiscard]] Array2<double> plane(const WrfInstant& at, const std::string& name) const;
  /// Heights of all interfaces above the ground, [layer + 1][row][column].
  /// @throws DataError when they do not rise.
  [[nodiscard]] Array3<double> interfaces_above_ground_m(const WrfInstant& at) const;
  /// Shares of land-use categories (LANDUSEF) [category - 1][row][column]; empty when the files have none.
  /// @throws DataError when the shape is another.
  [[nodiscard]] Array3<double> category_shares(const WrfInstant& at) const;
  /// Height above sea level of the lowest point of the top interface.
  [[nodiscard]] double lowest_top_m(const WrfInstant& at) const;

 private:
  enum class Place { centre, x_face, y_face, z_face };
  /// Height of interface k above sea level.
  [[nodiscard]] Array2<double> interface_m(const WrfInstant& at, int k) const;
  [[nodiscard]] std::string falling_layers(const WrfInstant& at) const;
  [[nodiscard]] Array3<double> volume(const WrfInstant& at, const std::string& name, Place place) const;
  [[nodiscard]] Array3<double> block(const WrfInstant& at, const std::string& name, int layers,
                                     Place place) const;
  [[nodiscard]] Array2<double> plane(const WrfInstant& at, const std::string& name, Place place) const;
  void read_columns(const WrfInstant& at, MetFields& fields, Problems& problems) const;
  void read_winds(const WrfInstant& at, MetFields& fields, Problems& problems) const;
  void read_mean_winds(const WrfInstant& at, MetFields& fields, Problems& problems) const;
  /// Winds that carry `flux_pa_m_s` at the air of the instant.
  [[nodiscard]] Array3<double> mean_wind(const WrfInstant& at, const std::string& name, Place place,
                                         const Array3<double>& dry_air_kg_m2) const;
  /// Map factor of the faces that look along x or y.
  [[nodiscard]] Array2<double> map_factor(const WrfInstant& at, Place place) const;
  void read_planes(const WrfInstant& at, MetFields& fields, Problems& problems) const;
  [[nodiscard]] Array2<double> checked_plane(const WrfInstant& at, const ValueRange& range,
                                             Problems& problems) const;
  void check(const WrfInstant& at, const ValueRange& range, const Array3<double>& values,
             Problems& problems) const;
  void check(const WrfInstant& at, const ValueRange& range, const Array2<double>& values,
             Problems& problems) const;

  /// First row and column in the file of an instant.
  [[nodiscard]] std::size_t first_row(const WrfInstant& at) const;
  [[nodiscard]] std::size_t first_column(const WrfInstant& at) const;

  const WrfFiles& files_;
  CellWindow domain_, common_, window_;
  std::set<std::string> present_;
  int layers_ = 0;
  bool uses_own_diffusivity_, has_mean_fluxes_ = false;
};

}  // namespace lantian
