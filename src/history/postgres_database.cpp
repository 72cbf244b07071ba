// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/postgres_database.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <unordered_map>
#include <utility>

#include "base/text/text.h"
#include "history/pq_library.h"

namespace rdnsgate::history {
namespace {

using Kind = Failure::Kind;
using Clock = std::chrono::steady_clock;

/// The parts of a URL that are secret, as they stand in it.
std::vector<std::string_view> secrets_of(std::string_view url) {
  std::vector<std::string_view> secrets;
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return secrets;
  const auto rest = url.substr(begin + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  const auto at = authority.rfind('@'), colon = authority.find(':');
  if (at != std::string_view::npos && colon < at)
    secrets.push_back(authority.substr(colon + 1, at - colon - 1));
  const auto query = rest.find('?');
  for (auto left = query == std::string_view::npos ? std::string_view() : rest.substr(query + 1);
       !left.empty();) {
    const auto one = left.substr(0, left.find('&'));
    left.remove_prefix(std::min(one.size() + 1, left.size()));
    const auto equals = one.find('=');
    const bool is_secret = ascii_lower(one.substr(0, equals)).find("password") != std::string::npos;
    if (is_secret && equals != std::string_view::npos) secrets.push_back(one.substr(equals + 1));
  }
  std::erase_if(secrets, [](const auto& secret) { return secret.empty(); });
  return secrets;
}

std::string decoded(std::string_view text) {
  const auto digit = [](char character) {
    constexpr std::string_view digits = "0123456789abcdef";
    return digits.find(ascii_lower(std::string_view(&character, 1)));
  };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) < 16 && digit(text[i + 2]) < 16;
    plain += is_code ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (is_code) i += 2;
  }
  return plain;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  if (what.empty()) return text;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

/// Waits until the socket is ready; false when time is over.
bool wait_for(int socket, short events, Clock::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd one{socket, events, 0};
    const int ready = poll(&one, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

void say_nothing(void*, const char*) {}

class PostgresDatabase : public Database {
 public:
  PostgresDatabase(const PqLibrary& pq, const std::string& url, milliseconds patience)
      : pq_(pq), url_(url), patience_(patience), connection_(nullptr, pq.finish) {
    connect();
  }

  std::vector<Row> query(const std::string& sql, const Values& values) override {
    std::vector<std::string> texts(values.size());
    std::vector<const char*> pointers(values.size(), nullptr);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::holds_alternative<std::monostate>(values[i])) continue;
      texts[i] = text_of(values[i]);
      pointers[i] = texts[i].c_str();
    }
    const auto count = static_cast<int>(values.size());
    const auto name = prepared(sql, count);
    return results(name.empty() ? pq_.sendQueryParams(connection_.get(), sql.c_str(), count, nullptr,
                                                      pointers.data(), nullptr, nullptr, 0)
                                : pq_.sendQueryPrepared(connection_.get(), name.c_str(), count,
                                                        pointers.data(), nullptr, nullptr, 0));
  }
  std::size_t change(const std::string& sql, const Values& values) override {
    query(sql, values);
    return changed_;
  }
  void script(const std::string& sql) override { results(pq_.sendQuery(connection_.get(), sql.c_str())); }

  /// One at a time, whatever they write: none waits for what another holds, so that they cannot wait for each other.
  void begin_writing() override {
    try {
      script(fmt::format("BEGIN; SELECT pg_advisory_xact_lock({})", lock));
    } catch (const Stop&) {
      roll_back();
      throw;
    }
  }
  void begin_reading() override { script("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"); }
  void commit() override { script("COMMIT"); }
  void roll_back() noexcept override {
    if (is_lost_ || pq_.transactionStatus(connection_.get()) == PQTRANS_IDLE) return;
    try {
      script("ROLLBACK");
    } catch (const Stop&) {
      is_lost_ = true;  // the server rolls back what it loses the connection of
    }
  }

  std::string_view numbering() const override {
    return "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
  }
  bool has_table(const std::string& name) override {
    return !query("SELECT 1 FROM pg_tables WHERE schemaname = 'rdnsgate' AND tablename = $1", {name}).empty();
  }
  void prepare() override {
    // Where it is there already, nobody needs the right to make it.
    if (query("SELECT 1 FROM pg_namespace WHERE nspname = 'rdnsgate'", {}).empty())
      script("CREATE SCHEMA rdnsgate");
  }

  /// Names of tables are those of the schema, and the server gives up when this program does. What it says is written is on
  /// its disk, however it is configured.
  void enter() {
    script(
        fmt::format("SET search_path TO rdnsgate; SET statement_timeout = {0}; SET lock_timeout = {0}; "
                    "SET idle_in_transaction_session_timeout = 60000; SELECT "
                    "set_config('synchronous_commit', 'on', false) "
                    "WHERE current_setting('synchronous_commit') = 'off'",
                    patience_.count()));
  }

 private:
  static constexpr std::int64_t lock = 0x7264'6768;  // "rdgh"

  static std::string text_of(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
    if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
    return std::get<std::string>(value);
  }

  /// The name of a statement that comes again and again, for which the server does not read and plan it each time; empty
  /// for one that is new, which would cost a journey more: most connections ask everything once.
  std::string prepared(const std::string& sql, int values) {
    constexpr std::size_t most_kept = 100;
    if (statements_.size() >= most_kept && !statements_.contains(sql)) {
      script("DEALLOCATE ALL");
      statements_.clear();
    }
    auto& statement = statements_[sql];
    if (++statement.uses < 2) return {};
    if (statement.name.empty()) {
      const auto name = fmt::format("s{}", ++statements_made_);
      results(pq_.sendPrepare(connection_.get(), name.c_str(), sql.c_str(), values, nullptr));
      statement.name = name;
    }
    return statement.name;
  }

  void connect() {
    const auto seconds_long = std::max<std::int64_t>(2, std::chrono::ceil<seconds>(patience_).count());
    const auto seconds_text = std::to_string(seconds_long);
    // What stands in the URL holds instead of what is before it.
    const std::array<const char*, 5> keys{"connect_timeout", "fallback_application_name", "client_encoding",
                                          "dbname", nullptr};
    const std::array<const char*, 5> values{seconds_text.c_str(), "rdnsgate", "UTF8", url_.c_str(), nullptr};
    connection_.reset(pq_.connectStartParams(keys.data(), values.data(), 1));
    if (!connection_) throw std::bad_alloc();
    if (pq_.status(connection_.get()) == CONNECTION_BAD) refuse_connection();
    pq_.setNoticeProcessor(connection_.get(), say_nothing, nullptr);
    const auto deadline = Clock::now() + patience_;
    for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;) {
      const auto events = static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT);
      if (!wait_for(pq_.socket(connection_.get()), events, deadline)) give_up();
      state = pq_.connectPoll(connection_.get());
      if (state == PGRES_POLLING_FAILED) refuse_connection();
    }
    pq_.setnonblocking(connection_.get(), 1);
  }

