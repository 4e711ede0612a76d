import time, collections
import pytest
from tests.walls.houses import build_town, WORDS
from tests.walls import ledger, crawl as C
@pytest.mark.django_db
def test_probe():
    t=time.process_time(); town=build_town(); print("build", time.process_time()-t)
    by=collections.Counter(); n=collections.Counter(); pg=collections.Counter()
    with C.quiet():
      for who,u in C.everybody(town).items():
        c=C.signed_in(u)
        for s,a in C.all_addresses(town):
            t=time.process_time(); r=c.get(a.path); C.body(r); d=time.process_time()-t
            by[r.status_code]+=d; n[r.status_code]+=1; pg[a.page.name]+=d
    for k in by: print(k, n[k], by[k], by[k]/n[k])
    for k,v in pg.most_common(12): print(k,v)
    t=time.process_time(); ledger.everything(); print("ledger", time.process_time()-t)
