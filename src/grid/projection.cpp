#include "lantian/grid/projection.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <cmath>
#include <utility>

namespace lantian {

struct Projection::Handle {
  PJ_CONTEXT* context = nullptr;
  PJ* transform = nullptr;
  bool is_lon_lat = false;

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    proj_destroy(transform);
    proj_context_destroy(context);
  }
};

Projection::Projection(std::string definition) : definition_(std::move(definition)) {
  auto handle = std::make_shared<Handle>();
  handle->context = proj_context_create();
  proj_log_level(handle->context, PJ_LOG_NONE);
  handle->is_lon_lat = definition_.find("longlat") != std::string::npos;
  handle->transform = proj_create(handle->context, definition_.c_str());
  if (handle->transform == nullptr)
    throw ConfigError(fmt::format("\"{}\" is no map projection that PROJ knows", definition_));
  handle_ = std::move(handle);
}

bool Projection::is_lon_lat() const {
  return handle_->is_lon_lat;
}

ProjectedPoint Projection::forward(LonLat point) const {
  if (is_lon_lat()) return {point.longitude_deg, point.latitude_deg};
  const PJ_COORD from = proj_coord(proj_torad(point.longitude_deg), proj_torad(point.latitude_deg), 0.0, 0.0);
  const PJ_COORD to = proj_trans(handle_->transform, PJ_FWD, from);
  return {to.xy.x, to.xy.y};
}

LonLat Projection::inverse(ProjectedPoint point) const {
  if (is_lon_lat()) return {point.x_m, point.y_m};
  const PJ_COORD to = proj_trans(handle_->transform, PJ_INV, proj_coord(point.x_m, point.y_m, 0.0, 0.0));
  return {proj_todeg(to.lp.lam), proj_todeg(to.lp.phi)};
}

std::string Projection::wkt() const {
  PJ_CONTEXT* context = proj_context_create();
  proj_log_level(context, PJ_LOG_NONE);
  PJ* crs = proj_create(context, (definition_ + " +type=crs").c_str());
  const char* text = crs != nullptr ? proj_as_wkt(context, crs, PJ_WKT2_2019, nullptr) : nullptr;
  std::string wkt = text != nullptr ? text : "";
  proj_destroy(crs);
  proj_context_destroy(context);
  return wkt;
}

Projection::Scale Projection::map_factor(LonLat point) const {
  if (is_lon_lat()) return {1.0, 1.0};
  const PJ_COORD at = proj_coord(proj_torad(point.longitude_deg), proj_torad(point.latitude_deg), 0.0, 0.0);
  const PJ_FACTORS factors = proj_factors(handle_->transform, at);
  return {factors.parallel_scale, factors.meridional_scale};
}

double Projection::grid_convergence_rad(LonLat point) const {
  if (is_lon_lat()) return 0.0;
  const PJ_COORD at = proj_coord(proj_torad(point.longitude_deg), proj_torad(point.latitude_deg), 0.0, 0.0);
  return proj_factors(handle_->transform, at).meridian_convergence;
}

}  // namespace lantian
