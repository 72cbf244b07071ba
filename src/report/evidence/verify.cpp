// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/evidence/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/hash.h"
#include "base/read_json.h"
#include "base/text/escape.h"
#include "dns/snapshot/gzip.h"
#include "report/json_text.h"

namespace rdnsgate::report {
namespace {

constexpr std::string_view sums_name = "SHA256SUMS", manifest_name = "manifest.json";
constexpr std::size_t most_manifest = std::size_t{1} << 20;

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

class Checker {
 public:
  explicit Checker(std::vector<ArchiveFile>&& files) : files_(std::move(files)) {}

  EvidenceCheck check() {
    check_.files = files_.size();
    for (const auto& file : files_) check_.octets += file.content.size();
    if (!take_folder()) return std::move(check_);
    for (const auto& file : files_) by_name_.emplace(file.name, &file);
    check_sums();
    check_manifest();
    if (check_.is_whole()) check_.members = std::move(files_);
    return std::move(check_);
  }

 private:
  template <typename... Args>
  bool wrong(fmt::format_string<Args...> pattern, Args&&... args) {
    check_.wrong.push_back(escape_terminal(fmt::format(pattern, std::forward<Args>(args)...)));
    return false;
  }

  /// All files are in one folder, which is taken from their names.
  bool take_folder() {
    if (files_.empty()) return wrong("the archive is empty");
    const auto folder = files_.front().name.substr(0, files_.front().name.find('/'));
    for (auto& file : files_) {
      if (!file.name.starts_with(folder + "/")) return wrong("{} is not in the folder {}", file.name, folder);
      file.name.erase(0, folder.size() + 1);
    }
    check_.folder = folder;
    return true;
  }

  const ArchiveFile* find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }

  /// SHA256SUMS names each file but itself, once, with its sum.
  void check_sums() {
    const auto* sums = find(sums_name);
    if (sums == nullptr) {
      wrong("there is no {}: it is not an evidence bundle, or the file was taken out", sums_name);
      return;
    }
    std::map<std::string, std::string, std::less<>> listed;
    std::size_t number = 0;
    for (std::string_view left = sums->content; !left.empty();) {
      const auto end = left.find('\n');
      const auto line = left.substr(0, end);
      left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
      ++number;
      const bool is_line = end != std::string_view::npos && line.size() > 66 &&
                           is_digest(line.substr(0, 64)) && line.substr(64, 2) == "  ";
      if (!is_line || !listed.emplace(line.substr(66), line.substr(0, 64)).second) {
        wrong("{}: line {} is no checksum, or names a file twice", sums_name, number);
        return;
      }
    }
    compare(listed);
  }

  void compare(const std::map<std::string, std::string, std::less<>>& listed) {
    std::multimap<std::string, const ArchiveFile*> strangers;  // by sum
    for (const auto& file : files_) {
      if (file.name != sums_name && !listed.contains(file.name))
        strangers.emplace(sha256_hex(file.content), &file);
    }
    for (const auto& [name, sum] : listed) {
      if (const auto* file = find(name); file != nullptr) {
        if (sha256_hex(file->content) != sum) wrong("{} was changed: its checksum is another", name);
      } else if (const auto stranger = strangers.find(sum); stranger != strangers.end()) {
        wrong("{} was renamed to {}", name, stranger->second->name);
        strangers.erase(stranger);
      } else {
        wrong("{} is missing", name);
      }
    }
    for (const auto& [sum, file] : strangers) wrong("{} was put in: no checksum names it", file->name);
  }

  /// The manifest says the same as the sums.
  void check_manifest() {
    const auto* file = find(manifest_name);
    if (file == nullptr) {
      wrong("there is no {}", manifest_name);
      return;
    }
    if (file->content.size() > most_manifest) {
      wrong("{} is larger than any of ours", manifest_name);
      return;
    }
    const auto read = read_json(file->content);
    if (!read || !read->is_object() || read->value("schema", nlohmann::json()) != "rdnsgate/evidence/1" ||
        !read->contains("files") || !(*read)["files"].is_array()) {
      wrong("{} is no manifest of a kind that is known here", manifest_name);
      return;
    }
    const auto& json = *read;
    const auto text = [&](const char* key) {
      const auto found = json.find(key);
      return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    check_.asked_for = text("asked_for");
    check_.taken_at = text("taken_at");
    check_.source = text("source");
    std::size_t named = 0;
    for (const auto& one : json["files"]) {
      if (!one.is_object() || !one.contains("name") || !one["name"].is_string() || !one.contains("sha256") ||
          !one["sha256"].is_string()) {
        wrong("{} lists something that is no file", manifest_name);
        return;
      }
      const auto name = one["name"].get<std::string>();
      const auto* member = find(name);
      if (member == nullptr) {
        wrong("{} names {}, which is missing", manifest_name, name);
      } else if (sha256_hex(member->content) != one["sha256"].get<std::string>()) {
        wrong("{} has another checksum for {}", manifest_name, name);
      }
      ++named;
    }
    if (named + 2 != files_.size())
      wrong("{} lists {} files, and there are {}", manifest_name, named,
            files_.size() - std::min<std::size_t>(2, files_.size()));
  }

  std::vector<ArchiveFile> files_;
  std::map<std::string, const ArchiveFile*, std::less<>> by_name_;
  EvidenceCheck check_;
};

EvidenceCheck refused(const Error& error) {
  EvidenceCheck check;
  check.wrong.push_back(error.message);
  return check;
}

}  // namespace

Result<std::string> unpack_gzip(std::string_view packed) {
  if (!packed.starts_with("\x1f\x8b"))
    return fail("it is not a gzip file", "a bundle is written by rdnsgate evidence -o FILE");
  if (packed.size() > most_packed) return fail(fmt::format("it has more than {} MiB", most_packed >> 20));
  std::istringstream in{std::string(packed)};
  dns::Gunzip gunzip(in);
  std::string out;
  while (true) {
    const auto octets = gunzip.read();
    if (!octets) return tl::unexpected(octets.error());
    if (octets->empty()) return out;
    if (out.size() + octets->size() > most_unpacked)
      return fail(fmt::format("it swells to more than {} MiB", most_unpacked >> 20));
    out += *octets;
  }
}

EvidenceCheck check_evidence(std::string_view archive) {
  auto files = read_ustar(archive, {.files = 64, .file_octets = 2 * (std::size_t{64} << 20)});
  if (!files) return refused(files.error());
  return Checker(std::move(*files)).check();
}

EvidenceCheck check_packed_evidence(std::string_view packed) {
  const auto archive = unpack_gzip(packed);
  if (!archive) return refused(archive.error());
  return check_evidence(*archive);
}

std::string render_check_json(const EvidenceCheck& check, const std::string& path,
                              const std::string& sha256) {
  return dump(Json{{"schema", "rdnsgate/evidence-check/1"},
                   {"path", path},
                   {"sha256", sha256},
                   {"whole", check.is_whole()},
                   {"files", check.files},
                   {"octets", check.octets},
                   {"folder", text_or_null(check.folder)},
                   {"asked_for", text_or_null(check.asked_for)},
                   {"taken_at", text_or_null(check.taken_at)},
                   {"source", text_or_null(check.source)},
                   {"wrong", check.wrong}}) +
         "\n";
}

}  // namespace rdnsgate::report
