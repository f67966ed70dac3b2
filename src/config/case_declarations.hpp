#pragma once

#include "emission_declarations.hpp"
#include "key.hpp"

#include "lantian/config/case.hpp"
#include "lantian/config/case_reader.hpp"

namespace lantian {

// Every key of a case file, declared once. A visitor reads, prints or documents them.

template <class Visitor>
void declare(Visitor& v, RunConfig& c) {
  v.key("name", c.name, {.meaning = "name of the case in outputs; default: the file's name"});
  v.key("start", c.start,
        {.unit = "UTC",
         .meaning = "first reported instant, a whole hour, as 2020-03-30T16:00:00Z",
         .required = true});
  v.key("end", c.end, {.unit = "UTC", .meaning = "end of the last reported hour", .required = true});
  v.key("utc_offset_h", c.utc_offset_h,
        {.unit = "h",
         .meaning = "local standard time east of Greenwich: days, emission profiles, daily 8-h maxima",
         .least = -12.0,
         .most = 14.0});
  v.key("spin_up_h", c.spin_up_h,
        {.unit = "h", .meaning = "hours run before start and not reported", .least = 0.0, .most = 8784.0});
  v.key("time_step_s", c.time_step_s,
        {.unit = "s", .meaning = "synchronisation step; divides 3600", .least = 1.0, .most = 3600.0});
}

template <class Visitor>
void declare(Visitor& v, OutputConfig& c) {
  v.key("directory", c.directory,
        {.meaning = "folder of the results; relative to the working directory", .required = true});
  v.key("fields_3d", c.fields_3d,
        {.meaning = "species whose hourly mean is also written on all layers [ppb]"});
  v.key(
      "nest", c.nest,
      {.meaning = "true: nest.nc holds all species on all layers at the end of each interval, as boundary of "
                  "a finer run"});
  v.key("nest_interval_min", c.nest_interval_min,
        {.unit = "min",
         .meaning = "between the instants of nest.nc; divides 60, a multiple of run.time_step_s",
         .least = 1,
         .most = 60});
}

template <class Visitor>
void declare(Visitor& v, RestartConfig& c) {
  v.key("every_h", c.every_h,
        {.unit = "h",
         .meaning = "model hours between restart sets; 0: one only when the run is asked to stop",
         .least = 0,
         .most = 8784});
  v.key("directory", c.directory,
        {.meaning = "folder of the restart sets, relative to the working directory; empty: the folder "
                    "restart in output.directory"});
}

template <class Visitor>
void declare(Visitor& v, GridConfig& c) {
  v.key("projection", c.projection,
        {.meaning = "weather: the weather's own grid; else the grid spelled out here",
         .allowed = {"weather", "lambert", "mercator", "polar_stereographic", "utm", "lon_lat"}});
  v.key("sphere_radius_m", c.sphere_radius_m,
        {.unit = "m", .meaning = "radius of the projection's sphere", .least = 6.3e6, .most = 6.4e6});
  v.key("standard_parallel_1_deg", c.standard_parallel_1_deg,
        {.unit = "deg",
         .meaning = "lambert: first; mercator, polar_stereographic: the true one",
         .least = -90.0,
         .most = 90.0});
  v.key("standard_parallel_2_deg", c.standard_parallel_2_deg,
        {.unit = "deg", .meaning = "lambert: second standard parallel", .least = -90.0, .most = 90.0});
  v.key("central_meridian_deg", c.central_meridian_deg,
        {.unit = "deg", .meaning = "meridian that runs straight north", .least = -180.0, .most = 360.0});
  v.key("origin_latitude_deg", c.origin_latitude_deg,
        {.unit = "deg", .meaning = "lambert: latitude of the origin", .least = -90.0, .most = 90.0});
  v.key("utm_zone", c.utm_zone, {.meaning = "utm: zone", .least = 1, .most = 60});
  v.key("centre_longitude_deg", c.centre_longitude_deg,
        {.unit = "deg", .meaning = "middle of the domain", .least = -180.0, .most = 360.0});
  v.key("centre_latitude_deg", c.centre_latitude_deg,
        {.unit = "deg", .meaning = "middle of the domain", .least = -90.0, .most = 90.0});
  v.key("cell_size_m", c.cell_size_m,
        {.unit = "m", .meaning = "side of a cell on the map", .least = 50.0, .most = 200000.0});
  v.key("cell_size_deg", c.cell_size_deg,
        {.unit = "deg", .meaning = "lon_lat: side of a cell", .least = 0.0005, .most = 2.0});
  v.key("columns", c.columns, {.meaning = "cells from west to east", .least = 0, .most = 20000});
  v.key("rows", c.rows, {.meaning = "cells from south to north", .least = 0, .most = 20000});
  v.key("window", c.window,
        {.meaning = "part of the grid: first column, first row (from 0), columns, rows; zeros: all"});
  v.key("trim", c.trim,
        {.unit = "cells",
         .meaning = "cells cut from each side of the weather's grid",
         .least = 0,
         .most = 1000});
  v.key("layers", c.layers,
        {.meaning =
             "heights: the layers of layer_tops_m; weather: the weather's own layers one to one, without "
             "a vertical remap (WRF's of eta), of files that reach up to WRF's own top",
         .allowed = {"heights", "weather"}});
  v.key("layer_count", c.layer_count,
        {.unit = "layers",
         .meaning = "layers = \"weather\": how many from the ground up; 0: all",
         .least = 0,
         .most = 1000});
  v.key("layer_tops_m", c.layer_tops_m,
        {.unit = "m",
         .meaning = "tops of the layers above ground at sea level, rising; the last is the model top above "
                    "sea level; empty: 20 layers to 8 km, cut below the weather's top"});
  v.key("land_use", c.land_use,
        {.meaning = "land-use class of every cell where the weather has none, e.g. urban"});
}

template <class Visitor>
void declare(Visitor& v, WeatherConfig& c) {
  v.key("files", c.files,
        {.meaning = "WRF output or the output of lantian diagnose; paths or patterns with * and ?, relative "
                    "to the case file",
         .required = true});
  v.key("eddy_diffusivity", c.eddy_diffusivity,
        {.meaning = "profile of the vertical eddy diffusivity; wrf: the files' own EXCH_H",
         .allowed = {"obrien", "troen_mahrt", "jericevic", "wrf"}});
  v.key("minimum_kz_m2_s", c.minimum_kz_m2_s,
        {.unit = "m2 s-1", .meaning = "least vertical eddy diffusivity", .least = 0.0, .most = 10.0});
  v.key("minimum_kz_urban_m2_s", c.minimum_kz_urban_m2_s,
        {.unit = "m2 s-1", .meaning = "the same below 100 m over cities", .least = 0.0, .most = 10.0});
}

template <class Visitor>
void declare(Visitor& v, TransportConfig& c) {
  const std::vector<std::string> limiters = {"unlimited", "positive_definite", "selective", "monotone"};
  v.key("limiter_background", c.limiter_background,
        {.meaning = "limiter of PPM for species with a background; unlimited, for gradients, undershoots "
                    "zero beside sharp edges: chemistry lifts that to zero and books it as its own, and the "
                    "N and S families gain by it",
         .allowed = limiters});
  v.key("limiter_plume", c.limiter_plume,
        {.meaning = "the same for species that are plumes", .allowed = limiters});
  v.key("smagorinsky_coefficient", c.smagorinsky_coefficient,
        {.meaning = "horizontal diffusion: Smagorinsky's constant", .least = 0.0, .most = 1.0});
  v.key("splitting", c.splitting,
        {.meaning = "how vertical mixing meets chemistry; source: as its source, strang: half a step before "
                    "and half after, lie: before it",
         .allowed = {"source", "strang", "lie"}});
  v.key("vertical_mixing", c.vertical_mixing,
        {.meaning = "k_theory: between neighbouring layers; acm2: also straight from the lowest layer to all "
                    "of a convective mixed layer (Pleim 2007)",
         .allowed = {"k_theory", "acm2"}});
  v.key("horizontal_diffusion", c.horizontal_diffusion, {.meaning = "horizontal diffusion on or off"});
}

template <class Visitor>
void declare(Visitor& v, ChemistryConfig& c) {
  v.key("mechanism", c.mechanism,
        {.meaning = "chemical mechanism: a folder of inputs/mechanisms, or none",
         .allowed = known_mechanisms()});
  v.key("relative_tolerance", c.relative_tolerance,
        {.meaning = "of the Rosenbrock solver", .least = 1.0e-10, .most = 0.1});
  v.key("absolute_tolerance_ppb", c.absolute_tolerance_ppb,
        {.unit = "ppb", .meaning = "of the Rosenbrock solver", .least = 1.0e-15, .most = 1.0});
  v.key("photolysis", c.photolysis,
        {.meaning = "rates under a clear sky; mcm: fits at the ground (Saunders et al. 2003), two_stream: "
                    "actinic fluxes by height, ozone column and albedo over published cross sections",
         .allowed = {"mcm", "two_stream"}});
  v.key("ozone_column_du", c.ozone_column_du,
        {.unit = "DU", .meaning = "ozone overhead, for two_stream", .least = 200.0, .most = 500.0});
  v.key("uv_albedo", c.uv_albedo,
        {.meaning = "of the ground in the ultraviolet, for two_stream: 0.02 to 0.1, fresh snow 0.8",
         .least = 0.0,
         .most = 0.8});
  v.key("aerosol_light", c.aerosol_light,
        {.meaning = "the run's own fine particles dim or brighten the light of two_stream"});
  v.key("inert_tracers", c.inert_tracers, {.meaning = "further species that are only transported"});
  v.key(
      "inorganic_aerosol", c.inorganic_aerosol,
      {.meaning = "how ammonia and nitric acid condense; ammonium_nitrate: onto sulphate, then as that salt; "
                  "equilibrium: of one solution with sulphate, salt and dust",
       .allowed = {"ammonium_nitrate", "equilibrium"}});
  v.key("cloud_nitrogen_dioxide", c.cloud_nitrogen_dioxide,
        {.meaning =
             "SO2 with NO2 in cloud drops below pH 5.3, where published rate constants lie two orders apart; "
             "constant: that of pH 5.3, 1.24e7 M-1 s-1; lee_schwartz: 1.4e5 up to pH 5; off: not at any pH",
         .allowed = {"off", "constant", "lee_schwartz"}});
  v.key(
      "rate_factors", c.rate_factors,
      {.meaning = "reaction = factor on its rate constant, by the label in the mechanism's file; 0: off, as "
                  "H2 = 0 of cb6r5 for N2O5 on particles",
       .least = 0.0,
       .most = 1000.0});
}

template <class Visitor>
void declare(Visitor& v, DepositionConfig& c) {
  v.key("dry", c.dry, {.meaning = "dry deposition on or off"});
  v.key(
      "gas", c.gas,
      {.meaning = "dry deposition of gases: Zhang, Brook and Vet (2003), 26 land uses, or Wesely (1989), 11 "
                  "land uses in 5 seasons",
       .allowed = {"zhang2003", "wesely1989"}});
  v.key("particles", c.particles,
        {.meaning = "dry deposition of particles: Zhang et al. (2001), or the constants of Emerson et al. "
                    "(2020), which let fine particles deposit more slowly",
         .allowed = {"zhang2001", "emerson2020"}});
  v.key("ammonia", c.ammonia,
        {.meaning = "ammonia at the ground; uptake: it deposits as other gases do, bidirectional: leaves and "
                    "ground hold some, by land use, and give it off to cleaner air (Zhang, Wright and Asman "
                    "2010); needs gas = \"zhang2003\"",
         .allowed = {"uptake", "bidirectional"}});
  v.key(
      "settling", c.settling,
      {.meaning =
           "particles fall through the layers, by the mean over their sizes where that is 0.05 mm/s or more "
           "(coarse ones); with dry deposition only"});
  v.key("wet", c.wet, {.meaning = "wet deposition on or off"});
  v.key("wet_gas", c.wet_gas,
        {.meaning =
             "wet deposition of gases: washout ratios, or Henry's law at pH 5 with transfer to the drops, "
             "which give gas back to cleaner air",
         .allowed = {"ratios", "henry"}});
  v.key(
      "re_evaporation", c.re_evaporation,
      {.meaning = "wet deposition: rain that evaporates below cloud gives its particles back to the air, and "
                  "with wet_gas = \"henry\" its gases"});
}

template <class Visitor>
void declare(Visitor& v, BoundaryAirConfig& c) {
  v.key("kind", c.kind,
        {.meaning = "where the air comes from",
         .allowed = {"constant", "profile", "netcdf", "stations", "nest", "cmaq_profile"}});
  v.key("species", c.species, {.meaning = "species this entry gives; empty: all it has"});
  v.key("values_ppb", c.values_ppb, {.unit = "ppb", .meaning = "constant: species = value", .least = 0.0});
  v.key("values_ug_m3", c.values_ug_m3,
        {.unit = "ug m-3", .meaning = "constant: particle species = value", .least = 0.0});
  v.key("file", c.file,
        {.meaning = "profile: CSV height_m,<species>_<unit>; stations: CSV "
                    "station,lon,lat,time,<species>_<unit>; netcdf; nest: nest.nc of a coarser run; "
                    "cmaq_profile: CSV VNAME,UNITS,LAYER01,... as CMAQ distributes it"});
  v.key("rules", c.rules, {.meaning = "stations: TOML of sectors and vertical rules"});
  v.key("species_map", c.species_map,
        {.meaning = "cmaq_profile: CSV cmaq,species,factor; empty: the product's for the mechanism, "
                    "inputs/boundary_mappings"});
}

template <class Visitor>
void declare(Visitor& v, BoundaryConfig& c) {
  v.key("initial_factor", c.initial_factor,
        {.meaning = "multiplies the air inside at the first instant", .least = 0.0, .most = 10.0});
  v.key("memory_s", c.memory_s,
        {.unit = "s",
         .meaning = "time in which air that left through a side and comes back is replaced by the boundary's "
                    "(to 1/e); 0: at once",
         .least = 0.0,
         .most = 86400.0});
  v.tables("air", c.air,
           "where entering air comes from; a later entry overrides an earlier one for its species");
}

template <class Visitor>
void declare(Visitor& v, ReceptorsConfig& c) {
  v.key("file", c.file, {.meaning = "CSV name,longitude,latitude[,district], relative to the case file"});
  v.key("population", c.population,
        {.meaning = "netCDF with population [persons per cell] for weighted means"});
}

template <class Visitor>
void declare(Visitor& v, RankingGroupConfig& c) {
  v.key("name", c.name, {.meaning = "name of the group in the ranking", .required = true});
  v.key("sectors", c.sectors, {.meaning = "sectors of the group; empty: any"});
  v.key("districts", c.districts, {.meaning = "districts of the group; empty: any"});
  v.key("enterprises", c.enterprises, {.meaning = "enterprise_id of the group; empty: any source"});
}

template <class Visitor>
void declare(Visitor& v, RankingConfig& c) {
  v.key("by", c.by,
        {.meaning = "what is cut in turn; groups: only the listed ones",
         .allowed = {"sector", "district", "enterprise", "groups"}});
  v.key("pollutants", c.pollutants,
        {.meaning = "pollutants that are cut", .allowed = {"VOC", "NOx", "SO2", "NH3", "PM", "CO"}});
  v.key("cut", c.cut, {.meaning = "share that is removed", .least = 0.01, .most = 1.0});
  v.key("city_districts", c.city_districts,
        {.meaning = "districts of the own city; empty: every source in the domain is own"});
  v.key("pollutants_separately", c.pollutants_separately,
        {.meaning = "one run a group and pollutant; false: one a group"});
  v.key("regime", c.regime, {.meaning = "what limits O3: 30 % cuts of all VOC and of all NOx"});
  v.key("members_at_once", c.members_at_once,
        {.meaning = "runs side by side; 0: as many as ranks", .least = 0, .most = 100000});
  v.tables("group", c.group, "a group of sources that is cut together");
}

template <class Visitor>
void declare(Visitor& v, Case& c) {
  v.table("run", c.run, "when");
  v.table("output", c.output, "what is written, and where");
  v.table("restart", c.restart, "what a killed or stopped run goes on from: lantian run --resume");
  v.table("grid", c.grid, "where");
  v.table("weather", c.weather, "meteorology");
  v.table("transport", c.transport, "advection and horizontal diffusion");
  v.table("chemistry", c.chemistry, "gas chemistry");
  v.table("deposition", c.deposition, "what leaves the air");
  v.table("emissions", c.emissions, "sources");
  v.table("boundary", c.boundary, "air that enters, and air at the start");
  v.table("receptors", c.receptors, "places and people that results are given for");
  v.table("ranking", c.ranking, "which sources to cut: lantian rank");
}

}  // namespace lantian
