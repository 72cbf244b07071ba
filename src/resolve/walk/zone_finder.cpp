// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/walk/zone_finder.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

#include "dns/delegation/delegation_verdict.h"

namespace rdnsgate::resolve {
namespace {

using dns::Outcome;

bool by_name(const ZoneServer& a, const ZoneServer& b) {
  return std::tie(a.name, a.address) < std::tie(b.name, b.address);
}

std::vector<ZoneServer> authorities(const dns::Cut& cut) {
  std::vector<ZoneServer> servers;
  std::vector<IpAddress> seen;  // two names with one address are asked once
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      const auto serial = report.serial();
      if (!serial || std::find(seen.begin(), seen.end(), report.address) != seen.end()) continue;
      seen.push_back(report.address);
      servers.push_back({server.name, report.address, *serial});
    }
  }
  std::sort(servers.begin(), servers.end(), by_name);
  return servers;
}

/// What a cut names beyond what is asked: servers, and of those that are asked addresses.
std::string beyond_bounds(const dns::Cut& cut) {
  std::size_t addresses = 0;
  for (const auto& server : cut.servers) {
    const auto known = std::max(server.glue.size(), server.own ? server.own->size() : 0);
    addresses += known - std::min(known, server.addresses.size());
  }
  std::string text;
  if (cut.left_out > 0) text = fmt::format("{} more name servers", cut.left_out);
  if (addresses > 0) text += fmt::format("{}{} more addresses", text.empty() ? "" : " and ", addresses);
  return text;
}

/// No more of them than are asked: of each name the first address, then of each the second.
void keep_most(std::vector<ZoneServer>& servers) {
  std::map<dns::Name, std::size_t> turns;
  std::vector<std::pair<std::size_t, ZoneServer>> turned;
  for (auto& server : servers) turned.emplace_back(turns[server.name]++, server);
  std::stable_sort(turned.begin(), turned.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  servers.clear();
  for (std::size_t i = 0; i < ZoneFinder::most_holders; ++i) servers.push_back(std::move(turned[i].second));
  std::sort(servers.begin(), servers.end(), by_name);
}

void note_bounds(const dns::Cut& cut, FoundZone& found) {
  const auto beyond = beyond_bounds(cut);
  if (!beyond.empty()) found.left_out = fmt::format("its delegation names {} than are asked", beyond);
  const auto there = found.servers.size();
  if (there <= ZoneFinder::most_holders) return;
  keep_most(found.servers);
  found.left_out =
      fmt::format("of the {} addresses of its name servers {} are asked", there, found.servers.size());
}

/// What the walk went on from: the answer about the name that was looked for, or else about the zone's own
/// SOA record.
const dns::Exchange& last_of(const dns::AddressReport& report, const dns::Name& wanted) {
  for (const auto& [name, exchange] : report.questions)
    if (name == wanted && exchange.asked) return exchange;
  return report.soa();
}

/// What an address said in place of the zone's SOA record.
std::pair<Outcome, std::string> failure_of(const dns::Exchange& exchange) {
  const auto& reply = exchange.reply;
  if (!exchange.asked) return {Outcome::unanswered, "not asked any more"};
  if (reply.kind == dns::ReplyKind::none || reply.kind == dns::ReplyKind::failed)
    return {reply.failure, reply.reason.empty() ? std::string(to_string(reply.failure)) : reply.reason};
  return {Outcome::malformed, "it does not hold the zone"};
}

/// No address of the cut can be reached from here.
bool is_cut_off(const dns::Cut& cut, const dns::Name& wanted) {
  return std::all_of(cut.servers.begin(), cut.servers.end(), [&](const auto& server) {
    return !server.addresses.empty() &&
           std::all_of(server.addresses.begin(), server.addresses.end(), [&](const auto& report) {
             return failure_of(last_of(report, wanted)).first == Outcome::unreachable;
           });
  });
}

/// Why no address of the cut can be asked, or answers for what is below it. Of several outcomes the first
/// that is more than silence counts.
void explain(const dns::Cut& cut, FoundZone& found) {
  // Where no packet gets anywhere, one server says as much as all of them.
  const bool cut_off = is_cut_off(cut, found.wanted);
  const std::size_t enough = cut_off ? 1 : 4;
  std::vector<std::string> reasons;
  std::size_t more = 0;
  for (const auto& server : cut.servers) {
    if (server.addresses.empty()) reasons.push_back(fmt::format("{} has no address", server.name.text()));
    for (const auto& report : server.addresses) {
      const auto [outcome, reason] = failure_of(last_of(report, found.wanted));
      if (found.failure == Outcome::unanswered || found.failure == Outcome::timeout ||
          found.failure == Outcome::unreachable)
        found.failure = outcome;
      if (reasons.size() == enough) {
        ++more;
        continue;
      }
      reasons.push_back(fmt::format("{} {}: {}", server.name.text(), report.address.to_string(), reason));
    }
  }
  found.reason = found.servers.empty()
                     ? fmt::format("no server of {} can be asked", found.zone.text())
                     : fmt::format("no server of {} answers for {}", found.zone.text(), found.wanted.text());
  if (!reasons.empty()) found.reason += fmt::format(": {}", fmt::join(reasons, "; "));
  if (more > 0) found.reason += fmt::format("; and {} more", more);
}

FoundZone failed(const dns::Name& wanted, std::string reason) {
  FoundZone found;
  found.wanted = found.zone = wanted;
  found.gave_up = true;
  found.reason = std::move(reason);
  return found;
}

}  // namespace

