// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "audit/heard/probes.h"
#include "rules/scenario.h"
#include "rules/smtp/words.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Probed;
using audit::RefusedFor;

namespace {

constexpr std::chrono::hours hour{1};

Probed asked(std::optional<RefusedFor> refused, Time at = now - hour, std::string receiver = "example.net",
             std::string helo = "mx1.corp-mail.net", std::string recipient = "test@example.net") {
  Probed one{ip("185.9.2.10"), name(helo), std::move(receiver), std::move(recipient), "mx.example.net"};
  one.refused = refused;
  one.asked_at = at;
  if (refused) {
    one.code = 450;
    one.reply = "4.7.25 Client host rejected";
  }
  return one;
}

Estate with(std::vector<Probed> all) {
  Estate estate = good_estate();
  estate.domain("corp-mail.net");
  inventory::MailPath path;
  path.id = "corp-mail.net via mx1";
  path.sender.emplace(0);
  estate.inventory.paths.push_back(path);
  estate.probes = std::make_shared<audit::Probes>(std::move(all));
  return estate;
}

constexpr const char* line = "smtp-refused-identity 185.9.2.10";

}  // namespace

TEST_CASE("smtp-refused-identity: each class has its words, and the paths that leave from there") {
  const auto said = lint(with({asked(RefusedFor::no_ptr)}));
  CHECK(said.sentence(line) ==
        "example.net refuses mail from 185.9.2.10 with the HELO name mx1.corp-mail.net: it finds no name for "
        "the address (450 4.7.25 Client host rejected; asked at 2027-01-15T07:00:00Z)");
  CHECK(given(said.draft(line), "class") == "no-ptr");
  CHECK(given(said.draft(line), "server") == "mx.example.net");
  CHECK(given(said.draft(line), "paths") == "corp-mail.net via mx1");
  CHECK_FALSE(said.says("smtp-refused-identity 2a92::10"));
  for (const auto why : {RefusedFor::ptr_mismatch, RefusedFor::helo, RefusedFor::name_too_long})
    CHECK(given(lint(with({asked(why)})).draft(line), "class") == rules::word_of(why));
}

TEST_CASE("smtp-refused-identity: what is taken, what nobody asked, and a name that is not declared") {
  CHECK(lint(good_estate()).silent_about("smtp-"));
  CHECK(lint(with({})).silent_about("smtp-"));
  CHECK(lint(with({asked(std::nullopt)})).silent_about("smtp-"));
  CHECK(
      lint(with({asked(RefusedFor::helo, now, "example.net", "other.corp-mail.net")})).silent_about("smtp-"));
}

TEST_CASE("smtp-refused-identity: of one question the latest answer counts") {
  CHECK(lint(with({asked(RefusedFor::no_ptr, now - 2 * hour), asked(std::nullopt)})).silent_about("smtp-"));
  CHECK(lint(with({asked(std::nullopt, now - 2 * hour), asked(RefusedFor::no_ptr)})).says(line));
  CHECK(lint(with({asked(std::nullopt), asked(RefusedFor::no_ptr)})).says(line));
  // Another mailbox, or another receiver, is another question.
  CHECK(lint(with({asked(RefusedFor::no_ptr, now - 2 * hour),
                   asked(std::nullopt, now, "example.net", "mx1.corp-mail.net", "else@example.net")}))
            .says(line));
  const auto two =
      lint(with({asked(RefusedFor::no_ptr), asked(RefusedFor::helo, now, "example.org"),
                 asked(RefusedFor::no_ptr, now, "example.net", "mx1.corp-mail.net", "else@example.net")}));
  CHECK(std::count_if(two.drafts.begin(), two.drafts.end(), [](const auto& draft) {
          return given(draft, "class") == "no-ptr" || given(draft, "class") == "helo";
        }) == 2);
  auto several = with({asked(RefusedFor::helo, now, "example.net", "second.corp-mail.net")});
  several.inventory.addresses.front().other_helos = {name("second.corp-mail.net")};
  CHECK(lint(several).says(line));
}
