import time, collections
import pytest
from django.db import transaction
from tests.walls.houses import build_town, WORDS
from tests.walls.addresses import *
from tests.walls import ledger, crawl as C
from tests.walls.deeds import *
@pytest.mark.django_db
def test_probe():
  with C.quiet():
    t=time.time(); town=build_town(); print("build",time.time()-t)
    d=deeds_in(town.here); print("deeds",time.time()-t)
    for page,ds in d.items():
        for kind,deed in ds:
            b=ledger.everything()
            with transaction.atomic():
                c=C.signed_in(town.here.staff[kind]); b=ledger.everything()
                r=c.post(deed.path, deed.data())
                ch=ledger.changes(b, ledger.everything())
                transaction.set_rollback(True)
            print(page.name, kind, deed.path, r.status_code, bool(ch))
            if not ch and not page.is_open:
                print("    ", deed.values, deed.files)
                import re
                t=C.body(r); print("    ", re.findall(r'class="(?:salah|keliru|errorlist|mistake)[^>]*>(.{0,200})',t)[:4])
