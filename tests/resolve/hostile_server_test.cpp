// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// The whole client against a server, and somebody beside it, that send thousands of packets nobody should
// send. The packets come from a seed; a failure names it.
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "ask.h"
#include "test_server.h"
#include "wire.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

using Random64 = std::mt19937_64;

/// What the server does with a question, by the first letters of its name.
struct Kind {
  const char* letters;
  Outcome outcome;
};
const std::vector<Kind> honest_kinds = {{"good", Outcome::answer},    {"empty", Outcome::nodata},
                                        {"gone", Outcome::nxdomain},  {"no", Outcome::refused},
                                        {"fail", Outcome::malformed}, {"long", Outcome::answer}};
const Kind hostile_kind{"mad", Outcome::malformed};

bool starts(const std::string& label, const char* letters) { return label.rfind(letters, 0) == 0; }

class Script {
 public:
  Script(std::uint64_t seed, bool cookies) : seed_(seed), cookies_(cookies) {}

  std::vector<TestPacket> operator()(const std::string& message, TestTransport transport) {
    const Query query(message);
    Random64 random(seed_ ^ std::hash<std::string>{}(query.label) ^ ++turns_[query.label]);
    std::vector<TestPacket> packets;
    if (starts(query.label, hostile_kind.letters)) {
      for (auto left = random() % 3 + 1; left > 0; --left)
        packets.emplace_back(mutated(truth(query, transport), random));
      // Then one that is right. Over TCP the mutations may have broken the stream: what follows is nobody's.
      packets.emplace_back(truth(query, transport));
      return packets;
    }
    if (transport == TestTransport::udp) {
      for (auto left = random() % 4; left > 0; --left) packets.push_back(forged(query, random));
    }
    packets.emplace_back(truth(query, transport));
    return packets;
  }

 private:
  std::optional<std::string> opt(const Query& query) const {
    if (!query.edns) return std::nullopt;
    if (!cookies_ || !query.cookie) return std::string();
    return edns_option(10, query.cookie->substr(0, 8) + std::string(16, 'S'));
  }
  std::string truth(const Query& query, TestTransport transport) const {
    const auto answer = [&](std::vector<std::string> records) {
      return query.reply(0, records, {}, opt(query));
    };
    if (starts(query.label, "empty")) return query.negative(0, opt(query));
    if (starts(query.label, "gone")) return query.negative(3, opt(query));
    if (starts(query.label, "no")) return query.reply(5, {}, {}, opt(query));
    if (starts(query.label, "fail")) return answer({record(wire("elsewhere.test"), 12, wire("x.test"))});
    auto whole = answer(
        {record(asked_name, 5, wire("alias.test")), record(wire("alias.test"), 12, wire("good.test"))});
    if (starts(query.label, "long") && transport == TestTransport::udp)
      whole[2] = static_cast<char>(whole[2] | 0x02);
    return whole;
  }

  /// As the server's answer, but wrong in one point that the client checks, and with a lie in it.
  TestPacket forged(const Query& query, Random64& random) const {
    Query lie(query);
    auto options = opt(query);
    bool elsewhere = false;
    switch (random() % (cookies_ && query.edns ? 5 : 3)) {
      case 0:
        lie.id[random() % 2] ^= static_cast<char>(1 + random() % 255);
        break;
      case 1:
        lie.question[1 + random() % 3] ^= 1;
        break;
      case 2:
        elsewhere = true;
        break;
      case 3:
        options = edns_option(10, std::string(24, 'x'));
        break;
      default:
        options = edns_option(10, query.cookie->substr(0, 7) + "x" + std::string(16, 'S'));
        break;
    }
    TestPacket packet(random() % 2 == 0 ? lie.reply(0, {pointer("evil.test")}, {}, options)
                                    : lie.negative(random() % 2 == 0 ? 3 : 0, options));
    packet.elsewhere = elsewhere;
    return packet;
  }

  /// Octets changed, cut out, doubled; sometimes only behind the question, so that it goes deeper into the
  /// reader.
  static std::string mutated(std::string packet, Random64& random) {
    const std::size_t spared = random() % 4 != 0 ? 2 : 0;
    for (auto left = random() % 6 + 1; left > 0 && packet.size() > spared + 1; --left) {
      const auto at = spared + random() % (packet.size() - spared);
      switch (random() % 5) {
        case 0:
          packet[at] = static_cast<char>(random());
          break;
        case 1:
          packet[at] ^= static_cast<char>(1u << random() % 8);
          break;
        case 2:
          packet.erase(at, random() % 8);
          break;
        case 3:
          packet.insert(at, packet.substr(at, random() % 40));
          break;
        default:
          packet.replace(at, std::min<std::size_t>(2, packet.size() - at),
                         random() % 2 == 0 ? "\xc0\x0c" : "\xff\xff");
          break;
      }
    }
    return packet;
  }

  std::uint64_t seed_;
  bool cookies_;
  std::map<std::string, unsigned> turns_;
};

/// Asks everything and holds each fact against what it must be.
void run(std::uint64_t seed, bool cookies, const ForwardTo& to) {
  CAPTURE(seed);
  TestServer server(Script(seed, cookies), {.ipv6 = to.address[0] == ':'});
  // A mutated stream over TCP costs a question its time, so that is not long; what is judged is asked apart
  // from it.
  const auto hostile = forward(server.port(), quick, to), honest = forward(server.port(), patient, to);
  std::map<Name, Outcome> awaited;
  for (int i = 0; i < 600; ++i) {
    const auto& kind = honest_kinds[static_cast<std::size_t>(i) % honest_kinds.size()];
    const auto asked = name(kind.letters + std::to_string(i) + ".test");
    awaited.emplace(asked, kind.outcome);
    honest->ask({0, asked, RrType::PTR});
  }
  for (const auto& fact : collect(*honest, 600)) {
    CAPTURE(fact.question.name.text());
    CAPTURE(fact.reason);
    REQUIRE(awaited.count(fact.question.name) == 1);
    CHECK(fact.outcome == awaited.at(fact.question.name));
    awaited.erase(fact.question.name);
    for (const auto& target : fact.targets()) CHECK(target == name("good.test"));
  }
  std::set<Name> open;
  for (int i = 0; i < 600; ++i) {
    const auto asked = name(hostile_kind.letters + std::to_string(i) + ".test");
    open.insert(asked);
    hostile->ask({0, asked, RrType::PTR});
  }
  for (const auto& fact : collect(*hostile, 600)) {
    CHECK(open.erase(fact.question.name) == 1);
    CHECK((fact.outcome != Outcome::malformed || fact.answer.empty()));
    CHECK((fact.outcome != Outcome::answer || fact.rrset() != nullptr));
  }
  CHECK(open.empty());
  CHECK(hostile->run_once(milliseconds(0)) == 0);
  CHECK(hostile->room(0) == quick.in_flight);
}

/// Another seed from the environment, to look further by hand.
std::uint64_t seed() {
  const char* text = std::getenv("RDNSGATE_SEED");
  return text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("hostile packets: every question ends once, and no forgery changes an outcome") {
  SUBCASE("a plain server") { run(seed(), false, {}); }
  SUBCASE("a server with cookies") { run(seed() + 1, true, {}); }
  SUBCASE("in mixed letters") { run(seed() + 2, false, {.mix_case = true}); }
  SUBCASE("over IPv6, with cookies, in mixed letters") {
    run(seed() + 3, true, {.mix_case = true, .address = "::1"});
  }
}
