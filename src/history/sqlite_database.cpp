// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/sqlite_database.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "base/files/boundary.h"

namespace rdnsgate::history {
namespace {

using Kind = Failure::Kind;

constexpr std::uint32_t application_id = 0x7264'6768;  // "rdgh"
constexpr std::string_view magic{"SQLite format 3\0", 16};

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// `system`: what the system said last, where it is the system that failed.
[[noreturn]] void stop_for(int code, const std::string& path, const std::string& said, int system = 0) {
  // Some of its files it asks for in a way that has no code of its own for a full disk.
  if ((code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT)) code = SQLITE_FULL;
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      stop(Kind::busy, fmt::format("{}: another process is writing, and did not end in time", path),
           "try again; a history is written by one at a time");
    case SQLITE_FULL:
      stop(Kind::full, fmt::format("{}: there is no room left on the disk", path),
           "make room, or keep less: rdnsgate history prune");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      stop(Kind::read_only, fmt::format("{}: cannot be written to", path),
           "its folder has to be writable, too");
    case SQLITE_CANTOPEN:
      stop(Kind::read_only, fmt::format("{}: cannot be opened: {}", path, said),
           "the file and its folder have to be readable, and writable for what writes");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      stop(Kind::corrupt, fmt::format("{}: the history is damaged: {}", path, said),
           "sqlite3 FILE .recover saves what can be read");
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    default:
      stop(Kind::other, fmt::format("{}: {}", path, said));
  }
}

class SqliteDatabase : public Database {
 public:
  SqliteDatabase(std::string path, sqlite3* database) : path_(std::move(path)), database_(database) {}

  std::vector<Row> query(const std::string& sql, const Values& values) override {
    auto* statement = prepared(sql);
    for (std::size_t i = 0; i < values.size(); ++i) bind(statement, static_cast<int>(i) + 1, values[i]);
    std::vector<Row> rows;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows.emplace_back(read(statement));
    const auto said = code == SQLITE_DONE ? std::string() : std::string(sqlite3_errmsg(database_.get()));
    const int system = sqlite3_system_errno(database_.get());
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (code != SQLITE_DONE) stop_for(code, path_, said, system);
    return rows;
  }

  std::size_t change(const std::string& sql, const Values& values) override {
    query(sql, values);
    return static_cast<std::size_t>(sqlite3_changes64(database_.get()));
  }

  void script(const std::string& sql) override {
    if (const int code = try_script(sql); code != SQLITE_OK) stop_now(code);
  }
  int try_script(const std::string& sql) {
    return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  }

  void begin_writing() override { script("BEGIN IMMEDIATE"); }
  void begin_reading() override { script("BEGIN"); }
  void commit() override { script("COMMIT"); }
  void roll_back() noexcept override {
    if (sqlite3_get_autocommit(database_.get()) == 0)
      sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  std::string_view numbering() const override { return "INTEGER PRIMARY KEY AUTOINCREMENT"; }
  bool has_table(const std::string& name) override {
    return !query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1", {name}).empty();
  }
  void mark() override { script(fmt::format("PRAGMA application_id = {}", application_id)); }

  /// As the file says, with no look at what is in it.
  bool is_marked() {
    return query("PRAGMA application_id", {}).at(0).integer() == std::int64_t{application_id};
  }
  bool is_empty() { return query("SELECT 1 FROM sqlite_schema LIMIT 1", {}).empty(); }

  /// Another that is at work may keep the mode from being changed, for which SQLite does not wait by itself.
  void use_write_ahead_log(milliseconds patience) {
    constexpr milliseconds pause{20};
    for (milliseconds waited{0};; waited += pause) {
      const int code = try_script("PRAGMA journal_mode = WAL");
      if (code == SQLITE_OK) return;
      if ((code & 0xff) != SQLITE_BUSY || waited >= patience) stop_now(code);
      sqlite3_sleep(static_cast<int>(pause.count()));
    }
  }

 private:
  [[noreturn]] void stop_now(int code) const {
    stop_for(code, path_, sqlite3_errmsg(database_.get()), sqlite3_system_errno(database_.get()));
  }

  sqlite3_stmt* prepared(const std::string& sql) {
    // Some texts have numbers in them, and do not come again.
    constexpr std::size_t most_kept = 100;
    if (statements_.size() > most_kept) statements_.clear();
    auto& statement = statements_[sql];
    if (statement) return statement.get();
    // $1 would be a name to SQLite, numbered by where it stands.
    std::string own = sql;
    for (auto& character : own) {
      if (character == '$') character = '?';
    }
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), own.c_str(), static_cast<int>(own.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) {
      statements_.erase(sql);
      stop_now(code);
    }
    statement.reset(made);
    return made;
  }

  static void bind(sqlite3_stmt* statement, int at, const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      sqlite3_bind_int64(statement, at, *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
      sqlite3_bind_double(statement, at, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      // It stays until the statement was run.
      sqlite3_bind_text64(statement, at, text->data(), text->size(), nullptr, SQLITE_UTF8);
    }
  }

  static Values read(sqlite3_stmt* statement) {
    Values values;
    const int count = sqlite3_column_count(statement);
    values.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      switch (sqlite3_column_type(statement, i)) {
        case SQLITE_INTEGER:
          values.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)});
          break;
        case SQLITE_FLOAT:
          values.emplace_back(sqlite3_column_double(statement, i));
          break;
        case SQLITE_NULL:
          values.emplace_back();
          break;
        default: {
          const auto* octets = static_cast<const char*>(sqlite3_column_blob(statement, i));
          const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
          values.emplace_back(octets == nullptr ? std::string() : std::string(octets, size));
        }
      }
    }
    return values;
  }

  std::string path_;
  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::unordered_map<std::string, Statement> statements_;  // gone before the database is
};

