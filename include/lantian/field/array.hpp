#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

namespace lantian {

/// A dense field over the whole horizontal grid, [row][column]. Row 0 is the southernmost, column 0 the
/// westernmost.
template <class T>
class Array2 {
 public:
  Array2() = default;
  Array2(int rows, int columns, T fill = T{})
      : rows_(rows),
        columns_(columns),
        values_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns), fill) {}

  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] T& operator()(int j, int i) { return values_[index(j, i)]; }
  [[nodiscard]] const T& operator()(int j, int i) const { return values_[index(j, i)]; }
  [[nodiscard]] std::span<T> values() { return values_; }
  [[nodiscard]] std::span<const T> values() const { return values_; }

 private:
  [[nodiscard]] std::size_t index(int j, int i) const {
    assert(j >= 0 && j < rows_ && i >= 0 && i < columns_);
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(i);
  }
  int rows_ = 0, columns_ = 0;
  std::vector<T> values_;
};

/// A dense field over the whole grid, [layer][row][column]. Layer 0 is the lowest.
template <class T>
class Array3 {
 public:
  Array3() = default;
  Array3(int layers, int rows, int columns, T fill = T{})
      : layers_(layers),
        rows_(rows),
        columns_(columns),
        values_(static_cast<std::size_t>(layers) * static_cast<std::size_t>(rows) *
                    static_cast<std::size_t>(columns),
                fill) {}

  [[nodiscard]] int layers() const { return layers_; }
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] T& operator()(int k, int j, int i) { return values_[index(k, j, i)]; }
  [[nodiscard]] const T& operator()(int k, int j, int i) const { return values_[index(k, j, i)]; }
  [[nodiscard]] std::span<T> values() { return values_; }
  [[nodiscard]] std::span<const T> values() const { return values_; }

 private:
  [[nodiscard]] std::size_t index(int k, int j, int i) const {
    assert(k >= 0 && k < layers_ && j >= 0 && j < rows_ && i >= 0 && i < columns_);
    return (static_cast<std::size_t>(k) * static_cast<std::size_t>(rows_) + static_cast<std::size_t>(j)) *
               static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(i);
  }
  int layers_ = 0, rows_ = 0, columns_ = 0;
  std::vector<T> values_;
};

}  // namespace lantian
