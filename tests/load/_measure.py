"""What the benchmarks of complaints measure by: statements, CPU time, plans."""

import json
import os
import statistics
import time
from contextlib import contextmanager
from pathlib import Path

from odoo.sql_db import Cursor
from odoo.tools import SQL


def median_seconds(deed, runs=5):
    """Return the median wall time of a deed."""
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        deed()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def median_ratio(floor, deed, runs=5):
    """Return how many times the floor a deed takes: the median of pairs measured in turn.

    A machine that others use grows slower and faster; the two of a pair meet the same weather.
    """
    floor(), deed()  # what is cached is cached
    pairs = [(median_seconds(floor, 1), median_seconds(deed, 1)) for _run in range(runs)]
    return statistics.median(ours / bare for bare, ours in pairs)


def statements_of(env, deed):
    """Return how many statements a deed takes, what rules ask being cached already."""
    deed()
    before = env.cr.sql_log_count
    deed()
    return env.cr.sql_log_count - before


def cpu_of(env, deed):
    """Return the CPU seconds a deed takes, here and in the database's process for us."""
    env.cr.execute("SELECT pg_backend_pid()")
    stat = Path(f"/proc/{env.cr.fetchone()[0]}/stat")
    before = time.process_time() + _cpu_in(stat)
    deed()
    return time.process_time() + _cpu_in(stat) - before


def _cpu_in(stat):
    """Return the CPU seconds of a process so far, from its line in /proc."""
    after_name = stat.read_text().rpartition(")")[2].split()
    return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def recorded():
    """Collect the queries that are asked meanwhile: pairs of code and parameters."""
    queries, execute = [], Cursor.execute

    def listen(self, query, params=None, log_exceptions=True):
        code, values = (query.code, query.params) if isinstance(query, SQL) else (query, params)
        if code.lstrip(" (\n").upper().startswith(("SELECT", "WITH")):
            queries.append((code, values))
        return execute(self, query, params, log_exceptions)

    Cursor.execute = listen
    try:
        yield queries
    finally:
        Cursor.execute = execute


def scans_of(env, query, tables):
    """Return which of the tables a query would read from end to end, by PostgreSQL's plan."""
    code, params = query
    env.cr.execute("EXPLAIN (FORMAT JSON) " + code, params)
    (((root,),),) = env.cr.fetchall()
    return sorted(set(_scans_in(root["Plan"], tables)))


def _scans_in(node, tables, limit_cost=None):
    """Yield the tables read from end to end in a plan.

    Reading the first page of a list, or counting to a limit, stops when it has enough: the cost
    of the limit is a small part of that of the whole table then.
    """
    is_short = limit_cost is not None and limit_cost <= node["Total Cost"] / 10
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in tables and not is_short:
        yield node["Relation Name"]
    if node["Node Type"] == "Limit":
        limit_cost = node["Total Cost"]
    for child in node.get("Plans", ()):
        yield from _scans_in(child, tables, limit_cost)


def report(figures, missed):
    """Print the figures for ``./suite bench``; fail where limits are missed."""
    print(json.dumps({**figures, "missed": missed}))
    if missed:
        raise SystemExit(1)
