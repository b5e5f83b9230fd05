"""Lists of names in every code page that an old program may have written them in."""

import re
from unicodedata import normalize

import pytest
from reading import names, said

from events.importer import Options, read_people
from events.importer.codepages import CANDIDATES

PEOPLE = {
    "German": ["Jörg Weiß", "Käthe Müller", "Björn Groß", "Ägidius Höß"],
    "French": ["Hélène Lefèvre", "François Noël", "Zoé Béranger", "Benoît Château"],
    "Spanish": ["Íñigo Muñoz", "José Ibáñez", "Ángela Núñez", "María Gutiérrez"],
    "Portuguese": ["João Gonçalves", "Inês Simões", "Conceição Araújo", "Tomás Leitão"],
    "Danish": ["Søren Kjær", "Åse Østergård", "Bjørn Nørgaard", "Mæve Sørensen"],
    "Polish": ["Łucja Dąbrowska", "Zbigniew Gołąb", "Józef Święcki", "Małgorzata Żak"],
    "Czech": ["Jiří Dvořák", "Božena Němcová", "Tomáš Kučera", "Zdeněk Říha"],
    "Hungarian": ["Zoltán Kőszegi", "Ágnes Szűcs", "László Török", "Gergő Varjú"],
    "Turkish": ["Ayşe Yılmaz", "Çağrı Öztürk", "Işıl Gündoğan", "Oğuz Şahin"],
    "Lithuanian": ["Gintarė Kazlauskienė", "Žydrūnas Šimkus", "Rūta Čepaitė", "Jonas Ąžuolas"],
    "Russian": ["Анна Щербакова", "Юрий Журавлёв", "Мария Ильина", "Пётр Цветков"],
    "Ukrainian": ["Олена Ковальчук", "Ігор Їжакевич", "Євген Шевченко", "Юлія Гнатюк"],
    "Greek": ["Άννα Παπαδοπούλου", "Γιώργος Νικολάου", "Ελένη Ζαχαρίου", "Κώστας Βλάχος"],
    "Hebrew": ["נועה כהן", "יוסף לוי", "רחל מזרחי", "אברהם פרידמן"],
    "Arabic": ["فاطمة الزهراء", "محمد عبد الله", "يوسف إبراهيم", "خديجة منصور"],
    "Japanese": ["山田 太郎", "鈴木 花子", "佐藤 健", "高橋 さくら"],
    "Chinese": ["王小明", "李芳", "张伟", "刘洋"],
    "Chinese as in Taiwan": ["陳淑芬", "林志明", "黃美玲", "張雅婷"],
    "Korean": ["김민준", "이서연", "박지훈", "최수빈"],
    "Vietnamese": ["Nguyễn Thị Hồng", "Trần Văn Đức", "Lê Quốc Bảo", "Phạm Minh Tuấn"],
    "Thai": ["สมชาย ใจดี", "สุดา แก้วมณี", "วิชัย รักไทย", "มาลี ศรีสุข"],
}
PAGES = {
    "German": ("cp1252", "mac_roman", "cp850", "cp437"),
    "French": ("cp1252", "mac_roman", "cp850"),
    "Spanish": ("cp1252", "mac_roman", "cp850"),
    "Portuguese": ("cp1252", "mac_roman", "cp850"),
    "Danish": ("cp1252", "mac_roman", "cp850"),
    "Polish": ("cp1250", "iso8859_2", "cp852", "mac_latin2"),
    "Czech": ("cp1250", "iso8859_2", "cp852", "mac_latin2"),
    "Hungarian": ("cp1250", "iso8859_2", "cp852", "mac_latin2"),
    "Turkish": ("cp1254", "cp857"),
    "Lithuanian": ("cp1257",),
    "Russian": ("cp1251", "koi8_r", "mac_cyrillic", "iso8859_5", "cp866"),
    "Ukrainian": ("cp1251", "koi8_u", "cp1125"),
    "Greek": ("cp1253", "iso8859_7", "cp737"),
    "Hebrew": ("cp1255", "cp862"),
    "Arabic": ("cp1256", "iso8859_6"),
    "Japanese": ("cp932", "euc_jp"),
    "Chinese": ("gb18030",),
    "Chinese as in Taiwan": ("big5",),
    "Korean": ("euc_kr",),
    "Vietnamese": ("cp1258",),
    "Thai": ("cp874",),
}
WRITTEN = [(language, page) for language, pages in PAGES.items() for page in pages]


def saved(people: list[str], page: str) -> bytes:
    text = "\n".join(["Name,Town", *(f"{name},Bonn" for name in people)])
    if page == "cp1258":  # tones stand behind their letters
        apart = normalize("NFD", text)
        text = re.sub(r"\w[\u0302\u0306\u031b]", lambda found: normalize("NFC", found[0]), apart)
    return text.encode(page)


@pytest.mark.parametrize(("language", "page"), WRITTEN)
def test_names_are_read_as_they_were_written(language, page):
    found = read_people(saved(PEOPLE[language], page))
    assert names(found) == PEOPLE[language]
    assert any("is not Unicode" in problem for problem in said(found))


def test_every_candidate_is_tried_here():
    assert {page for _, page in WRITTEN} | {"iso8859_15"} == set(CANDIDATES)


def test_what_may_be_read_in_two_ways_is_asked_with_both_shown():
    # One letter says little: ã of Portuguese and ă of Romanian are the same byte.
    found = read_people(saved(["Anna Mărioara"], "cp1250"))
    question = next(problem for problem in said(found) if "several ways" in problem)
    assert "“Mãrioara” (cp1252)" in question.replace("Anna ", "")
    assert "“Mărioara” (cp1250)" in question.replace("Anna ", "")


def test_another_reading_can_be_chosen():
    data = saved(["Anna Mărioara"], "cp1250")
    found = read_people(data, options=Options(encoding="cp1250"))
    assert (names(found), found.encoding) == (["Anna Mărioara"], "cp1250")


def test_readings_that_look_the_same_are_no_question():
    found = read_people(saved(PEOPLE["German"], "iso8859_15"))
    assert (found.encoding, names(found)) == ("cp1252", PEOPLE["German"])
    assert not any("several ways" in problem for problem in said(found))
