#include "area_hour.hpp"

#include "deposition_parts.hpp"
#include "plume/side_integral.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace lantian::plume {
namespace {

/// Where the middle of a convective plume leaves the lowest air, which is averaged as a whole; 0: nowhere.
double leaves_lowest_air_m(const SeenReceptor<double>& at, const RisingSource& source, const AirColumn& air) {
  const double base = source.gas.lowered_height_m, half = 0.5 * air.layer.mixing_height_m;
  if (!source.convective || at.height_m > lowest_air_m) return 0.0;
  if (std::min(base, half) >= lowest_air_m || std::max(base, half) <= lowest_air_m) return 0.0;
  return source.distance_of_mixing_m * (lowest_air_m - base) / (half - base);
}

constexpr TableSpacing coarse{32.0};
// The sum over a narrow strip's sides, which nearly cancel, shows what a table lacks beside a kink a
// hundredfold, but not near the receptor, where they do not.
constexpr double no_strip_m = 30.0;
constexpr TableSpacing fine{2048.0, no_strip_m};
constexpr TableSpacing fine_of_deposition{512.0, no_strip_m};  // whose values take six times as long

/// Steps that a cubic needs at and beyond distances.
std::int64_t first_step(const TableSpacing& spacing, double nearest_m) {
  return spacing.at(nearest_m) - 1;
}
std::int64_t last_step(const TableSpacing& spacing, double farthest_m) {
  return spacing.at(farthest_m) + 2;
}

/// Steps of a table that is to be filled.
struct AskedTable {
  std::size_t plume{};
  DistanceTable PlumeAlongWind::*piece{};
  std::int64_t first{}, last{};
};

/// The tables of a plume: two where it leaves the lowest air on the way.
void ask_for_tables(std::size_t n, const AskedPlume& plume, double leaves_m, const TableSpacing& spacing,
                    std::vector<AskedTable>& asked) {
  constexpr std::int64_t least = 3;  // a cubic has four values
  const auto [near_m, far_m] = plume.distances_m;
  const std::int64_t first = first_step(spacing, near_m), last = last_step(spacing, far_m);
  if (leaves_m <= 0.0) {
    asked.push_back({n, &PlumeAlongWind::near, first, last});
    return;
  }
  // Where receptors share a plume, each must find what it would find alone: the pieces end at the break even
  // where no distance beyond it is needed.
  const std::int64_t before = spacing.at(leaves_m);
  if (near_m < leaves_m)
    asked.push_back({n, &PlumeAlongWind::near, std::min(first, before - least), std::min(last, before)});
  if (far_m > leaves_m)
    asked.push_back(
        {n, &PlumeAlongWind::far, std::max(first, before + 1), std::max(last, before + 1 + least)});
}

/// Eight distances of plumes, and where their values go.
class DistanceBatch {
 public:
  explicit DistanceBatch(const TableSpacing& spacing) : spacing_(spacing) {}

  [[nodiscard]] bool is_full() const { return count_ == lane_count; }
  [[nodiscard]] bool is_empty() const { return count_ == 0; }
  void add(AskedPlume& plume, const AskedTable& table, std::int64_t step) {
    plumes_[index()] = &plume, tables_[index()] = &table, steps_[index()] = step;
    log_shifted_x_[count_] = static_cast<double>(step) / spacing_.steps;
    view_.at.height_m[count_] = plume.at.height_m, view_.at.flagpole_m[count_] = plume.at.flagpole_m;
    view_.at.hill_m[count_] = plume.at.hill_m, view_.at.ground_m[count_] = plume.at.ground_m;
    view_.least_across_m[count_] = plume.least_across_m;
    ++count_;
  }
  /// Works the distances out and begins anew.
  void take(const PlumeProfile& profile, std::size_t things) {
    for (int lane = count_; lane < lane_count; ++lane) repeat_first(lane);
    const ProfileValues values = profile(exp(log_shifted_x_) - spacing_.shift_m, view_);
    for (int lane = 0; lane < count_; ++lane) {
      const auto n = static_cast<std::size_t>(lane);
      const auto at = static_cast<std::size_t>(steps_[n] - tables_[n]->first);
      for (std::size_t thing = 0; thing < things; ++thing) {
        DistanceTable& table = plumes_[n]->things[thing].*tables_[n]->piece;
        table.one[at] = values.sigma[lane];
        table.other[at] = values.brought[thing][lane];
      }
    }
    count_ = 0;
  }

