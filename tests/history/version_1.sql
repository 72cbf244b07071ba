-- SPDX-License-Identifier: MIT
-- Copyright (c) 2026 the rdnsgate authors
-- What the first version of the tables looked like, with three runs in it (sqlite3 .dump).
PRAGMA application_id = 1919182696;
CREATE TABLE findings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL UNIQUE,
  rule TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_id TEXT NOT NULL,
  zone TEXT NOT NULL,
  sender TEXT NOT NULL,
  expected TEXT NOT NULL);
INSERT INTO "findings" VALUES(1,'f','ptr-missing','address','192.0.2.1','2.0.192.in-addr.arpa','mx1','mx1.example.com');
INSERT INTO "findings" VALUES(2,'gg','ptr-missing','address','192.0.2.2','2.0.192.in-addr.arpa','mx1','mx1.example.com');
CREATE TABLE inventories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,
  git_revision TEXT NOT NULL,
  UNIQUE (sha256, git_revision));
INSERT INTO "inventories" VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','abc123');
CREATE TABLE rdnsgate_history (version BIGINT NOT NULL);
INSERT INTO "rdnsgate_history" VALUES(1);
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  series BIGINT NOT NULL,
  inventory BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  whole BIGINT NOT NULL,
  addresses BIGINT NOT NULL,
  questions BIGINT NOT NULL,
  unanswered BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  warnings BIGINT NOT NULL,
  infos BIGINT NOT NULL,
  waived BIGINT NOT NULL,
  inconclusive BIGINT NOT NULL,
  baseline BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  recovered BIGINT NOT NULL);
INSERT INTO "runs" VALUES(1,'00000000000000000000000000000000',1,1,1799999995,1800000000,'fail',1,10,20,0,1,0,0,0,0,0,2,0,0);
INSERT INTO "runs" VALUES(2,'00000000000000000000000000000001',1,1,1800000055,1800000060,'fail',1,10,20,0,1,0,0,0,0,0,0,0,1);
INSERT INTO "runs" VALUES(3,'00000000000000000000000000000002',1,1,1800000115,1800000120,'fail',1,10,20,0,1,0,0,0,0,0,0,0,0);
CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  inventory_path TEXT NOT NULL,
  origin TEXT NOT NULL,
  whole_at BIGINT NOT NULL,
  UNIQUE (inventory_path, origin));
INSERT INTO "series" VALUES(1,'inventory.yaml','',1800000120);
CREATE TABLE tracks (
  series BIGINT NOT NULL,
  finding BIGINT NOT NULL,
  is_open BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  steady BIGINT NOT NULL,
  looks TEXT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  certainty TEXT NOT NULL,
  scope TEXT NOT NULL,
  vantages TEXT NOT NULL,
  message TEXT NOT NULL,
  observed TEXT NOT NULL,
  path TEXT NOT NULL,
  line BIGINT NOT NULL,
  pending_observed TEXT,
  pending_certainty TEXT,
  pending_since BIGINT,
  pending_looks BIGINT,
  PRIMARY KEY (series, finding));
INSERT INTO "tracks" VALUES(1,1,1,1800000000,1800000000,1,'','error','open','confirmed','universal','
a
b
','there is no PTR record','none','inventory.yaml',3,NULL,NULL,NULL,NULL);
CREATE TABLE transitions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  series BIGINT NOT NULL,
  finding BIGINT NOT NULL,
  run BIGINT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  since BIGINT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  certainty TEXT NOT NULL,
  scope TEXT NOT NULL,
  vantages TEXT NOT NULL,
  message TEXT NOT NULL,
  observed TEXT NOT NULL,
  path TEXT NOT NULL,
  line BIGINT NOT NULL,
  before_severity TEXT,
  before_status TEXT,
  before_certainty TEXT,
  before_observed TEXT,
  before_opened_at BIGINT);
INSERT INTO "transitions" VALUES(1,1,1,1,'opened',1800000000,1800000000,'error','open','confirmed','universal','
a
b
','there is no PTR record','none','inventory.yaml',3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "transitions" VALUES(2,1,2,1,'opened',1800000000,1800000000,'error','open','confirmed','universal','
a
b
','there is no PTR record','none','inventory.yaml',3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "transitions" VALUES(3,1,2,2,'recovered',1800000060,1800000060,'error','open','confirmed','universal','
a
b
','there is no PTR record','none','inventory.yaml',3,'error','open','confirmed','none',1800000000);
CREATE INDEX runs_finished_at ON runs (finished_at);
CREATE INDEX findings_target ON findings (target_id);
CREATE INDEX findings_rule ON findings (rule);
CREATE INDEX findings_zone ON findings (zone);
CREATE INDEX transitions_finding ON transitions (finding, number);
CREATE INDEX transitions_run ON transitions (run);
CREATE INDEX transitions_at ON transitions (at);
