"""Milliseconds that SQLite's LIKE takes over the same records, one line per key: FILE KEY..."""

import sqlite3
import sys
import time

file, *keys = sys.argv[1:]
connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
for key in keys:
    like = f"%{key}%"
    start = time.perf_counter()
    connection.execute(
        "SELECT id, name, role FROM person WHERE name LIKE ? OR role LIKE ? ORDER BY name LIMIT 20", (like, like)
    ).fetchall()
    print((time.perf_counter() - start) * 1000)