 private:
  [[nodiscard]] std::size_t index() const { return static_cast<std::size_t>(count_); }
  void repeat_first(int lane) {
    for (Lanes* values : {&log_shifted_x_, &view_.at.height_m, &view_.at.flagpole_m, &view_.at.hill_m,
                          &view_.at.ground_m, &view_.least_across_m})
      (*values)[lane] = (*values)[0];
  }
  TableSpacing spacing_;
  int count_ = 0;
  std::array<AskedPlume*, lane_count> plumes_{};
  std::array<const AskedTable*, lane_count> tables_{};
  std::array<std::int64_t, lane_count> steps_{};
  Lanes log_shifted_x_{};
  ProfileView view_;
};

/// Gives distances from where the polygon is out of sight the value of the next one from where it is not, for
/// a cubic to go through both; their share of the plume's width is nothing.
void carry_on_out_of_sight(std::vector<double>& brought) {
  constexpr double nothing = -690.0;  // as logarithm
  double next = nothing;
  for (std::size_t n = brought.size(); n-- > 0;) {
    if (brought[n] == ProfileValues::out_of_sight) brought[n] = next;
    next = brought[n];
  }
}

/// A profile that keeps what it was asked for the first thing, since the others are asked for at the same
/// distances, but for the deepest.
class RememberedProfile {
 public:
  RememberedProfile(const PlumeProfile& profile, const SeenReceptor<double>& at, std::size_t things)
      : view_{in_lanes(at), Lanes{}}, profile_(profile), records_(things > 1) {}

  void next_thing() {
    records_ = records_ && known_.empty();
    next_ = 0;
  }
  [[nodiscard]] ProfileValues at(const Lanes& x_m) {
    if (records_) {
      known_.push_back({x_m, profile_(x_m, view_)});
      return known_.back().values;
    }
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const Known& known = known_[(next_ + i) % known_.size()];
      if (any_of(LaneBits(known.x_m != x_m))) continue;
      next_ = (next_ + i + 1) % known_.size();
      return known.values;
    }
    return profile_(x_m, view_);
  }

 private:
  struct Known {
    Lanes x_m;
    ProfileValues values;
  };

  ProfileView view_;
  const PlumeProfile& profile_;
  std::vector<Known> known_;
  std::size_t next_ = 0;
  bool records_;
};

}  // namespace

AreaHour::AreaHour(const Source& source, const AirColumn& air, const Options& options)
    : source_(source),
      air_(air),
      flat_(over_flat_ground(source, options)),
      by_sides_(options.areas_by_sides),
      deposits_(deposits(source, options)),
      now_(source_hour(source, air, options)) {}

std::vector<SeenCorner> AreaHour::corners(const Receptor& receptor) const {
  std::vector<SeenCorner> ring;
  for (const Position& corner : source_.vertices) {
    const double dx = receptor.place.x_m - corner.x_m, dy = receptor.place.y_m - corner.y_m;
    ring.push_back(
        {-(dx * now_.sine_from + dy * now_.cosine_from), dx * now_.cosine_from - dy * now_.sine_from});
  }
  return ring;
}

SeenReceptor<double> AreaHour::seen(const Receptor& receptor) const {
  SeenReceptor<double> at{receptor.flagpole_m, receptor.flagpole_m, 0.0, 0.0};
  if (flat_) return at;
  at.ground_m = receptor.elevation_m - source_.base_elevation_m;
  at.height_m = at.ground_m + receptor.flagpole_m;
  at.hill_m = receptor.hill_height_m - source_.base_elevation_m;
  return at;
}

TableSpacing AreaHour::spacing() const {
  if (!by_sides_) return coarse;
  return deposits_ ? fine_of_deposition : fine;
}

std::int64_t AreaHour::steps(std::pair<double, double> distances_m) const {
  return last_step(spacing(), distances_m.second) - first_step(spacing(), distances_m.first) + 1;
}

double AreaHour::share_s_m(std::span<const SeenCorner> ring, const PlumeAlongWind& plume) const {
  if (!by_sides_) return polygon_share_s_m(ring, plume);
  return polygon_share_by_sides_s_m(ring,
                                    [&](const Lanes& x_m) { return side_detail::values_at(x_m, plume); });
}

void AreaHour::lay(std::span<AskedPlume> plumes, const PlumeProfile& profile, std::size_t count) const {
  const TableSpacing spacing = this->spacing();
  std::vector<AskedTable> asked;
  for (std::size_t n = 0; n < plumes.size(); ++n) {
    const double leaves_m = leaves_lowest_air_m(plumes[n].at, now_.source, air_);
    PlumeAlongWind plume;
    if (leaves_m > 0.0) plume.break_m = leaves_m;
    plumes[n].things.assign(count, plume);
    ask_for_tables(n, plumes[n], leaves_m, spacing, asked);
  }
  DistanceBatch batch(spacing);
  for (const AskedTable& of : asked) {
    for (PlumeAlongWind& thing : plumes[of.plume].things) {
      DistanceTable& table = thing.*of.piece;
      table.spacing = spacing;
      table.first = of.first;
      table.one.resize(static_cast<std::size_t>(of.last - of.first + 1));
      table.other.resize(table.one.size());
    }
    for (std::int64_t step = of.first; step <= of.last; ++step) {
      batch.add(plumes[of.plume], of, step);
      if (batch.is_full()) batch.take(profile, count);
    }
  }
  if (!batch.is_empty()) batch.take(profile, count);
  for (const AskedTable& of : asked)
    for (PlumeAlongWind& thing : plumes[of.plume].things) carry_on_out_of_sight((thing.*of.piece).other);
}

