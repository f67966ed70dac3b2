#include "parsers.hpp"

#include "aermet_records.hpp"
#include "enterprise_list.hpp"
#include "geojson.hpp"
#include "mechanism.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/plume/aermod_deck.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>

namespace lantian::fuzz {

namespace {

/// Bytes under the path of a file that lives in memory alone.
class FileInMemory {
 public:
  explicit FileInMemory(const std::string& bytes) : id_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    if (id_ < 0 || ::write(id_, bytes.data(), bytes.size()) != static_cast<::ssize_t>(bytes.size()))
      throw std::logic_error("no file in memory");
  }
  ~FileInMemory() { ::close(id_); }
  FileInMemory(const FileInMemory&) = delete;
  FileInMemory& operator=(const FileInMemory&) = delete;
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(id_); }

 private:
  int id_;
};

}  // namespace

void read_as_case(const std::string& bytes) {
  const FileInMemory file(bytes);
  try {
    (void)read_case(file.path());
  } catch (const Error&) {
  }
}

void read_as_enterprises(const std::string& bytes) {
  const FileInMemory file(bytes);
  try {
    Problems problems;
    (void)read_enterprises(file.path(), 2020, problems);
  } catch (const Error&) {
  }
}

void read_as_mechanism(const std::string& bytes) {
  const FileInMemory file(bytes);
  try {
    const generator::Mechanism mechanism = generator::parse_mechanism(file.path());
    (void)generator::emit_header("fuzzed", mechanism, generator::eliminate(mechanism));
  } catch (const std::runtime_error&) {
  }
}

void read_as_features(const std::string& bytes) {
  const FileInMemory file(bytes);
  for (const GeometryKind kind : {GeometryKind::lines, GeometryKind::polygons}) {
    try {
      FeatureFaults faults(file.path());
      (void)read_geojson(file.path(), kind, "name", faults);
      Problems problems;
      faults.tell(problems);
    } catch (const Error&) {
    }
  }
}

void read_as_deck(const std::string& bytes) {
  const FileInMemory file(bytes);
  Problems problems;
  (void)plume::read_aermod_deck(file.path(), "", problems);
}

void read_as_aermet(const std::string& bytes) {
  const FileInMemory file(bytes);
  Problems problems;
  plume::AermetLines surface(file.path(), problems), profile(file.path(), problems);
  (void)plume::read_surface_header(surface);
  while (!surface.is_done()) (void)plume::read_surface_record(surface);
  while (!profile.is_done()) (void)plume::read_profile_record(profile);
}

}  // namespace lantian::fuzz
