#pragma once

#include "lantian/config/case.hpp"
#include "lantian/parallel/halo_exchange.hpp"
#include "lantian/processes/differentiable.hpp"

#include <array>
#include <memory>
#include <vector>

namespace lantian {

struct SweepContext;

/// Which direction a half step begins with.
enum class SweepOrder { horizontal_first, vertical_first };

/// Transport by the wind: dimension-split PPM on air-mass fluxes that all tracers share, the air mass carried
/// along.
///
/// A step of length L is cut into n equal sub-steps (the same n in the whole grid) so that no cell loses more
/// than half of its air in one direction nor more than nine tenths in all three; each sub-step sweeps X, Y, Z
/// (horizontal_first) or Z, Y, X; X and Y change places every other synchronisation step. A uniform mixing
/// ratio stays uniform; after an hour the carried air mass is that of the weather. Equations:
/// kernels/advection/README.md.
///
/// Its derivatives exist where all species are carried by the unlimited scheme, which is linear. The adjoint
/// works the air of the step out anew, forwards, and keeps it before each sweep: three fields of air a
/// sub-step.
class Advection : public DifferentiableProcess {
 public:
  Advection(const HaloExchange& halo, TransportConfig transport, SweepOrder order);
  ~Advection() override;
  [[nodiscard]] std::string_view name() const override { return "advection"; }
  /// @throws NumericalError on all ranks when a cell would need more than 200 sub-steps.
  void advance(State& state, const Environment& environment, Step step, Ledger& ledger) override;
  /// @throws ConfigError when a species has a limiter.
  void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                       Step step) override;
  /// @throws ConfigError when a species has a limiter.
  void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) override;

 private:
  enum class Axis { x, y, z };
  struct Work;
  [[nodiscard]] int sub_steps(const State& state, const AirFluxes& fluxes, Step step) const;
  /// The sweeps of a sub-step.
  [[nodiscard]] std::array<Axis, 3> axes(Step step) const;
  void prepare(const Tile& tile, const Surface& surface);
  void exchange_halos(Axis axis, const std::vector<Field<double>*>& fields) const;
  void sweep(Axis axis, const SweepContext& context);
  [[nodiscard]] std::vector<Field<double>> air_before_sweeps(const Linearisation& at, Step step, int count);

  const HaloExchange& halo_;
  TransportConfig transport_;
  SweepOrder order_;
  std::unique_ptr<Work> work_;
};

}  // namespace lantian
