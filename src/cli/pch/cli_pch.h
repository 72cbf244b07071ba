// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// As src/pch/pch.h, with the one library that only the commands use.
#ifndef RDNSGATE_CLI_PCH_H  // g++ 12 takes no #pragma once in a header that it precompiles
#define RDNSGATE_CLI_PCH_H

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "pch/pch.h"

#endif
