import pytest
from reading import answers, names, read, said

from events.importer import Options, read_people
from events.importer.encoding import decoded

LATIN = "Vorname;Nachname;Firma\nJürgen;Groß;Müller Söhne\nZoë;Weiß;Bäckerei Ähre\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["with mark", "without"])
def test_unicode(encoding, mark):
    found = read(mark + LATIN, encoding)
    assert (names(found), found.encoding) == (["Jürgen Groß", "Zoë Weiß"], encoding)


LISTS = {
    "german": "Vorname;Nachname;Firma\nJürgen;Groß;Müller Söhne\nKäthe;Müßig;Öl & Grün\n",
    "french": "Prénom;Nom;Société\nAurélie;Lefèvre;Crêperie Nîmes\nNoël;Gérard;Études & Cœur\n",
    "spanish": "Nombre;Apellidos;Ciudad\nJosé;Muñoz;Cádiz\nMaría;Ibáñez;León\n",
    "polish": "Imię;Nazwisko;Miasto\nŁukasz;Wiśniewski;Łódź\nGrażyna;Świątek;Gdańsk\n",
    "hungarian": "Name;Cég\nSzőke Pál;Fűtő Kft.\nGyőző Ödön;Hűtő\n",
    "czech": "Name;Město\nJiří Dvořák;Plzeň\nŽofie Šťastná;Děčín\n",
    "turkish": "Name;Şehir\nAyşe Yılmaz;İstanbul\nGülçin Öğüt;Iğdır\n",
    "russian": "Name,Город\nИван Петров,Москва\nОльга Кузнецова,Казань\n",
    "japanese": "名前,会社名,趣味\n田中太郎,東京製作所,料理\n鈴木花子,ソフトウェア,登山\n",
    "chinese": "姓名,公司,城市\n王小明,北京科技有限公司,北京\n李华,上海贸易,上海\n",
    "taiwanese": "姓名,公司,城市\n王小明,臺北科技有限公司,臺北\n陳美麗,高雄貿易,高雄\n",
    "korean": "Name,회사\n김철수,서울전자\n이영희,부산무역\n",
    "one letter": "Name,Email\nAna,a@example.org\nZoë,z@example.org\n",
    "marks only": "Name,Needs\nAna,I’d love help – “really”\nBen,€5\n",
}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("german", "cp1252"),
        ("german", "iso8859_15"),
        ("german", "mac_roman"),
        ("german", "cp1250"),
        ("french", "cp1252"),
        ("french", "iso8859_15"),
        ("french", "mac_roman"),
        ("spanish", "latin_1"),
        ("spanish", "cp1252"),
        ("spanish", "mac_roman"),
        ("polish", "cp1250"),
        ("polish", "iso8859_2"),
        ("hungarian", "cp1250"),
        ("czech", "cp1250"),
        ("turkish", "cp1254"),
        ("russian", "cp1251"),
        ("russian", "koi8_r"),
        ("japanese", "cp932"),
        ("japanese", "euc_jp"),
        ("chinese", "gb18030"),
        ("chinese", "gb2312"),
        ("taiwanese", "big5"),
        ("korean", "euc_kr"),
        ("korean", "cp949"),
        ("one letter", "cp1252"),
        ("one letter", "mac_roman"),
        ("marks only", "cp1252"),
        ("marks only", "mac_roman"),
    ],
)
def test_code_pages(text, encoding):
    assert decoded(LISTS[text].encode(encoding)).text == LISTS[text]


def test_code_page_is_said_with_examples():
    found = read(LATIN, "cp1252")
    assert said(found)[0] == (
        "The file is not Unicode; it was read as cp1252. Examples: Jürgen, Groß, Müller Söhne."
    )


def test_chosen_encoding_wins():
    found = read("Name\nŁukasz\n", "cp1250", encoding="windows-1250")
    assert (names(found), found.encoding) == (["Łukasz"], "cp1250")


def test_damaged_utf8_is_reported_where_it_is():
    rows = "".join(f"Zoë Weiß {number}\n" for number in range(20))
    found = read_people(b"Name\n" + rows.encode() + b"J\xfcrgen\n")
    assert (found.encoding, names(found)[-1]) == ("utf-8", "J\ufffdrgen")
    assert said(found, 22) == ["has characters that could not be read."]


def test_text_encoded_twice_is_reported_with_a_repair():
    found = read("Name\nZoÃ«\n")
    assert said(found, 2) == ["was encoded twice; it probably should read 'Zoë'."]


def test_header_encoded_twice_is_reported():
    found = read("Name,PrÃ©fÃ©rence\nAna,x\n")
    assert said(found, 1) == ["was encoded twice; it probably should read 'Préférence'."]


def test_rounded_number_is_reported():
    found = read("Name,Notes\nAna,4.47E+11\n")
    assert "spreadsheet has rounded" in said(found, 2)[0]


TWICE_WRITTEN = "Name,Ort\nZoë „Weiß“,Genève\nŁucja,Łódź\n"


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_text_encoded_twice_is_noticed_and_repaired_on_request(wrong):
    text = TWICE_WRITTEN.replace("Łucja,Łódź", "Ana,Bonn")
    data = text.encode().decode(wrong, "ignore").encode()
    found = read_people(data)
    assert "should read 'Genève'" in " ".join(said(found, 2))
    assert "--encoding utf-8-twice" in " ".join(n.remedy for n in found.notices)
    repaired = read_people(data, options=Options(encoding="utf-8-twice"))
    assert (answers(repaired, repaired.people[0].name), said(repaired, 2)) == (
        {"city": ("Genève",)},
        [],
    )


def test_repair_leaves_what_was_encoded_once():
    data = TWICE_WRITTEN.encode()
    repaired = read_people(data, options=Options(encoding="utf-8-twice"))
    assert repaired.people == read_people(data).people


def test_control_characters_of_a_wrong_decoding_are_noticed():
    assert said(read("Name,Ort\nAna,Gen\x8dve\n"), 2) == ["has characters that could not be read."]


def test_japanese_mail():
    data = "名前,興味\n山田 太郎,音楽\n".encode("iso2022_jp")
    assert (names(read_people(data)), read_people(data).encoding) == (["山田 太郎"], "iso2022_jp")


def test_lost_characters_are_named_even_beside_text_encoded_twice():
    assert said(read("Name,Ort\nAna,GenÃ¨ve \ufffd\n"), 2) == [
        "has characters that could not be read."
    ]


def test_two_lists_of_different_encodings_in_one_file_are_both_read():
    rows = [b"Name,Town\n", "Jörg Groß,Köln\n".encode(), "Zoë Höß,Bäden\n".encode("cp1252")]
    found = read_people(b"".join(rows))
    assert names(found) == ["Jörg Groß", "Zoë Höß"]
    assert found.encoding == "utf-8, cp1252"
    assert any("Some lines are UTF-8 and others cp1252" in problem for problem in said(found))


def test_a_damaged_line_of_utf_8_is_not_taken_for_another_encoding():
    found = read_people("Name,Town\nJörg,Köln\nZoë,B".encode() + b"\xc3den\n")
    assert not found.encoding.startswith("utf-8, ")
    assert any("not Unicode" in problem for problem in said(found))
