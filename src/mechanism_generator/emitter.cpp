#include "expressions.hpp"
#include "mechanism.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace lantian::generator {

namespace {

class Emitter {
 public:
  Emitter(std::string name, const Mechanism& mechanism, const SparsePattern& pattern)
      : name_(std::move(name)), m_(mechanism), p_(pattern), position_(m_.species.size()) {
    for (std::size_t n = 0; n < p_.order.size(); ++n)
      position_[static_cast<std::size_t>(p_.order[n])] = static_cast<int>(n);
    for (std::size_t r = 0; r < p_.row.size(); ++r)
      for (const int c : p_.row[r]) entry_[{static_cast<int>(r), c}] = static_cast<int>(entry_.size());
  }

  std::string header() {
    line("// Made by the mechanism generator; not to be edited. NOLINTBEGIN");
    line(
        "#pragma once\n\n#include <array>\n#include <string_view>\n\n#include \"chemistry/rate_laws.hpp\"\n");
    line("namespace lantian::mechanisms {\n");
    line(fmt::format("struct {} {{", name_));
    constants();
    rates();
    tendency();
    jacobian();
    factorise();
    factorise_shifted();
    solve();
    solve_transposed();
    text_ += emit_derivatives(m_);
    line("");
    text_ += emit_imbalances(m_);
    line("};\n\n}  // namespace lantian::mechanisms\n// NOLINTEND");
    return text_;
  }

 private:
  void line(const std::string& text) { text_ += text + "\n"; }
  [[nodiscard]] int entry(int r, int c) const { return entry_.at({r, c}); }
  [[nodiscard]] bool has(int r, int c) const { return entry_.contains({r, c}); }

  /// Functions of a large mechanism are longer than the processor's cache of instructions: one copy of each
  /// is called, not one a stage. Small ones are left to the compiler.
  [[nodiscard]] std::string attribute() const {
    constexpr std::size_t large = 40;
    return m_.species.size() > large ? "[[gnu::noinline]] " : "";
  }

  void constants() {
    line(fmt::format("  static constexpr int species_count = {}, reaction_count = {}, entry_count = {};",
                     m_.species.size(), m_.reactions.size(), entry_.size()));
    std::string names, reactions, laws, diagonal;
    for (const std::string& one : m_.species) names += fmt::format("\"{}\", ", one);
    for (const Reaction& one : m_.reactions)
      reactions += fmt::format("\n      \"{}: {}\",", one.label, one.text);
    for (const Reaction& one : m_.reactions) laws += fmt::format("\n      \"{}\",", one.rate);
    for (std::size_t s = 0; s < m_.species.size(); ++s)
      diagonal += fmt::format("{}, ", entry(position_[s], position_[s]));
    line(fmt::format("  static constexpr std::array<std::string_view, {}> species = {{{}}};",
                     m_.species.size(), names));
    line(fmt::format("  static constexpr std::array<std::string_view, {}> reactions = {{{}}};",
                     m_.reactions.size(), reactions));
    line(fmt::format("  static constexpr std::array<std::string_view, {}> rate_laws = {{{}}};",
                     m_.reactions.size(), laws));
    std::vector<std::string> used;
    for (const std::string& name : photolysis_words())
      for (const Reaction& one : m_.reactions)
        if (one.rate.find("J(" + name + ")") != std::string::npos && (used.empty() || used.back() != name))
          used.push_back(name);
    std::string photolysis;
    for (const std::string& name : used) photolysis += fmt::format("Photolysis::{}, ", name);
    line(fmt::format("  static constexpr std::array<Photolysis, {}> photolysis = {{{}}};  // that it uses",
                     used.size(), photolysis));
    const auto uses = [this](std::string_view word) {
      return std::ranges::any_of(
          m_.reactions, [&](const Reaction& one) { return one.rate.find(word) != std::string::npos; });
    };
    line(fmt::format("  static constexpr bool uses_particles = {};  // in its rate laws",
                     uses("UPTAKE") || uses("SURFACE") || uses("ORGANIC_NITRATE")));
    line(fmt::format("  static constexpr bool uses_drops = {};", uses("AQUEOUS_")));
    line(fmt::format("  static constexpr bool uses_ground = {};", uses("GROUND_SURFACE")));
    line(fmt::format("  static constexpr std::array<int, {}> diagonal = {{{}}};  // entry of each species",
                     m_.species.size(), diagonal));
    for (const auto& [element, meaning] : {std::pair{"N", "nitrogen"}, std::pair{"S", "sulphur"}})
      line(fmt::format("  static constexpr std::array<double, {}> {} = {{{}}};  // atoms of each species",
                       m_.species.size(), meaning, atoms_of(element)));
  }

