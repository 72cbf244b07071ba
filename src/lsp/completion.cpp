// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/completion.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "lsp/cursor.h"
#include "lsp/schema_guide.h"
#include "rules/registry.h"

namespace rdnsgate::lsp {
namespace {

/// Stands where something is being written, so that the parser says what could be there. No inventory has it.
constexpr std::string_view placeholder = "rdnsgate-completes-here";

/// Octets that one completion may take apart again and again: a large file gets fewer tries, and the editor
/// its answer.
constexpr std::size_t most_parsed = std::size_t{16} << 20;

struct Place {
  std::unique_ptr<ParsedText> parsed;
  Cursor cursor;
};

/// A text that is being written is seldom YAML. It is tried with the rest of the document and without, with
/// what closes a flow collection, and as a key that has no colon yet.
std::optional<Place> place_at(std::string_view text, std::size_t begin, std::size_t offset) {
  std::size_t parsed_octets = 0;
  const auto end_of_line = std::min(text.find_first_of("\r\n", offset), text.size());
  const auto before = std::string(text.substr(0, begin)) + std::string(placeholder);
  const auto rest_of_line = std::string(text.substr(offset, end_of_line - offset));
  const auto after = std::string(text.substr(end_of_line));
  for (const auto& tail : std::array{rest_of_line + after, std::string(after), std::string()}) {
    for (const char* close : {"", "]", "}", "\"", "}]"}) {
      for (const char* colon : {"", ":"}) {
        auto tried = before + colon + close + tail;
        parsed_octets += tried.size();
        if (parsed_octets > most_parsed && parsed_octets > tried.size()) return std::nullopt;
        auto parsed = std::make_unique<ParsedText>(std::move(tried));
        if (!parsed->document()) continue;
        if (auto cursor = cursor_at(*parsed->document(), begin))
          return Place{std::move(parsed), std::move(*cursor)};
      }
    }
  }
  return std::nullopt;
}

/// `name` of the items of the lists at the top of what is being written.
void add_own_names(const yaml::Document& document, Names& names) {
  const auto collect = [&](std::string_view key, std::set<std::string>& into) {
    const auto list = document.root().get(key);
    if (!list) return;
    yaml::for_each_item(*list, [&](const yaml::Value& item) {
      const auto name = item.is_map() ? item.get("name") : std::nullopt;
      if (name && name->is_text() && name->text().find(placeholder) == std::string_view::npos)
        into.emplace(name->text());
    });
  };
  if (!document.root().is_map()) return;
  collect("senders", names.senders);
  collect("relays", names.relays);
  collect("zones", names.zones);
  collect("domains", names.domains);
}

/// The last steps of a path are these.
bool ends_in(const KeyPath& path, std::initializer_list<std::string_view> steps) {
  return path.size() >= steps.size() &&
         std::equal(steps.begin(), steps.end(), path.end() - static_cast<std::ptrdiff_t>(steps.size()));
}

class Proposals {
 public:
  explicit Proposals(Position begin) : begin_(begin) {}

  void rule(const audit::RuleInfo& info, std::string_view behind) {
    add(std::string(info.id), ProposalKind::rule, std::string(info.summary),
        std::string(rules::page(info.id)), behind);
  }
  void rules() {
    for (const auto& each : rules::registry()) rule(each.info, {});
  }
  void references(const std::set<std::string>& names, std::string_view detail) {
    for (const auto& name : names) add(name, ProposalKind::reference, std::string(detail), {}, {});
  }
  void words(const std::vector<SchemaWord>& words, ProposalKind kind, std::string_view behind) {
    for (const auto& word : words) add(word.text, kind, word.title, word.markdown, behind);
  }
  void add(std::string text, ProposalKind kind, std::string detail, std::string markdown,
           std::string_view behind) {
    auto label = text;
    all_.push_back({std::move(label), std::move(text) + std::string(behind), kind, begin_, std::move(detail),
                    std::move(markdown)});
  }
  std::vector<Proposal> take() { return std::move(all_); }

