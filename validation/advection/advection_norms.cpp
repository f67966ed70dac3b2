// Schemes of advection on the problems of the literature, as CSV on standard output: `norms`: what a turn and
// a swirl leave of four shapes; `hole`: a hole in a row of cells after 50 cells.
#include "advection/ppm.hpp"
#include "support/moved_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int cells = 100;
constexpr double swirl_courant = 0.25;  // the reference's norms are reached with it

/// The reference's figures of convergence are reached with this width and place.
double narrow_gauss_hill(double x, double y) {
  const double dx = (x - 0.25) / 0.08, dy = (y - 0.5) / 0.08;
  return std::exp(-dx * dx - dy * dy);
}

struct Upwind {
  static double slope(double, double, double) { return 0.0; }
};

/// Harmonic mean of the differences, 0 at extremes.
/// @see van Leer (1974), J. Comput. Phys. 14, 361.
struct VanLeer {
  static double slope(double below, double q, double above) {
    const double product = (q - below) * (above - q);
    return product > 0.0 ? 2.0 * product / (above - below) : 0.0;
  }
};

/// Moves lines of cells by what a slope in each gives at its faces: q +- (1 - c)/2 slope. Nothing outside.
template <class Scheme>
class SlopeLine {
 public:
  SlopeLine(int count, LineEnds)
      : count_(count),
        q_(static_cast<std::size_t>(count) + 4, 0.0),
        flow_(static_cast<std::size_t>(count) + 1) {}

  /// As PpmLine::move.
  void move(double* q, double* mass, std::ptrdiff_t stride, const double* face_mass) {
    for (int i = 0; i < count_; ++i) at(i) = q[i * stride];
    for (int f = 0; f <= count_; ++f) {
      const int upwind = face_mass[f] > 0.0 ? f - 1 : f;
      const bool is_outside = upwind < 0 || upwind == count_;
      const double courant = is_outside ? 0.0 : face_mass[f] / mass[upwind * stride];
      const double slope = is_outside ? 0.0 : Scheme::slope(at(upwind - 1), at(upwind), at(upwind + 1));
      const double towards = face_mass[f] > 0.0 ? 1.0 : -1.0;
      flow_[static_cast<std::size_t>(f)] = face_mass[f] * (at(upwind) + 0.5 * (towards - courant) * slope);
    }
    for (int i = 0; i < count_; ++i) {
      const auto n = static_cast<std::size_t>(i);
      const double new_mass = mass[i * stride] - (face_mass[i + 1] - face_mass[i]);
      q[i * stride] = (mass[i * stride] * at(i) - (flow_[n + 1] - flow_[n])) / new_mass;
      mass[i * stride] = new_mass;
    }
  }

 private:
  double& at(int i) { return q_[static_cast<std::size_t>(i + 2)]; }
  int count_;
  std::vector<double> q_, flow_;
};

void print(const char* scheme, const char* problem, const SquareRun& run) {
  std::printf("%s,%s,%.6f,%.6f,%.6f,%.2e,%.4f\n", scheme, problem, run.l1, run.l2, run.linf, run.least,
              run.greatest);
}

template <class Line>
void measure(const char* scheme) {
  print(scheme, "turn_hill", turned_once<Line>(cells, cell_mean_of(cosine_hill)));
  print(scheme, "turn_cone", turned_once<Line>(cells, cell_mean_of(cone)));
  print(scheme, "turn_cylinder", turned_once<Line>(cells, cell_mean_of(slotted_cylinder)));
  print(scheme, "swirl_hill", swirled<Line>(cells, swirl_courant, cell_mean_of(cosine_hill)));
  print(scheme, "swirl_cone", swirled<Line>(cells, swirl_courant, cell_mean_of(cone)));
  print(scheme, "swirl_cylinder", swirled<Line>(cells, swirl_courant, cell_mean_of(slotted_cylinder)));
  print(scheme, "swirl_gauss_50", swirled<Line>(cells / 2, swirl_courant, narrow_gauss_hill));
  print(scheme, "swirl_gauss_100", swirled<Line>(cells, swirl_courant, narrow_gauss_hill));
  print(scheme, "swirl_gauss_200", swirled<Line>(2 * cells, swirl_courant, narrow_gauss_hill));
}

/// Ozone of 45 ppb with a hole of 5 ppb that titration made, 12 cells wide, carried over 50 cells: its row of
/// cells at the end, after the least and greatest value [ppb] on the way.
template <class Line>
void carry_hole(const char* scheme) {
  constexpr double courant = 0.1;
  constexpr int steps = 500;
  std::vector<double> q(cells, 45.0), mass(cells, 1.0);
  std::fill_n(q.begin() + 10, 12, 5.0);
  const std::vector<double> faces(static_cast<std::size_t>(cells) + 1, courant);
  Line line(cells, LineEnds::periodic);
  double least = 45.0, greatest = 45.0;
  for (int n = 0; n < steps; ++n) {
    line.move(q.data(), mass.data(), 1, faces.data());
    least = std::fmin(least, *std::ranges::min_element(q));
    greatest = std::fmax(greatest, *std::ranges::max_element(q));
  }
  std::printf("%s,%.4f,%.4f", scheme, least, greatest);
  for (const double value : q) std::printf(",%.4f", value);
  std::printf("\n");
}

void print_norms() {
  std::printf("scheme,problem,l1,l2,linf,least,greatest\n");
  measure<SlopeLine<Upwind>>("upwind");
  measure<SlopeLine<VanLeer>>("van_leer");
  measure<PpmLine<Limiter::monotone>>("monotone");
  measure<PpmLine<Limiter::positive_definite>>("positive_definite");
  measure<PpmLine<Limiter::selective>>("selective");
  measure<PpmLine<Limiter::unlimited>>("unlimited");
}

void print_holes() {
  std::printf("scheme,least,greatest,cells...\n");
  carry_hole<PpmLine<Limiter::monotone>>("monotone");
  carry_hole<PpmLine<Limiter::positive_definite>>("positive_definite");
  carry_hole<PpmLine<Limiter::selective>>("selective");
  carry_hole<PpmLine<Limiter::unlimited>>("unlimited");
}

}  // namespace
}  // namespace lantian::testing

int main(int argc, char** argv) {
  const std::string what = argc == 2 ? argv[1] : "";
  if (what == "norms") {
    lantian::testing::print_norms();
  } else if (what == "hole") {
    lantian::testing::print_holes();
  } else {
    std::fprintf(stderr, "usage: advection_norms norms | hole\n");
    return 64;
  }
}