  [[nodiscard]] std::string atoms_of(const std::string& element) const {
    std::string list;
    for (const Composition& composition : m_.composition) {
      double atoms = 0.0;
      for (const auto& [atom, count] : composition)
        if (atom == element) atoms += count;
      list += fmt::format("{:.1f}, ", atoms);
    }
    return list;
  }

  void rates() {
    line(R"(
  /// Rate constants [cm3 molecule-1 s-1, or s-1], amounts of fixed species multiplied in.
  template <class V>
  static void rates(const RateConditions<V>& at, V* k) {
    using namespace rate_words;
    [[maybe_unused]] const V T = at.temperature_k, M = at.air_per_cm3, H2O = at.water_per_cm3;
    [[maybe_unused]] const V RH = at.relative_humidity, LWC = at.cloud_water_g_m3;
    [[maybe_unused]] const Warmth<V> warmth(T);
    [[maybe_unused]] const auto ARR = [&warmth](double a, double n, double e) { return arrhenius(a, n, e, warmth); };
    [[maybe_unused]] const auto TROE = [](const auto& k0_m, const auto& k_infinity, double broadening,
                                          double width = 1.0) {
      return troe(as<V>(k0_m), as<V>(k_infinity), broadening, width);
    };
    [[maybe_unused]] const auto J = [&at](Photolysis which) {
      return at.photolysis_per_s[static_cast<std::size_t>(which)];
    };
    [[maybe_unused]] const V SURFACE = at.particle_surface_m2_m3, GAMMA_N2O5 = at.n2o5_uptake;
    [[maybe_unused]] const auto UPTAKE = [&at](const auto& gamma, double molar_mass_g_mol) {
      return particle_uptake(at, as<V>(gamma), molar_mass_g_mol);
    };
    [[maybe_unused]] const auto SALT_UPTAKE = [&at](const auto& gamma, double molar_mass_g_mol) {
      return coarse_uptake_cm3_s(at, coarse_sea_salt, as<V>(gamma), molar_mass_g_mol);
    };
    [[maybe_unused]] const auto DUST_UPTAKE = [&at](const auto& gamma, double molar_mass_g_mol) {
      return coarse_uptake_cm3_s(at, coarse_dust, as<V>(gamma), molar_mass_g_mol);
    };
    [[maybe_unused]] const V ORGANIC_NITRATE = at.organic_nitrate_share, GROUND_SURFACE = at.ground_surface_m2_m3;
    [[maybe_unused]] const V AQUEOUS_O3 = at.aqueous_ozone_cm3_s, AQUEOUS_METALS = at.aqueous_metals_per_s;
    [[maybe_unused]] const V AQUEOUS_H2O2 = at.aqueous_peroxide_cm3_s, AQUEOUS_MHP = at.aqueous_methyl_hydroperoxide_cm3_s;
    [[maybe_unused]] const V AQUEOUS_PAA = at.aqueous_peroxyacetic_acid_cm3_s, AQUEOUS_NO2 = at.aqueous_nitrogen_dioxide_cm3_s;
    [[maybe_unused]] const KppLaws<V> kpp{warmth, M};)");
    const auto fixed_amount = [this](const std::string& name) -> std::string {
      const auto found = std::ranges::find(m_.fixed, name);
      return found == m_.fixed.end() ? ""
                                     : m_.fixed_amount[static_cast<std::size_t>(found - m_.fixed.begin())];
    };
    for (const auto& [name, share] : {std::pair{"O2", "0.20946 * M"}, std::pair{"N2", "0.78084 * M"}})
      if (fixed_amount(name).empty()) line(fmt::format("    [[maybe_unused]] const V {} = {};", name, share));
    for (std::size_t f = 0; f < m_.fixed.size(); ++f)
      if (!m_.fixed_amount[f].empty())
        line(fmt::format("    [[maybe_unused]] const V {} = as<V>({});", m_.fixed[f],
                         as_cpp(m_.fixed_amount[f])));
    std::map<std::string, std::size_t> known;  // reactions that share a rate constant share its evaluation
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      std::string law = fmt::format("as<V>({})", as_cpp(m_.reactions[r].rate));
      for (const int f : m_.reactions[r].fixed_reactants)
        law += fmt::format(" * {}", m_.fixed[static_cast<std::size_t>(f)]);
      const auto [first, is_new] = known.emplace(law, r);
      line(fmt::format("    k[{}] = {};", r, is_new ? law : fmt::format("k[{}]", first->second)));
    }
    line("  }");
  }