struct FileClose {
  int file;
  ~FileClose() { close(file); }
};

enum class Look : std::uint8_t { nothing, empty, database };

/// What is there, before SQLite makes anything of it.
Look look_at(const std::string& path, const std::string& real) {
  struct stat status {};
  if (stat(real.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Look::nothing;
    stop(Kind::read_only, fmt::format("{}: {}", path, std::strerror(errno)));
  }
  if (S_ISDIR(status.st_mode))
    stop(Kind::not_ours, fmt::format("{} is a folder", path), "name a file in it, such as history.db");
  if (!S_ISREG(status.st_mode)) stop(Kind::not_ours, fmt::format("{} is not a file", path));
  if (status.st_size == 0) return Look::empty;
  const auto opened = open_to_read(real);
  if (!opened) stop(Kind::not_ours, opened.error().message, opened.error().hint);
  if (*opened < 0) stop(Kind::read_only, fmt::format("{}: {}", path, std::strerror(errno)));
  const FileClose closer{*opened};
  std::array<char, magic.size()> head{};
  const auto got = read(*opened, head.data(), head.size());
  if (got != static_cast<ssize_t>(head.size()) || std::string_view(head.data(), head.size()) != magic)
    stop(Kind::not_ours, fmt::format("{} is not a history: it is no SQLite database", path),
         "nothing was written; name another file");
  return Look::database;
}

bool has_log(const std::string& real) {
  struct stat status {};
  return stat((real + "-wal").c_str(), &status) == 0 && status.st_size > 0;
}

std::unique_ptr<SqliteDatabase> open_file(const std::string& path, const std::string& real, int flags) {
  sqlite3* made = nullptr;
  // A URI, with all but letters and digits escaped, has no other meaning than the path.
  const int code = sqlite3_open_v2(real.c_str(), &made, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  auto database = std::make_unique<SqliteDatabase>(path, made);
  if (code != SQLITE_OK) stop_for(code, path, made != nullptr ? sqlite3_errmsg(made) : sqlite3_errstr(code));
  // What is in the file may be anybody's: it runs nothing, and damage is found where it is read.
  sqlite3_db_config(made, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(made, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(made, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(made, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  return database;
}

std::string uri_of(const std::string& path) {
  std::string uri = "file:";
  for (const char character : path) {
    const bool is_plain = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
                          (character >= '0' && character <= '9') || character == '/';
    uri +=
        is_plain ? std::string(1, character) : fmt::format("%{:02x}", static_cast<unsigned char>(character));
  }
  return uri;
}

/// A log needs a place beside the file; where there is none, and no log either, the file is all there is.
std::unique_ptr<SqliteDatabase> open_reading(const std::string& path, const std::string& real,
                                             milliseconds busy) {
  try {
    auto database = open_file(path, real, SQLITE_OPEN_READONLY);
    database->script(fmt::format("PRAGMA busy_timeout = {}", busy.count()));
    database->query("SELECT 1 FROM sqlite_schema LIMIT 1", {});
    return database;
  } catch (const Stop& stopped) {
    if (stopped.failure.kind != Kind::read_only || has_log(real)) throw;
  }
  return open_file(path, uri_of(real) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

std::unique_ptr<SqliteDatabase> open_writing(const std::string& path, const std::string& real,
                                             milliseconds busy) {
  auto database = open_file(path, real, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  database->script(fmt::format("PRAGMA busy_timeout = {}; PRAGMA cell_size_check = ON", busy.count()));
  if (!database->is_marked() && !database->is_empty())
    stop(Kind::not_ours, fmt::format("{} is a SQLite database of another program", path),
         "nothing was written; name another file");
  database->use_write_ahead_log(busy);
  database->script("PRAGMA synchronous = FULL");
  return database;
}

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, Access access, milliseconds busy) {
  const auto real = follow_path(path);
  if (!real) stop(Kind::not_ours, real.error().message, real.error().hint);
  if (real->find('\0') != std::string::npos) stop(Kind::not_ours, "a path has no NUL in it");
  const auto found = look_at(path, *real);
  if (found == Look::nothing && access != Access::create)
    stop(Kind::other, fmt::format("there is no history {}", path),
         "rdnsgate check --history FILE makes one, with its first run");
  if (found == Look::empty && access == Access::read)
    stop(Kind::not_ours, fmt::format("{} is empty: there is no history in it", path));
  if (access != Access::read) return open_writing(path, *real, busy);
  auto database = open_reading(path, *real, busy);
  if (!database->is_marked() && !database->is_empty())
    stop(Kind::not_ours, fmt::format("{} is a SQLite database of another program", path));
  return database;
}

std::string sqlite_version() { return sqlite3_libversion(); }

}  // namespace rdnsgate::history
