-- The processes of many recordings, as pt-ps --json prints them, in ClickHouse.
-- To be run on each server; the cluster "proctrace" is that of its configuration.
--
-- A recording is one run. All of its rows go to one server, so that a query that
-- groups by run needs no other. Rows of a run that is loaded again replace those
-- that are there (ReplacingMergeTree): ask with FINAL.

CREATE DATABASE IF NOT EXISTS proctrace;

CREATE TABLE IF NOT EXISTS proctrace.processes_local (
	run String,
	host String,
	labels Array(String),
	id String,
	parent Nullable(String),
	pid UInt32,
	ppid Nullable(UInt32),
	pgid Nullable(Int32),
	sid Nullable(Int32),
	uid Nullable(UInt32),
	depth UInt32,
	descendants UInt64,
	execs UInt32,
	started DateTime,
	start_ns Int64,
	wall_ns UInt64,
	own_ns UInt64,
	cpu_ns Nullable(UInt64),
	rundelay_ns Nullable(UInt64),
	rss_kib Nullable(UInt64),
	rbytes Nullable(UInt64),
	wbytes Nullable(UInt64),
	end String,
	status Nullable(UInt8),
	signal Nullable(String),
	cwd Nullable(String),
	file Nullable(String),
	program String,
	argv Array(String)
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMMDD(started)
ORDER BY (run, start_ns, id);

-- one row for each run: that of its root
CREATE TABLE IF NOT EXISTS proctrace.runs_local (
	run String,
	host String,
	labels Array(String),
	started DateTime,
	wall_ns UInt64,
	processes UInt64,
	end String,
	argv Array(String)
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMMDD(started)
ORDER BY (run, started);

CREATE MATERIALIZED VIEW IF NOT EXISTS proctrace.runs_of_processes
TO proctrace.runs_local AS
SELECT run, host, labels, started, wall_ns, descendants + 1 AS processes, end,
	argv
FROM proctrace.processes_local
WHERE depth = 0 AND start_ns = 0;

CREATE TABLE IF NOT EXISTS proctrace.processes AS proctrace.processes_local
ENGINE = Distributed(proctrace, proctrace, processes_local, cityHash64(run));

CREATE TABLE IF NOT EXISTS proctrace.runs AS proctrace.runs_local
ENGINE = Distributed(proctrace, proctrace, runs_local, cityHash64(run));
