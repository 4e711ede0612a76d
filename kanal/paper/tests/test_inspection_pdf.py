"""PDFs that would do something, or are something else, or swell; made here from a harmless letter."""

import base64
import random
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from kanal.paper.inspection import streams
from kanal.paper.inspection.inspecting import Inspection, inspect
from kanal.paper.inspection.report import Limits
from kanal.paper.verdicts import Verdict

LETTERS = Path(__file__).parents[3] / "tests" / "letters"
LETTER = (LETTERS / "p03_tebet_kv.pdf").read_bytes()
SIGNED = (LETTERS / "t01_ttd_sah.pdf").read_bytes()


def changed(change: Callable[[pikepdf.Pdf], object], **saving: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(LETTER)) as pdf:
        change(pdf)
        pdf.save(out, **saving)
    return out.getvalue()


def action(**entries: object) -> Dictionary:
    return Dictionary(Type=Name.Action, **entries)


def at_opening(what: Dictionary) -> bytes:
    return changed(lambda pdf: pdf.Root.__setattr__("OpenAction", what))


def at_a_click(*what: Dictionary) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        links = [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=each)
            for each in what
        ]
        pdf.pages[0].Annots = Array(links)

    return changed(change)


def said(data: bytes, name: str = "surat.pdf", **limits: object) -> tuple[str, list[str]]:
    found = inspect(data, name, limits=Limits(**limits))
    return found.verdict.value, found.reasons


def looked(data: bytes) -> Inspection:
    return inspect(data, "surat.pdf")


def javascript() -> Dictionary:
    return action(S=Name.JavaScript, JS=String("app.alert(1)"))


def in_the_name_tree(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), javascript()])))


def chained(pdf: pikepdf.Pdf) -> None:
    harmless = action(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))
    harmless.Next = Array([action(S=Name.Named, N=Name.Print, Next=javascript())])
    pdf.Root.OpenAction = harmless


def on_a_field(pdf: pikepdf.Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T=String("nama"), AA=Dictionary(K=javascript()))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def in_a_stream(pdf: pikepdf.Pdf) -> None:
    script = pdf.make_stream(b"app.alert(1)")
    pdf.Root.OpenAction = pdf.make_indirect(action(S=Name.JavaScript, JS=script))


def in_an_orphan(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].PieceInfo = Dictionary(Apa=Array([Array([Dictionary(Saja=javascript())])]))


@pytest.mark.parametrize(
    "change", [in_the_name_tree, chained, on_a_field, in_a_stream, in_an_orphan]
)
@pytest.mark.parametrize("packed", [True, False])
def test_javascript_is_found_wherever_it_hides(
    change: Callable[[pikepdf.Pdf], None], packed: bool
) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    assert said(changed(change, object_stream_mode=mode)) == ("reject", ["javascript"])


def test_names_written_in_other_letters_are_the_same_names() -> None:
    plain = changed(chained, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    hidden = plain.replace(b"/JavaScript", b"/J#61vaScr#69pt").replace(b"/JS", b"/#4aS")
    assert hidden != plain
    assert said(hidden)[1][0] == "javascript"


def test_a_name_in_an_old_code_is_no_fault() -> None:
    plain = at_a_click(action(S=Name.GoTo, D=String("a"), Lama=Name("/Se_n_r"), URI=String("b")))
    assert said(plain.replace(b"/Se_n_r", b"/Se#F1#E9r")) == ("accept", [])


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (action(S=Name.Launch, F=String("cmd.exe")), "launch_action"),
        (action(S=Name.SubmitForm, F=String("http://contoh.invalid")), "submit_form"),
        (action(S=Name.ImportData, F=String("data.fdf")), "import_data"),
        (action(S=Name.RichMediaExecute), "rich_media"),
        (action(S=Name.Rendition, OP=0), "rich_media"),
    ],
)
def test_actions_no_letter_needs(what: Dictionary, reason: str) -> None:
    assert said(at_opening(what)) == ("reject", [reason])
    assert said(at_a_click(what)) == ("reject", [reason])


def test_the_kind_of_an_action_may_stand_elsewhere() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        kind = pdf.make_indirect(Name.Launch)
        pdf.Root.OpenAction = pdf.make_indirect(Dictionary(F=String("cmd.exe"), S=kind))

    assert said(changed(change)) == ("reject", ["launch_action"])


