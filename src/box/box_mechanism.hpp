#pragma once

#include "chemistry/photolysis_mcm.hpp"
#include "chemistry/rosenbrock_in_time.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/box/box_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lantian {

/// The air of a box case, as rate laws want it.
[[nodiscard]] RateConditions<> air_of(const BoxAirConfig& air);

/// Cosine of the zenith angle, seconds after the beginning.
[[nodiscard]] double cosine_of_zenith(const BoxCase& c, double time_s);

/// Photolysis of the case at that cosine.
[[nodiscard]] std::array<double, photolysis_count> photolysis_of(const BoxCase& c, double cos_zenith);

/// A box filled with one mechanism.
template <class Mechanism>
class MechanismBoxModel : public BoxMechanism {
 public:
  [[nodiscard]] BoxVocabulary vocabulary() const override {
    BoxVocabulary words;
    words.species.assign(Mechanism::species.begin(), Mechanism::species.end());
    for (const Photolysis process : Mechanism::photolysis)
      words.photolysis.emplace_back(photolysis_names.at(static_cast<std::size_t>(process)));
    return words;
  }

  [[nodiscard]] BoxSeries run(const BoxCase& c) const override {
    return c.run.solver == "rodas3" ? Run<Rodas3>(c).series() : Run<Ros3>(c).series();
  }

 private:
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  using Amounts = std::array<double, species>;

  /// One run by one Rosenbrock method. Amounts are molecules cm-3.
  template <class Method>
  class Run {
   public:
    explicit Run(const BoxCase& c)
        : case_(c),
          air_(air_of(c.air)),
          per_ppb_(1.0e-9 * air_.air_per_cm3),
          emission_(amounts_of(c.emission_ppb_h, per_ppb_ / 3600.0)),
          light_emission_(amounts_of(c.light_emission_ppb_h, c.sun.factor > 0.0 ? per_ppb_ / 3600.0 : 0.0)),
          background_(amounts_of(c.background_ppb, per_ppb_)),
          loss_(amounts_of(c.exchange.deposition_velocity_cm_s, 0.01 / c.exchange.height_m)) {
      for (std::size_t s = 0; s < species; ++s) emission_[s] += c.exchange.dilution_per_s * background_[s];
      for (double& loss : loss_) loss += c.exchange.dilution_per_s;
    }

    BoxSeries series() {
      BoxSeries series;
      series.species.assign(Mechanism::species.begin(), Mechanism::species.end());
      Amounts c = amounts_of(case_.initial_ppb, per_ppb_);
      const double end_s = 3600.0 * case_.run.length_h, interval_s = case_.run.output_interval_s;
      RosenbrockInTime<Mechanism, Method> solver(loss_);
      double step_s = 1.0e-3;  // amounts given at the beginning have their transients still before them
      keep(series, 0.0, c);
      for (double time_s = 0.0; time_s < end_s * (1.0 - 1.0e-12);) {
        const double next_s = std::min(static_cast<double>(series.time_s.size()) * interval_s, end_s);
        const SolverOutcome outcome = solver.integrate(
            c, time_s, next_s, [this](double at_s) { return forcing(at_s); }, settings(),
            case_.run.longest_step_s, step_s);
        series.steps += outcome.steps;
        series.rejected += outcome.rejected;
        series.clipped_ppb += outcome.clipped[0] / per_ppb_;
        if (outcome.has_failed) throw NumericalError(failure(time_s, c));
        time_s = next_s;
        keep(series, time_s, c);
      }
      return series;
    }

   private:
    static Amounts amounts_of(const std::map<std::string, double>& by_name, double unit) {
      Amounts amounts{};
      for (std::size_t s = 0; s < species; ++s) {
        const auto found = by_name.find(std::string(Mechanism::species.at(s)));
        if (found != by_name.end()) amounts[s] = found->second * unit;
      }
      return amounts;
    }

    [[nodiscard]] SolverSettings settings() const {
      SolverSettings settings;
      settings.relative_tolerance = case_.run.relative_tolerance;
      settings.absolute_tolerance = case_.run.absolute_tolerance_ppb * per_ppb_;
      settings.least_step_s = 1.0e-12;
      settings.most_steps = 1000000;
      return settings;
    }

    [[nodiscard]] Forcing<Mechanism> forcing(double time_s) const {
      Forcing<Mechanism> forcing;
      RateConditions<> air = air_;
      const double cosine = cosine_of_zenith(case_, time_s);
      air.photolysis_per_s = photolysis_of(case_, cosine);
      Mechanism::rates(air, forcing.k.data());
      for (std::size_t s = 0; s < species; ++s)
        forcing.source[s] = emission_[s] + light_emission_[s] * std::max(cosine, 0.0);
      return forcing;
    }

    void keep(BoxSeries& series, double time_s, const Amounts& c) const {
      series.time_s.push_back(time_s);
      series.cos_zenith.push_back(cosine_of_zenith(case_, time_s));
      for (const double amount : c) series.amount_ppb.push_back(amount / per_ppb_);
    }

    [[nodiscard]] std::string failure(double time_s, const Amounts& c) const {
      std::size_t worst = 0;
      for (std::size_t s = 0; s < species; ++s)
        if (!std::isfinite(c[s]) || std::fabs(c[s]) > std::fabs(c[worst])) worst = s;
      return fmt::format(
          "{}: the solver of the chemistry gives up after {:.0f} s at {:g} K; largest amount {} {:g} "
          "ppb. A looser run.relative_tolerance may help",
          case_.path, time_s, air_.temperature_k, Mechanism::species.at(worst), c[worst] / per_ppb_);
    }

    const BoxCase& case_;
    RateConditions<> air_;
    double per_ppb_;
    Amounts emission_, light_emission_, background_, loss_;
  };
};

}  // namespace lantian