 private:
  Position begin_;
  std::vector<Proposal> all_;
};

/// Behind `# rdnsgate: allow`, and before what ends the list of rules.
bool in_waiving_comment(std::string_view line_so_far) {
  const auto comment = line_so_far.rfind('#');
  if (comment == std::string_view::npos) return false;
  constexpr std::string_view space = " \t";
  auto rest = line_so_far.substr(comment + 1);
  for (const std::string_view word : {"rdnsgate:", "allow"}) {
    rest = rest.substr(std::min(rest.find_first_not_of(space), rest.size()));
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
  }
  return !rest.empty() && space.find(rest.front()) != std::string_view::npos &&
         rest.find(" until") == std::string_view::npos;
}

/// Keys of the mapping that are not there yet. A key that is being changed has its colon already.
void propose_keys(const Cursor& cursor, bool has_colon, Proposals& proposals) {
  KeyPath path = cursor.path;
  if (cursor.on_key) path.pop_back();
  const std::string_view behind = has_colon ? "" : ": ";
  const auto is_there = [&](std::string_view key) {
    return cursor.on_key && cursor.map && cursor.map->get(key).has_value();
  };
  auto words = schema_keys(path);
  std::erase_if(words, [&](const SchemaWord& word) { return is_there(word.text); });
  proposals.words(words, ProposalKind::property, behind);
  if (path != KeyPath{"rules"}) return;
  for (const auto& rule : rules::registry()) {
    if (!is_there(rule.info.id)) proposals.rule(rule.info, behind);
  }
}

void propose_values(const Cursor& cursor, std::string_view typed, const Names& names, Proposals& proposals) {
  const auto& path = cursor.path;
  proposals.words(schema_values(path), ProposalKind::value, {});
  if (ends_in(path, {"waivers", "[]", "rule"})) proposals.rules();
  if (ends_in(path, {"via", "[]"}) || ends_in(path, {"waivers", "[]", "target"})) {
    proposals.references(names.senders, "a sender");
    proposals.references(names.relays, "a relay");
  }
  if (ends_in(path, {"waivers", "[]", "target"})) {
    proposals.references(names.zones, "a zone");
    proposals.references(names.domains, "a domain");
  }
  const bool is_host = ends_in(path, {"helo"}) || ends_in(path, {"helo", "[]"}) || ends_in(path, {"ptr"});
  const auto dot = typed.find('.');
  if (!is_host || dot == std::string_view::npos) return;
  for (const auto& zone : names.zones) {
    if (!zone.ends_with(".arpa"))
      proposals.add(std::string(typed.substr(0, dot + 1)) + zone, ProposalKind::reference, "in a zone", {},
                    {});
  }
}

}  // namespace

std::vector<Proposal> complete_at(const OpenDocument& document, Position at, const Names& names) {
  const Lines lines(document.text);
  const std::string_view text = document.text;
  const auto offset = lines.offset(at);
  const auto begin = word_at(text.substr(0, offset), offset).begin;
  Proposals proposals(lines.position(begin));
  const auto line_begin = lines.offset({at.line, 0});
  if (in_waiving_comment(text.substr(line_begin, begin - line_begin)))
    return proposals.rules(), proposals.take();
  const auto end = word_at(text, offset).end;
  const auto place = place_at(text, begin, end);
  if (!place) return {};
  const auto rest = text.substr(end);
  const bool has_colon = rest.starts_with(":");
  Names all = names;
  add_own_names(*place->parsed->document(), all);
  const auto& cursor = place->cursor;
  if (!cursor.on_key) propose_values(cursor, text.substr(begin, offset - begin), all, proposals);
  // A scalar where a mapping may begin becomes its first key.
  if (cursor.on_key || schema_values(cursor.path).empty()) propose_keys(cursor, has_colon, proposals);
  return proposals.take();
}

}  // namespace rdnsgate::lsp
