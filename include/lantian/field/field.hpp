#pragma once

#include "lantian/field/array.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// Cells on each side of a tile that belong to neighbours (PPM reads three).
inline constexpr int halo_width = 3;
/// Rows are padded to this many cells, so that vector code always computes whole rows.
inline constexpr int row_multiple = 8;

/// The part of the horizontal grid that one rank holds; all layers of its columns.
struct Tile {
  int first_column = 0, first_row = 0;  // in the whole grid
  int columns = 0, rows = 0, layers = 0;
  int grid_columns = 0, grid_rows = 0;

  [[nodiscard]] bool at_west() const { return first_column == 0; }
  [[nodiscard]] bool at_east() const { return first_column + columns == grid_columns; }
  [[nodiscard]] bool at_south() const { return first_row == 0; }
  [[nodiscard]] bool at_north() const { return first_row + rows == grid_rows; }
  [[nodiscard]] int row_stride() const {
    return (columns + 2 * halo_width + row_multiple - 1) / row_multiple * row_multiple;
  }
};

/// One quantity on a tile with halo: [layer][row][column]. Indices of the tile's own cells are 0..rows-1,
/// 0..columns-1; halo cells have indices from -3 to rows+2, columns+2. Or on a band of the tile's rows
/// without halo.
template <class T>
class Field {
 public:
  Field() = default;
  Field(const Tile& tile, int layers, T fill = T{})
      : columns_(tile.columns),
        rows_(tile.rows),
        layers_(layers),
        stride_(tile.row_stride()),
        values_(static_cast<std::size_t>(layers) * static_cast<std::size_t>(rows_ + 2 * halo_width) *
                    static_cast<std::size_t>(stride_),
                fill) {}

  /// On `rows` of the tile's rows, the first ones until `begin_at` names others.
  [[nodiscard]] static Field band(const Tile& tile, int layers, int rows) {
    Field field;
    field.columns_ = field.stride_ = tile.columns;
    field.rows_ = rows;
    field.layers_ = layers;
    field.halo_ = 0;
    field.values_.resize(static_cast<std::size_t>(layers) * static_cast<std::size_t>(rows) *
                         static_cast<std::size_t>(tile.columns));
    return field;
  }
  /// Takes the band to the tile's rows from `first_row` on; what it holds goes along. @pre a band
  void begin_at(int first_row) { first_row_ = first_row; }

  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int layers() const { return layers_; }
  [[nodiscard]] int stride() const { return stride_; }
  [[nodiscard]] T& operator()(int k, int j, int i) { return row(k, j)[i]; }
  [[nodiscard]] const T& operator()(int k, int j, int i) const { return row(k, j)[i]; }
  /// First own cell of a row; row(k, j)[-3] is its westernmost halo cell.
  [[nodiscard]] T* row(int k, int j) { return values_.data() + offset(k, j); }
  [[nodiscard]] const T* row(int k, int j) const { return values_.data() + offset(k, j); }

 private:
  [[nodiscard]] std::size_t offset(int k, int j) const {
    return (static_cast<std::size_t>(k) * static_cast<std::size_t>(rows_ + 2 * halo_) +
            static_cast<std::size_t>(j - first_row_ + halo_)) *
               static_cast<std::size_t>(stride_) +
           static_cast<std::size_t>(halo_);
  }
  int columns_ = 0, rows_ = 0, layers_ = 0, stride_ = 0, halo_ = halo_width, first_row_ = 0;
  std::vector<T> values_;
};

/// One quantity for every species: a Field each.
template <class T>
class FieldSet {
 public:
  FieldSet() = default;
  FieldSet(const Tile& tile, int species_count, int layers, T fill = T{})
      : fields_(static_cast<std::size_t>(species_count), Field<T>(tile, layers, fill)) {}
  /// Bands of a tile's rows, as `Field::band`.
  [[nodiscard]] static FieldSet bands(const Tile& tile, int species_count, int layers, int rows) {
    FieldSet set;
    set.fields_.assign(static_cast<std::size_t>(species_count), Field<T>::band(tile, layers, rows));
    return set;
  }
  void begin_at(int first_row) {
    for (Field<T>& field : fields_) field.begin_at(first_row);
  }
  [[nodiscard]] int species_count() const { return static_cast<int>(fields_.size()); }
  [[nodiscard]] Field<T>& operator[](int s) { return fields_[static_cast<std::size_t>(s)]; }
  [[nodiscard]] const Field<T>& operator[](int s) const { return fields_[static_cast<std::size_t>(s)]; }

 private:
  std::vector<Field<T>> fields_;
};

}  // namespace lantian
