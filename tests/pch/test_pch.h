// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// As src/pch/pch.h, for the test programs.
#ifndef RDNSGATE_TESTS_PCH_H  // g++ 12 takes no #pragma once in a header that it precompiles
#define RDNSGATE_TESTS_PCH_H

#include <doctest/doctest.h>

#include "pch/pch.h"

#endif
