// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/find_zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "run/files/declared_zones.h"
#include "run/files/zone_names.h"

namespace rdnsgate::run {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t peek_octets = 64 * 1024;

/// `zones/example.com./` is the folder `example.com.`.
std::string name_of(const fs::path& path) {
  return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

class Finder {
 public:
  explicit Finder(const ZoneSearch& search)
      : tree_(*search.tree), declared_(search.declared), passed_over_(search.passed_over) {}

  Result<std::vector<FoundZone>> find(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
      folder_ = is_folder(path) ? path : fs::path(path).parent_path().string();
      auto done = is_folder(path) ? folder(path) : named_file(path);
      if (!done) return tl::unexpected(done.error());
    }
    return std::move(found_);
  }

 private:
  /// Which zone a file is of, and what says so.
  struct Known {
    std::string zone;
    bool octodns = false;
    std::string_view by;
    bool guessed = false;  ///< of a network's octets
  };

  Result<void> named_file(const fs::path& path) {
    if (kind(path) == Kind::none) return fail(fmt::format("there is no file or folder {}", path.string()));
    std::string why;
    auto known = known_zone(path, true, why);
    if (!known) {
      return fail(
          fmt::format("{} is not named after a zone{}", path.string(), why.empty() ? "" : ": " + why),
          "name it ORIGIN.zone, such as 2.0.192.in-addr.arpa.zone; an octoDNS zone is named ORIGIN.yaml");
    }
    return add(path, {path.string()}, *known, true);
  }

  Result<void> folder(const fs::path& path) {
    const auto real = tree_.real(path.string());
    if (!real) return fail(fmt::format("{} cannot be followed: {}", path.string(), real.error().message));
    boundary_ = inventory::boundary_around(*real, tree_);
    const auto entries = entries_of(path);
    if (!entries) return tl::unexpected(entries.error());
    const auto before = found_.size();
    if (is_split(path)) {
      if (auto done = split(path); !done) return done;
    } else if (auto done = files_in(*entries); !done) {
      return done;
    }
    if (found_.size() == before)
      return fail(fmt::format("there are no zone files in {}", path.string()), std::string(looked_for));
    std::stable_sort(
        found_.begin() + static_cast<std::ptrdiff_t>(before), found_.end(),
        [](const FoundZone& a, const FoundZone& b) { return fs::path(a.path) < fs::path(b.path); });
    index_.clear();
    for (std::size_t i = 0; i < found_.size(); ++i) index_.emplace(found_[i].origin, i);
    return {};
  }

  /// What is only guessed comes last: a file that is surely of that zone goes before.
  Result<void> files_in(const std::vector<fs::path>& entries) {
    std::vector<std::pair<fs::path, Known>> guessed;
    for (const auto& entry : entries) {
      if (is_folder(entry)) {
        auto done = is_split(entry) ? split(entry) : classless(entry);
        if (!done) return done;
        continue;
      }
      if (!is_file(entry)) continue;
      std::string why;
      auto known = known_zone(entry, false, why);
      if (!known) {
        const bool seems_zone = !why.empty();
        pass_over(entry,
                  seems_zone ? why : "it is not named after a zone, and does not begin with an SOA record",
                  seems_zone);
      } else if (known->guessed) {
        guessed.emplace_back(entry, std::move(*known));
      } else if (auto done = add(entry, {entry.string()}, *known, false); !done) {
        return done;
      }
    }
    for (const auto& [entry, known] : guessed) {
      const auto origin = dns::Name::from_host(known.zone);
      const auto other = origin ? index_.find(*origin) : index_.end();
      if (other != index_.end()) {
        pass_over(entry, fmt::format("the zone {} is in {}", known.zone, found_[other->second].path));
      } else if (auto done = add(entry, {entry.string()}, known, false); !done) {
        return done;
      }
    }
    return {};
  }

  void pass_over(const fs::path& path, std::string why, bool seems_zone = true) {
    if (passed_over_ != nullptr) passed_over_->push_back({path.string(), std::move(why), seems_zone});
  }

  /// Nullopt where it is not to be read; `why` is then not empty where it seems to hold a zone.
  std::optional<Known> known_zone(const fs::path& path, bool named, std::string& why) const {
    const auto file = name_of(path);
    if (const auto* zone = declared_ != nullptr ? declared_->of_file(path.string(), tree_) : nullptr)
      return Known{zone->name.text(), zone->managed_by == inventory::ManagedBy::octodns,
                   "the inventory's file:"};
    const auto name = zone_file_name(file);
    if (name && name->kind == ZoneFileName::Kind::octodns) return Known{name->zone, true, by_name};
    if (file.starts_with('.')) return std::nullopt;
    const bool sure = name && !name->uncertain;
    const auto text = tree_.beginning(path.string(), peek_octets);
    const auto begins = zone_beginning(text);
    if (!begins && !sure && !(named && name)) return std::nullopt;
    if (const auto ending = other_ending(file); !named && !ending.empty()) {
      why = fmt::format("by its name, which ends in {}, it is a copy or something else", ending);
      return std::nullopt;
    }
    auto by_file = zone_of_name(file, name);
    if (begins && begins->zone && !(by_file && !by_file->guessed && is_plain_zone(by_file->zone)))
      return Known{begins->zone->text(), false, "$ORIGIN and SOA in the file"};
    // A name that something stands around, or in place of a slash, may be either: the text decides.
    if (begins && begins->zone &&
        (begins->zone->text() == bare_zone_name(file) ||
         (by_file && begins->zone->text() == slashed(by_file->zone))))
      return Known{begins->zone->text(), false, "$ORIGIN and SOA in the file"};
    if (by_file) return by_file;
    why = unknown_zone(file);
    return std::nullopt;
  }

  static bool is_plain_zone(std::string_view zone) { return zone.find('.') != std::string_view::npos; }

  std::optional<Known> zone_of_name(std::string_view file, const std::optional<ZoneFileName>& name) const {
    if (const auto network = network_file_name(file)) {
      if (const auto zone = zone_of_network(*network); !zone.empty())
        return Known{zone, false, by_name, true};
      return std::nullopt;
    }
    std::string zone = name ? name->zone : std::string();
    const auto bare = bare_zone_name(file);
    // Under the tree of addresses no label is called master.
    const bool reverse = bare.ends_with(".in-addr.arpa") || bare.ends_with(".ip6.arpa");
    if (!bare.empty() && (reverse || (declares(bare) && !declares(zone)))) zone = bare;
    if (zone.empty()) return std::nullopt;
    return Known{with_slash(zone), false, by_name};
  }

  std::string zone_of_network(const NetworkFileName& network) const {
    if (network.zone == network.turned) return network.zone;
    if (declares(network.zone) != declares(network.turned))
      return declares(network.zone) ? network.zone : network.turned;
    if (network.usual) return network.zone;
    const bool there = has_address_in(network.zone), turned = has_address_in(network.turned);
    if (there != turned) return there ? network.zone : network.turned;
    return {};
  }

  /// A zone for classless delegation (RFC 2317 §4) has a slash in its name, which no file can have.
  std::string with_slash(const std::string& zone) const {
    const auto at = zone.find_first_not_of("0123456789");
    if (!zone.ends_with(".in-addr.arpa") || at == 0 || at == std::string::npos) return zone;
    if (zone[at] != '-' && zone[at] != '_') return zone;
    auto other = slashed(zone);
    return declares(other) && !declares(zone) ? std::move(other) : zone;
  }

  static std::string slashed(std::string zone) {
    if (const auto at = zone.find_first_of("-_"); at != std::string::npos) zone[at] = '/';
    return zone;
  }

  static std::string unknown_zone(std::string_view file) {
    if (const auto network = network_file_name(file)) {
      return fmt::format(
          "its name may stand for {} and for {}: say which with file: in the inventory, or with "
          "$ORIGIN in the file",
          network->zone, network->turned);
    }
    return "neither file: in the inventory, nor $ORIGIN in the file, nor its name says which zone it is";
  }

  bool declares(const std::string& zone) const {
    const auto name = declared_ != nullptr ? dns::Name::from_host(zone) : fail("");
    return name && declared_->has(*name);
  }
  bool has_address_in(const std::string& zone) const {
    const auto name = declared_ != nullptr ? dns::Name::from_host(zone) : fail("");
    return name && declared_->has_address_in(*name);
  }

  /// A folder that octoDNS splits a zone over: `ORIGIN.`, or one with a file for what has no name of its own.
  bool is_split(const fs::path& path) const {
    const auto name = name_of(path);
    if (name.size() > 1 && name.ends_with('.') && !name.ends_with("..")) return true;
    return is_file(path / ("$" + name + ".yaml"));
  }

  Result<void> split(const fs::path& path) {
    const auto entries = entries_of(path);
    if (!entries) return tl::unexpected(entries.error());
    std::vector<std::string> files;
    for (const auto& entry : *entries) {
      // octoDNS takes them whatever they are named, `.yaml` and `*.yaml` too.
      if (entry.filename().string().ends_with(".yaml") && is_file(entry)) files.push_back(entry.string());
    }
    auto name = name_of(path);
    if (name.ends_with('.')) name.pop_back();
    if (files.empty()) return {};
    return add(path, std::move(files), {name, true, by_name}, true);
  }

  /// octoDNS takes the slash in the name of a zone for classless delegation (RFC 2317 §4) for a folder:
  /// `0/26.2.0.192.in-addr.arpa.yaml`. A zone of that name without the folder would hold a single address.
  Result<void> classless(const fs::path& path) {
    const auto first = name_of(path);
    if (first.size() > 3 || first.find_first_not_of("0123456789") != std::string::npos) return {};
    const auto entries = entries_of(path);
    if (!entries) return tl::unexpected(entries.error());
    for (const auto& entry : *entries) {
      const auto file = name_of(entry);
      const auto name = zone_file_name(file);
      if (!name || name->kind != ZoneFileName::Kind::octodns || !is_file(entry)) continue;
      if (!name->zone.ends_with(".in-addr.arpa") ||
          std::count(name->zone.begin(), name->zone.end(), '.') != 5)
        continue;
      auto done =
          add(entry, {entry.string()}, {fmt::format("{}/{}", first, name->zone), true, by_name}, false);
      if (!done) return done;
    }
    return {};
  }

  Result<void> add(const fs::path& path, std::vector<std::string> files, const Known& known, bool named) {
    const bool octodns = known.octodns;
    auto origin = dns::Name::from_host(known.zone);
    if (!origin) {
      return fail(
          fmt::format("{}: the file is not named after a zone: {}", path.string(), origin.error().message),
          octodns ? "name it ORIGIN.yaml, such as 2.0.192.in-addr.arpa.yaml"
                  : "name it ORIGIN.zone, such as 2.0.192.in-addr.arpa.zone");
    }
    const auto [there, fresh] = index_.emplace(*origin, found_.size());
    if (fresh) {
      found_.push_back(
          {path.string(), std::move(files), std::move(*origin), octodns, named, folder_, known.by});
      return {};
    }
    auto& other = found_[there->second];
    // octoDNS itself joins `ORIGIN.yaml` and the folder `ORIGIN.` beside it.
    const auto beside = [](const std::string& a) { return fs::path(a).parent_path(); };
    if (octodns && other.octodns && beside(other.path) == path.parent_path() &&
        is_folder(path) != is_folder(other.path)) {
      other.files.insert(other.files.end(), files.begin(), files.end());
      return {};
    }
    return fail(
        fmt::format("two files for the zone {}: {} and {}", origin->text(), other.path, path.string()),
        known.by == other.known_by
            ? std::string("name only the one to judge")
            : fmt::format("by {} and by {}; name only the one to judge", other.known_by, known.by));
  }

  using Kind = inventory::FileTree::Kind;
  Kind kind(const fs::path& path) const { return tree_.kind(path.string()); }
  bool is_folder(const fs::path& path) const { return kind(path) == Kind::folder; }
  bool is_file(const fs::path& path) const { return kind(path) == Kind::file; }

  Result<std::vector<fs::path>> entries_of(const fs::path& folder) const {
    std::vector<fs::path> entries;
    const auto listed = tree_.for_each_name(
        folder.string(), [&](const std::string& name) { return entries.push_back(folder / name), true; });
    if (!listed)
      return fail(fmt::format("cannot read the folder {}: {}", folder.string(), listed.error().message));
    std::sort(entries.begin(), entries.end());
    for (const auto& entry : entries) {
      if (auto inside = check_inside(entry); !inside) return tl::unexpected(inside.error());
    }
    return entries;
  }

  /// What a link in a folder leads to is what somebody put there, and not what was named.
  Result<void> check_inside(const fs::path& entry) const {
    if (!tree_.is_link(entry.string())) return {};
    const auto real = tree_.real(entry.string());
    if (real && !boundary_.holds(*real)) return tl::unexpected(boundary_.refusal(entry.string(), *real));
    return {};
  }

  static constexpr std::string_view by_name = "the file's name";

  const inventory::FileTree& tree_;
  const DeclaredZones* declared_;
  std::vector<PassedOver>* passed_over_;
  std::string folder_;
  Boundary boundary_{"/", false};  ///< of the folder that was named
  std::vector<FoundZone> found_;
  std::unordered_map<dns::Name, std::size_t> index_;
};

}  // namespace

Result<std::vector<FoundZone>> find_zones(const std::vector<std::string>& paths, const ZoneSearch& search) {
  return Finder(search).find(paths);
}

}  // namespace rdnsgate::run
