import time, collections
import pytest
from tests.walls.houses import build_town, WORDS
from tests.walls.addresses import *
from tests.walls import ledger, crawl as C
from tests.walls.page_forms import deeds_of
@pytest.mark.django_db
def test_probe():
    t=time.time(); town=build_town(); print("build",time.time()-t)
    n=len(C.all_addresses(town)); print(n)
    t=time.time(); c=C.crawl(town); print("crawl",time.time()-t, len(c.visits))
    table=collections.defaultdict(dict)
    for v in c.visits: table[v.path][v.who]=v.status
    for p,row in table.items(): print(p.ljust(50), list(row.values()))
    for v in c.visits:
        if v.status>=500: print(v)
