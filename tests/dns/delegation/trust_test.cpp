// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What a validator makes of a zone's keys: DS records at the parent, the proof that there is none, trust anchors.
#include "dns/delegation/trust.h"

#include <doctest/doctest.h>

#include "dns/cut_sample.h"
#include "dns/delegation/trust_anchors.h"
#include "dns/dnssec/ds_match.h"
#include "dns/signing_server.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::test;
using State = Trust::State;

namespace {

const auto child = name("sub.zone.test");

/// SHA-256 over owner and key (RFC 4034 §5.1.4).
std::string ds_of(const Name& zone, const Signer& signer) {
  auto* owner = ldns_dname_new_frm_str(zone.fqdn().c_str());
  auto key = ldns_record(zone, RrType::DNSKEY, 300, signer.dnskey());
  ldns_rr* ds = ldns_key_rr2ds(key.get(), LDNS_SHA256);
  auto rdata = data_of(ds);
  ldns_rr_free(ds);
  ldns_rdf_deep_free(owner);
  return rdata;
}

RRset soa_set(const Name& zone) { return {zone, RrType::SOA, 300, {cuts::soa_data(1)}}; }
RRset ns_set() { return {child, RrType::NS, 300, {name("ns.sub.zone.test").wire()}}; }

const Types delegated{{apex, {RrType::SOA, RrType::NS}}, {child, {RrType::NS}}};
const Types secured{{apex, {RrType::SOA, RrType::NS}}, {child, {RrType::NS, RrType::DS}}};

/// A parent, and a child whose own keys are in order.
struct Estate {
  Server parent;
  Signer key{child};
  Server referring;  ///< the parent's word in the referral
  bool signed_child = true;

  RRset ds() const { return {child, RrType::DS, 300, {ds_of(child, key)}}; }

  /// One address of the parent, which gives these RRsets beside the NS records.
  ParentView view(const Server& server, std::vector<RRset> authority) const {
    ParentView view{name("p.test"), cuts::ip("192.0.2.1"), {}, {}};
    authority.insert(authority.begin(), ns_set());
    auto referring = cuts::referral("sub.zone.test", {name("ns.sub.zone.test")});
    for (const auto& set : authority) {
      if (set.type == RrType::DS) referring.referral->ds = set.rdata;
    }
    view.ns = cuts::said(std::move(referring));
    view.ns.message = server.message(child, RrType::NS, 0, {}, authority);
    return view;
  }

  Cut cut(std::vector<ParentView> views) const {
    Cut cut;
    cut.zone = child;
    cut.parent = apex;
    cut.parents = std::move(views);
    auto& server = cut.servers.emplace_back();
    server.name = name("ns.sub.zone.test");
    auto report = cuts::sound_address("192.0.2.11");
    const auto said = [&](const RRset& set) {
      AuthorityReply reply;
      reply.kind = ReplyKind::answer;
      reply.authoritative = reply.edns = true;
      reply.rrset = set;
      reply.signatures = {key.sign(set, base - day, base + day)};
      return cuts::said(std::move(reply));
    };
    report.soa_udp = report.soa_tcp = said(soa_set(child));
    report.dnskey = said({child, RrType::DNSKEY, 300, {key.dnskey()}});
    server.addresses.push_back(std::move(report));
    return cut;
  }

  Trust trust(const Cut& cut, const TrustAnchors& anchors = {}) const {
    return trust_of(cut, {State::secure, {parent.signer().dnskey()}, {}, {}}, anchors, now);
  }
  Trust said_by(const Server& server, std::vector<RRset> authority) const {
    return trust(cut({view(server, std::move(authority))}));
  }
};

void without_ns_signatures(Server& server) { server.unsigned_types.insert(RrType::NS); }

}  // namespace

TEST_CASE("trust: the signature over the parent's DS records") {
  Estate estate;
  without_ns_signatures(estate.parent);
  CHECK(estate.said_by(estate.parent, {estate.ds()}).state == State::secure);
  const auto refused = [&](auto&& spoil, std::string_view why) {
    Estate bad;
    without_ns_signatures(bad.parent);
    spoil(bad.parent);
    const auto trust = bad.said_by(bad.parent, {bad.ds()});
    CHECK(trust.state == State::broken);
    CHECK(trust.why == why);
  };
  refused([](Server& it) { it.unsigned_types.insert(RrType::DS); },
          "DS sub.zone.test has no signature, in its parent zone.test");
  refused([](Server& it) { it.expiration = base - 1; },
          "the signature over DS sub.zone.test has expired, in its parent zone.test");
  refused([](Server& it) { it.inception = base + 1; },
          "the signature over DS sub.zone.test holds only later, in its parent zone.test");
  refused([](Server& it) { it.spoil = true; },
          "the signature over DS sub.zone.test does not fit it, in its parent zone.test");
  // Signed by somebody else's key of that name.
  Server stranger;
  without_ns_signatures(stranger);
  CHECK(estate.said_by(stranger, {estate.ds()}).state == State::broken);
}

