// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/snapshot/snapshot.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/snapshot/fact_json.h"

namespace rdnsgate::dns {
namespace {

// A message has 65,535 octets; one made of compressed names alone comes to some 6 MiB of text.
constexpr std::size_t max_line = std::size_t{16} << 20;
// Ten million questions come to less.
constexpr std::uint64_t max_text = std::uint64_t{4} << 30;

/// The lines of a stream, none longer than max_line, all together no longer than max_text.
class Lines {
 public:
  explicit Lines(std::istream& in) : text_(in) {}

  /// False at the end, and where something is wrong (error() says what).
  bool next(std::string_view& line) {
    std::size_t searched = at_;
    std::size_t end = 0;
    while ((end = rest_.find('\n', searched)) == std::string::npos) {
      searched = rest_.size() - at_;
      rest_.erase(0, at_);
      at_ = 0;
      if (!more()) return false;
    }
    ++number_;
    line = std::string_view(rest_).substr(at_, end - at_);
    at_ = end + 1;
    return true;
  }
  std::size_t number() const { return number_; }
  const Error* error() const { return wrong_ ? &*wrong_ : nullptr; }

 private:
  bool more() {
    const auto octets = text_.read();
    if (!octets) {
      wrong_ = octets.error();
    } else if (octets->empty()) {
      if (!rest_.empty()) wrong_ = Error{"the last line has no end: the file is cut short"};
    } else if (rest_.size() + octets->size() > max_line) {
      wrong_ = Error{fmt::format("a line of more than {} MiB", max_line >> 20)};
    } else if ((total_ += octets->size()) > max_text) {
      wrong_ = Error{fmt::format("more than {} GiB of text", max_text >> 30)};
    } else {
      rest_ += *octets;
      return true;
    }
    return false;
  }

  Gunzip text_;
  std::string rest_;
  std::size_t at_ = 0;  // in rest_: where the next line begins
  std::size_t number_ = 0;
  std::uint64_t total_ = 0;
  std::optional<Error> wrong_;
};

}  // namespace

Result<void> write_snapshot(const SnapshotHead& head, const FactStore& facts, const OctetSink& sink) {
  Gzip out(sink);
  bool good = true, too_long = false;
  const auto write = [&](std::string line) {
    line += '\n';
    too_long = too_long || line.size() > max_line;
    good = good && !too_long && out.write(line);
  };
  write(head_line(head, facts.size()));
  facts.for_each_in_order([&](const Fact& fact) {
    if (good) write(fact_line(fact));
  });
  good = good && out.finish();
  if (too_long) return fail(fmt::format("a fact takes more than {} MiB", max_line >> 20));
  if (!good) return fail("the write failed");
  return {};
}

Result<Snapshot> read_snapshot(std::istream& in, std::string_view path) {
  Lines lines(in);
  std::string_view line;
  const auto wrong = [&](std::size_t number, const Error& error) {
    return fail(fmt::format("{}:{}: {}", path, number, error.message), error.hint);
  };
  if (!lines.next(line)) {
    return wrong(1, lines.error() != nullptr
                        ? *lines.error()
                        : Error{"the file is empty", "a snapshot is written by --record"});
  }
  std::size_t expected = 0;
  auto head = read_head(line, expected);
  if (!head) return wrong(1, head.error());
  Snapshot snapshot{std::move(*head), {}};
  while (lines.next(line)) {
    auto fact = read_fact(line, snapshot.head.vantages.size());
    if (!fact) return wrong(lines.number(), fact.error());
    if (!snapshot.facts.insert(*fact)) {
      return wrong(lines.number(), {fmt::format("the question {} {} is there twice",
                                                fact->question.name.text(), to_string(fact->question.type))});
    }
  }
  if (lines.error() != nullptr) return wrong(lines.number() + 1, *lines.error());
  if (snapshot.facts.size() != expected) {
    return wrong(lines.number(), {fmt::format("the first line announces {} facts, and there are {}", expected,
                                              snapshot.facts.size()),
                                  "was it copied completely?"});
  }
  return snapshot;
}

namespace {

std::string described(const VantageInfo& info) {
  return fmt::format("{}{} of operator \"{}\"", info.internal ? "internal " : "", to_string(info.kind),
                     info.operator_name);
}

}  // namespace

Result<void> merge_snapshot(Snapshot& into, const Snapshot& from, std::string_view path) {
  auto& vantages = into.head.vantages;
  std::vector<VantageIndex> place;
  for (const auto& info : from.head.vantages) {
    const auto known = std::find_if(vantages.begin(), vantages.end(),
                                    [&](const auto& other) { return other.name == info.name; });
    place.push_back(static_cast<VantageIndex>(known - vantages.begin()));
    if (known == vantages.end()) {
      vantages.push_back(info);
    } else if (known->kind != info.kind || known->operator_name != info.operator_name ||
               known->internal != info.internal) {
      return fail(fmt::format("{}: its vantage \"{}\" is {}; in a file before it, it is {}", path, info.name,
                              described(info), described(*known)),
                  "two networks that see different things need vantages of different names: rename one and "
                  "record again");
    }
  }
  from.facts.for_each([&](Fact fact) {
    fact.question.vantage = place[fact.question.vantage];
    const auto known = into.facts.find(fact.question);
    if (!known || known->asked_at <= fact.asked_at) into.facts.put(fact);
  });
  into.head.taken_at = std::min(into.head.taken_at, from.head.taken_at);
  into.head.finished_at = std::max(into.head.finished_at, from.head.finished_at);
  return {};
}

}  // namespace rdnsgate::dns
