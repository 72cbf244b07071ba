// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// ldns, which defines `bool`, `true` and `false` as C had them before 1999 unless <stdbool.h> has done so.
#pragma once

#include <stdbool.h>

#include <ldns/ldns.h>
