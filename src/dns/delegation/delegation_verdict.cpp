// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/delegation_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dns/delegation/address_verdict.h"
#include "dns/delegation/signature_complaints.h"

namespace rdnsgate::dns {
namespace {

template <typename Names>
std::string listed(const Names& names) {
  std::string out;
  for (const auto& name : names) out.append(out.empty() ? "" : " ").append(name.text());
  return out.empty() ? "none" : out;
}

std::string listed(const std::vector<IpAddress>& addresses) {
  std::string out;
  for (const auto& address : addresses) out.append(out.empty() ? "" : " ").append(address.to_string());
  return out.empty() ? "none" : out;
}

template <typename Set>
Set without(const Set& all, const Set& some) {
  Set left;
  std::set_difference(all.begin(), all.end(), some.begin(), some.end(), std::inserter(left, left.end()));
  return left;
}

class CutJudge {
 public:
  CutJudge(const Cut& cut, const Surroundings& around) : cut_(cut), around_(around) {}

  /// Signatures are judged too.
  void check(const SignatureContext& signatures) { signatures_.emplace(signatures); }

  CutVerdict judge() {
    for (const auto& server : cut_.servers) {
      judge_server(server);
      for (const auto& report : server.addresses)
        judge_address(cut_, server, report, around_, verdict_.complaints);
    }
    if (!cut_.is_root()) {
      judge_parents();
      judge_dnssec();
    }
    if (signatures_) judge_trust(cut_, *signatures_, verdict_.complaints);
    judge_children();
    judge_answers();
    if (!cut_.foreign_glue.empty()) say(Fault::foreign_glue, Weight::note, listed(cut_.foreign_glue));
    if (cut_.left_out > 0)
      say(Fault::too_many_servers, Weight::fault, fmt::format("{} were not asked", cut_.left_out));
    judge_whole();
    return std::move(verdict_);
  }

 private:
  void say(Fault fault, Weight weight, std::string detail = {}) {
    verdict_.complaints.push_back({fault, weight, std::nullopt, std::nullopt, std::move(detail)});
  }
  void say_of(const NameServer& server, Fault fault, Weight weight, std::string detail = {}) {
    verdict_.complaints.push_back({fault, weight, server.name, std::nullopt, std::move(detail)});
  }

  template <typename Visit>
  void each_authority(Visit&& visit) const {
    for (const auto& server : cut_.servers) {
      for (const auto& report : server.addresses) {
        if (report.is_authoritative()) visit(server, report);
      }
    }
  }

  void judge_server(const NameServer& server) {
    switch (server.lookup) {
      case Lookup::not_needed:
      case Lookup::found:
        break;
      case Lookup::none:
        say_of(server, Fault::no_address, Weight::fault, server.lookup_reason);
        break;
      case Lookup::alias:
        say_of(server, Fault::address_is_alias, Weight::fault, server.lookup_reason);
        break;
      case Lookup::loop:
        say_of(server, Fault::address_loop, Weight::fault, server.lookup_reason);
        break;
      case Lookup::failed:
        say_of(server, Fault::address_unknown, Weight::unknown, server.lookup_reason);
        break;
      case Lookup::no_glue:
        say_of(server, Fault::glue_missing, Weight::fault);
        break;
    }
    if (!server.own || server.glue.empty() || *server.own == server.glue) return;
    say_of(server, Fault::glue_mismatch, Weight::fault,
           fmt::format("the parent has {}, the zone {}", listed(server.glue), listed(*server.own)));
  }

  void judge_parents() {
    std::set<std::vector<Name>> sets;
    std::vector<const ParentView*> without_it;
    for (const auto& view : cut_.parents) {
      const auto& reply = view.ns.reply;
      if (reply.kind == ReplyKind::referral && reply.referral->zone == cut_.zone) {
        sets.insert(reply.referral->ns);
        parent_ns_.insert(reply.referral->ns.begin(), reply.referral->ns.end());
      } else if (reply.authoritative &&
                 (reply.kind == ReplyKind::nodata || reply.kind == ReplyKind::nxdomain)) {
        without_it.push_back(&view);
      }
    }
    if (sets.size() > 1)
      say(Fault::parents_differ, Weight::fault, "not all servers of the parent give the same NS records");
    for (const auto* view : without_it) {
      verdict_.complaints.push_back(
          {Fault::no_delegation, Weight::fault, view->server, view->address,
           fmt::format("this server of {} knows no delegation", cut_.parent.text())});
    }
  }

