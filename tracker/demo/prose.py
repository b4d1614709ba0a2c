"""The harmless texts of the demo: what paste sites and open directories are full of."""

MIRROR_README = """Mirror of assorted public documents.
Nothing here is ours. Files are kept as they were found; folders are named after the month of upload.
If a link is dead, try the folder above. Please use a download manager and be gentle with the line.
"""

ARCHIVE_README = """Tables for the November meeting. The workbook has the figures by facility, the roster is from 2021.
Sheets are sorted by case number. Ask the front desk when something does not open.
"""

TRIP_REPORT = """Trip report, second week

We left before sunrise and reached the pass at noon. The road is worse than last year: two bridges are gone and
the detour through the valley costs three hours. Maria and Ahmed stayed behind with the truck while we walked on.
In the village they remembered the survey of 1994 and asked when somebody would come back with the results.
The well we dug then still gives water. We counted forty-one households, nine more than on the old map.
On 03/14/2022 the first snow fell; by 11/02/2022 everything was open again.
"""

MINUTES = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Minutes of the library committee</title></head>
<body>
<h1>Minutes of the library committee</h1>
<p>Present: Mr. Singh, Ms. Garcia, Ms. Nguyen, Mr. Ali. Apologies: Ms. Petrov.</p>
<table>
<tr><th>Item</th><th>Who</th><th>Until</th></tr>
<tr><td>Order new shelves</td><td>Singh</td><td>01/15/2023</td></tr>
<tr><td>Repair the reading lamps</td><td>Garcia</td><td>02/01/2023</td></tr>
<tr><td>Opening hours in summer</td><td>Nguyen</td><td>05/01/2023</td></tr>
</table>
<p>The next meeting is on the first Monday of the month.</p>
</body></html>
"""

SCRIPT = """#!/bin/sh
# build, copy, restart
set -e
make clean all
rsync -a --delete build/ web1:/srv/www/
ssh web1 'systemctl reload nginx && curl -fsS http://localhost/health'
"""

TO_DO = """- call the plumber (before 10)
- renew library card A000123456
- birthday present for Ana, 06/21
- tickets: Jose, Fatima, Wei
- return the drill to Mohamed
"""

SETTINGS = """{
  "name": "inventory",
  "version": "2.4.1",
  "listen": {"host": "0.0.0.0", "port": 8080},
  "retention": {"from": "1990-01-01", "days": 365},
  "owners": ["warehouse@example.com", "desk@example.org"],
  "limits": [200000001, 249999999]
}
"""

LOG = """2022-11-28 10:01:07 INFO  worker 3 started
2022-11-28 10:01:09 WARN  queue depth 1204, limit 1000
2022-11-28 10:01:12 ERROR request 249913377 failed: connection reset by peer
2022-11-28 10:01:12 INFO  retry 1 of 3 in 2 s
2022-11-28 10:01:14 INFO  request 249913377 done in 311 ms
"""

RECIPE = """# Flatbread with herbs

500 g flour, 300 ml water, 7 g yeast, 1 spoon of oil, salt. Knead ten minutes, let it rest for one hour,
roll it thin, bake it very hot for six minutes. Thyme and sesame on top. Serves four.
"""
