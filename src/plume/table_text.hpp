#pragma once

#include "lantian/plume/aermod_deck.hpp"

#include <cstddef>
#include <string>
#include <vector>

// Texts as Fortran's formats make them: layouts of tables are those of AERMOD (EPA-454/B-24-007, appendix C),
// so that what reads its files reads these.

namespace lantian::plume {

constexpr int hours_of_month = 720;  ///< as AERMOD's files have it

/// F13.5; a number that does not fit is E13.6 instead.
[[nodiscard]] std::string fixed(double value);
/// E13.6: 0.123457E-02.
[[nodiscard]] std::string exponential(double value);

/// A type of result, in the order of AERMOD's columns.
struct ResultType {
  std::string code;     ///< CONC, DEPOS, DDEP, WDEP
  std::string heading;  ///< 12 letters above a column
  std::string words;    ///< 24 letters of a title
  bool is_deposition{};
  std::string unit;
};
[[nodiscard]] std::vector<ResultType> result_types(const Deck& deck);

/// An averaging time in 5 letters, as " 3-HR".
[[nodiscard]] std::string short_name(const AveragingTime& average);
/// "  1ST".
[[nodiscard]] std::string rank_name(int rank);

/// The three lines that begin all files: program and titles, AERMET, options.
struct TableOrigin {
  std::string program;  ///< name and version
  std::string aermet;   ///< version
};
[[nodiscard]] std::string file_header(const Deck& deck, const TableOrigin& origin);

/// GC, GP, DC, DP.
[[nodiscard]] std::string kind_name(ReceptorKind kind);

}  // namespace lantian::plume