  /// The NS records and serials that the zone's own servers give.
  void judge_children() {
    std::set<std::vector<std::string>> sets;
    std::set<Name> child_ns;
    std::set<std::uint32_t> serials;
    each_authority([&](const NameServer&, const AddressReport& report) {
      serials.insert(*report.serial());
      const auto& reply = report.ns.reply;
      if (reply.kind != ReplyKind::answer || !reply.authoritative) return;
      sets.insert(reply.rrset->rdata);
      for (const auto& rdata : reply.rrset->rdata) child_ns.insert(name_in(rdata).value());
    });
    if (sets.size() > 1)
      say(Fault::child_ns_differ, Weight::fault, "not all servers of the zone give the same NS records");
    if (serials.size() > 1)
      say(Fault::serials_differ, Weight::note, fmt::format("{}", fmt::join(serials, ", ")));
    same_serial_ = serials.size() < 2;
    if (parent_ns_.empty() || child_ns.empty() || parent_ns_ == child_ns) return;
    std::string detail;
    if (const auto only = without(parent_ns_, child_ns); !only.empty())
      detail = fmt::format("only at the parent: {}", listed(only));
    if (const auto only = without(child_ns, parent_ns_); !only.empty())
      detail += fmt::format("{}only in the zone: {}", detail.empty() ? "" : "; ", listed(only));
    say(Fault::ns_mismatch, Weight::fault, std::move(detail));
  }

  /// The DS records of the parent; nullopt where no server of it answered.
  std::optional<std::vector<std::string>> parent_ds() const {
    std::optional<std::vector<std::string>> all;
    for (const auto& view : cut_.parents) {
      const auto& reply = view.ds.reply;
      if (!reply.authoritative) continue;
      if (reply.kind == ReplyKind::answer) return reply.rrset->rdata;
      // The parent answers for the DS, also where the server holds both zones (RFC 4035 §3.1.4.1): what comes
      // from the child's side says nothing.
      const bool from_parent = reply.soa && reply.soa->owner != cut_.zone;
      if (from_parent && (reply.kind == ReplyKind::nodata || reply.kind == ReplyKind::nxdomain))
        all.emplace();
    }
    return all;
  }

  void judge_dnssec() {
    const auto ds = parent_ds();
    if (!ds) return;
    each_authority([&](const NameServer& server, const AddressReport& report) {
      const auto& reply = report.dnskey.reply;
      if (!reply.authoritative || (reply.kind != ReplyKind::answer && reply.kind != ReplyKind::nodata))
        return;
      const auto match =
          match_ds(cut_.zone, *ds, reply.rrset ? reply.rrset->rdata : std::vector<std::string>());
      const bool worse = match == DsMatch::no_key || match == DsMatch::mismatch;
      if (!verdict_.dnssec || worse) verdict_.dnssec = match;
      const bool anchored = match == DsMatch::island && signatures_ &&
                            signatures_->trust.state == Trust::State::secure;
      if ((match == DsMatch::matches || anchored) && signatures_)
        judge_signatures(cut_, server, report, *signatures_, verdict_.complaints);
      if (!worse) return;
      verdict_.complaints.push_back({match == DsMatch::no_key ? Fault::ds_without_dnskey : Fault::ds_mismatch,
                                     Weight::fault,
                                     server.name,
                                     report.address,
                                     {}});
    });
  }

  /// Whether servers that hold the same version of the zone answer the traced question in the same way.
  void judge_answers() {
    std::map<Name, std::set<std::string>> answers;
    each_authority([&](const NameServer&, const AddressReport& report) {
      for (const auto& [name, exchange] : report.questions) {
        const auto& reply = exchange.reply;
        if (!reply.authoritative || !reply.is_answer()) continue;
        auto text = std::string(to_string(reply.kind));
        for (const auto& rdata : reply.rrset ? reply.rrset->rdata : std::vector<std::string>())
          text.append(" ").append(rdata_text(reply.rrset->type, rdata));
        answers[name].insert(std::move(text));
      }
    });
    for (const auto& [name, texts] : answers) {
      if (texts.size() < 2) continue;
      say(Fault::answers_differ, same_serial_ ? Weight::fault : Weight::note,
          fmt::format("{}: {}", name.text(), fmt::join(texts, " | ")));
    }
  }

