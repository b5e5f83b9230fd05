import pytest

from events.importer.names import Name, name_of, surname_stands_first


@pytest.mark.parametrize(
    ("cells", "full", "given", "family"),
    [
        (("Ravi Menon", "", ""), "Ravi Menon", "Ravi", "Menon"),
        (("Smith, Anna", "", ""), "Anna Smith", "Anna", "Smith"),
        (("lukas", "", ""), "Lukas", "", ""),
        (("MARCELA  ROJAS", "", ""), "Marcela Rojas", "Marcela", "Rojas"),
        (("Jean DUPONT", "", ""), "Jean Dupont", "Jean", "Dupont"),
        (("Ludwig van der Rohe", "", ""), "Ludwig van der Rohe", "Ludwig", "van der Rohe"),
        (("Dr. Max Müller", "", ""), "Dr. Max Müller", "Max", "Müller"),
        (("Anna Maria Schmidt", "", ""), "Anna Maria Schmidt", "Anna Maria", "Schmidt"),
        (("Bea T.", "", ""), "Bea T.", "Bea", "T."),
        (("王小明 (Ming)", "", ""), "王小明 (Ming)", "", ""),
        (("Anna (Annie) Smith", "", ""), "Anna (Annie) Smith", "Anna", "Smith"),
        (("", "Aurélie", "LEFÈVRE"), "Aurélie Lefèvre", "Aurélie", "Lefèvre"),
        (("", "Jean-Noël", "DE LA TOUR"), "Jean-Noël de la Tour", "Jean-Noël", "de la Tour"),
        (("", "Fatou", "N'DIAYE"), "Fatou N'Diaye", "Fatou", "N'Diaye"),
        (("", "anne-marie", "o’brien"), "Anne-Marie O’Brien", "Anne-Marie", "O’Brien"),
        (("", "SEAN", "MCKAY"), "Sean McKay", "Sean", "McKay"),
        (("", "McKenzie", "deLuca"), "McKenzie deLuca", "McKenzie", "deLuca"),
        (("", "AJ", "Smith"), "AJ Smith", "AJ", "Smith"),
        (("", "WEI", "LI"), "Wei Li", "Wei", "Li"),
        (("", "BEN", "AL"), "Ben Al", "Ben", "Al"),
        (("Li, Ma", "", ""), "Ma Li", "Ma", "Li"),
        (("", "TJ", "SMITH"), "TJ Smith", "TJ", "Smith"),
        (("", "太郎", "田中"), "田中太郎", "太郎", "田中"),
        (("Kwame", "Kwame", ""), "Kwame", "Kwame", ""),
    ],
)
def test_name(cells, full, given, family):
    name = name_of(*cells)
    assert (name.full, name.given, name.family) == (full, given, family)


@pytest.mark.parametrize(
    ("cells", "full", "credentials"),
    [
        (("", "Arjun", "Mehta, PMP"), "Arjun Mehta", "PMP"),
        (("Ana Ruiz, PhD, MBA", "", ""), "Ana Ruiz", "PhD, MBA"),
        (("Ruiz, Ana, PhD", "", ""), "Ana Ruiz", "PhD"),
    ],
)
def test_credentials_move(cells, full, credentials):
    name = name_of(*cells)
    assert (name.full, name.credentials) == (full, credentials)


@pytest.mark.parametrize(
    ("full", "given", "family"),
    [
        ("LEFÈVRE Aurélie", "Aurélie", "Lefèvre"),
        ("DE LA TOUR Jean-Noël", "Jean-Noël", "de la Tour"),
        ("Fatou N'Diaye", "Fatou", "N'Diaye"),
    ],
)
def test_surname_first(full, given, family):
    name = name_of(full, surname_first=True)
    assert (name.full, name.given, name.family) == (f"{given} {family}", given, family)


def test_order_is_learned_from_the_whole_list():
    assert surname_stands_first(["LEFÈVRE Aurélie", "N'DIAYE Fatou", "Ben Okri"])
    assert not surname_stands_first(["Aurélie LEFÈVRE", "Fatou N'DIAYE"])
    assert not surname_stands_first(["ANA RUIZ", "BEN OKRI"])
    assert not surname_stands_first(["JOHN Smith", "Ana Ruiz", "Ben Okri"])


def test_typed_name_is_kept():
    assert name_of("", "Jean", "DUPONT") == Name("Jean Dupont", "Jean", "Dupont", "", "Jean DUPONT")


@pytest.mark.parametrize("cell", ["", "-", "—", "...", "?"])
def test_no_name(cell):
    assert name_of(cell) is None


@pytest.mark.parametrize(
    ("typed", "shown", "given", "family"),
    [
        ("Dr. Hans von der Weide", "Dr. Hans von der Weide", "Hans", "von der Weide"),
        ("Smith, Jr., John", "John Smith Jr.", "John", "Smith Jr."),
        ("山田 太郎", "山田 太郎", "太郎", "山田"),
        ("Ana Ruiz she/her", "Ana Ruiz she/her", "Ana", "Ruiz"),
        ("Ana Ruiz MBA", "Ana Ruiz", "Ana", "Ruiz"),
        ("ANA OBE", "Ana Obe", "Ana", "Obe"),
    ],
)
def test_further_forms_of_names(typed, shown, given, family):
    name = name_of(typed)
    assert (name.full, name.given, name.family, name.typed) == (shown, given, family, typed)


def test_credentials_without_a_comma_leave_the_surname():
    name = name_of(given="ANA", family="RUIZ MBA")
    assert (name.full, name.credentials) == ("Ana Ruiz", "MBA")
