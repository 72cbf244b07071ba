// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/address_verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/delegation/silence.h"

namespace rdnsgate::dns {
namespace {

class AddressJudge {
 public:
  AddressJudge(const Cut& cut, const NameServer& server, const AddressReport& report,
               const Surroundings& around, std::vector<Complaint>& out)
      : cut_(cut), server_(server), report_(report), around_(around), out_(out) {}

  void judge() {
    const bool udp = report_.soa_udp.replied(), tcp = report_.soa_tcp.replied();
    if (!udp && !tcp) return judge_silence();
    if (udp != tcp) judge_one_transport(udp);
    judge_reply();
    judge_edns();
    for (const auto& asked : report_.questions) judge_referral(asked.exchange.reply);
  }

 private:
  void say(Fault fault, Weight weight, std::string detail = {}) {
    const bool known = std::any_of(out_.begin(), out_.end(), [&](const Complaint& it) {
      return it.fault == fault && it.address == report_.address && it.server == server_.name;
    });
    if (!known) out_.push_back({fault, weight, server_.name, report_.address, std::move(detail)});
  }

  void judge_silence() {
    const auto udp = report_.soa_udp.silence, tcp = report_.soa_tcp.silence;
    // It answered over UDP that the answer is to be had over TCP.
    if (report_.soa_udp.over_tcp) return judge_one_transport(true);
    if (udp == Silence::not_asked || tcp == Silence::not_asked) return;  // a complaint about the walk
    if (udp == Silence::no_route && tcp == Silence::no_route) return say(Fault::no_route, Weight::note);
    if (udp == Silence::closed && tcp == Silence::closed) return say(Fault::not_listening, Weight::fault);
    const auto family = report_.address.is_v4() ? 0 : 1;
    const auto gone = [](const Exchange& exchange, bool works) {
      return exchange.silence == Silence::closed || (works && is_lasting_silence(exchange));
    };
    // Whether TCP gets out of here at all is not asked: that nothing comes over UDP, where others answer, is
    // fault enough, and a reply over TCP would have taken it back.
    const bool says = gone(report_.soa_udp, around_.udp[family]) && gone(report_.soa_tcp, true);
    say(Fault::silent, says ? Weight::fault : Weight::unknown,
        fmt::format("UDP: {}; TCP: {}", report_.soa_udp.reply.reason, report_.soa_tcp.reply.reason));
  }

  /// A lost packet looks the same as one that nobody answers, and a firewall near us the same as one near the
  /// server, until somebody else answered over that transport.
  void judge_one_transport(bool udp) {
    const auto family = report_.address.is_v4() ? 0 : 1;
    const bool works = udp ? around_.tcp[family] : around_.udp[family];
    const auto& failed = udp ? report_.soa_tcp : report_.soa_udp;
    if (failed.silence == Silence::not_asked) return;
    const bool definite = failed.silence == Silence::closed || (works && is_lasting_silence(failed));
    say(udp ? Fault::udp_only : Fault::tcp_only, definite ? Weight::fault : Weight::unknown,
        failed.reply.reason);
  }

  void judge_reply() {
    const auto& reply = report_.soa().reply;
    switch (reply.kind) {
      case ReplyKind::none:
        return;
      case ReplyKind::failed:
        if (reply.failure == Outcome::refused) return say(Fault::lame_refused, Weight::fault, reply.reason);
        if (reply.failure == Outcome::malformed)
          return say(Fault::malformed_reply, Weight::fault, reply.reason);
        return say(Fault::lame_servfail, Weight::fault, reply.reason);
      case ReplyKind::referral:
        return judge_referral(reply);
      case ReplyKind::answer:
        if (!reply.authoritative) say(Fault::lame_not_authoritative, Weight::fault, "it answers without AA");
        return;
      case ReplyKind::alias:
        return say(Fault::lame_not_authoritative, Weight::fault, "it answers that the zone's name is an alias");
      case ReplyKind::nodata:
      case ReplyKind::nxdomain:
        return say(Fault::lame_not_authoritative, Weight::fault,
                   reply.soa ? fmt::format("it answers that {} holds no such zone", reply.soa->owner.text())
                             : "it answers that there is no such zone");
    }
  }

  /// A referral must lead down the tree: anything else leads a client around in circles.
  void judge_referral(const AuthorityReply& reply) {
    if (reply.kind != ReplyKind::referral) return;
    const auto& zone = reply.referral->zone;
    if (zone == cut_.zone) return say(Fault::referral_loop, Weight::fault, "it refers to the zone itself");
    if (cut_.zone.is_within(zone))
      return say(Fault::lame_upward_referral, Weight::fault, fmt::format("it refers to {}", zone.text()));
    if (!zone.is_within(cut_.zone))
      return say(Fault::lame_not_authoritative, Weight::fault, fmt::format("it refers to {}", zone.text()));
  }

  void judge_edns() {
    // A lost packet looks like a dropped one: all that were answered must have needed the try without EDNS,
    // and many more with EDNS must have been in vain.
    unsigned dropped = 0, others = 0;
    for (const auto* exchange : {&report_.soa_udp, &report_.ns, &report_.dnskey}) {
      if (!exchange->replied() || exchange->over_tcp) continue;
      ++(exchange->edns == Edns::dropped ? dropped : others);
      if (exchange->edns == Edns::refused) say(Fault::edns_refused, Weight::note);
    }
    if (dropped > 1 && others == 0 && report_.soa_udp.tries >= many_tries_over_udp)
      say(Fault::edns_dropped, Weight::fault);
  }

  const Cut& cut_;
  const NameServer& server_;
  const AddressReport& report_;
  const Surroundings& around_;
  std::vector<Complaint>& out_;
};

}  // namespace

void judge_address(const Cut& cut, const NameServer& server, const AddressReport& report,
                   const Surroundings& around, std::vector<Complaint>& out) {
  AddressJudge(cut, server, report, around, out).judge();
}

}  // namespace rdnsgate::dns