def test_going_to_other_files() -> None:
    remote = {"S": Name.GoToR, "F": String("lain.pdf"), "D": Array([0, Name.Fit])}
    assert said(at_opening(action(**remote))) == ("reject", ["remote_goto"])
    found = looked(at_a_click(action(**remote)))
    assert (found.verdict, found.reasons) == (Verdict.SANITISED, ["remote_goto"])
    assert looked(found.cleaned or b"").verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    "target",
    [
        "mailto:diskominfo@jakarta.go.id",
        "tel:+62213822357",
        "https://www.instagram.com/kec_tebet",
        "https://jakarta.go.id/media",
        "http://www.kemendagri.go.id",
        "https://kanal.contoh.org/v/676M-HWQC-45QN",
    ],
)
def test_the_links_of_a_letterhead_are_harmless(target: str) -> None:
    data = at_a_click(action(S=Name.URI, URI=String(target)))
    assert said(data, own_hosts=("kanal.contoh.org",)) == ("accept", [])


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/phish",
        "https://jakarta.go.id@contoh.invalid/",
        "https://jakarta-go.id/masuk",
        "https://instagram.com.contoh.invalid/",
        "https://jakarta.go.id:8443/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//contoh.invalid",
        "https://jakarta.go.id\\@contoh.invalid",
        "",
    ],
)
def test_other_links_are_taken_out_of_the_copy(target: str) -> None:
    good = action(S=Name.URI, URI=String("https://jakarta.go.id"))
    found = looked(at_a_click(action(S=Name.URI, URI=String(target)), good))
    assert (found.verdict, found.reasons) == (Verdict.SANITISED, ["external_uri"])
    with pikepdf.open(BytesIO(found.cleaned or b"")) as cleaned:
        bad, kept = (link.A for link in cleaned.pages[0].Annots)
        assert "/URI" not in bad
        assert str(kept.URI) == "https://jakarta.go.id"


def test_a_link_that_opens_itself_is_never_harmless() -> None:
    what = action(S=Name.URI, URI=String("https://jakarta.go.id"))
    assert said(at_opening(what)) == ("accept_after_sanitise", ["external_uri"])


def test_a_signed_file_is_never_rewritten() -> None:
    out = BytesIO(SIGNED)
    with pikepdf.open(out) as pdf:
        link = action(S=Name.URI, URI=String("http://contoh.invalid"))
        added = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=link)
        pdf.pages[0].Annots.append(added)
        signed = BytesIO()
        pdf.save(signed)
    found = looked(signed.getvalue())
    assert (found.verdict, found.cleaned) == (Verdict.REVIEW, None)
    assert found.reasons == ["external_uri", "signed_and_changed"]


def test_moving_pictures_and_forms_that_change() -> None:
    def media(pdf: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots = Array([annotation])

    def form(pdf: pikepdf.Pdf) -> None:
        xfa = pdf.make_stream(b"<xdp:xdp/>")
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=xfa)

    assert said(changed(media)) == ("reject", ["rich_media"])
    assert said(changed(form)) == ("reject", ["xfa_form"])


def zip_of(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "verdict"),
    [
        ("surat.json", b'{"kanal": 1}', ("accept", [])),
        ("data.xlsx", zip_of(**{"[Content_Types].xml": b"<Types/>"}), ("accept", [])),
        ("tagihan.exe", b"apa saja", ("reject", ["embedded_executable"])),
        ("tagihan.pdf.scr", b"", ("reject", ["embedded_executable"])),
        ("foto.jpg", b"MZ\x90\0", ("reject", ["embedded_executable"])),
        ("a.zip", zip_of(**{"b.exe": b"x"}), ("reject", ["embedded_executable"])),
        ("a.zip", zip_of(**{"b.txt": b"x"}), ("review", ["nested_archive"])),
        ("dalam.pdf", at_opening(javascript()), ("reject", ["javascript"])),
    ],
)
def test_attachments(name: str, data: bytes, verdict: tuple[str, list[str]]) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)

    assert said(changed(change)) == verdict


def content_of(packed: bytes, *filters: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=Array([Name(each) for each in filters]))
        pdf.pages[0].Contents = pdf.make_indirect(stream)

    return changed(change, compress_streams=False)


