#pragma once

#include "source_table.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace lantian::plume {

/// What is told of sources over several cards: buildings, particles, factors, vertices. Gathers them, and
/// lays them into the sources when the last card is read.
class SourceDetails {
 public:
  SourceDetails(SourceTable& table, Problems& problems) : table_(table), problems_(problems) {}

  /// BUILDHGT, BUILDWID, BUILDLEN, XBADJ, YBADJ, PARTDIAM, MASSFRAX, PARTDENS, AREAVERT.
  void add_numbers(const Card& card);
  void add_factors(const Card& card);        ///< EMISFACT
  void add_particle_mean(const Card& card);  ///< METHOD_2
  void add_gas(const Card& card);            ///< GASDEPOS
  void finish();

 private:
  struct Numbers {
    Card card;  ///< the first
    std::vector<double> values;
  };
  using OfSource = std::map<std::string, Numbers>;  // by keyword

  void lay_buildings(std::size_t source, const OfSource& given);
  void lay_particles(std::size_t source, const OfSource& given);
  void lay_vertices(std::size_t source, const OfSource& given);
  void lay_factors();

  SourceTable& table_;
  Problems& problems_;
  std::map<std::size_t, OfSource> numbers_;
  std::map<std::size_t, Card> factors_;
};

}  // namespace lantian::plume
