"""What a team's own script does with a table of results: read it with Python's csv, put it into SQLite, three tables and an index.

peer_results.py CSV WORK: prints the seconds it took.
"""

import csv
import os
import sqlite3
import sys
import time

source, work = sys.argv[1:]
path = os.path.join(work, "peer-results.sqlite")
if os.path.exists(path):
    os.remove(path)
start = time.perf_counter()
file = sqlite3.connect(path)
file.executescript(
    """
    PRAGMA journal_mode = WAL;
    CREATE TABLE candidate (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE result (id INTEGER PRIMARY KEY, candidate INTEGER, case_id TEXT, repeat INTEGER, answer TEXT, latency INTEGER);
    CREATE TABLE score (result INTEGER, criterion TEXT, value REAL);
    CREATE INDEX result_by_case ON result (candidate, case_id, repeat);
    """
)
candidates, results, scores = {}, [], []


def flush():
    file.executemany("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?)", results)
    file.executemany("INSERT INTO score VALUES (?, ?, ?)", scores)
    results.clear()
    scores.clear()


with open(source, newline="", encoding="utf-8") as rows:
    for number, row in enumerate(csv.DictReader(rows), 1):
        who = candidates.setdefault(row["candidate"], len(candidates) + 1)
        results.append((number, who, row["case"], int(row["repeat"]), row["answer"], int(row["latency_ms"]) * 1000))
        scores.append((number, "score", float(row["score"])))
        if len(results) == 20_000:
            flush()
    flush()
file.executemany("INSERT INTO candidate VALUES (?, ?)", [(number, name) for name, number in candidates.items()])
file.commit()
file.close()
print(time.perf_counter() - start)
