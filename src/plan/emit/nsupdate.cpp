// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Scripts for BIND's nsupdate (RFC 2136). What protects a zone against a stale plan, a second application and
// the wrong order:
//
// - Each RRset that a script changes is a prerequisite: its whole old value (value dependent, RFC 2136
//   §2.4.2), or its absence (§2.4.3). A zone that was edited there refuses.
// - Prerequisites don't see TTLs. A step that changes nothing but the TTL would pass again and again, and a
//   later phase could overtake an earlier one. So the scripts of a zone hand a token on: a TXT RRset at
//   _rdnsgate.ZONE that names the plan and the part that was applied last. The first script wants no token
//   there, and puts its own in the same transaction; each later one wants exactly its predecessor's; the last
//   takes it away. What was applied, or is not due, refuses. It also keeps two plans from working in one zone
//   at the same time. The SOA serial could not do that: it is known only for the first script, and servers
//   that sign on their own (or any other edit) move it without touching what the plan is about.
// - The MINIMUM of an SOA record is changed by a message of its own, which has the whole record as its
//   prerequisite: it can be written only when the serial is known, and that is when the step is taken.
// - The roll-back of a script wants the token of that script and puts its predecessor's back.
//
// After the last script its token is gone, and the first could only pass again if every RRset of it had its
// old value: lowering TTLs is always followed by a change of value.
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/text/escape.h"
#include "plan/emit/emit.h"
#include "plan/emit/soa_update.h"
#include "plan/emit/zone_blocks.h"

namespace rdnsgate::plan {
namespace {

/// Of text in one transaction: a message holds 65,535 octets, and a record takes fewer there than here.
constexpr std::size_t transaction_limit = 30'000;
constexpr std::uint32_t token_ttl = 60;

struct Transaction {
  std::size_t phase = 0;
  std::vector<const Step*> steps;
};

/// Everything that is scripted for one zone, in order.
std::vector<Transaction> transactions_of(const Plan& plan, const Name& zone) {
  std::vector<Transaction> all;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    std::size_t size = transaction_limit + 1;
    for (const auto& step : plan.phases[i].steps) {
      if (step.zone != zone || !step.by_hand.empty() || step.type == RrType::SOA) continue;
      std::size_t more = 0;
      for (const auto* version : {&step.before, &step.after}) {
        if (!*version) continue;
        for (const auto& rdata : (*version)->rdata)
          more += step.owner.text().size() + dns::rdata_text(step.type, rdata).size() + 32;
      }
      size += more;
      // An alias and what it takes the place of come and go in one message.
      const bool together =
          !all.empty() && all.back().phase == i && all.back().steps.back()->owner == step.owner;
      if (size > transaction_limit && !together) {
        all.push_back({i, {}});
        size = more;
      }
      all.back().steps.push_back(&step);
    }
  }
  return all;
}

/// Letters, digits and hyphens (RFC 952, RFC 1123 §2.1): what nsupdate insists on for owners of addresses and
/// for PTR targets, unless it is told not to.
bool is_host(const Name& name) {
  const auto plain = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
  const auto labels = name.labels();
  return std::all_of(labels.begin(), labels.end(), [&](std::string_view label) {
    return std::all_of(label.begin(), label.end(), plain) && label.front() != '-' && label.back() != '-';
  });
}

/// A name that is in the zone already has to be written back as it is, fit for a host or not.
bool has_odd_name(const Step& step) {
  if (step.type == RrType::A || step.type == RrType::AAAA) return !is_host(step.owner);
  if (step.type != RrType::PTR) return false;
  const auto odd = [](const MaybeVersion& version) {
    return version && std::any_of(version->rdata.begin(), version->rdata.end(), [](const std::string& rdata) {
             const auto name = dns::name_in(rdata);
             return !name || !is_host(*name);
           });
  };
  return odd(step.before) || odd(step.after);
}

class Script {
 public:
  Script(const Plan& plan, const Name& zone, const std::string* soa)
      : plan_(plan), zone_(zone), soa_(soa), all_(transactions_of(plan, zone)) {
    if (const auto label = Name::parse("_rdnsgate")) {
      if (auto token = label->under(zone)) token_ = token->fqdn();
    }
  }