TEST_CASE("trust: one server of the parent is enough, and the other one is named") {
  Estate estate;
  without_ns_signatures(estate.parent);
  auto good = estate.view(estate.parent, {estate.ds()});
  estate.parent.expiration = base - 1;
  auto bad = estate.view(estate.parent, {estate.ds()});
  bad.address = cuts::ip("192.0.2.2");
  const auto trust = estate.trust(estate.cut({good, bad}));
  CHECK(trust.state == State::secure);
  REQUIRE(trust.unproven.size() == 1);
  CHECK(trust.unproven[0] ==
        Unproven{name("p.test"), cuts::ip("192.0.2.2"), Flaw::signature_expired, "DS sub.zone.test"});
  CHECK(unproven_apex(estate.cut({good, bad}), trust, now) == trust.unproven);
}

TEST_CASE(
    "trust: one server with proven keys is enough, and one whose signature over them does not hold is "
    "named") {
  Estate estate;
  without_ns_signatures(estate.parent);
  const auto beside = [&](std::uint32_t until) {
    auto cut = estate.cut({estate.view(estate.parent, {estate.ds()})});
    auto second = cut.servers.front().addresses.front();
    second.address = cuts::ip("192.0.2.12");
    second.dnskey.reply.signatures = {estate.key.sign(*second.dnskey.reply.rrset, base - day, until)};
    cut.servers.front().addresses.push_back(std::move(second));
    return estate.trust(cut);
  };
  CHECK(beside(base + day).unproven.empty());
  const auto trust = beside(base - 1);
  CHECK(trust.state == State::secure);
  REQUIRE(trust.unproven.size() == 1);
  CHECK(trust.unproven[0] == Unproven{name("ns.sub.zone.test"), cuts::ip("192.0.2.12"),
                                      Flaw::signature_expired, "DNSKEY sub.zone.test"});
}

TEST_CASE("trust: that there is no DS record has to be proven") {
  for (const bool hashed : {false, true}) {
    CAPTURE(hashed);
    const auto chain = [&](const Types& types, bool opt_out = false) {
      return hashed ? nsec3_chain(types, apex, opt_out) : nsec_chain(types);
    };
    Estate estate;
    without_ns_signatures(estate.parent);
    CHECK(estate.said_by(estate.parent, chain(delegated)).state == State::insecure);
    // The DS records were taken out on the way: the NSEC record says that they are there.
    CHECK(estate.said_by(estate.parent, chain(secured)).state == State::broken);
    CHECK(estate.said_by(estate.parent, chain(secured)).why ==
          "nothing proves that there is no DS sub.zone.test, in its parent zone.test");
    estate.parent.unsigned_types.insert(chain(delegated).front().type);
    CHECK(estate.said_by(estate.parent, chain(delegated)).state == State::broken);
    if (hashed) {
      Estate opted;
      without_ns_signatures(opted.parent);
      CHECK(opted.said_by(opted.parent, nsec3_chain(delegated, apex, true)).state == State::insecure);
    }
  }
}

TEST_CASE("trust: a referral with neither is followed by a question for DS records") {
  Estate estate;
  without_ns_signatures(estate.parent);
  auto view = estate.view(estate.parent, {});
  CHECK(estate.trust(estate.cut({view})).state == State::unknown);
  view.ds = cuts::said(cuts::answer(RrType::DS, estate.ds().rdata));
  view.ds.message = estate.parent.message(child, RrType::DS, 0, {estate.ds()}, {});
  CHECK(estate.trust(estate.cut({view})).state == State::secure);
  auto chain = nsec_chain(delegated);
  chain.push_back(soa_set(apex));
  view.ds = cuts::said(cuts::negative(ReplyKind::nodata, "zone.test"));
  view.ds.message = estate.parent.message(child, RrType::DS, 0, {}, chain);
  CHECK(estate.trust(estate.cut({view})).state == State::insecure);
  // The child's side cannot say that there is none, nor can one that says nothing.
  view.ds.message = estate.parent.message(child, RrType::DS, 0, {}, {soa_set(child)});
  CHECK(estate.trust(estate.cut({view})).state == State::unknown);
  view.ds.message = estate.parent.message(child, RrType::DS, 0, {}, {soa_set(apex)});
  CHECK(estate.trust(estate.cut({view})).state == State::broken);
}

