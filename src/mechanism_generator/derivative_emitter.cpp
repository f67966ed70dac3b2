#include "expressions.hpp"
#include "mechanism.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

namespace lantian::generator {

namespace {

/// Terms of a sum: what is multiplied, and how often it comes.
using Sum = std::map<std::string, double>;

/// " + a - b" as an expression that stands alone; an empty sum is zero.
std::string without_leading_plus(const std::string& sum) {
  if (sum.empty()) return "V{}";
  return sum.starts_with(" + ") ? sum.substr(3) : fmt::format("-{}", sum.substr(3));
}

std::string text_of(const Sum& sum) {
  std::string text;
  for (const auto& [what, coefficient] : sum) text += signed_term(coefficient, what);
  return without_leading_plus(text);
}

/// Writes functions of the form "per reaction a number, then a sum of these for each species", and their
/// mates.
///
/// A rate k prod(c) is differentiated by position: a square is a product of two reactants that happen to be
/// the same, so the product rule needs no exception.
class DerivativeEmitter {
 public:
  explicit DerivativeEmitter(const Mechanism& mechanism) : m_(mechanism) {}

  std::string text() {
    jacobian_times();
    jacobian_transposed_times();
    hessian_times();
    hessian_transposed_times();
    rate_gradient();
    jacobian_rate_gradient();
    return text_;
  }

 private:
  void line(const std::string& text) { text_ += text + "\n"; }
  void open(const std::string& comment, const std::string& name, const std::string& arguments) {
    line("");
    line(comment);
    line(fmt::format("  template <class V>\n  static void {}({}) {{", name, arguments));
  }

  /// f[s] = the net gain of each species from reaction numbers r<n>; `is_zero` says which are not there.
  void gains(const std::vector<bool>& is_zero) {
    for (std::size_t s = 0; s < m_.species.size(); ++s) {
      std::string sum;
      for (std::size_t r = 0; r < m_.reactions.size(); ++r)
        for (const auto& [species, coefficient] : m_.reactions[r].net)
          if (species == static_cast<int>(s) && !is_zero[r])
            sum += signed_term(coefficient, fmt::format("r{}", r));
      line(fmt::format("    f[{}] = {};", s, without_leading_plus(sum)));
    }
    line("  }");
  }

  /// const V g<r> = first * (net coefficients . u): the mate of `gains`.
  void weight(std::size_t r, const std::string& first) {
    Sum sum;
    for (const auto& [s, coefficient] : m_.reactions[r].net) sum[fmt::format("u[{}]", s)] += coefficient;
    line(fmt::format("    const V g{} = {}({});", r, first, text_of(sum)));
  }

  void assign(const std::vector<Sum>& sums) {
    for (std::size_t s = 0; s < sums.size(); ++s) line(fmt::format("    v[{}] = {};", s, text_of(sums[s])));
    line("  }");
  }

  void jacobian_times() {
    open("  /// f = J v: how the tendency changes where the amounts change by v.", "jacobian_times",
         "[[maybe_unused]] const V* c, const V* k, const V* v, V* f");
    std::vector<bool> is_zero(m_.reactions.size());
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      const Reaction& reaction = m_.reactions[r];
      is_zero[r] = reaction.reactants.empty() || reaction.net.empty();
      if (is_zero[r]) continue;
      line(fmt::format("    const V r{0} = k[{0}] * ({1});", r, text_of(first_derivative(reaction))));
    }
    gains(is_zero);
  }

  /// sum_n v_n prod(c without n).
  static Sum first_derivative(const Reaction& reaction) {
    Sum sum;
    for (std::size_t n = 0; n < reaction.reactants.size(); ++n)
      sum[product(fmt::format("v[{}]", reaction.reactants[n]), reaction, {n})] += 1.0;
    return sum;
  }

