#pragma once

#include <hdf5.h>

#include <utility>

namespace lantian {

/// An open HDF5 object, closed when it goes out of scope.
class Hdf5Object {
 public:
  using Close = herr_t (*)(hid_t);
  Hdf5Object() = default;
  Hdf5Object(hid_t id, Close close) : id_(id), close_(close) {}
  ~Hdf5Object() { release(); }
  Hdf5Object(Hdf5Object&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Object& operator=(Hdf5Object&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  Hdf5Object(const Hdf5Object&) = delete;
  Hdf5Object& operator=(const Hdf5Object&) = delete;

  [[nodiscard]] hid_t id() const { return id_; }
  [[nodiscard]] bool is_open() const { return id_ >= 0; }
  /// Closes it now. @return whether that succeeded
  bool release() { return id_ < 0 || close_(std::exchange(id_, -1)) >= 0; }
  /// Leaves it open for ever: closing would wait for ranks that do not come.
  void abandon() { id_ = -1; }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

/// HDF5 says nothing itself: what fails is told by an Error.
inline void silence_hdf5() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

}  // namespace lantian