  void tendency() {
    line("\n  /// f = production - loss [molecule cm-3 s-1].");
    line(
        "  template <class V>\n  static void tendency(const V* c, const V* k, V* "
        "f) {");
    for (std::size_t r = 0; r < m_.reactions.size(); ++r)
      if (!m_.reactions[r].net.empty())
        line(fmt::format("    const V r{} = {};", r, product(fmt::format("k[{}]", r), m_.reactions[r])));
    for (std::size_t s = 0; s < m_.species.size(); ++s) {
      std::string sum;
      for (std::size_t r = 0; r < m_.reactions.size(); ++r)
        for (const auto& [species, coefficient] : m_.reactions[r].net)
          if (species == static_cast<int>(s)) sum += signed_term(coefficient, fmt::format("r{}", r));
      line(fmt::format("    f[{}] = V{{}}{};", s, sum));
    }
    line("  }");
  }

  /// Text of each entry of df/dc that is not only filled by elimination, by place.
  [[nodiscard]] std::map<std::pair<int, int>, std::string> jacobian_sums() const {
    std::map<std::pair<int, int>, std::string> sums;
    for (std::size_t r = 0; r < m_.reactions.size(); ++r) {
      const Reaction& reaction = m_.reactions[r];
      for (const auto& [s, coefficient] : reaction.net)
        for (std::size_t n = 0; n < reaction.reactants.size(); ++n) {
          const int by = position_[static_cast<std::size_t>(reaction.reactants[n])];
          sums[{position_[static_cast<std::size_t>(s)], by}] +=
              signed_term(coefficient, product(fmt::format("k[{}]", r), reaction, {n}));
        }
    }
    return sums;
  }

  void jacobian() {
    auto sums = jacobian_sums();
    line("\n  /// df/dc in the pattern of the factors; entries that only elimination fills are zero.");
    line(
        "  template <class V>\n  static void jacobian(const V* c, const V* k, V* "
        "a) {");
    for (const auto& [place, index] : entry_)
      line(fmt::format("    a[{}] = V{{}}{};", index, sums.contains(place) ? sums[place] : ""));
    line("    static_cast<void>(c);\n  }");
  }

  void factorise_shifted() {
    auto sums = jacobian_sums();
    line(R"(
  /// Factors of shift - df/dc, as `jacobian`, negation, the shift on the diagonal and `factorise` give them.
  template <class V, class Shift>)");
    line(
        fmt::format("  {}static void factorise_shifted([[maybe_unused]] const V* c, const V* k, const Shift& "
                    "shift, V* a) {{",
                    attribute()));
    for (const auto& [place, index] : entry_)
      line(fmt::format("    a[{}] = -(V{{}}{}){};", index, sums.contains(place) ? sums[place] : "",
                       place.first == place.second ? " + shift" : ""));
    line("    factorise(a);\n  }");
  }

