#pragma once

#include "source_table.hpp"

#include <cstddef>
#include <set>
#include <string>

namespace lantian::plume {

/// SRCPARAM: what a source emits, and its sizes.
class SourceParameters {
 public:
  SourceParameters(const Deck& deck, SourceTable& table, Problems& problems)
      : deck_(deck), table_(table), problems_(problems) {}

  void read(const Card& card);
  [[nodiscard]] bool are_given(std::size_t source) const { return given_.contains(source); }

 private:
  void set_emission(const Card& card, Source& source, const std::string& unit);
  void point(const Card& card, Source& source);
  void volume(const Card& card, Source& source);
  void pit(const Card& card, Source& source);
  void area(const Card& card, std::size_t n);
  void line(const Card& card, std::size_t n);
  double side(const Card& card, std::size_t n, const std::string& what);
  double first_spread(const Card& card, std::size_t n);

  const Deck& deck_;
  SourceTable& table_;
  Problems& problems_;
  std::set<std::size_t> given_;
};

}  // namespace lantian::plume