TEST_CASE("trust: what could not be fetched is not known, and never bogus") {
  Estate estate;
  without_ns_signatures(estate.parent);
  const auto sound = estate.cut({estate.view(estate.parent, {estate.ds()})});
  const auto state = [&](auto&& change) {
    auto cut = sound;
    change(cut);
    return estate.trust(cut).state;
  };
  CHECK(state([](Cut&) {}) == State::secure);
  CHECK(state([](Cut& it) { it.parents.clear(); }) == State::unknown);
  CHECK(state([](Cut& it) { it.parents[0].ns = cuts::silence(Silence::timeout); }) == State::unknown);
  CHECK(state([](Cut& it) { it.parents[0].ns.edns = Edns::dropped; }) == State::unknown);
  CHECK(state([](Cut& it) { it.servers[0].addresses[0].dnskey = cuts::silence(Silence::timeout); }) ==
        State::unknown);
  CHECK(state([](Cut& it) {
          it.servers[0].addresses[0].dnskey = cuts::said(cuts::failing(Outcome::servfail));
        }) == State::unknown);
  const Trust unknown;
  CHECK(trust_of(sound, unknown, {}, now).state == State::unknown);
  std::map<Name, Trust> known;
  CHECK(trust_of({sound}, child, {}, now, known).state == State::unknown);  // no cut above it
}

TEST_CASE("trust: anchors") {
  Estate estate;
  without_ns_signatures(estate.parent);
  const auto cut = estate.cut({estate.view(estate.parent, nsec_chain(delegated))});
  TrustAnchors anchors;
  anchors.zones[child].ds = {ds_of(child, estate.key)};
  CHECK(trust_of(cut, {}, anchors, now).state == State::secure);
  anchors.zones[child] = {{}, {estate.key.dnskey()}};
  CHECK(trust_of(cut, {}, anchors, now).state == State::secure);
  const Signer other(child);
  anchors.zones[child] = {{ds_of(child, other)}, {}};
  const auto broken = trust_of(cut, {}, anchors, now);
  CHECK(broken.state == State::broken);
  CHECK(broken.why == "no DNSKEY record of sub.zone.test fits the trust anchor");
  auto silent = cut;
  silent.servers[0].addresses[0].dnskey = cuts::silence(Silence::timeout);
  CHECK(trust_of(silent, {}, anchors, now).state == State::unknown);
  // An anchor of another zone says nothing of the root.
  Cut root;
  CHECK(trust_of(root, {}, anchors, now).state == State::insecure);
  // A kind that cannot be computed is as good as none.
  anchors.zones[child] = {{be16(4711) + std::string("\xfd\2", 2) + std::string(32, '\1')}, {}};
  CHECK(trust_of(cut, {}, anchors, now).state == State::insecure);
}

TEST_CASE("trust anchors: the files that resolvers take") {
  const auto read = read_trust_anchors(R"(; autotrust trust anchor file
;;id: . 1
.	172800	IN	DNSKEY	257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ== ;{id = 2371 (ksk), size = 256b}
corp.example. IN DS 4711 13 2 (
   E2D3C916F6DEEAC73294E8268FB5885044A833FC5459588F4A9184CF C41A5766 )
)");
  REQUIRE(read.has_value());
  CHECK(read->zones.size() == 2);
  CHECK(read->of(Name())->keys.size() == 1);
  REQUIRE(read->of(name("corp.example"))->ds.size() == 1);
  CHECK(read->of(name("corp.example"))->ds.front().size() == 4 + 32);
  CHECK(read->of(name("example")) == nullptr);
  for (const auto* text : {"", "; nothing\n", ". IN A 192.0.2.1\n", ". IN DS 1 2\n", ".\n",
                           ". IN DS 4711 13 2 not-hexadecimal\n", "..bad IN DS 4711 13 2 00\n"}) {
    CAPTURE(text);
    CHECK_FALSE(read_trust_anchors(text).has_value());
  }
  CHECK(read_trust_anchors("; one\n. IN DS 1 13 2 00\n").error().message.starts_with("line 2: "));
}
