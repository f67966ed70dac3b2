#include "lantian/apportion/member_store.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace lantian {

namespace {

using Json = nlohmann::ordered_json;

std::string digest_of(const std::string& text) {
  return fmt::format("{:016x}", XXH64(text.data(), text.size(), 0));
}

Json json_of(const MemberResult& result) {
  return {{"pm25_city_ug_m3", result.pm25.city}, {"pm25_receptors_ug_m3", result.pm25.receptors},
          {"o3_city_ug_m3", result.o3.city},     {"o3_receptors_ug_m3", result.o3.receptors},
          {"removed_t_d", result.removed_t_d},   {"state_xxh64", result.state_hash}};
}

MemberResult result_of(const Json& json) {
  const auto numbers = [&](const char* key) { return json.at(key).get<std::vector<double>>(); };
  return {.pm25 = {json.at("pm25_city_ug_m3").get<double>(), numbers("pm25_receptors_ug_m3")},
          .o3 = {json.at("o3_city_ug_m3").get<double>(), numbers("o3_receptors_ug_m3")},
          .removed_t_d = json.at("removed_t_d").get<double>(),
          .state_hash = json.at("state_xxh64").get<std::string>()};
}

/// The result that a file's text holds. @throws nlohmann::json::exception; an empty result: another digest
std::optional<MemberResult> result_in(const std::string& text) {
  const Json page = Json::parse(text);
  if (digest_of(page.at("result").dump()) != page.at("xxh64").get<std::string>()) return std::nullopt;
  return result_of(page.at("result"));
}

}  // namespace

MemberStore::MemberStore(std::string folder, std::string identity)
    : folder_(std::move(folder)), identity_(std::move(identity)) {}

std::string MemberStore::path_of(const Member& member) const {
  return fmt::format("{}/{}.json", folder_, digest_of(identity_ + "\n" + member.name));
}

void MemberStore::write(const Member& member, const MemberResult& result) const {
  create_directory(folder_);
  const Json body = json_of(result);
  const Json page = {{"run", member.name}, {"result", body}, {"xxh64", digest_of(body.dump())}};
  write_text_file(path_of(member), page.dump(1) + "\n");
}

std::vector<std::optional<MemberResult>> MemberStore::read(const std::vector<Member>& members,
                                                           const Communicator& world) const {
  std::vector<std::optional<MemberResult>> kept;
  for (const Member& member : members) {
    const std::string path = path_of(member);
    std::string text;
    if (world.rank() == 0) {
      std::ifstream file(path);
      text.assign(std::istreambuf_iterator<char>(file), {});
    }
    text = world.broadcast(text, 0);
    kept.emplace_back();
    if (text.empty()) continue;
    try {
      kept.back() = result_in(text);
    } catch (const nlohmann::json::exception&) {
      kept.back().reset();
    }
    if (!kept.back())
      log_warning(fmt::format("{}: is damaged; the run \"{}\" is made again", path, member.name));
  }
  return kept;
}

void MemberStore::remove() const {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace lantian
