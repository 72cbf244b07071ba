// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/postmortem_run.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>

#include "history/open.h"

using namespace rdnsgate;

namespace {

const Time start{seconds(1'800'000'000)};
const std::string fingerprint = "00112233445566778899aabbccddeeff";

struct Folder {
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "rdnsgate-story-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

class Story {
 public:
  Story() {
    auto opened = history::open_history({file()}, history::Access::create);
    REQUIRE(opened);
    history_ = std::move(*opened);
  }
  std::string file() const { return folder_.path + "/history.db"; }

  /// A run that begins at `minute`, and what it sees of the finding; nothing for an empty `observed`.
  void look(int minute, const std::string& observed, const std::string& revision = "aaaaaaaaaaaaaaaa",
            std::uint32_t serial = 1, const std::string& print = fingerprint) {
    history::Run run;
    run.id = history::new_run_id();
    run.inventory_path = "/srv/secret/inventory.yaml";
    run.inventory_sha256 = std::string(64, revision.front());
    run.origin = "probe-berlin";
    run.git_revision = revision;
    run.started_at = start + std::chrono::minutes(minute);
    run.finished_at = run.started_at + seconds(30);
    run.zones = {{"2.0.192.in-addr.arpa", "192.0.2.53#53", serial, std::nullopt, std::nullopt}};
    std::vector<history::Seen> seen;
    if (!observed.empty()) {
      history::Seen one;
      one.fingerprint = print;
      one.rule = "ptr-missing";
      one.severity = Severity::error;
      one.vantages = {"office"};
      one.target = {audit::TargetKind::address, "192.0.2.10"};
      one.zone = "2.0.192.in-addr.arpa";
      one.sender = "mx1";
      one.message = "192.0.2.10 has no PTR record, says db.int.example";
      one.expected = "mx1.example.com";
      one.observed = observed;
      one.path = "/srv/secret/inventory.yaml";
      seen.push_back(one);
    }
    REQUIRE(history_->append(run, seen, {}));
  }

  run::Attempt<report::FindingStory> tell(const std::string& subject = fingerprint.substr(0, 6)) const {
    run::StoryRequest request;
    request.clock = {[] { return start + std::chrono::hours(24); }, false};
    request.history = file();
    request.subject = subject;
    request.redact = {"int.example"};
    run::Listener listener;
    return run::story_run(request, listener);
  }

 private:
  Folder folder_;
  std::unique_ptr<history::History> history_;
};

std::size_t count(const report::FindingStory& story, report::TimelineEvent::Kind kind) {
  std::size_t all = 0;
  for (const auto& event : story.events) all += event.kind == kind ? 1 : 0;
  return all;
}

}  // namespace

TEST_CASE("a finding that came, changed and went") {
  Story story;
  story.look(0, "");
  story.look(10, "NXDOMAIN");
  story.look(20, "mx-old.example.com", "bbbbbbbbbbbbbbbb", 2);
  story.look(30, "", "bbbbbbbbbbbbbbbb", 3);
  const auto told = story.tell();
  REQUIRE_MESSAGE(told, told.error().error.message);
  using Kind = report::TimelineEvent::Kind;
  CHECK(told->rule == "ptr-missing");
  REQUIRE(told->last_clean);
  CHECK(*told->last_clean == start + seconds(30));
  CHECK(told->first_seen == start + std::chrono::minutes(10) + seconds(30));
  CHECK(told->longest_to_detect() == seconds(600));
  CHECK(told->to_recover() == seconds(1200));
  CHECK(count(*told, Kind::clean) == 1);
  CHECK(count(*told, Kind::began) == 1);
  CHECK(count(*told, Kind::changed) == 1);
  CHECK(count(*told, Kind::recovered) == 1);
  CHECK(count(*told, Kind::revision) == 1);
  CHECK(count(*told, Kind::inventory) == 1);
  CHECK(count(*told, Kind::serial) == 2);
  CHECK(told->looks == 4);
  for (std::size_t i = 1; i < told->events.size(); ++i) CHECK(told->events[i - 1].at <= told->events[i].at);

  const auto inside = report::render_postmortem(*told);
  for (const char* wanted : {"at most 10 min", "20 min from the first look", "probe-berlin", "bbbbbbbbbbbb",
                             "serial 2", "_To be written"})
    CHECK_MESSAGE(inside.find(wanted) != std::string::npos, wanted);
  const auto outside = report::render_receiver_timeline(*told);
  for (const char* wanted : {"192.0.2.10", "not seen any more", "serial 2",
                             "It was right again at 2027-01-15T08:30:30Z", "mx1.example.com"})
    CHECK_MESSAGE(outside.find(wanted) != std::string::npos, (wanted + outside));
  for (const char* secret :
       {"probe", "berlin", "office", "bbbb", "srv", "int.example", "inventory", "history.db"})
    CHECK_MESSAGE(outside.find(secret) == std::string::npos, secret);
}

TEST_CASE("one that is still open has no time to recover") {
  Story story;
  story.look(0, "");
  story.look(10, "NXDOMAIN");
  const auto told = story.tell("192.0.2.10");
  REQUIRE(told);
  CHECK_FALSE(told->recovered_at);
  CHECK_FALSE(told->to_recover());
  CHECK(report::render_postmortem(*told).find("still open") != std::string::npos);
  CHECK(report::render_receiver_timeline(*told).find("It was still so at") != std::string::npos);
}

TEST_CASE("without a look before, nobody knows how long it took to detect") {
  Story story;
  story.look(0, "NXDOMAIN");
  story.look(10, "");
  const auto told = story.tell();
  REQUIRE(told);
  CHECK_FALSE(told->last_clean);
  CHECK_FALSE(told->longest_to_detect());
  CHECK(report::render_postmortem(*told).find("no look before it") != std::string::npos);
}

TEST_CASE("the last of several times is told, and that there were others") {
  Story story;
  for (int i = 0; i < 6; ++i) story.look(i * 10, i % 2 == 1 ? "NXDOMAIN" : "");
  const auto told = story.tell();
  REQUIRE(told);
  CHECK(told->earlier == 2);
  CHECK(told->first_seen == start + std::chrono::minutes(50) + seconds(30));
  CHECK(*told->last_clean == start + std::chrono::minutes(40) + seconds(30));
}

TEST_CASE("what is not there, or not one, is refused") {
  Story story;
  story.look(0, "NXDOMAIN");
  CHECK(story.tell("ffff").error().error.message.find("has nothing of ffff") != std::string::npos);
  CHECK(story.tell("mx1").error().error.message.find("no fingerprint") != std::string::npos);
  story.look(10, "NXDOMAIN", "a", 1, "00112233445566778899aabbccddee00");
  CHECK(story.tell().error().error.message.find("2 findings are meant") != std::string::npos);
  run::StoryRequest request;
  request.clock = {[] { return start; }, false};
  request.history = story.file() + ".none";
  request.subject = fingerprint;
  run::Listener listener;
  CHECK_FALSE(run::story_run(request, listener));
  CHECK_FALSE(std::filesystem::exists(request.history));
}
