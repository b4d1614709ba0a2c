"""How well the engine finds copies of a leak, how well it leaves other documents alone, and how today's tools do.

`python -m benchmarks.detection` makes a leak of 6,000 people who do not exist (registry), copies of it in every layout,
notation and damage (copies, with layouts, notations, damage) and harmless documents (harmless), all from one seed; adds
FEBRL's data sets (febrl); gives each document to each method (methods, measure); and reports (figures, report). It
needs what requirements.txt lists. Nothing here looks at the engine: the documents are what the engine has to stand.
"""
