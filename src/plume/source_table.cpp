#include "source_table.hpp"

#include "deck_fields.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <utility>

namespace lantian::plume {

bool SourceTable::add(Source source, const Card& card, const std::string& kind) {
  if (!by_name_.emplace(source.name, kinds_.size()).second) return false;
  deck_.sources.push_back(std::move(source));
  deck_.courses.emplace_back();
  kinds_.push_back(kind);
  vertex_counts_.push_back(0);
  places_.push_back(fmt::format("{}:{}", card.file, card.line));
  return true;
}

void SourceTable::tell(const Card& card, const std::string& what) {
  plume::tell(card, what, deck_);
}

std::vector<std::size_t> SourceTable::find(const Card& card, std::size_t field, Problems& problems) const {
  if (!card.has(field)) {
    refuse(card, "the name of a source is missing", problems);
    return {};
  }
  const std::string& word = card.fields[field];
  std::vector<std::size_t> found;
  if (const auto one = by_name_.find(word); one != by_name_.end()) return {one->second};
  if (refused_.contains(word)) return {};
  if (word == "ALL") {
    for (std::size_t n = 0; n < size(); ++n) found.push_back(n);
    return found;
  }
  const std::size_t dash = word.find('-');
  if (dash != std::string::npos) {
    for (std::size_t n = 0; n < size(); ++n)
      if (lies_in_range(deck_.sources[n].name, word.substr(0, dash), word.substr(dash + 1)))
        found.push_back(n);
    if (found.empty()) refuse(card, fmt::format("no source lies in the range {}", word), problems);
    return found;
  }
  std::vector<std::string> names;
  for (const auto& [name, n] : by_name_) names.push_back(name);
  refuse(card,
         fmt::format("there is no source \"{}\": no LOCATION names it.{}", word, did_you_mean(word, names)),
         problems);
  return {};
}

namespace {

struct NameParts {
  std::string before;
  long number = -1;
  std::string after;
};

NameParts parts_of(const std::string& name) {
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const auto first = std::ranges::find_if(name, is_digit);
  const auto last = std::find_if_not(first, name.end(), is_digit);
  NameParts parts{std::string(name.begin(), first), -1, std::string(last, name.end())};
  constexpr long most_digits = 15;
  if (first != last && last - first <= most_digits) parts.number = std::stol(std::string(first, last));
  return parts;
}

}  // namespace

bool lies_in_range(const std::string& name, const std::string& low, const std::string& high) {
  const NameParts one = parts_of(name), least = parts_of(low), most = parts_of(high);
  return least.before <= one.before && one.before <= most.before && least.number <= one.number &&
         one.number <= most.number && least.after <= one.after && one.after <= most.after;
}

std::vector<Position> rectangle(Position corner, double side_x_m, double side_y_m, double turned_deg) {
  const double angle = turned_deg * std::numbers::pi / 180.0;  // clockwise from north, about the corner
  const Position x{side_x_m * std::cos(angle), -side_x_m * std::sin(angle)};
  const Position y{side_y_m * std::sin(angle), side_y_m * std::cos(angle)};
  return {corner,
          {corner.x_m + y.x_m, corner.y_m + y.y_m},
          {corner.x_m + y.x_m + x.x_m, corner.y_m + y.y_m + x.y_m},
          {corner.x_m + x.x_m, corner.y_m + x.y_m}};
}

std::vector<Position> circle(Position middle, double radius_m, int corners) {
  // The polygon has the area of the circle, so that the emission is the same.
  const double step = 2.0 * std::numbers::pi / corners;
  const double to_corner_m = radius_m * std::sqrt(step / std::sin(step));
  std::vector<Position> ring;
  ring.reserve(corners);
  for (int n = 0; n < corners; ++n)
    ring.push_back(
        {middle.x_m + to_corner_m * std::sin(n * step), middle.y_m + to_corner_m * std::cos(n * step)});
  return ring;
}

std::vector<Position> strip(Position begin, Position end, double width_m) {
  const double length_m = std::hypot(end.x_m - begin.x_m, end.y_m - begin.y_m);
  const double across_x = -(end.y_m - begin.y_m) / length_m * width_m / 2.0;
  const double across_y = (end.x_m - begin.x_m) / length_m * width_m / 2.0;
  return {{begin.x_m + across_x, begin.y_m + across_y},
          {end.x_m + across_x, end.y_m + across_y},
          {end.x_m - across_x, end.y_m - across_y},
          {begin.x_m - across_x, begin.y_m - across_y}};
}

}  // namespace lantian::plume
