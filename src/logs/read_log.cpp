// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/read_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "base/text/text.h"
#include "logs/bounce.h"
#include "logs/journal.h"
#include "logs/log_time.h"
#include "logs/parts.h"
#include "logs/redact.h"

namespace rdnsgate::logs {
namespace {

using Sink = std::function<bool(const LogEntry&)>;

constexpr std::size_t buffer_size = std::size_t{1} << 20;
static_assert(buffer_size > 2 * most_line);

/// What begins so is no text, and how it becomes one.
struct Alien {
  std::string_view magic, what, hint;
};
constexpr std::array<Alien, 11> aliens{{
    {"\xff\xfe", "it is UTF-16: nothing can be found in it", "convert it: iconv -f UTF-16 -t UTF-8 FILE"},
    {"\xfe\xff", "it is UTF-16: nothing can be found in it", "convert it: iconv -f UTF-16 -t UTF-8 FILE"},
    {"LPKSHHRH", "it is a journal as systemd keeps it: nothing can be found in it",
     "journalctl --file FILE -o export | rdnsgate logs -"},
    {"\x1f\x8b", "it is packed twice: nothing can be found in it", "zcat FILE | zcat | rdnsgate logs -"},
    {"\x28\xb5\x2f\xfd", "it is packed twice: nothing can be found in it",
     "unpack it until it is a text, and give that to rdnsgate logs -"},
    {"BZh", "it is packed twice: nothing can be found in it",
     "unpack it until it is a text, and give that to rdnsgate logs -"},
    {"\xfd\x37zX", "it is packed twice: nothing can be found in it",
     "unpack it until it is a text, and give that to rdnsgate logs -"},
    {"\x1f\x9d", "it is packed with compress, which is not read", "zcat FILE | rdnsgate logs -"},
    {"\x04\x22\x4d\x18", "it is packed with lz4, which is not read", "lz4cat FILE | rdnsgate logs -"},
    {"PK\x03\x04", "it is a ZIP archive, which is not read", "unzip -p FILE | rdnsgate logs -"},
    {"7z\xbc\xaf", "it is a 7z archive, which is not read", "unpack it"},
}};

/// Text of two octets a letter, without the mark that says so: nearly every other octet is NUL.
bool is_wide(std::string_view beginning) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < beginning.size(); ++i) zeros[i % 2] += beginning[i] == '\0' ? 1 : 0;
  const auto letters = beginning.size() / 2;
  return letters >= 8 && std::max(zeros[0], zeros[1]) > letters * 3 / 4 &&
         std::min(zeros[0], zeros[1]) < letters / 4;
}

const Alien* alien_of(std::string_view beginning) {
  const auto* const found = std::find_if(aliens.begin(), aliens.end(),
                                         [&](const Alien& one) { return beginning.starts_with(one.magic); });
  if (found != aliens.end()) return found;
  return is_wide(beginning) ? aliens.data() : nullptr;
}

class Reader {
 public:
  Reader(const ReadOptions& options, const Sink& sink) : options_(options), sink_(sink) {}

  ReadLog run(LogSource& source) {
    std::vector<char> buffer(buffer_size);
    std::size_t filled = 0;
    while (is_wanted_) {
      const auto got = source.read(buffer.data() + filled, buffer.size() - filled);
      if (!got) {
        fault_ = got.error();
        break;
      }
      if (*got == 0) break;
      made_.octets += *got;
      filled += *got;
      if (form_ == Form::unknown && filled < 512) continue;  // what it is shows in its beginning
      const auto taken = take({buffer.data(), filled}, filled == buffer.size());
      filled -= taken;
      std::memmove(buffer.data(), buffer.data() + taken, filled);
    }
    if (form_ == Form::unknown) find_form({buffer.data(), filled});
    if (form_ == Form::journal) {
      journal_->take({buffer.data(), filled});
    } else if (filled > 0 && form_ != Form::alien) {
      region({buffer.data(), filled});
      if (!is_skipping_ && buffer[filled - 1] != '\n') ++made_.lines;
    }
    finish();
    return std::move(made_);
  }

 private:
  enum class Form { unknown, lines, mail, journal, alien };

  void find_form(std::string_view beginning) {
    form_ = Form::lines;
    if (JournalReader::is_journal(beginning)) {
      form_ = Form::journal;
      journal_.emplace([this](const JournalReader::Entry& entry) { journal_entry(entry); });
    } else if (BounceReader::is_mail(beginning)) {
      form_ = Form::mail;
      mail_.emplace([this](const Bounce& bounce) { bounced(bounce); });
    } else if (const auto* alien = alien_of(beginning)) {
      form_ = Form::alien;
      made_.problems.push_back({0, std::string(alien->what), std::string(alien->hint)});
      made_.is_incomplete = true;
      is_wanted_ = false;
    }
  }

  /// How much of the buffer was done with: whole lines, or what there is of one that is too long.
  std::size_t take(std::string_view text, bool is_full) {
    if (form_ == Form::unknown) find_form(text);
    if (form_ == Form::journal) return journal_->take(text), text.size();
    if (form_ == Form::alien) return text.size();
    const auto end = text.rfind('\n');
    if (end != std::string_view::npos) return region(text.substr(0, end + 1)), end + 1;
    if (!is_full) return 0;
    if (!is_skipping_) {
      note_long(made_.lines + 1);
      region(text.substr(0, most_line));
    }
    is_skipping_ = true;
    return text.size();
  }

