// The classical stiff problems through the generator, against the reference solutions of RADAU5.
//
// References: Mazzia & Magherini (2008), Test Set for IVP Solvers 2.4 (HIRES, POLLU, ROBER), and Hairer &
// Wanner (1996), Solving ODEs II, IV.10.
#include "support/mechanism_box.hpp"
#include "support/stiff_problems.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace lantian;
using namespace lantian::testing;

/// Largest error over the tolerated size: |c - reference| / (|reference| + atol / rtol).
template <class Box, class Reference>
double worst_error(const Box& box, const Reference& reference, const SolverSettings& settings) {
  double worst = 0.0;
  for (std::size_t s = 0; s < box.c.size(); ++s) {
    const double size =
        std::fabs(reference.at(s)) + settings.absolute_tolerance / settings.relative_tolerance;
    worst = std::max(worst, std::fabs(box.c[s] - reference.at(s)) / size);
  }
  return worst;
}

constexpr std::array<double, 3> robertson_at_40 = {0.7158270687193941, 0.9185534764557338e-5,
                                                   0.2841637457458413};
constexpr std::array<double, 3> robertson_at_1e11 = {0.2083340149701255e-7, 0.8333360770334713e-13,
                                                     0.9999999791665050};
constexpr std::array<double, 8> hires_at_end = {
    0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2,
    0.2386356198831331e-2, 0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2};
constexpr std::array<double, 20> pollu_at_60 = {
    0.5646255480022769e-01, 0.1342484130422339e+00, 0.4139734331099427e-08, 0.5523140207484359e-02,
    0.2018977262302196e-06, 0.1464541863493966e-06, 0.7784249118997964e-01, 0.3245075353396018e+00,
    0.7494013383880406e-02, 0.1622293157301561e-07, 0.1135863833257075e-07, 0.2230505975721359e-02,
    0.2087162882798630e-03, 0.1396921016840158e-04, 0.8964884856898295e-02, 0.4352846369330103e-17,
    0.6899219696263405e-02, 0.1007803037365946e-03, 0.1772146513969984e-05, 0.5682943292316392e-04};

template <class Method>
class ReferenceProblems : public ::testing::Test {};
using Methods = ::testing::Types<Ros3, Rodas3>;
TYPED_TEST_SUITE(ReferenceProblems, Methods);

// Ten times the tolerance is what the ladder allows: the tolerance bounds the error of one step, not of the
// end.
TYPED_TEST(ReferenceProblems, RobertsonEndsWithinTenTolerances) {
  for (const double relative : {1.0e-3, 1.0e-5, 1.0e-7}) {
    const SolverSettings settings = RobertsonProblem::settings(relative);
    auto box = RobertsonProblem::box();
    EXPECT_FALSE(box.template integrate<TypeParam>(40.0, settings).has_failed);
    EXPECT_LE(worst_error(box, robertson_at_40, settings), 10.0 * relative) << relative;
  }
}

TYPED_TEST(ReferenceProblems, RobertsonStaysRightForElevenDecadesOfTime) {
  const SolverSettings settings = tolerances(1.0e-6, 1.0e-20);
  auto box = RobertsonProblem::box();
  EXPECT_FALSE(box.template integrate<TypeParam>(1.0e11, settings).has_failed);
  EXPECT_LE(worst_error(box, robertson_at_1e11, settings), 10.0 * settings.relative_tolerance);
  EXPECT_NEAR(box.c[0] + box.c[1] + box.c[2], 1.0, 1.0e-12);  // rounding of some thousand steps
}

TYPED_TEST(ReferenceProblems, HiresEndsWithinTenTolerances) {
  for (const double relative : {1.0e-3, 1.0e-5, 1.0e-7}) {
    const SolverSettings settings = HiresProblem::settings(relative);
    auto box = HiresProblem::box();
    EXPECT_FALSE(box.template integrate<TypeParam>(321.8122, settings).has_failed);
    EXPECT_LE(worst_error(box, hires_at_end, settings), 10.0 * relative) << relative;
  }
}

TYPED_TEST(ReferenceProblems, PolluEndsWithinTenTolerances) {
  for (const double relative : {1.0e-3, 1.0e-5, 1.0e-7}) {
    const SolverSettings settings = PolluProblem::settings(relative);
    auto box = PolluProblem::box();
    EXPECT_FALSE(box.template integrate<TypeParam>(60.0, settings).has_failed);
    EXPECT_LE(worst_error(box, pollu_at_60, settings), 10.0 * relative) << relative;
  }
}

TEST(ReferenceProblems, PolluKeepsNitrogenAndSulphurToRounding) {
  auto box = PolluProblem::box();
  const double nitrogen = box.total(mechanisms::pollu::nitrogen),
               sulphur = box.total(mechanisms::pollu::sulphur);
  EXPECT_FALSE(box.integrate(60.0, tolerances(1.0e-3, 1.0e-9)).has_failed);
  EXPECT_NEAR(box.total(mechanisms::pollu::nitrogen), nitrogen, 1.0e-13);
  EXPECT_NEAR(box.total(mechanisms::pollu::sulphur), sulphur, 1.0e-13);
}

}  // namespace