  void factorise() {
    line("\n  /// LU in place, without pivoting; the diagonal is left inverted.");
    line(fmt::format("  template <class V>\n  {}static void factorise(V* a) {{", attribute()));
    const int count = static_cast<int>(p_.row.size());
    for (int i = 0; i < count; ++i) eliminate_row(i);
    line("  }");
  }

  void eliminate_row(int i) {
    for (const int j : p_.row[static_cast<std::size_t>(i)]) {
      if (j >= i) break;
      line(fmt::format("    a[{0}] = a[{0}] * a[{1}];", entry(i, j), entry(j, j)));
      for (const int c : p_.row[static_cast<std::size_t>(j)])
        if (c > j && has(i, c))
          line(fmt::format("    a[{0}] = a[{0}] - a[{1}] * a[{2}];", entry(i, c), entry(i, j), entry(j, c)));
    }
    line(fmt::format("    a[{0}] = 1.0 / a[{0}];", entry(i, i)));
  }

  void solve() {
    line("\n  /// Solves with the factors; b comes in and goes out in the species' own order.");
    line(fmt::format("  template <class V>\n  {}static void solve(const V* a, V* b) {{", attribute()));
    const int count = static_cast<int>(p_.row.size());
    const auto b = [this](int n) { return fmt::format("b[{}]", p_.order[static_cast<std::size_t>(n)]); };
    for (int i = 0; i < count; ++i) {
      std::string sum;
      for (const int j : p_.row[static_cast<std::size_t>(i)])
        if (j < i) sum += fmt::format(" - a[{}] * {}", entry(i, j), b(j));
      if (!sum.empty()) line(fmt::format("    {0} = {0}{1};", b(i), sum));
    }
    for (int i = count - 1; i >= 0; --i) {
      std::string sum;
      for (const int j : p_.row[static_cast<std::size_t>(i)])
        if (j > i) sum += fmt::format(" - a[{}] * {}", entry(i, j), b(j));
      line(fmt::format("    {0} = ({0}{1}) * a[{2}];", b(i), sum, entry(i, i)));
    }
    line("  }");
  }

  void solve_transposed() {
    line("\n  /// Solves with the transposed of the matrix whose factors these are; b as in `solve`.");
    line("  template <class V>\n  static void solve_transposed(const V* a, V* b) {");
    const int count = static_cast<int>(p_.row.size());
    const auto b = [this](int n) { return fmt::format("b[{}]", p_.order[static_cast<std::size_t>(n)]); };
    for (int i = 0; i < count; ++i) {
      std::string sum;
      for (int j = 0; j < i; ++j)
        if (has(j, i)) sum += fmt::format(" - a[{}] * {}", entry(j, i), b(j));
      line(fmt::format("    {0} = ({0}{1}) * a[{2}];", b(i), sum, entry(i, i)));
    }
    for (int i = count - 1; i >= 0; --i) {
      std::string sum;
      for (int j = i + 1; j < count; ++j)
        if (has(j, i)) sum += fmt::format(" - a[{}] * {}", entry(j, i), b(j));
      if (!sum.empty()) line(fmt::format("    {0} = {0}{1};", b(i), sum));
    }
    line("  }");
  }

  std::string name_, text_;
  const Mechanism& m_;
  const SparsePattern& p_;
  std::vector<int> position_;
  std::map<std::pair<int, int>, int> entry_;
};

}  // namespace

std::string emit_header(const std::string& name, const Mechanism& mechanism, const SparsePattern& pattern) {
  return Emitter(name, mechanism, pattern).header();
}

}  // namespace lantian::generator
