#include "deck_keywords.hpp"

#include <algorithm>
#include <map>

namespace lantian::plume {

// Keywords after EPA-454/B-24-007, appendix B.

const std::vector<std::string>& known_keywords(const std::string& pathway) {
  static const std::map<std::string, std::vector<std::string>> known = {
      {"CO", {"STARTING", "FINISHED", "TITLEONE", "TITLETWO", "MODELOPT", "AVERTIME", "POLLUTID",
              "HALFLIFE", "DCAYCOEF", "FLAGPOLE", "URBANOPT", "RUNORNOT", "ERRORFIL", "OZONEVAL",
              "OZONEFIL", "OZONUNIT", "O3VALUES", "NOXVALUE", "NOX_FILE", "NOX_VALS", "NOX_UNIT",
              "NO2EQUIL", "NO2STACK", "ARMRATIO", "GDSEASON", "GDLANUSE", "GASDEPVD", "GASDEPDF",
              "O3SECTOR", "NOXSECTR", "SAVEFILE", "MULTYEAR", "EVENTFIL", "DEBUGOPT"}},
      {"SO", {"STARTING", "FINISHED", "ELEVUNIT", "LOCATION", "SRCPARAM", "AREAVERT", "BUILDHGT", "BUILDWID",
              "BUILDLEN", "XBADJ",    "YBADJ",    "EMISFACT", "HOUREMIS", "PARTDIAM", "MASSFRAX", "PARTDENS",
              "METHOD_2", "GASDEPOS", "NO2RATIO", "URBANSRC", "OLMGROUP", "SRCGROUP", "EMISUNIT", "CONCUNIT",
              "DEPOUNIT", "INCLUDED", "BACKGRND", "BACKUNIT", "BGSECTOR"}},
      {"RE",
       {"STARTING", "FINISHED", "ELEVUNIT", "GRIDCART", "GRIDPOLR", "DISCCART", "DISCPOLR", "EVALCART",
        "INCLUDED"}},
      {"EV", {"STARTING", "FINISHED", "EVENTPER", "EVENTLOC", "INCLUDED"}},
      {"ME", {"STARTING", "FINISHED", "SURFFILE", "PROFFILE", "SURFDATA", "UAIRDATA", "SITEDATA", "PROFBASE",
              "STARTEND", "DAYRANGE", "WDROTATE", "WINDCATS", "NUMYEARS", "NOTURB",   "NOTURBST", "NOTURBCO",
              "NOSA",     "NOSW",     "NOSAST",   "NOSWST",   "NOSACO",   "NOSWCO"}},
      {"OU",
       {"STARTING", "FINISHED", "RECTABLE", "MAXTABLE", "DAYTABLE", "RANKFILE", "POSTFILE", "PLOTFILE",
        "FILEFORM", "SUMMFILE", "MAXIFILE", "NOHEADER", "SEASONHR", "MAXDAILY", "MXDYBYYR", "MAXDCONT",
        "TOXXFILE", "EVALFILE", "EVENTOUT"}},
  };
  static const std::vector<std::string> none;
  const auto found = known.find(pathway);
  return found == known.end() ? none : found->second;
}

namespace {

using Reasons = std::map<std::string, std::string>;  // by keyword

const std::string plain = "is not supported";

Reasons refused_control() {
  return {{"INITFILE", "is not supported; run the deck over all its hours at once"},
          {"LOW_WIND", plain},
          {"AWMADWNW", plain},
          {"ORD_DWNW", plain},
          {"ARCFTOPT", plain}};
}

Reasons refused_sources() {
  return {{"PSDGROUP", plain}, {"BLPINPUT", plain}, {"BLPGROUP", plain}, {"RLEMCONV", plain},
          {"RBARRIER", plain}, {"RDEPRESS", plain}, {"PLATFORM", plain}, {"ARCFTSRC", plain},
          {"HBPSRCID", plain}, {"VBARRIER", plain}};
}

Reasons refused_weather() {
  return {{"SCIMBYHR", "sampled hours are not supported; all hours are worked out"}};
}

}  // namespace

std::string why_refused(const std::string& pathway, const std::string& keyword) {
  static const std::map<std::string, Reasons> refused = {{"CO", refused_control()},
                                                         {"SO", refused_sources()},
                                                         {"RE", {{"EVALFILE", plain}}},
                                                         {"ME", refused_weather()}};
  const auto of_pathway = refused.find(pathway);
  if (of_pathway == refused.end()) return "";
  const auto found = of_pathway->second.find(keyword);
  return found == of_pathway->second.end() ? "" : found->second;
}

}  // namespace lantian::plume
