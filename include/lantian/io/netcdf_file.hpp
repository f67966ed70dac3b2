#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A netCDF file of any format (classic, 64-bit, netCDF-4), opened for reading. Errors name file and
/// variable.
///
/// Numbers come back as double with scale_factor and add_offset applied and fill or missing values as NaN.
class NetcdfReader {
 public:
  /// @throws MissingFileError when there is no such file; DataError when it is not netCDF or cut short.
  explicit NetcdfReader(const std::string& path);
  ~NetcdfReader();
  NetcdfReader(NetcdfReader&&) noexcept;
  NetcdfReader& operator=(NetcdfReader&&) noexcept;

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] std::string format() const;  // "classic", "64-bit offset", "netCDF-4", ...
  [[nodiscard]] std::vector<std::string> variables() const;
  [[nodiscard]] bool has_variable(const std::string& name) const;
  struct Dimension {
    std::string name;
    std::size_t length;
  };
  [[nodiscard]] std::vector<Dimension> dimensions() const;
  [[nodiscard]] std::optional<std::size_t> dimension_length(const std::string& name) const;
  [[nodiscard]] std::vector<Dimension> shape(const std::string& variable) const;

  /// Attribute as text or number; of the file when `variable` is empty. Nothing when absent.
  [[nodiscard]] std::optional<std::string> text_attribute(const std::string& variable,
                                                          const std::string& name) const;
  [[nodiscard]] std::optional<double> number_attribute(const std::string& variable,
                                                       const std::string& name) const;
  [[nodiscard]] std::map<std::string, std::string> attributes(const std::string& variable) const;

  /// The whole variable, row-major. @throws DataError when absent or unreadable.
  [[nodiscard]] std::vector<double> read(const std::string& variable) const;
  /// The part [start, start + count) in each dimension.
  [[nodiscard]] std::vector<double> read(const std::string& variable, const std::vector<std::size_t>& start,
                                         const std::vector<std::size_t>& count) const;
  /// A char variable [n][length] as n texts.
  [[nodiscard]] std::vector<std::string> read_texts(const std::string& variable) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

/// Writes one netCDF file from one process: under a temporary name first, then synced and renamed by
/// `finish`. A file that is not finished is removed.
class NetcdfWriter {
 public:
  enum class Format { netcdf4, classic, classic_32_bit };  // classic: with 64-bit offsets
  /// @throws OutputError with path and reason, as all members do.
  explicit NetcdfWriter(std::string path, Format format = Format::netcdf4);
  ~NetcdfWriter();
  NetcdfWriter(const NetcdfWriter&) = delete;
  NetcdfWriter& operator=(const NetcdfWriter&) = delete;

  void dimension(const std::string& name, std::size_t length);  // 0 = unlimited
  enum class Type { real32, real64, int32, text };
  void variable(const std::string& name, Type type, const std::vector<std::string>& dimensions);
  /// Packs a variable (deflate, level 1); for fields that hardly vary. Before the first write.
  void compress(const std::string& variable);
  /// The same in pieces of so many values along each dimension: those that are written at once.
  void compress(const std::string& variable, const std::vector<std::size_t>& piece);
  void attribute(const std::string& variable, const std::string& name,
                 const std::string& value);  // "" = of the file
  void attribute(const std::string& variable, const std::string& name, double value);
  void integer_attribute(const std::string& variable, const std::string& name, int value);
  void write(const std::string& variable, const std::vector<double>& values);
  void write(const std::string& variable, const std::vector<std::size_t>& start,
             const std::vector<std::size_t>& count, const std::vector<double>& values);
  void write_text(const std::string& variable, const std::vector<std::size_t>& start,
                  const std::string& value);
  enum class Digests { none, of_variables };  // see netcdf_digests.hpp
  /// @throws OutputError with path and reason.
  void finish(Digests digests = Digests::none);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace lantian