def flate(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def test_streams_that_swell() -> None:
    zeros = bytes(60 << 20)
    bombs = [
        content_of(flate(zeros), "/FlateDecode"),
        content_of(flate(zeros, 2), "/FlateDecode", "/FlateDecode"),
        content_of(flate(zeros, 3), "/FlateDecode", "/FlateDecode", "/Fl"),
        content_of(flate(zeros).hex().encode() + b">", "/ASCIIHexDecode", "/FlateDecode"),
        content_of(flate(b"\x81\0" * (1 << 20)), "/FlateDecode", "/RunLengthDecode"),
        content_of(b"q Q", *["/FlateDecode"] * 20),
    ]
    for bomb in bombs:
        assert said(bomb) == ("reject", ["decompression_bomb"])


def test_ascii85_is_read_as_the_reference_reads_it() -> None:
    """In groups of four, cut short at the end, over more than one piece; zeros have a letter."""
    drawn = random.Random(85)
    lengths = [*range(24), 65_535, 65_536, 65_537, 200_001]
    for data in [*map(drawn.randbytes, lengths), bytes(12), bytes(7)]:
        packed = base64.a85encode(data, wrapcol=76) + b"~>"
        assert streams.unpacked(packed, ["/ASCII85Decode"], 1 << 20) == data
    most = (85**5 - 1) & 0xFFFFFFFF
    assert streams.unpacked(b"uuuuu u", ["/ASCII85Decode"], 99) == most.to_bytes(4, "big")


def test_many_streams_that_swell_together() -> None:
    packed = flate(bytes(40 << 20))

    def change(pdf: pikepdf.Pdf) -> None:
        streams = []
        for _ in range(20):
            stream = pikepdf.Stream(pdf, b"")
            stream.write(packed, filter=Name.FlateDecode)
            streams.append(pdf.make_indirect(stream))
        pdf.Root.Banyak = Array(streams)

    assert said(changed(change)) == ("reject", ["decompression_bomb"])


def test_an_object_stream_that_swells() -> None:
    body = flate(b"1 0 << /A 1 >> " + b" " * (400 << 20))
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(body)
    at = LETTER.index(b"5 0 obj")
    stream = b"900 0 obj\n" + head + b"\nstream\n" + body + b"\nendstream\nendobj\n"
    assert said(LETTER[:at] + stream + LETTER[at:]) == ("reject", ["decompression_bomb"])


def picture(**entries: object) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(
            flate(bytes(2000)), Type=Name.XObject, Subtype=Name.Image, **entries
        )
        stream.Filter = Name.FlateDecode
        pdf.pages[0].Resources.XObject = Dictionary(Gambar=stream)

    return changed(change)


def test_pictures_too_large_to_draw() -> None:
    bits = {"BitsPerComponent": 1, "ColorSpace": Name.DeviceGray}
    assert said(picture(Width=30_000, Height=30_000, **bits)) == ("reject", ["pixel_bomb"])
    assert said(picture(Width=2_480, Height=3_508, **bits)) == ("accept", [])
    inline = b"BI /W 30000 /H 30000 /BPC 1 /CS /G ID x EI"
    assert said(content_of(inline)) == ("reject", ["pixel_bomb"])
    assert said(picture(Width=2_480, Height=3_508, **bits), megapixels=5) == (
        "reject",
        ["pixel_bomb"],
    )


def with_page(**entries: object) -> bytes:
    return changed(lambda pdf: [pdf.pages[0].obj.__setitem__("/" + k, entries[k]) for k in entries])


def test_pages() -> None:
    def copied(pdf: pikepdf.Pdf) -> None:
        for _ in range(50):
            pdf.pages.append(pdf.pages[0])

    assert said(changed(copied)) == ("reject", ["too_many_pages"])
    assert said(changed(copied), pages=51) == ("accept", [])
    assert said(with_page(MediaBox=[0, 0, 20_000, 800])) == ("reject", ["page_too_large"])
    assert said(with_page(MediaBox=[-9e6, 0, 600, 800])) == ("reject", ["page_too_large"])
    assert said(with_page(UserUnit=1000)) == ("reject", ["page_too_large"])
    # A picture of a sheet at 600 dpi, one point for each pixel, is what scanners' programs make.
    assert said(with_page(MediaBox=[0, 0, 4_961, 7_016])) == ("accept", [])

    def inherited(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].MediaBox
        pdf.Root.Pages.MediaBox = Array([0, 0, 90_000, 90_000])

    assert said(changed(inherited)) == ("reject", ["page_too_large"])


def test_locked_files() -> None:
    owner = pikepdf.Encryption(owner="kunci", user="", R=4)
    both = pikepdf.Encryption(owner="kunci", user="buka", R=6)
    found = looked(changed(lambda _: None, encryption=owner))
    assert (found.verdict, found.reasons) == (Verdict.SANITISED, ["encrypted_owner_only"])
    with pikepdf.open(BytesIO(found.cleaned or b"")) as cleaned:
        assert not cleaned.is_encrypted
    assert said(changed(lambda _: None, encryption=both)) == (
        "reject",
        ["encrypted_needs_password"],
    )
    hidden = changed(chained, encryption=owner)
    assert said(hidden) == ("reject", ["javascript"])


def test_a_broken_table_is_repaired_and_a_cut_file_is_not() -> None:
    plain = changed(lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    broken = plain[: plain.rindex(b"startxref")] + b"startxref\n99\n%%EOF\n"
    found = looked(broken)
    assert (found.verdict, found.reasons) == (Verdict.REPAIRED, ["broken_xref"])
    assert looked(found.cleaned or b"").verdict is Verdict.ACCEPT
    for share in (0.3, 0.6, 0.9, 0.98):
        assert said(plain[: int(len(plain) * share)]) == ("reject", ["truncated"])
    assert said(b"%PDF-1.7\n%%EOF\n") == ("reject", ["broken_file"])


def test_an_update_appended_to_a_letter_is_no_fault() -> None:
    start = LETTER.rindex(b"startxref")
    where = LETTER[start:].split()[1]
    update = b"\nxref\n0 0\ntrailer\n<< /Size 30 /Prev %s /Root 1 0 R >>\n" % where
    with pikepdf.open(BytesIO(LETTER)) as pdf:
        number = pdf.Root.objgen[0]
    update = update.replace(b"/Root 1", b"/Root %d" % number)
    data = LETTER + update + b"startxref\n%d\n%%%%EOF\n" % (len(LETTER) + 1)
    assert said(data) == ("accept", [])
    assert said(data[:-12]) == ("accept", [])  # only the last mark is missing


def test_files_that_are_two_things() -> None:
    archive = zip_of(**{"apa.txt": b"x" * 10})
    assert said(LETTER + archive) == ("reject", ["polyglot"])
    assert said(b"<html><script>1</script>\n" + LETTER)[0] == "reject"
    assert said(LETTER + b"\nMZ\x90\0" + bytes(100)) == ("reject", ["polyglot"])
    assert said(LETTER + b"\0" * 200) == ("accept", [])
    assert said(LETTER + b"\0" * 2000) == ("accept_after_repair", ["broken_xref"])


def test_names_that_lie() -> None:
    assert said(LETTER, "surat.docx") == ("reject", ["type_mismatch"])
    assert said(LETTER, "surat.pdf.exe") == ("reject", ["type_mismatch"])
    assert said(b"<!DOCTYPE html><html>", "surat.pdf") == ("reject", ["type_mismatch"])
    assert said(b"MZ\x90\0", "surat.pdf") == ("reject", ["type_mismatch"])
    assert said(b"selamat pagi", "surat.pdf") == ("reject", ["type_mismatch"])
    assert said(b"selamat pagi", "surat.txt") == ("reject", ["unsupported_type"])
    assert said(LETTER, "Surat Penunjukan No. 12") == ("accept", [])
    assert said(b"\xef\xbb\xbf" + LETTER) == ("accept", [])


def test_sizes() -> None:
    assert said(b"") == ("reject", ["empty"])
    assert said(LETTER + bytes(25 << 20)) == ("reject", ["file_too_large"])


def test_a_tangle_of_objects_ends_in_time() -> None:
    def many(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Banyak = Array([pdf.make_indirect(Dictionary(A=n)) for n in range(3_000)])

    assert said(changed(many), objects=2_000) == ("reject", ["too_many_objects"])

    def circle(pdf: pikepdf.Pdf) -> None:
        one = pdf.make_indirect(action(S=Name.GoTo, D=String("a")))
        one.Next = one
        pdf.Root.OpenAction = one
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    assert said(changed(circle))[0] in {"accept", "accept_after_repair", "reject"}