SeenReceptor<Lanes> in_lanes(const SeenReceptor<double>& at) {
  return {Lanes{} + at.height_m, Lanes{} + at.flagpole_m, Lanes{} + at.hill_m, Lanes{} + at.ground_m};
}

double least_across_m(std::span<const SeenCorner> ring) {
  const auto [low, high] = std::ranges::minmax_element(ring, {}, &SeenCorner::y_m);
  return std::max({0.0, low->y_m, -high->y_m});
}

std::pair<double, double> reach(std::span<const SeenCorner> ring) {
  const auto [near, far] = std::ranges::minmax_element(ring, {}, &SeenCorner::x_m);
  return {std::max(near->x_m, area_detail::nearest_m), far->x_m};
}

namespace {

/// The plumes that receptors on one level share: one a height above the ground.
std::map<double, AskedPlume> shared_plumes(const AreaHour& hour, std::span<const Receptor> receptors) {
  std::map<double, AskedPlume> shared;
  for (const Receptor& receptor : receptors) {
    const auto [near, far] = reach(hour.corners(receptor));
    if (!(far > near)) continue;
    const AskedPlume fresh{hour.seen(receptor), 0.0, {near, far}, {}};
    auto& [nearest, farthest] = shared.try_emplace(receptor.flagpole_m, fresh).first->second.distances_m;
    nearest = std::min(nearest, near), farthest = std::max(farthest, far);
  }
  return shared;
}

/// A receptor's shares side by side with the plume itself, at the distances that a polygon's sides need.
void put_shares_by_sides(const SeenReceptor<double>& at, std::span<const SeenCorner> ring, std::size_t place,
                         const PlumeProfile& profile, std::vector<std::vector<double>>& shares) {
  RememberedProfile plume(profile, at, shares.size());
  for (std::size_t thing = 0; thing < shares.size(); ++thing) {
    plume.next_thing();
    shares[thing][place] = polygon_share_by_sides_s_m(ring, [&](const Lanes& x_m) {
      const ProfileValues values = plume.at(x_m);
      return TableValues{values.sigma, values.brought[thing]};
    });
  }
}

/// Receptors over hills, each of which sees a plume of its own.
void add_shares_over_hills(const AreaHour& hour, std::span<const Receptor> receptors, std::size_t offset,
                           const PlumeProfile& profile, std::vector<std::vector<double>>& shares) {
  constexpr std::int64_t few_steps = 40;  // more take longer than the sides' own distances
  std::vector<std::vector<SeenCorner>> rings;
  std::vector<AskedPlume> plumes;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < receptors.size(); ++i) {
    std::vector<SeenCorner> ring = hour.corners(receptors[i]);
    const std::pair<double, double> distances = reach(ring);
    if (!(distances.second > distances.first)) continue;
    const SeenReceptor<double> at = hour.seen(receptors[i]);
    if (hour.by_sides() && hour.steps(distances) > few_steps) {
      put_shares_by_sides(at, ring, offset + i, profile, shares);
      continue;
    }
    plumes.push_back({at, least_across_m(ring), distances, {}});
    rings.push_back(std::move(ring));
    places.push_back(offset + i);
  }
  hour.lay(plumes, profile, shares.size());
  for (std::size_t n = 0; n < plumes.size(); ++n)
    for (std::size_t thing = 0; thing < shares.size(); ++thing)
      shares[thing][places[n]] = hour.share_s_m(rings[n], plumes[n].things[thing]);
}

}  // namespace

std::vector<std::vector<double>> polygon_shares(const AreaHour& hour, std::span<const Receptor> receptors,
                                                const PlumeProfile& profile, std::size_t count) {
  constexpr std::size_t piece = 32;  // receptors that a thread takes together
  std::map<double, AskedPlume> shared;
  if (hour.is_flat()) shared = shared_plumes(hour, receptors);
  for (auto& [flagpole, plume] : shared) hour.lay({&plume, 1}, profile, count);
  std::vector<std::vector<double>> shares(count, std::vector<double>(receptors.size(), 0.0));
  const auto pieces = static_cast<std::int64_t>((receptors.size() + piece - 1) / piece);
#pragma omp parallel for schedule(dynamic, 1)
  for (std::int64_t p = 0; p < pieces; ++p) {
    const std::size_t first = static_cast<std::size_t>(p) * piece,
                      end = std::min(first + piece, receptors.size());
    if (!hour.is_flat()) {
      add_shares_over_hills(hour, receptors.subspan(first, end - first), first, profile, shares);
      continue;
    }
    for (std::size_t i = first; i < end; ++i) {
      const std::vector<SeenCorner> ring = hour.corners(receptors[i]);
      const auto distances = reach(ring);
      if (!(distances.second > distances.first)) continue;
      const AskedPlume& plume = shared.at(receptors[i].flagpole_m);
      for (std::size_t thing = 0; thing < count; ++thing)
        shares[thing][i] = hour.share_s_m(ring, plume.things[thing]);
    }
  }
  return shares;
}

}  // namespace lantian::plume
