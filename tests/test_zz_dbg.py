import pytest, re
from tests.test_uploads import *
def test_dbg(clerk, unit):
    body = Endless(60)
    answer = clerk.post("/surat/catat/", data=b"", content_type=f"multipart/form-data; boundary={body.boundary}",
        **{"wsgi.input": body, "CONTENT_LENGTH": str(body.length)})
    print(answer.wsgi_request.FILES, answer.wsgi_request.POST, body.left)
    print(answer.wsgi_request.META["CONTENT_LENGTH"], answer.wsgi_request.META["wsgi.input"])
