// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/findings.h"
#include "audit/subject/address.h"
#include "rules/name_fault.h"

namespace rdnsgate::rules {

/// What is wrong with a PTR name in itself; empty where nothing is, or where another of these goes deeper:
/// the form of the labels is no matter in a name that is relative.
using FaultOf = NameFault (*)(const inventory::Inventory&, const dns::Name&);

NameFault in_arpa_fault(const inventory::Inventory& inventory, const dns::Name& name);
NameFault not_fqdn_fault(const inventory::Inventory& inventory, const dns::Name& name);
NameFault numeric_tld_fault(const inventory::Inventory& inventory, const dns::Name& name);
NameFault hostname_fault(const inventory::Inventory& inventory, const dns::Name& name);
NameFault idn_fault(const inventory::Inventory& inventory, const dns::Name& name);
NameFault special_use_fault(const inventory::Inventory& inventory, const dns::Name& name);

/// The fault of the declared PTR name: once for a name that both families share, and once for a range.
void say_declared(const audit::DeclaredAddress& c, audit::Findings& findings, FaultOf fault);
/// The faults of the live PTR names other than the declared one, in one finding.
void say_live(const audit::AddressCase& c, audit::Findings& findings, FaultOf fault);

template <FaultOf fault>
void judge_declared_ptr_name(const audit::DeclaredAddress& c, audit::Findings& findings) {
  say_declared(c, findings, fault);
}

template <FaultOf fault>
void judge_ptr_names(audit::AddressCase& c, audit::Findings& findings) {
  say_live(c, findings, fault);
}

}  // namespace rdnsgate::rules
