// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <unordered_map>

#include "base/boundary.h"
#include "base/output_file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/loading_watch.h"
#include "cli/options.h"
#include "cli/refuse.h"
#include "cli/say_problems.h"
#include "cli/terminal.h"
#include "dns/facts/collect.h"
#include "draft/csv.h"
#include "draft/live.h"
#include "draft/netbox.h"
#include "draft/senders.h"
#include "draft/write.h"
#include "draft/zone_records.h"
#include "inventory/files/paths.h"
#include "inventory/files/read_file.h"
#include "inventory/model/build.h"
#include "inventory/model/expand.h"
#include "inventory/model/load.h"
#include "run/deadline.h"
#include "run/files/load.h"
#include "run/files/zone_files.h"
#include "run/judge_declared.h"
#include "run/open_panel.h"
#include "run/read_files.h"

namespace rdnsgate::cli {
namespace {

constexpr std::size_t max_source = std::size_t{64} << 20;

/// A link that leads nowhere is there, too.
bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

struct InitOptions {
  std::vector<std::string> addresses, zone_files, domains;
  std::string address_file, csv, netbox, output = "inventory.yaml";
  bool force = false, ask_names = false;
  AskOptions ask;
};

Result<void> want(std::string_view text, draft::Wanted& wanted) {
  const auto range = inventory::parse_range(text);
  if (!range) return tl::unexpected(range.error());
  if (range->count > draft::Wanted::most_addresses - wanted.addresses.size()) {
    return fail(
        fmt::format("{} makes more than {} addresses to ask for", text, draft::Wanted::most_addresses),
        "name the blocks that hosts are in");
  }
  for (std::uint64_t i = 0; i < range->count; ++i) wanted.addresses.push_back(range->first.plus(i));
  return {};
}

/// One address, range or block a line; what follows a # is a comment.
Result<void> want_lines(const std::string& path, draft::Wanted& wanted) {
  const auto text = inventory::read_file(path, max_source);
  if (!text) return fail(text.error().message, "write one address, range or block a line");
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    auto line = std::string_view(*text).substr(begin, end - begin);
    begin = end + 1;
    ++number;
    line = trimmed(line.substr(0, line.find('#')), " \t\r");
    if (line.empty()) continue;
    if (auto wants = want(line, wanted); !wants)
      return fail(fmt::format("{}:{}: {}", path, number, wants.error().message), wants.error().hint);
  }
  return {};
}

Result<draft::Wanted> wanted_by(const InitOptions& options) {
  draft::Wanted wanted;
  for (const auto& text : options.addresses) {
    if (auto wants = want(text, wanted); !wants) return tl::unexpected(wants.error());
  }
  if (!options.address_file.empty()) {
    if (auto wants = want_lines(options.address_file, wanted); !wants) return tl::unexpected(wants.error());
  }
  for (const auto& text : options.domains) {
    auto name = dns::Name::from_host(text);
    if (!name) return tl::unexpected(name.error());
    wanted.domains.push_back(std::move(*name));
  }
  return wanted;
}

using ReadTable = void (*)(const Sources&, FileId, draft::Estate&, Diagnostics&);

Result<void> read_table(const std::string& path, ReadTable read, Sources& sources, draft::Estate& estate,
                        Diagnostics& problems) {
  if (path.empty()) return {};
  auto text = inventory::read_file(path, max_source);
  if (!text) return fail(text.error().message);
  read(sources, sources.add(path, std::move(*text)), estate, problems);
  return {};
}

Result<void> read_zones(const InitOptions& options, Sources& sources, draft::Estate& estate,
                        Diagnostics& problems) {
  if (options.zone_files.empty()) return {};
  auto proposed = run::read_zone_files(options.zone_files, sources);
  if (!proposed) return tl::unexpected(proposed.error());
  problems.insert(problems.end(), proposed->problems.begin(), proposed->problems.end());
  const auto folder = options.output == "-" ? std::string() : inventory::folder_of(options.output);
  const auto real_folder = follow_path(folder.empty() ? "." : folder);
  if (!real_folder) return tl::unexpected(real_folder.error());
  const auto boundary = Boundary::around(*real_folder);
  std::size_t outside = 0;
  for (const auto& [path, zone] : proposed->zones) {
    const bool octodns = path.ends_with(".yaml") || path.ends_with(".");
    const bool is_within = octodns || follow_within(boundary, path).has_value();
    outside += is_within ? 0 : 1;
    draft::read_zone(zone, octodns ? "octodns" : "zonefile",
                     octodns || !is_within ? std::string() : inventory::seen_from(folder, path), estate);
  }
  if (outside > 0)
    estate.notes.push_back(fmt::format("{} outside of {}, where an inventory cannot name them.",
                                       counted(outside, "file of a zone lies", "files of zones lie"),
                                       boundary.root()));
  return {};
}

/// What a table lists is nothing that the user asked about: names of networks of others may be in it. Answers that
/// are at hand may be looked into all the same.
void leave_out_what_is_not_asked_for(const InitOptions& options, const draft::Wanted& wanted, draft::Estate& estate) {
  if (options.ask_names || !options.ask.given.zone_files.empty() || !options.ask.given.replay.empty()) return;
  const std::set<IpAddress> asked(wanted.addresses.begin(), wanted.addresses.end());
  for (auto& [ip, host] : estate.hosts) {
    if (host.ptr.empty() && host.left_out.empty() && !asked.contains(ip))
      host.left_out = "no source gives its name; with --ask its PTR record is looked up";
  }
}

/// Asks for what nobody gave. Fails where the DNS cannot be asked at all.
Result<void> ask(const run::Asking& asking, const draft::Wanted& wanted, Sources& sources, Time now,
                 const run::Deadline& deadline, LoadingWatch& watch, draft::Estate& estate) {
  const bool nameless = std::any_of(estate.hosts.begin(), estate.hosts.end(), [](const auto& entry) {
    return entry.second.ptr.empty() && entry.second.left_out.empty();
  });
  if (!nameless && wanted.addresses.empty() && wanted.domains.empty()) return {};
  run::Listener nobody;
  auto proposed = run::read_answers(asking.zone_files, sources, nobody);
  if (!proposed) {
    if (proposed.error().problems.empty()) return tl::unexpected(proposed.error().error);
    return fail("the zone files have errors: \"rdnsgate check --zone-files\" shows them");
  }
  auto opened = run::open_panel(run::usually_declared(), asking, std::move(*proposed));
  if (!opened) return tl::unexpected(opened.error());
  dns::FactStore facts;
  const draft::Estate before = std::move(estate);
  watch.stop();
  const bool complete = dns::collect(
      *opened->panel, 0, facts,
      [&](dns::FactDesk& desk) {
        estate = before;
        draft::read_live(desk, wanted, estate);
      },
      deadline.left());
  if (!complete)
    return fail("the deadline passed before everything was asked", "give it more time with --deadline");
  return run::record_facts(asking, *opened->panel, facts, now, now);
}

/// Whether it can stand in an inventory as it is: a template, an escape and a foreign script are no host
/// name.
bool is_plain(const dns::Name& name) {
  return name.label_count() > 1 &&
         name.text().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string::npos;
}

void leave_out_what_has_no_name(draft::Estate& estate) {
  for (auto& [ip, host] : estate.hosts) {
    if (!host.left_out.empty()) continue;
    if (host.ptr.empty()) {
      host.left_out = "no name is known for it";
    } else if (!is_plain(host.ptr.front()) || (host.helo && !is_plain(*host.helo))) {
      const auto& name = is_plain(host.ptr.front()) ? *host.helo : host.ptr.front();
      host.left_out = fmt::format("its name \"{}\" is no host name", name.text());
    }
  }
}

struct Draft {
  std::string text;
  Sources sources;
  std::optional<inventory::Inventory> inventory;
  Diagnostics problems;
};

Draft write_and_load(const draft::Estate& estate, const std::string& path) {
  Draft draft{draft::inventory_text(estate), {}, {}, {}};
  draft.inventory = inventory::load(draft.sources, path, draft.text, run::load_options(), draft.problems);
  return draft;
}

/// Leaves out the addresses of which the offline rules find an error; true where there are some.
bool leave_out_errors(const Draft& draft, Time now, draft::Estate& estate) {
  const auto result = run::judge_declared({&*draft.inventory, now});
  bool any = false;
  const auto leave_out = [&](const IpAddress& ip, const std::string& why) {
    any = true;
    if (auto& host = estate.hosts.at(ip); host.left_out.empty()) host.left_out = why;
  };
  std::unordered_map<std::string_view, const inventory::Sender*> senders;
  for (const auto& sender : draft.inventory->senders) senders.emplace(sender.name, &sender);
  for (const auto& finding : result.findings) {
    if (finding.severity != Severity::error) continue;
    const auto why = fmt::format("{} [{}]", finding.message, finding.rule);
    const auto ip = IpAddress::parse(finding.target.id);
    if (ip && draft.inventory->find(*ip) != nullptr) leave_out(*ip, why);
    const auto sender = senders.find(finding.target.id);
    if (sender == senders.end()) continue;
    for (std::size_t i = 0; i < sender->second->address_count; ++i)
      leave_out(draft.inventory->addresses[sender->second->first_address + i].ip, why);
  }
  return any;
}

/// The estate as an inventory that passes `lint`: what would be an error in it is a comment.
Result<Draft> compose(draft::Estate& estate, const std::string& path, Time now) {
  leave_out_what_has_no_name(estate);
  add_missing_zones(estate);
  while (true) {
    const auto& hosts = estate.hosts;
    if (std::none_of(hosts.begin(), hosts.end(),
                     [](const auto& entry) { return entry.second.left_out.empty(); })) {
      const auto& [ip, host] = *hosts.begin();
      return fail(fmt::format("no address can be declared; {}: {}", ip.to_string(), host.left_out),
                  hosts.size() > 1 ? "nor can any of the others" : "");
    }
    auto draft = write_and_load(estate, path);
    if (!draft.inventory && !estate.zones.empty()) {  // zones of a style that no reader of names could know
      estate.zones.clear();
      estate.notes.push_back("Zones were left out: not every name is in one of those that are known.");
    } else if (!draft.inventory) {
      return fail(draft.problems.empty() ? "the inventory would not load" : draft.problems.front().message,
                  "this is a bug in rdnsgate; please report it with the input");
    } else if (!leave_out_errors(draft, now, estate)) {
      return draft;
    }
  }
}

void say_what_was_written(const InitOptions& options, const Draft& draft, const draft::Estate& estate,
                          Terminal& terminal) {
  const auto left_out =
      static_cast<std::size_t>(std::count_if(estate.hosts.begin(), estate.hosts.end(), [](const auto& entry) {
        return !entry.second.left_out.empty();
      }));
  std::string text = fmt::format("wrote {}: {} with {}", options.output,
                                 counted(draft.inventory->senders.size(), "sender", "senders"),
                                 counted(draft.inventory->addresses.size(), "address", "addresses"));
  if (left_out > 0)
    text += fmt::format("; {} left out, and comments say why", counted(left_out, "address", "addresses"));
  terminal.say(text);
  terminal.say(fmt::format("next: rdnsgate lint {0}; rdnsgate check {0}", options.output));
}

int init(const CommonOptions& common, const InitOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto clock = common.clock();
  if (!clock) return refuse(terminal, clock.error());
  const auto now = clock->now();
  if (options.output != "-" && !options.force && is_there(options.output)) {
    return refuse(terminal, {fmt::format("{} is there already", options.output),
                             "name another file with -o, or give --force to write over it"});
  }
  const auto asking = options.ask.asking();
  if (!asking) return refuse(terminal, asking.error());
  const run::Deadline deadline(asking->deadline);
  LoadingWatch watch(asking->deadline, options.ask.deadline);
  const auto wanted = wanted_by(options);
  if (!wanted) return refuse(terminal, wanted.error());
  Sources sources;
  Diagnostics problems;
  draft::Estate estate;
  for (auto read : {read_zones(options, sources, estate, problems),
                    read_table(options.csv, draft::read_csv, sources, estate, problems),
                    read_table(options.netbox, draft::read_netbox, sources, estate, problems)}) {
    if (!read) return refuse(terminal, read.error());
  }
  say_problems(problems, sources, terminal);
  if (std::any_of(problems.begin(), problems.end(),
                  [](const auto& p) { return p.severity == Severity::error; }))
    return exit_usage;
  if (estate.hosts.empty() && wanted->addresses.empty() && wanted->domains.empty()) {
    return refuse(terminal, {"there is nothing to begin with",
                             "name addresses, or a source: --from-domain, --from-zone-files, --from-csv, "
                             "--from-netbox"});
  }
  leave_out_what_is_not_asked_for(options, *wanted, estate);
  if (const auto asked = ask(*asking, *wanted, sources, now, deadline, watch, estate); !asked)
    return refuse(terminal, asked.error());
  const int done = estate.failed_lookups == 0 ? exit_pass : exit_inconclusive;
  const int refused = estate.failed_lookups == 0 ? exit_usage : exit_inconclusive;
  if (estate.hosts.empty()) {
    const auto notes = estate.domains.empty() ? std::vector<std::string>() : estate.domains.front().notes;
    return refuse(terminal, {"no address was found", notes.empty() ? "" : notes.front()}, refused);
  }
  const auto draft = compose(estate, options.output, now);
  if (!draft) return refuse(terminal, draft.error(), refused);
  if (options.output == "-") {
    if (!terminal.print(draft->text)) return exit_usage;
  } else {
    if (const auto written = write_file(options.output, draft->text); !written)
      return refuse(terminal, written.error());
    if (terminal.quiet() == 0) say_what_was_written(options, *draft, estate, terminal);
  }
  return done;
}

}  // namespace

