import pytest, time
from datetime import date
from kanal.directory.loading import *
from kanal.directory.models import *
from kanal.directory import importing, exporting
from kanal.directory.importing import SheetKind
from kanal.directory.tests.sheets import upload
from kanal.journal.actions import SYSTEM
from tests.factories import *
from django.db import connection
@pytest.mark.django_db
def test_it(client):
    rows=[{"code":"0","class":"pemprov","name":"Nasional","parent_code":""}]
    for p in range(38):
        rows.append({"code":f"{p+10}","class":"pemprov","name":f"Provinsi {p}","parent_code":"0","abbreviation":"P","head_title":"Gubernur","website":"","region_code":str(p+10),"source":"x"})
        for k in range(14):
            rows.append({"code":f"{p+10}.{k:02}","class":"kota","name":f"Kota Contoh {p} {k}","parent_code":f"{p+10}","region_code":"1"})
            for c in range(15):
                rows.append({"code":f"{p+10}.{k:02}.{c:02}","class":"kecamatan","name":f"Kecamatan Contoh {p} {k} {c}","parent_code":f"{p+10}.{k:02}"})
                for v in range(14):
                    rows.append({"code":f"{p+10}.{k:02}.{c:02}.{1000+v}","class":"kelurahan","name":f"Kelurahan Contoh {p} {k} {c} {v}","parent_code":f"{p+10}.{k:02}.{c:02}"})
    cols=["code","class","name","abbreviation","parent_code","region_code","head_title","website","source","aliases"]
    rows=[{c:r.get(c,"") for c in cols} for r in rows]
    print(len(rows))
    g=a_government()
    c0=time.process_time()
    t=time.time(); print(load_units(rows,government=g,as_of=None,by=SYSTEM), round(time.time()-t,1))
    print("cpu", time.process_time()-c0)
    t=time.time(); print(load_units(rows,government=g,as_of=date(2024,1,1),by=SYSTEM), round(time.time()-t,1))
    for r in rows[::10]: r["name"]+=" Baru"
    t=time.time(); print(load_units(rows,government=g,as_of=date(2025,1,1),by=SYSTEM), round(time.time()-t,1))
    with connection.cursor() as c: c.execute("analyze")
    u=a_user(RoleKind.ADMINISTRATOR, government=g); client.force_login(u)
    for path in ["/instansi/","/instansi/","/instansi/?di=12.03","/instansi/?cari=contoh+5+6+7","/instansi/?kelas=kelurahan&wilayah=1","/instansi/?hal=200","/orang/"]:
        t=time.time(); r=client.get(path); print(path, r.status_code, len(r.content), round(time.time()-t,3))
    t=time.time(); data=b"".join(exporting.units_csv(by=u)); print("csv", len(data), round(time.time()-t,1))
    lines=data.decode("utf-8-sig").splitlines()[:50001]
    lines=[l.replace(",Gubernur,",",Gubernur X,") for l in lines]
    t=time.time(); d=importing.keep(kind=SheetKind.UNITS, upload=upload("\n".join(lines).encode()), on=None, by=u); print("keep", round(time.time()-t,1))
    t=time.time(); p=importing.preview(draft=d, by=u); print("preview", p.counts, round(time.time()-t,1))
    t=time.time(); importing.carry_out(draft=d, fingerprint=p.fingerprint, by=u); print("carry", round(time.time()-t,1))
