// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// What the lab holds against other people's servers: how zone files are read, and what is answered from them.
//
//   zone_probe read ORIGIN FILE...           the records, a line each, octets in hexadecimal; or what is
//   refused zone_probe ask ADDRESS ORIGIN FILE...    questions ("NAME TYPE") from standard input, to the
//   zones and to the
//                                            name server at ADDRESS; prints where they differ, and the count
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "resolve/panel.h"

namespace {

using namespace rdnsgate;
using dns::Name;

std::string hex(std::string_view octets) {
  std::string out;
  for (const char c : octets) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::vector<resolve::ZoneSource> read_all(int count, char** words, bool say) {
  std::vector<resolve::ZoneSource> zones;
  for (int i = 0; i + 1 < count; i += 2) {
    std::ifstream in(words[i + 1], std::ios::binary);
    Sources sources;
    Diagnostics problems;
    const auto file = sources.add(words[i + 1], std::string(std::istreambuf_iterator<char>(in), {}));
    const auto origin = Name::parse(words[i]).value();
    const dns::FindIncluded find = [](const std::string&,
                                      const std::string& name) -> Result<dns::IncludedText> {
      std::ifstream included(name, std::ios::binary);  // as named-checkzone: by the current folder
      if (!included) return fail("there is no file " + name);
      return dns::IncludedText{name, std::string(std::istreambuf_iterator<char>(included), {})};
    };
    auto zone = dns::read_zone_file(sources, file, origin, problems, nullptr, find);
    bool refused = false;
    for (const auto& problem : problems) {
      if (problem.severity != Severity::error) {
        if (say) fmt::print("{} warned {}: {}\n", words[i], sources.locate(problem.at).line, problem.message);
        continue;
      }
      refused = true;
      if (say) {
        fmt::print("{} refused {}: {} ({})\n", words[i], sources.locate(problem.at).line, problem.message,
                   problem.hint);
      }
    }
    if (!say && refused) throw std::runtime_error(fmt::format("{} cannot be read", words[i + 1]));
    if (!refused) zones.push_back({words[i], std::move(zone)});
  }
  return zones;
}

int read(int count, char** words) {
  for (const auto& source : read_all(count, words, true)) {
    for (const auto& set : source.zone.rrsets) {
      for (const auto& rdata : set.rdata)
        fmt::print("{} {} {} {} {}\n", source.path, hex(set.owner.wire()), static_cast<unsigned>(set.type),
                   set.ttl, hex(rdata));
    }
  }
  return 0;
}

/// A chain of aliases that is being followed: a server need not go on into another of its zones.
struct Trail {
  dns::Question asked;
  dns::RrType type{};  ///< the type that is wanted at its end
  std::vector<dns::RRset> answer;
  std::optional<dns::Fact> end;
};

std::string shown(const dns::RRset& set) {
  std::string out = fmt::format(" {} {} {}", set.owner.text(), set.ttl, to_string(set.type));
  for (const auto& rdata : set.rdata) out += " " + rdata_text(set.type, rdata);
  return out;
}

/// Failures are all the same: a loop, a delegation, a name outside.
std::string shown(const dns::Fact& fact, const std::vector<dns::RRset>& before) {
  if (!dns::is_definite(fact.outcome)) return "none";
  std::string out(to_string(fact.outcome));
  for (const auto& set : before) out += shown(set);
  for (const auto& set : fact.answer) out += shown(set);
  return out + (fact.soa ? " /" + shown(*fact.soa) : std::string());
}

/// A server that has an alias and a referral to another of its zones says no more; the alias alone, it does.
bool is_referral(const dns::Fact& fact) {
  return fact.outcome == dns::Outcome::malformed && fact.reason == "a referral instead of an answer";
}

/// True where another zone of the server's has to be asked next.
bool follow(Trail& trail, dns::Fact&& fact) {
  constexpr std::size_t most = 60;
  const auto aliases = fact.aliases();
  if (is_referral(fact) && trail.asked.type != dns::RrType::CNAME) {
    trail.asked.type = dns::RrType::CNAME;
    return true;
  }
  const bool is_link = trail.asked.type != trail.type && dns::is_positive(fact.outcome);
  if (is_link || (fact.outcome == dns::Outcome::nodata && !fact.soa && !aliases.empty())) {
    trail.asked = {0, is_link ? fact.targets().front() : aliases.back().target, trail.type};
    std::move(fact.answer.begin(), fact.answer.end(), std::back_inserter(trail.answer));
    if (trail.answer.size() < most) return true;
    fact.outcome = dns::Outcome::malformed;
  }
  trail.end = std::move(fact);
  return false;
}

void ask_round(dns::Panel& panel, std::vector<Trail*> waiting) {
  while (!waiting.empty()) {
    std::unordered_multimap<std::string, Trail*> by_question;
    std::vector<Trail*> next;
    const auto key = [](const dns::Question& q) {
      return fmt::format("{} {}", q.name.text(), to_string(q.type));
    };
    std::size_t open = 0, sent = 0;
    std::vector<dns::Question> questions;
    for (auto* trail : waiting) {
      if (!by_question.contains(key(trail->asked))) questions.push_back(trail->asked);
      by_question.emplace(key(trail->asked), trail);
    }
    panel.set_sink([&](dns::Fact&& fact) {
      --open;
      const auto [first, last] = by_question.equal_range(key(fact.question));
      for (auto it = first; it != last; ++it) {
        if (follow(*it->second, dns::Fact(fact))) next.push_back(it->second);
      }
    });
    while (open > 0 || sent < questions.size()) {
      for (; sent < questions.size() && panel.room(0) > 0; ++sent, ++open) panel.ask(questions[sent]);
      panel.run_once(milliseconds(1000));
    }
    waiting = std::move(next);
  }
}

int ask(int count, char** words) {
  resolve::VantageConfig files, server;
  files.name = server.name = "lab";
  files.kind = dns::VantageKind::zonefiles;
  files.zone_files = read_all(count - 1, words + 1, false);
  server.kind = dns::VantageKind::forward;
  server.address = IpAddress::parse(words[0]).value();
  server.questions_per_second = 0;
  std::vector<Trail> ours, theirs;
  for (std::string line, name, type; std::getline(std::cin, line);) {
    std::istringstream(line) >> name >> type;
    const auto wanted = dns::parse_type(type).value();
    ours.push_back({{0, Name::parse(name).value(), wanted}, wanted, {}, {}});
  }
  theirs = ours;
  const auto run = [](const resolve::VantageConfig& config, std::vector<Trail>& trails) {
    const auto panel = resolve::make_panel(std::vector{config}, {}).value();
    std::vector<Trail*> all;
    for (auto& trail : trails) all.push_back(&trail);
    ask_round(*panel, std::move(all));
  };
  const auto questions = ours;
  run(files, ours);
  run(server, theirs);
  std::size_t different = 0, definite = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto a = shown(*ours[i].end, ours[i].answer), b = shown(*theirs[i].end, theirs[i].answer);
    definite += a != "none";
    if (a == b) continue;
    ++different;
    fmt::print("{} {}\n  zone files: {} [{}]\n  {}: {} [{}]\n", questions[i].asked.name.text(),
               to_string(questions[i].asked.type), a, ours[i].end->reason, words[0], b,
               theirs[i].end->reason);
  }
  fmt::print("{} questions, {} definite, {} different\n", ours.size(), definite, different);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string_view mode = argc > 2 ? argv[1] : "";
    if (mode == "read") return read(argc - 2, argv + 2);
    if (mode == "ask") return ask(argc - 2, argv + 2);
  } catch (const std::exception& error) {
    fmt::print(stderr, "zone_probe: {}\n", error.what());
    return 1;
  }
  return 2;
}