  /// Whether anybody holds the zone at all.
  void judge_whole() {
    bool authority = false, may_be = cut_.left_out > 0;
    each_authority([&](const NameServer&, const AddressReport&) { authority = true; });
    if (authority) return;
    for (const auto& server : cut_.servers) {
      may_be = may_be || server.lookup == Lookup::failed;
      for (const auto& report : server.addresses) {
        const bool closed =
            report.soa_udp.silence == Silence::closed && report.soa_tcp.silence == Silence::closed;
        may_be = may_be || (!report.soa().replied() && !closed);
      }
    }
    if (may_be) {
      say(Fault::no_answer, Weight::unknown,
          "no server of the zone answered for it, and not all could be asked");
    } else {
      say(Fault::no_server, Weight::fault, "no server of the zone is authoritative for it");
    }
  }

  const Cut& cut_;
  const Surroundings& around_;
  std::optional<SignatureContext> signatures_;
  CutVerdict verdict_;
  std::set<Name> parent_ns_;
  bool same_serial_ = true;
};

Weight gravest(const std::vector<Complaint>& complaints) {
  Weight weight = Weight::note;
  for (const auto& complaint : complaints) weight = std::max(weight, complaint.weight);
  return weight;
}

/// The trust in the zone above a cut.
const Trust* trust_above(const Trace& trace, const TraceProof& proof, std::size_t cut) {
  for (std::size_t i = 0; i < cut; ++i) {
    if (trace.cuts[i].zone == trace.cuts[cut].parent) return &proof.cuts[i];
  }
  return nullptr;
}

}  // namespace

Weight CutVerdict::weight() const { return gravest(complaints); }

Surroundings surroundings_of(const Trace& trace) {
  Surroundings around;
  for (const auto& cut : trace.cuts) {
    for (const auto& server : cut.servers) {
      for (const auto& report : server.addresses) {
        const auto family = report.address.is_v4() ? 0 : 1;
        around.udp[family] = around.udp[family] || report.soa_udp.replied();
        around.tcp[family] = around.tcp[family] || report.soa_tcp.replied();
      }
    }
  }
  return around;
}

CutVerdict judge(const Cut& cut, const Surroundings& surroundings) {
  return CutJudge(cut, surroundings).judge();
}

TraceVerdict judge(const Trace& trace, std::optional<Time> now, const TrustAnchors& anchors) {
  TraceVerdict verdict;
  const auto around = surroundings_of(trace);
  if (now) verdict.proof = prove(trace, anchors, *now);
  for (std::size_t i = 0; i < trace.cuts.size(); ++i) {
    CutJudge cut_judge(trace.cuts[i], around);
    if (now)
      cut_judge.check({*now, trace, verdict.proof->cuts[i], trust_above(trace, *verdict.proof, i)});
    verdict.cuts.push_back(cut_judge.judge());
  }
  const auto say = [&](Fault fault, Weight weight, std::string detail) {
    verdict.complaints.push_back({fault, weight, std::nullopt, std::nullopt, std::move(detail)});
  };
  if (trace.end == WalkEnd::alias_loop) say(Fault::alias_loop, Weight::fault, trace.last_name.text());
  if (trace.end == WalkEnd::too_deep) say(Fault::too_deep, Weight::fault, trace.zone.text());
  if (trace.end == WalkEnd::bound)
    say(Fault::bound_reached, Weight::unknown, fmt::format("after {} questions", trace.questions));
  verdict.weight = gravest(verdict.complaints);
  for (const auto& cut : verdict.cuts) verdict.weight = std::max(verdict.weight, cut.weight());
  // Servers that hold the last zone and still give nothing that can be followed.
  if (trace.end == WalkEnd::stuck && verdict.weight == Weight::note) {
    say(Fault::no_answer, Weight::unknown,
        fmt::format("no server of {} gave an answer that could be followed", trace.zone.text()));
    verdict.weight = Weight::unknown;
  }
  return verdict;
}

}  // namespace rdnsgate::dns
