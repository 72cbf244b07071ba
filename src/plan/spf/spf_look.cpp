// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_look.h"

#include <algorithm>

#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

// A reply that fits into 512 octets needs neither EDNS nor TCP; what is longer than 1232 is cut off on most
// ways (RFC 7208 §3.4, RFC 9715).
constexpr std::size_t reply_sizes[] = {512, 1232};

}  // namespace

SpfLook::SpfLook(const Picture& picture, const std::vector<Operation>& operations)
    : picture_(picture),
      final_(picture, operations),
      evaluator_([this, ask = spf_asker(picture, [this](std::size_t set) {
                          return std::vector{final_.value(set)};
                        })](const Name& name, RrType type) {
        auto found = ask(name, type);
        if (found.state == mailauth::SpfLookup::State::unknown && unknown_.empty())
          unknown_ = spf_why_unknown(picture_, name, type);
        return found;
      }) {}

mailauth::SpfOutcome SpfLook::of(const Path& path, const Name& helo, const Name& domain,
                                 std::vector<mailauth::SpfRecordTrace>* trace) {
  unknown_.clear();
  return evaluator_.evaluate(spf_identity(path, helo, domain), domain, trace);
}

std::string SpfLook::why_unknown() const {
  return unknown_.empty() ? "it depends on what each message says of itself" : unknown_;
}

mailauth::SpfOutcome SpfLook::whole(const Name& domain, const IpAddress& ip) {
  return evaluator_.exhaust({ip, std::nullopt, domain, std::nullopt}, domain);
}

std::vector<Operation> additions_among(const std::vector<Operation>& operations) {
  std::vector<Operation> all;
  for (const auto& one : operations) {
    if (one.kind == Kind::add_forward) all.push_back(one);
  }
  return all;
}

const std::vector<std::string>& rdata_of(const MaybeVersion& version) {
  static const std::vector<std::string> nothing;
  return version ? version->rdata : nothing;
}

bool may_grow(std::size_t from, std::size_t to) {
  return std::none_of(std::begin(reply_sizes), std::end(reply_sizes),
                      [&](std::size_t most) { return from <= most && to > most; });
}

}  // namespace rdnsgate::plan