ZoneFinder::ZoneFinder(Loop& loop, std::vector<dns::RootServer> root, dns::TrustAnchors anchors,
                       const WalkOptions& options, std::function<void(FoundZone&&)> found)
    : root_(std::move(root)),
      anchors_(std::move(anchors)),
      options_(options),
      found_(std::move(found)),
      signal_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (signal_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  options_.most_aliases = 0;  // the alias itself is in the zone
  options_.asking.stop = &stop_;
  ready_ = std::make_unique<Readable>(loop, signal_, [this] { collect(); });
}

ZoneFinder::~ZoneFinder() {
  stop_ = true;
  {
    const std::lock_guard lock(mutex_);
    wanted_.clear();
  }
  more_.notify_all();
  for (auto& thread : threads_) thread.join();
  ready_.reset();
  close(signal_);
}

void ZoneFinder::find(Wanted&& wanted) {
  const dns::Name name = wanted.name;
  const std::lock_guard lock(mutex_);
  wanted_.push_back(std::move(wanted));
  if (idle_ >= wanted_.size() || threads_.size() == most_at_once) return more_.notify_one();
  try {
    threads_.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {  // no more threads: those that are there do it
    if (!threads_.empty()) return;
    wanted_.pop_back();
    deliver(failed(name, error.what()));
  }
}

void ZoneFinder::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    more_.wait(lock, [this] { return stop_ || !wanted_.empty(); });
    --idle_;
    if (stop_) return;
    const Wanted wanted = std::move(wanted_.front());
    wanted_.pop_front();
    const bool used_up = !wanted.inspect && spent_ >= allowed_;
    lock.unlock();
    auto found = used_up ? failed(wanted.name, "not looked for: answers have led to too many questions")
                         : walk_safely(wanted);
    lock.lock();
    if (!wanted.inspect) spent_ += found.questions;
    deliver(std::move(found));
  }
}

void ZoneFinder::allow(std::uint64_t questions) {
  const std::lock_guard lock(mutex_);
  allowed_ += questions;
}

/// For the loop to collect; the mutex is held.
void ZoneFinder::deliver(FoundZone&& found) {
  done_.push_back(std::move(found));
  const std::uint64_t one = 1;
  // It can fail only where the counter is full: then the loop is awake already.
  [[maybe_unused]] const auto written = write(signal_, &one, sizeof one);
}

