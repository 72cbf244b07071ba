// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/diagnostic.h"
#include "base/text/source.h"
#include "draft/estate.h"

namespace rdnsgate::draft {

/// Adds the PTR records that a state or a plan of OpenTofu or Terraform has, as `tofu show -json` prints them: of
/// hcloud_rdns, aws_eip with aws_eip_domain_name, google_compute_instance, ovh_ip_reverse, azurerm_public_ip, linode_rdns
/// and Vultr's reverse resources. What is not known before it is applied is told in a note.
void read_tofu(const Sources& sources, FileId file, Estate& estate, Diagnostics& problems);

}  // namespace rdnsgate::draft
