#!/usr/bin/env python3
"""The recount by DuckDB, one thread, on the columns that our recount goes through.

Arguments: the folder with columns.csv and counts.csv, and our median in milliseconds. The counts
must be the same, cell by cell; then both times and their ratio are told.
"""
import sys
import time

import duckdb

folder, ours = sys.argv[1], float(sys.argv[2])
db = duckdb.connect()
db.execute('SET threads = 1')
db.execute(f"""CREATE TABLE dossier AS SELECT place::UINTEGER AS place, month::USMALLINT AS month,
    class::UTINYINT AS class FROM read_csv('{folder}/columns.csv')""")
QUERY = 'SELECT place, month, class, count(*) AS n FROM dossier GROUP BY place, month, class'
times = []
for _ in range(11):
    begun = time.perf_counter()
    # The result stays in the engine: handing it to Python is not what is measured.
    db.execute(f'CREATE OR REPLACE TEMP TABLE counted AS {QUERY}')
    times.append((time.perf_counter() - begun) * 1000)
theirs = sorted(times)[len(times) // 2]
db.execute(f"""CREATE TABLE ours AS SELECT * FROM read_csv('{folder}/counts.csv', header = false,
    names = ['place', 'month', 'class', 'n'])""")
different = db.execute("""SELECT count(*) FROM (
    (SELECT place::INT, month::INT, class::INT, n::INT FROM counted
     EXCEPT SELECT place::INT, month::INT, class::INT, n::INT FROM ours)
    UNION ALL
    (SELECT place::INT, month::INT, class::INT, n::INT FROM ours
     EXCEPT SELECT place::INT, month::INT, class::INT, n::INT FROM counted))""").fetchone()[0]
if different:
    sys.exit(f'{different} cells differ')
rows, cells = (db.execute(f'SELECT count(*) FROM {t}').fetchone()[0] for t in ('dossier', 'counted'))
print(f'{rows} dossiers, {cells} cells, the same in both')
print(f'DuckDB {duckdb.__version__}, one thread: {theirs:.2f} ms; ours: {ours:.2f} ms; '
      f'{ours / theirs:.3f} of it')