Action add_init(CLI::App& app) {
  auto options = std::make_shared<InitOptions>();
  auto* command = app.add_subcommand("init", "Write a first inventory from what there is");
  command->add_option("ADDRESS", options->addresses,
                      "Addresses, ranges (192.0.2.32-192.0.2.47) and blocks; their PTR names are asked for");
  command
      ->add_option("--addresses", options->address_file,
                   "The same from a file, one a line; - for standard input")
      ->type_name("FILE");
  command->add_option("--from-domain", options->domains, "What this domain's SPF record lets through")
      ->type_name("NAME");
  command
      ->add_option("--from-zone-files", options->zone_files,
                   "The PTR records of zone files or octoDNS zones, in folders or files")
      ->type_name("PATH");
  command
      ->add_option("--from-csv", options->csv,
                   "A table with a header line; columns address, ptr, helo, sender, owner")
      ->type_name("FILE");
  command->add_option("--from-netbox", options->netbox, "IP addresses as NetBox's API exports them (JSON)")
      ->type_name("FILE");
  command->add_flag("--ask", options->ask_names, "Look up the PTR records of addresses that a table gives no name");
  command->add_option("-o,--output", options->output, "The file to write; - for standard output")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_flag("--force", options->force, "Write over a file that is there");
  options->ask.add_to(*command);
  command->footer(
      "What could not be known is said in comments of the file; it passes \"rdnsgate lint\".\n"
      "Exit: 0 written, 2 wrong usage or input, or nothing to declare, 3 some lookups failed.\n"
      "Example: rdnsgate init 192.0.2.0/28 --from-domain example.com");
  return [options](const CommonOptions& common) { return init(common, *options); };
}

}  // namespace rdnsgate::cli