  std::vector<Row> results(int sent) {
    if (is_lost_ || sent == 0) lose(said());
    const auto deadline =
        Clock::now() + patience_ + milliseconds(1000);  // its own time-out comes first, and says more
    int waiting = 0;
    while ((waiting = pq_.flush(connection_.get())) == 1) {
      if (!wait_for(pq_.socket(connection_.get()), POLLIN | POLLOUT, deadline)) give_up();
      if (pq_.consumeInput(connection_.get()) == 0) lose(said());
    }
    if (waiting < 0) lose(said());
    std::vector<Row> rows;
    std::optional<Failure> failure;
    for (;;) {
      while (pq_.isBusy(connection_.get()) != 0) {
        if (!wait_for(pq_.socket(connection_.get()), POLLIN, deadline)) give_up();
        if (pq_.consumeInput(connection_.get()) == 0) lose(said());
      }
      const std::unique_ptr<PGresult, decltype(&::PQclear)> result(pq_.getResult(connection_.get()),
                                                                   pq_.clear);
      if (!result) break;
      const auto status = pq_.resultStatus(result.get());
      changed_ = changed_by(result.get());
      if (status == PGRES_TUPLES_OK) {
        rows = read(result.get());
      } else if (status != PGRES_COMMAND_OK && !failure) {
        failure = failure_of(result.get());
      }
    }
    if (!failure) return rows;
    if (pq_.status(connection_.get()) == CONNECTION_BAD) lose(failure->error.message);
    throw Stop{*failure};
  }

