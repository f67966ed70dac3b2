#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/plume/aermod_deck.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian::plume {

/// Header of a surface file.
struct SurfaceHeader {
  std::string version;
  std::optional<int> surface_station, upper_air_station;
  bool adjusted_friction_velocity = false, bulk_richardson = false;
};

/// A record of the surface file, with what it says of calms and missing values.
struct SurfaceRecord {
  DeckHour at;
  SurfaceHour surface;
  HourState state = HourState::valid;
};

/// All levels of an hour of the profile file.
struct ProfileRecord {
  DeckHour at;
  std::vector<ProfileLevel> levels;
};

/// Walks through the lines of a file of AERMET and tells faults by line, ten of a file at most.
class AermetLines {
 public:
  /// An unreadable file is a fault, and then has no lines.
  AermetLines(std::string path, Problems& problems);

  [[nodiscard]] bool is_done() const { return next_ >= lines_.size() || faults_ >= most_faults; }
  /// The words of the next line that is not blank; none at the end.
  [[nodiscard]] std::vector<std::string> next();
  /// Takes the last line back.
  void step_back() { next_ = last_; }
  void refuse(const std::string& what);
  [[nodiscard]] int faults() const { return faults_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  static constexpr int most_faults = 10;
  std::string path_;
  Problems& problems_;
  std::vector<std::string> lines_;
  std::size_t next_ = 0, last_ = 0;
  int faults_ = 0;
};

[[nodiscard]] SurfaceHeader read_surface_header(AermetLines& lines);
/// The next record; nothing when it is spoiled.
[[nodiscard]] std::optional<SurfaceRecord> read_surface_record(AermetLines& lines);
[[nodiscard]] std::optional<ProfileRecord> read_profile_record(AermetLines& lines);

}  // namespace lantian::plume
