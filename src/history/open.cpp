// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/open.h"

#include <string_view>
#include <utility>

#include "history/postgres_database.h"
#include "history/postgres_url.h"
#include "history/schema.h"
#include "history/store.h"

namespace rdnsgate::history {

bool Place::is_server() const { return is_postgres_url(where); }

std::string Place::shown() const { return is_server() ? without_passwords(where) : where; }

Outcome<std::unique_ptr<History>> open_history(const Place& place, Access access, const Patience& patience) {
  try {
    auto database = place.is_server() ? open_postgres(place.where, patience.answer)
                                      : open_sqlite(place.where, access, patience.busy);
    access == Access::read ? check_version(*database, place.shown()) : migrate(*database, place.shown());
    return make_store(std::move(database));
  } catch (const Stop& stopped) {
    return tl::unexpected<Failure>(stopped.failure);
  }
}

}  // namespace rdnsgate::history
