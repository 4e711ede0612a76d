import time
import pytest
from tests.walls.houses import build_town, WORDS
from tests.walls.addresses import *
from tests.walls import ledger
from tests.walls.page_forms import deeds_of
from kanal.directory.models import RoleKind
@pytest.mark.django_db
def test_probe():
    t=time.time(); town=build_town(); print("build",time.time()-t)
    t=time.time(); e=ledger.everything(); print("ledger",time.time()-t, e)
    t=time.time(); e=ledger.of_place(900000); print("ledger",time.time()-t, e)
    for place in town.places:
        t=time.time(); a=addresses_of(place); print("addresses",time.time()-t, len(a)); 
        for x in a: print("   ",x.page.name,x.path)
    print([p.path for p in plain_addresses()])
    for kind,u in town.here.staff.items():
        c=signed_in(u); t=time.time()
        for x in plain_addresses():
            t1=time.time()
            r=c.get(x.path)
            print(kind, x.path, r.status_code, round(time.time()-t1,3), len(deeds_of(r.content.decode(), x.path)) if not r.streaming and "html" in r["content-type"] else "-")
        print(kind, time.time()-t)
        break