  std::size_t changed_by(PGresult* result) const {
    const std::string_view text = pq_.cmdTuples(result);
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }

  std::vector<Row> read(const PGresult* result) const {
    std::vector<Row> rows;
    const int columns = pq_.nfields(result), count = pq_.ntuples(result);
    rows.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      Values values(static_cast<std::size_t>(columns));
      for (int j = 0; j < columns; ++j) {
        if (pq_.getisnull(result, i, j) != 0) continue;
        values[static_cast<std::size_t>(j)] =
            std::string(pq_.getvalue(result, i, j), static_cast<std::size_t>(pq_.getlength(result, i, j)));
      }
      rows.emplace_back(std::move(values));
    }
    return rows;
  }

  /// By its SQLSTATE (PostgreSQL, appendix A).
  Failure failure_of(const PGresult* result) const {
    const char* const field = pq_.resultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view state = field != nullptr ? field : "";
    const char* const primary = pq_.resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const auto text = without_secrets(primary != nullptr ? primary : pq_.resultErrorMessage(result));
    const auto message = fmt::format("{}: {}", without_passwords(url_), text);
    if (state == "55P03" || state == "57014")
      return {Kind::unreachable, {message, "the server did not answer in time"}};
    if (state == "53100") return {Kind::full, {message, "make room on the server"}};
    if (state == "25006") return {Kind::unreachable, {message, "name the server that is written to"}};
    if (state == "42501")
      return {Kind::read_only,
              {message, "the user needs CREATE on the database once, and all rights in its schema rdnsgate"}};
    for (const std::string_view later : {"08", "53", "57", "58", "40"}) {
      if (state.starts_with(later)) return {Kind::unreachable, {message, {}}};
    }
    if (state.starts_with("XX")) return {Kind::corrupt, {message, {}}};
    return {Kind::other, {message, {}}};
  }

  std::string without_secrets(std::string text) const {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    for (const auto secret : secrets_of(url_))
      text = replaced(replaced(text, secret, "***"), decoded(secret), "***");
    return replaced(replaced(text, "\t", ""), "\n", " ");
  }
  std::string said() const { return without_secrets(pq_.errorMessage(connection_.get())); }

  [[noreturn]] void refuse_connection() {
    is_lost_ = true;
    const auto text = said();
    // There is no SQLSTATE here: what another try would not change is told by the URL's own reading alone.
    const bool is_wrong = text.find("URI") != std::string::npos || text.find("invalid") != std::string::npos;
    stop(is_wrong ? Kind::other : Kind::unreachable, fmt::format("{}: {}", without_passwords(url_), text));
  }
  [[noreturn]] void lose(const std::string& text) {
    is_lost_ = true;
    stop(Kind::unreachable, fmt::format("{}: the connection is lost: {}", without_passwords(url_), text));
  }
  [[noreturn]] void give_up() {
    is_lost_ = true;
    stop(Kind::unreachable, fmt::format("{}: no answer within {} s", without_passwords(url_),
                                        std::chrono::ceil<seconds>(patience_).count()));
  }

  const PqLibrary& pq_;
  std::string url_;
  milliseconds patience_;
  std::unique_ptr<PGconn, decltype(&::PQfinish)> connection_;
  bool is_lost_ = false;
  std::size_t changed_ = 0;  // rows, by the last statement
  struct Statement {
    std::size_t uses = 0;
    std::string name;  ///< empty: the server does not have it
  };
  std::unordered_map<std::string, Statement> statements_;  // by their text
  std::size_t statements_made_ = 0;
};

}  // namespace

bool is_postgres_url(std::string_view where) {
  return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string without_passwords(std::string_view url) {
  std::string shown;
  const char* at = url.data();
  for (const auto secret : secrets_of(url)) {
    shown.append(at, secret.data());
    shown += "***";
    at = secret.data() + secret.size();
  }
  shown.append(at, url.data() + url.size());
  return shown;
}

std::unique_ptr<Database> open_postgres(const std::string& url, milliseconds patience) {
  const auto library = pq_library();
  if (!library) stop(Kind::other, library.error().message, library.error().hint);
  auto database = std::make_unique<PostgresDatabase>(**library, url, patience);
  database->enter();
  return database;
}

}  // namespace rdnsgate::history