  /// Whole lines, but that the last of a file may lack its end.
  void region(std::string_view text) {
    if (is_skipping_) {  // the end of a line of which the beginning was read
      const auto end = text.find('\n');
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + 1);
      ++made_.lines;
      is_skipping_ = false;
    }
    if (form_ == Form::lines && !options_.every_line) return candidates(text);
    while (!text.empty() && is_wanted_) {
      const auto end = text.find('\n');
      one_line(text.substr(0, end), made_.lines + 1);
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + 1);
      ++made_.lines;
    }
  }

  /// Only those lines that one of the words is in.
  void candidates(std::string_view text) {
    const auto& anchors = options_.patterns->anchors();
    std::size_t counted = 0;
    for (std::size_t at = 0; is_wanted_ && (at = anchors.find(text, at)) != std::string_view::npos;) {
      const auto before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      const auto end = std::min(text.find('\n', at), text.size());
      made_.lines += count_lines(text.substr(counted, begin - counted));
      counted = begin;
      one_line(text.substr(begin, end - begin), made_.lines + 1);
      at = end;
    }
    made_.lines += count_lines(text.substr(counted));
  }

  void one_line(std::string_view line, std::uint64_t number) {
    if (line.size() > most_line) {
      note_long(number);
      line = line.substr(0, most_line);
    }
    constexpr std::string_view mark = "\xef\xbb\xbf";  // what editors of Windows begin with
    if (number == 1 && line.starts_with(mark)) line.remove_prefix(mark.size());
    if (form_ == Form::mail) return mail_->line(line, number);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("#Fields: ")) return note_fields(line);
    LogEntry entry;
    entry.line = number;
    if (trimmed(line).empty() || line.starts_with("#Software: ") || line.starts_with("#Version: ") ||
        line.starts_with("#Log-type: ") || line.starts_with("#Date: "))
      return;
    judge(without_subject(line), line, entry);
  }

  /// Classifies what may be said of `line`, and hands it on.
  void judge(std::string_view visible, std::string_view line, LogEntry& entry) {
    const auto match = options_.patterns->classify(visible);
    entry.of = match.of;
    entry.pattern = match.pattern;
    if (entry.of == LogClass::other && !options_.every_line) return;
    find_parts(visible, entry);
    if (entry.time.empty()) entry.time = log_time(line, options_.now);
    if (entry.of != LogClass::other) entry.text = options_.redact ? redacted(visible) : shortened(line);
    is_wanted_ = is_wanted_ && sink_(entry);
  }

  void journal_entry(const JournalReader::Entry& one) {
    made_.lines = one.number;
    LogEntry entry;
    entry.line = one.number;
    entry.time = one.time;
    judge(one.line, one.line, entry);
  }

  void bounced(const Bounce& bounce) {
    LogEntry entry;
    entry.line = bounce.line;
    entry.time = bounce.time;
    entry.side = Side::sent;
    entry.mta = bounce.is_report ? "bounce" : "";
    entry.receiver = domain_of(bounce.recipient);
    entry.host = IpAddress::read(bounce.remote_mta) ? std::string() : ascii_lower(bounce.remote_mta);
    // A paragraph that says nothing about reverse DNS is no line of a log.
    const bool is_silent =
        !bounce.is_report && options_.patterns->classify(bounce.text).of == LogClass::other;
    if (!is_silent) judge(bounce.text, bounce.text, entry);
  }

  /// `#Fields: date-time,client-ip,...` of Exchange says in which column somebody's words stand.
  void note_fields(std::string_view line) {
    subject_column_.reset();
    std::size_t column = 0;
    for (auto rest = line.substr(9); !rest.empty(); ++column) {
      const auto end = std::min(rest.find(','), rest.size());
      if (trimmed(rest.substr(0, end)) == "message-subject") subject_column_ = column;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  /// A row of Exchange's message tracking without its subject.
  std::string_view without_subject(std::string_view line) {
    constexpr std::size_t usual_column = 18;
    const bool is_protocol =
        line.find(",<,") != std::string_view::npos || line.find(",>,") != std::string_view::npos;
    if (mta_of(line) != "exchange" || (is_protocol && !subject_column_)) return line;
    std::size_t column = 0, begin = 0;
    bool is_quoted = false;
    const std::size_t wanted = subject_column_.value_or(usual_column);
    for (std::size_t at = 0; at <= line.size(); ++at) {
      if (at < line.size() && line[at] == '"') is_quoted = !is_quoted;
      if (at < line.size() && (line[at] != ',' || is_quoted)) continue;
      if (column++ == wanted) {
        scratch_.assign(line.substr(0, begin));
        scratch_ += line.substr(at);
        return scratch_;
      }
      begin = at + 1;
    }
    return line;
  }

  void note_long(std::uint64_t number) {
    if (!had_long_)
      made_.problems.push_back(
          {number,
           fmt::format("a line of more than {} octets: the rest of it, and of its like, is not read",
                       most_line),
           {}});
    had_long_ = true;
  }

  void finish() {
    if (journal_) journal_->end();
    if (mail_) mail_->end();
    if (is_skipping_) ++made_.lines;
    if (!fault_) return;
    made_.is_incomplete = true;
    made_.problems.push_back({made_.lines, fault_->message, fault_->hint});
  }

  const ReadOptions& options_;
  const Sink& sink_;
  Form form_ = Form::unknown;
  ReadLog made_;
  std::optional<Error> fault_;
  bool is_skipping_ = false, had_long_ = false, is_wanted_ = true;
  std::optional<std::size_t> subject_column_;
  std::string scratch_;
  std::optional<BounceReader> mail_;
  std::optional<JournalReader> journal_;
};

}  // namespace

ReadLog read_log(LogSource& source, const ReadOptions& options, const Sink& sink) {
  return Reader(options, sink).run(source);
}

}  // namespace rdnsgate::logs