  std::string run(std::size_t phase, bool rollback) {
    std::vector<std::size_t> mine;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].phase == phase) mine.push_back(i);
    }
    const auto steps = steps_in(phase);
    if (steps.empty()) return {};
    if (rollback) std::reverse(mine.begin(), mine.end());
    head(phase, rollback, steps);
    if (!mine.empty() && token_.empty()) {
      comment("no script: the name of the zone is too long for the token that protects it");
      return out_;
    }
    // First: each of the others raises the serial.
    for (const auto* step : steps) {
      if (step->type == RrType::SOA && soa_ != nullptr) write_soa(rollback ? step->before : step->after);
    }
    for (const auto index : mine) write(index, rollback);
    return out_;
  }

 private:
  std::vector<const Step*> steps_in(std::size_t phase) const {
    std::vector<const Step*> all;
    for (const auto& step : plan_.phases[phase].steps) {
      if (step.zone == zone_) all.push_back(&step);
    }
    return all;
  }

  void head(std::size_t phase, bool rollback, const std::vector<const Step*>& steps) {
    const Step& step = *steps.front();
    comment(fmt::format("rdnsgate plan {}, phase {} {}{}, zone {}", plan_.id, phase, plan_.phases[phase].id,
                        rollback ? " (roll-back)" : "", zone_.fqdn()));
    if (step.managed_by != ManagedBy::nsupdate) {
      comment(fmt::format("the inventory says that this zone is managed by: {}",
                          inventory::to_string(step.managed_by)));
    }
    for (const auto* other : steps) by_hand(*other, rollback);
    comment("name the key on the command line: nsupdate -k KEYFILE");
  }

  /// What a person has to do beside it.
  void by_hand(const Step& step, bool rollback) {
    const auto& version = rollback ? step.before : step.after;
    if (step.type == RrType::SOA) {
      if (soa_ != nullptr) return;
      comment(fmt::format("to be done by hand beside this: SOA {} (with the next serial){}",
                          version ? dns::rdata_text(RrType::SOA, version->rdata.front()) : "",
                          rollback || step.managed_by != ManagedBy::nsupdate
                              ? ""
                              : "; rdnsgate rollout next prints the update for it"));
    } else if (!step.by_hand.empty()) {
      comment(fmt::format("to be done by hand ({}): {} {}", step.by_hand, step.owner.fqdn(),
                          dns::to_string(step.type)));
      for (const auto& rdata : version ? version->rdata : std::vector<std::string>())
        comment(fmt::format("  {} {}", version->ttl, dns::rdata_text(step.type, rdata)));
    }
  }

  /// A server takes an SOA record with a higher serial and no other, and says nothing where it does not (RFC
  /// 2136 §3.4.2.2). So the whole of what was seen is a prerequisite, which is why it needs no token: it
  /// holds once.
  void write_soa(const MaybeVersion& wanted) {
    if (!wanted) return;
    const auto minimum = dns::soa_in(wanted->rdata.front()).value().minimum;
    const auto now = dns::soa_in(*soa_).value();
    if (now.minimum == minimum) return;
    auto next = *soa_;
    const auto put = [&next](std::size_t from_end, std::uint32_t value) {
      for (std::size_t i = 0; i < 4; ++i)
        next[next.size() - from_end + i] = static_cast<char>((value >> (24 - 8 * i)) & 0xFFu);
    };
    put(20, now.serial + 1);
    put(4, minimum);
    line("zone {}", zone_.fqdn());
    line("prereq yxrrset {} IN SOA {}", zone_.fqdn(), dns::rdata_text(RrType::SOA, *soa_));
    line("update add {} {} IN SOA {}", zone_.fqdn(), wanted->ttl, dns::rdata_text(RrType::SOA, next));
    line("show");
    line("send");
    line("answer");
  }

  void write(std::size_t index, bool rollback) {
    line("zone {}", zone_.fqdn());
    const auto& steps = all_[index].steps;
    if (std::any_of(steps.begin(), steps.end(), [](const Step* step) { return has_odd_name(*step); }))
      line("check-names no");
    const auto before = token_after(index), after = token_after(index + 1);
    require_token(rollback ? after : before);
    for (const auto* step : steps) require(*step, rollback ? step->after : step->before, steps);
    // All that goes before all that comes: where an alias takes the place of a record, or the other way, the
    // server drops what is added too early without a word (RFC 2136 §3.4.2.2).
    for (const auto* step : steps) {
      if ((rollback ? step->after : step->before) && !is_apex_ns(*step))
        line("update delete {} IN {}", step->owner.fqdn(), dns::to_string(step->type));
    }
    for (const auto* step : steps) add(*step, rollback ? step->before : step->after);
    for (const auto* step : steps) {
      if (is_apex_ns(*step))
        remove_ns(*step, rollback ? step->after : step->before, rollback ? step->before : step->after);
    }
    change_token(rollback ? after : before, rollback ? before : after);
    line("show");
    line("send");
    line("answer");
  }

  /// The token that lies in the zone after `count` transactions; empty for none.
  std::string token_after(std::size_t count) const {
    if (count == 0 || count == all_.size()) return {};
    std::string rdata;
    for (const auto& text : {std::string("rdnsgate"), "plan=" + plan_.id, fmt::format("part={}", count),
                             "phase=" + plan_.phases[all_[count - 1].phase].id}) {
      rdata += static_cast<char>(std::min<std::size_t>(text.size(), 255));
      rdata += text.substr(0, 255);
    }
    return dns::rdata_text(RrType::TXT, rdata);
  }

  void require_token(const std::string& token) {
    if (token.empty()) {
      line("prereq nxrrset {} IN TXT", token_);
    } else {
      line("prereq yxrrset {} IN TXT {}", token_, token);
    }
  }

  void change_token(const std::string& from, const std::string& to) {
    if (!from.empty()) line("update delete {} IN TXT", token_);
    if (!to.empty()) line("update add {} {} IN TXT {}", token_, token_ttl, to);
  }

  void require(const Step& step, const MaybeVersion& version, const std::vector<const Step*>& all) {
    const auto owner = step.owner.fqdn();
    const auto type = dns::to_string(step.type);
    if (version) {
      for (const auto& rdata : version->rdata)
        line("prereq yxrrset {} IN {} {}", owner, type, dns::rdata_text(step.type, rdata));
      return;
    }
    line("prereq nxrrset {} IN {}", owner, type);
    // Beside a CNAME the server would drop the addition without a word (RFC 2136 §3.4.2.2).
    const bool said = std::any_of(all.begin(), all.end(), [&](const Step* other) {
      return other->type == RrType::CNAME && other->owner == step.owner;
    });
    if (!said) line("prereq nxrrset {} IN CNAME", owner);
  }

  /// A server passes over the deletion of all NS records of a zone, and takes that of single ones as long as
  /// others are left (RFC 2136 §3.4.2.3, §3.4.2.4): what goes does so after what comes.
  static bool is_apex_ns(const Step& step) { return step.type == RrType::NS && step.owner == step.zone; }

  void remove_ns(const Step& step, const MaybeVersion& from, const MaybeVersion& to) {
    if (!from) return;
    for (const auto& rdata : from->rdata) {
      if (!to || !std::binary_search(to->rdata.begin(), to->rdata.end(), rdata))
        line("update delete {} IN NS {}", step.owner.fqdn(), dns::rdata_text(RrType::NS, rdata));
    }
  }

  /// The whole RRset at once: its records share one TTL (RFC 2181 §5.2).
  void add(const Step& step, const MaybeVersion& version) {
    if (!version) return;
    for (const auto& rdata : version->rdata) {
      line("update add {} {} IN {} {}", step.owner.fqdn(), version->ttl, dns::to_string(step.type),
           dns::rdata_text(step.type, rdata));
    }
  }

  void comment(const std::string& text) { out_ += "; " + escape_terminal(text) + "\n"; }

  template <typename... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Args>(args)...);
    out_ += '\n';
  }

  const Plan& plan_;
  const Name& zone_;
  const std::string* soa_;
  std::vector<Transaction> all_;
  std::string token_;
  std::string out_;
};

}  // namespace

std::string nsupdate_script(const Plan& plan, std::size_t phase, const Name& zone, bool rollback) {
  return nsupdate_script_with(plan, phase, zone, rollback, nullptr);
}

std::string nsupdate_script_with(const Plan& plan, std::size_t phase, const Name& zone, bool rollback,
                                 const std::string* soa) {
  return Script(plan, zone, soa).run(phase, rollback);
}

std::string emit_nsupdate(const Plan& plan) {
  std::string out;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    for (const auto& zone : zones_of(plan.phases[i])) out += nsupdate_script(plan, i, zone, false);
  }
  return out.empty() ? fmt::format("; rdnsgate plan {}: nothing to do\n", plan.id) : out;
}

}  // namespace rdnsgate::plan