  void jacobian_transposed_times() {
    open("  /// v = J^T u.", "jacobian_transposed_times",
         "[[maybe_unused]] const V* c, const V* k, const V* u, V* v");
    std::vector<Sum> sums(m_.species.size());
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      const Reaction& reaction = m_.reactions[r];
      if (reaction.reactants.empty() || reaction.net.empty()) continue;
      weight(r, fmt::format("k[{}] * ", r));
      for (std::size_t n = 0; n < reaction.reactants.size(); ++n)
        sums[static_cast<std::size_t>(reaction.reactants[n])]
            [product(fmt::format("g{}", r), reaction, {n})] += 1.0;
    }
    assign(sums);
  }

  void hessian_times() {
    open("  /// f_i = sum_jk (d2 f_i / dc_j dc_k) x_j y_k.", "hessian_times",
         "[[maybe_unused]] const V* c, [[maybe_unused]] const V* k, [[maybe_unused]] const V* x,\n"
         "                            [[maybe_unused]] const V* y, V* f");
    std::vector<bool> is_zero(m_.reactions.size());
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      const Reaction& reaction = m_.reactions[r];
      is_zero[r] = reaction.reactants.size() < 2 || reaction.net.empty();
      if (is_zero[r]) continue;
      Sum sum;
      for (std::size_t n = 0; n < reaction.reactants.size(); ++n)
        for (std::size_t m = 0; m < reaction.reactants.size(); ++m)
          if (m != n)
            sum[product(fmt::format("x[{}] * y[{}]", reaction.reactants[n], reaction.reactants[m]), reaction,
                        {n, m})] += 1.0;
      line(fmt::format("    const V r{0} = k[{0}] * ({1});", r, text_of(sum)));
    }
    gains(is_zero);
  }

  void hessian_transposed_times() {
    open("  /// v_k = sum_ij (d2 f_i / dc_j dc_k) x_j u_i.", "hessian_transposed_times",
         "[[maybe_unused]] const V* c, [[maybe_unused]] const V* k, [[maybe_unused]] const V* x,\n"
         "                                       [[maybe_unused]] const V* u, V* v");
    std::vector<Sum> sums(m_.species.size());
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      const Reaction& reaction = m_.reactions[r];
      if (reaction.reactants.size() < 2 || reaction.net.empty()) continue;
      weight(r, fmt::format("k[{}] * ", r));
      for (std::size_t n = 0; n < reaction.reactants.size(); ++n)
        for (std::size_t m = 0; m < reaction.reactants.size(); ++m)
          if (m != n)
            sums[static_cast<std::size_t>(reaction.reactants[m])]
                [product(fmt::format("g{} * x[{}]", r, reaction.reactants[n]), reaction, {n, m})] += 1.0;
    }
    assign(sums);
  }

  void rate_gradient() {
    open(
        "  /// g_r = sum_i (df_i / dk_r) u_i. Its mate is the tendency itself, which is linear in k:\n"
        "  /// tendency(c, dk, f).",
        "rate_gradient", "[[maybe_unused]] const V* c, const V* u, V* g");
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      weight(r, "");
      line(fmt::format("    g[{0}] = {1};", r, product(fmt::format("g{}", r), m_.reactions[r])));
    }
    line("  }");
  }

  void jacobian_rate_gradient() {
    open(
        "  /// g_r = d(u^T J v) / dk_r. Its mate is the product itself, which is linear in k:\n"
        "  /// jacobian_times(c, dk, v, f).",
        "jacobian_rate_gradient",
        "[[maybe_unused]] const V* c, const V* v, const V* u,\n"
        "                                     V* g");
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      if (m_.reactions[r].reactants.empty()) {
        line(fmt::format("    g[{}] = V{{}};", r));
        continue;
      }
      weight(r, "");
      line(fmt::format("    g[{0}] = g{0} * ({1});", r, text_of(first_derivative(m_.reactions[r]))));
    }
    line("  }");
  }

  std::string text_;
  const Mechanism& m_;
};

}  // namespace

std::string emit_derivatives(const Mechanism& mechanism) {
  return DerivativeEmitter(mechanism).text();
}

}  // namespace lantian::generator
