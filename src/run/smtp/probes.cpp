// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/probes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/read_json.h"
#include "inventory/files/read_file.h"
#include "logs/redact.h"
#include "rules/smtp/words.h"

namespace rdnsgate::run {
namespace {

using ProbeJson = nlohmann::json;

constexpr std::size_t largest_probe_file = std::size_t{64} << 20;
constexpr std::size_t most_of_reply = 300;
constexpr std::string_view probe_form = "rdnsgate/smtp-probe/1", any_form = "rdnsgate/smtp-probe/";
constexpr const char* how_to_probe = "make one with: rdnsgate smtp probe --format json inventory.yaml >FILE";

std::string probe_text(const ProbeJson& map, const char* key) {
  const auto found = map.find(key);
  return found != map.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Without mailboxes, and no longer than a sentence bears.
std::string said_in(const ProbeJson& row) {
  auto text = logs::redacted(probe_text(row, "reply"));
  if (text.size() <= most_of_reply) return text;
  auto end = most_of_reply;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

constexpr std::string_view statuses[] = {"accepted", "refused",   "deferred",  "refused-otherwise",
                                         "unknown",  "too-early", "no-address"};

/// nullopt: nobody said anything of the identity.
Result<std::optional<audit::Probed>> probed_in(const ProbeJson& row, const IpAddress& address) {
  const auto status = probe_text(row, "status");
  if (std::find(std::begin(statuses), std::end(statuses), status) == std::end(statuses))
    return fail(fmt::format("status: it is none of {}", fmt::join(statuses, ", ")));
  if (status != "accepted" && status != "refused") return std::optional<audit::Probed>();
  audit::Probed one{
      address, {}, probe_text(row, "target"), probe_text(row, "recipient"), probe_text(row, "server")};
  auto helo = dns::Name::from_host(probe_text(row, "helo"));
  if (!helo || helo->is_root()) return fail("helo: it is no host name");
  one.helo = std::move(*helo);
  if (one.receiver.empty() || one.recipient.empty()) return fail("it has no target, or no recipient");
  const auto asked_at = parse_time(probe_text(row, "asked_at"));
  if (!asked_at) return fail("asked_at: " + asked_at.error().message);
  one.asked_at = *asked_at;
  if (status == "accepted") return std::optional(std::move(one));
  one.refused = rules::parse_refused_for(probe_text(row, "class"));
  if (!one.refused) return fail("class: it is none of no-ptr, ptr-mismatch, helo and name-too-long");
  const auto code = row.find("code");
  if (code == row.end() || !code->is_number_unsigned() || code->get<std::uint64_t>() < 400 ||
      code->get<std::uint64_t>() > 599)
    return fail("code: it is no code of a refusal, 400 to 599");
  one.code = code->get<unsigned>();
  one.reply = said_in(row);
  return std::optional(std::move(one));
}

Result<IpAddress> address_in(const ProbeJson& row) {
  if (!row.is_object()) return fail("it is not an object");
  auto address = IpAddress::parse(probe_text(row, "address"));
  if (!address) return fail("address: " + address.error().message);
  return *address;
}

Result<void> check_form(const ProbeJson& json) {
  const auto form = json.is_object() ? probe_text(json, "schema") : std::string();
  if (form == probe_form) return {};
  if (form.starts_with(any_form))
    return fail(fmt::format("it is of another version: \"schema\" is \"{}\", and this program reads \"{}\"",
                            form, probe_form),
                "read it with the rdnsgate that wrote it, or probe again with this one");
  return fail(fmt::format("it is not what smtp probe writes: \"schema\" is not \"{}\"", probe_form),
              how_to_probe);
}

bool declares(const inventory::Inventory& inventory, const ProbeFile& file) {
  return std::any_of(file.addresses.begin(), file.addresses.end(),
                     [&](const IpAddress& one) { return inventory.find(one) != nullptr; });
}

bool declares(const inventory::Inventory& inventory, const audit::Probed& one) {
  const auto* address = inventory.find(one.address);
  return address != nullptr && inventory::says_helo(*address, one.helo);
}

}  // namespace

Result<ProbeFile> read_probe_file(std::string_view text) {
  const auto json = read_json(text);
  if (!json) {
    const auto& fault = json.error();
    return fail(fmt::format("line {}, column {}: {}", fault.line, fault.column, fault.message), how_to_probe);
  }
  if (const auto form = check_form(*json); !form) return tl::unexpected(form.error());
  ProbeFile file;
  const auto made_at = parse_time(probe_text(*json, "finished_at"));
  if (!made_at) return fail("finished_at: " + made_at.error().message, how_to_probe);
  file.made_at = *made_at;
  if (const auto inventory = json->find("inventory"); inventory != json->end() && inventory->is_object())
    file.inventory = probe_text(*inventory, "path");
  for (const char* list : {"probes", "elsewhere"}) {
    const auto rows = json->find(list);
    if (rows == json->end() || !rows->is_array())
      return fail(fmt::format("it has no list \"{}\"", list), how_to_probe);
    for (std::size_t i = 0; i < rows->size(); ++i) {
      const auto& row = (*rows)[i];
      const auto refuse = [&](const Error& why) {
        return fail(fmt::format("{}[{}]: {}", list, i, why.message), how_to_probe);
      };
      const auto address = address_in(row);
      if (!address) return refuse(address.error());
      file.addresses.push_back(*address);
      if (std::string_view(list) != "probes") continue;
      auto said = probed_in(row, *address);
      if (!said) return refuse(said.error());
      if (*said) file.said.push_back(std::move(**said));
    }
  }
  return file;
}

Result<HeardProbes> load_probes(const std::vector<std::string>& paths,
                                const inventory::Inventory& inventory) {
  std::vector<audit::Probed> all;
  std::vector<ProbeFile> files;
  std::size_t undeclared = 0;
  for (const auto& path : paths) {
    const auto text = inventory::read_file(path, largest_probe_file);
    if (!text) return fail("--probes: " + text.error().message, how_to_probe);
    auto file = read_probe_file(*text);
    if (!file) return fail(fmt::format("--probes: {}: {}", path, file.error().message), file.error().hint);
    if (!declares(inventory, *file))
      return fail(
          fmt::format("--probes: {}: it is of another inventory ({}): none of its addresses is declared "
                      "here",
                      path, file->inventory),
          "name what smtp probe wrote for this inventory");
    for (auto& one : std::exchange(file->said, {}))
      declares(inventory, one) ? all.push_back(std::move(one)) : void(++undeclared);
    file->path = path;
    files.push_back(std::move(*file));
  }
  return HeardProbes{audit::Probes(std::move(all)), std::move(files), undeclared};
}

Result<void> check_age(const HeardProbes& heard, Time judged_at) {
  for (const auto& file : heard.files) {
    const auto apart = file.made_at < judged_at ? judged_at - file.made_at : file.made_at - judged_at;
    if (apart <= oldest_probes) continue;
    return fail(fmt::format("--probes: {}: it is of {}, and what is judged is of {}: more than {} days apart",
                            file.path, format_time(file.made_at), format_time(judged_at),
                            oldest_probes.count() / 86400),
                "probe again: rdnsgate smtp probe --format json inventory.yaml >FILE");
  }
  return {};
}

}  // namespace rdnsgate::run