/// Whatever this machine runs out of ends the walk, and not the program.
FoundZone ZoneFinder::walk_safely(const Wanted& wanted) {
  try {
    return walk_to(wanted);
  } catch (const std::exception& error) {
    return failed(wanted.name, error.what());
  }
}

FoundZone ZoneFinder::walk_to(const Wanted& wanted) {
  FoundZone found;
  found.wanted = wanted.name;
  auto options = options_;
  if (!wanted.inspect) options.asking.most_questions = most_of_walk;
  options.in_full = wanted.inspect ? WalkOptions::InFull::cut_at_name : WalkOptions::InFull::none;
  Trusts trusts;
  options.known = known_above(wanted.name, trusts);
  options.declared = wanted.declared;
  for (const auto& [zone, anchor] : anchors_.zones) options.anchored.push_back(zone);
  auto trace = walk(root_, wanted.name, dns::RrType::SOA, options);
  if (!trace) return failed(wanted.name, trace.error().message);
  found.zone = trace->zone;
  found.gave_up = trace->end == dns::WalkEnd::stuck || trace->end == dns::WalkEnd::bound;
  const auto cut = std::find_if(trace->cuts.begin(), trace->cuts.end(),
                                [&](const dns::Cut& it) { return it.zone == trace->zone; });
  found.servers = authorities(*cut);
  found.questions = trace->questions;
  note_bounds(*cut, found);
  if (found.servers.empty() || found.gave_up) explain(*cut, found);
  if (trace->questions >= options.asking.most_questions)
    found.reason = fmt::format("the search for {} ended after {} questions: {}", wanted.name.text(),
                               trace->questions, found.reason);
  const auto now = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  found.trust = dns::trust_of(trace->cuts, trace->zone, anchors_, now, trusts);
  if (wanted.inspect && cut->zone == wanted.name) {
    auto delegation = dns::Delegation{*cut, dns::surroundings_of(*trace)};
    for (auto& server : delegation.cut.servers) {
      for (auto& report : server.addresses) report.questions.clear();
    }
    for (auto& view : delegation.cut.parents) {
      view.ns.message.clear();
      view.ds.message.clear();
    }
    found.delegation = std::make_shared<const dns::Delegation>(std::move(delegation));
  }
  learn(*trace, wanted, trusts);
  return found;
}

std::vector<dns::Cut> ZoneFinder::known_above(const dns::Name& name, Trusts& trusts) {
  std::vector<dns::Cut> cuts;
  const std::lock_guard lock(mutex_);
  for (const auto& [zone, cut] : known_) {
    if (zone == name || !name.is_within(zone)) continue;
    cuts.push_back(cut);
    if (const auto trust = trusts_.find(zone); trust != trusts_.end()) trusts.insert(*trust);
  }
  std::sort(cuts.begin(), cuts.end(),
            [](const dns::Cut& a, const dns::Cut& b) { return a.zone.label_count() < b.zone.label_count(); });
  return cuts;
}

/// Keeps the cuts that were passed. One that nobody answered for is looked at again by the next walk.
void ZoneFinder::learn(const dns::Trace& trace, const Wanted& wanted, const Trusts& trusts) {
  const std::lock_guard lock(mutex_);
  for (const auto& cut : trace.cuts) {
    if (cut.zone == wanted.name || known_.count(cut.zone) != 0 || authorities(cut).empty()) continue;
    auto& kept = known_.emplace(cut.zone, cut).first->second;
    if (const auto trust = trusts.find(cut.zone); trust != trusts.end()) trusts_.insert(*trust);
    for (auto& server : kept.servers) {
      for (auto& report : server.addresses) report.questions.clear();
    }
  }
}

void ZoneFinder::collect() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto taken = read(signal_, &count, sizeof count);
  std::vector<FoundZone> done;
  {
    const std::lock_guard lock(mutex_);
    done.swap(done_);
  }
  for (auto& found : done) found_(std::move(found));
}

}  // namespace rdnsgate::resolve
