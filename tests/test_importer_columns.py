import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import fields, names, read, said

from events.importer.targets import TARGETS
from events.importer.vocabulary import header_field
from events.model import RULE_COLUMNS
from matcher.fields import FIELDS, Visibility


def field_of(header: str) -> str | None:
    hit = header_field(header)
    return hit.field if hit else None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("  *Full\n NAME ", "name"),
        ("firstName", "given_name"),
        ("Where did you study?", "school"),
        ("What did you study?", "field"),
        ("What are you looking for?", "need"),
        ("How can others help you?", "need"),
        ("How Others Can Help Me", "need"),
        ("How I Can Help Others", "offer"),
        ("What could you help others with?", "offer"),
        ("What do you love doing outside work?", "hobby"),
        ("Where have you lived?", "lived"),
        ("Biggest challenge right now", "challenge"),
        ("Wobei suchst du Unterstützung?", "need"),
        ("Was bietest du anderen an?", "offer"),
        ("Welche Sprachen sprichst du?", "language"),
        ("Wo hast du studiert?", "school"),
        ("Que recherchez-vous ?", "need"),
        ("Que pouvez-vous apporter aux autres ?", "offer"),
        ("Centres d’intérêt", "interest"),
        ("Dans quelle ville habitez-vous ?", "city"),
        ("¿Qué necesitas?", "need"),
        ("¿En qué puedes ayudar a otros?", "offer"),
        ("¿Dónde estudiaste?", "school"),
        ("Aficiones", "hobby"),
        ("Email Address", "email"),
        ("Order Email", "ignore"),
        ("Home Address 1", "ignore"),
        ("Date of birth", "ignore"),
        ("Company Name", "organization"),
        ("How did you hear about this event?", "ignore"),
        ("Favourite colour", None),
    ],
)
def test_header(header, field):
    assert field_of(header) == field


SIGN_UP = ("name", "email", "organization", "role", "city", "interest", "need", "offer", "status")


@pytest.mark.parametrize(
    "headers",
    [
        "Full name,E-mail,Company,Job title,City,Topics,Looking for,Can offer,Status",
        "Vor- und Nachname,E-Mail,Firma,Beruf,Wohnort,Themen,Ich suche,Ich biete,Anmeldestatus",
        "Nom et prénom,Courriel,Société,Métier,Ville,Intérêts,Je recherche,Je propose,Statut",
        "Nombre y apellidos,Correo,Empresa,Cargo,Ciudad,Intereses,Busco,Ofrezco,Estado",
        "Nome e cognome,E-mail,Azienda,Ruolo,Città,Interessi,Cerco,Offro,Stato",
        "Nome completo,E-mail,Organização,Cargo,Cidade,Interesses,Procuro,Ofereço,Situação",
        "Volledige naam,E-mailadres,Bedrijf,Functie,Woonplaats,Interesses,Ik zoek,Aanbod,Status",
        "Imię i nazwisko,Adres e-mail,Firma,Stanowisko,Miasto,Tematy,Szukam,Oferuję,Status",
        "お名前,メールアドレス,会社名,役職,お住まい,興味のあるテーマ,求めていること,提供できること,参加状況",
        "姓名,电子邮件,公司名称,职位,城市,感兴趣的话题,需要什么帮助,可以提供什么,报名状态",
        "姓名,電子郵件,公司,職稱,所在城市,興趣,需求,可以提供,報名狀態",
    ],
)
def test_languages(headers):
    assert tuple(map(field_of, headers.split(","))) == SIGN_UP


RULES = ("not_with", "already_met", "quota", "min_meetings", "table", "pin", "wish", "available")


@pytest.mark.parametrize(
    "headers",
    [
        "Never with,Already met,Max meetings,Min meetings,Table,Pin,Want to meet,Available rounds",
        "Nie mit,Kennt bereits,Höchstzahl Treffen,Mindestzahl Treffen,Tisch,Muss treffen,"
        "Wen möchtest du kennenlernen?,Verfügbar",
        "Jamais avec,Déjà rencontrés,Rencontres maximum,Rencontres minimum,Numéro de table,"
        "Doit rencontrer,Qui aimeriez-vous rencontrer ?,Disponibilité",
        "Nunca con,Ya se conocen,Máximo de encuentros,Mínimo de encuentros,Mesa,Debe conocer,"
        "¿A quién te gustaría conocer?,Disponible",
        "Mai con,Già conosciuti,Massimo incontri,Minimo incontri,Tavolo,Deve incontrare,"
        "Chi vorresti incontrare?,Disponibilità",
        "Nunca com,Já conhece,Máximo de encontros,Mínimo de encontros,Mesa,Deve encontrar,"
        "Quem gostaria de conhecer?,Disponibilidade",
        "Nooit met,Kent al,Max ontmoetingen,Min ontmoetingen,Tafel,Moet ontmoeten,"
        "Wie wil je ontmoeten?,Beschikbaar",
        "Nigdy z,Już zna,Maksimum spotkań,Minimum spotkań,Stolik,Musi spotkać,Kogo chcesz poznać?,"
        "Dostępność w rundach",
        "組み合わせない人,面識のある人,最大面談数,最小面談数,テーブル番号,必ず会う,会いたい人,"
        "参加可能ラウンド",
        "不要配对,已经认识的人,最多见面次数,最少见面次数,桌号,必须见面,想认识的人,可参加的轮次",
    ],
)
def test_rule_columns_in_all_languages(headers):
    assert tuple(map(field_of, headers.split(","))) == RULES


@pytest.mark.parametrize(
    "headers",
    [
        "Would you meet competitors?,How urgent is your need?",
        "Würdest du Mitbewerber treffen?,Dringlichkeit",
        "Rencontrer des concurrents ?,Urgence",
        "¿Te gustaría conocer a competidores?,Urgencia",
        "Incontrare concorrenti?,Quanto è urgente?",
        "Conhecer concorrentes?,Quão urgente?",
        "Concurrenten ontmoeten?,Hoe dringend is het?",
        "Spotkać konkurentów?,Jak pilne?",
        "競合他社と会ってもよい,緊急度",
        "愿意与同行竞争者见面吗,紧急程度",
    ],
)
def test_what_weighs_is_asked_in_all_languages(headers):
    assert tuple(map(field_of, headers.split(","))) == ("rivals", "urgency")


def test_labels_of_rules_in_our_own_forms_are_recognised():
    assert {field_of(label): name for name, label in RULE_COLUMNS.items()} == {
        name: name for name in RULE_COLUMNS
    }


def test_labels_of_our_own_forms_are_recognised():
    assert {field_of(entry.label): entry.name for entry in FIELDS} == {
        entry.name: entry.name for entry in FIELDS
    }


def test_targets_cover_the_fields():
    assert {entry.name for entry in FIELDS} <= {target.name for target in TARGETS}


def test_name_beside_given_name_is_the_surname():
    found = read("Name;Vorname\nMüller;Max\nDe Groot;Eva\n")
    assert fields(found) == {"Name": "family_name", "Vorname": "given_name"}


def test_nombre_beside_apellidos_is_the_given_name():
    assert names(read("Nombre,Apellidos\nAna,Ruiz\nLuz,Gil\n")) == ["Ana Ruiz", "Luz Gil"]


def test_full_name_beside_given_name_stays():
    found = read("Name,First name\nAna Ruiz,Ana\nLuz Gil,Luz\n")
    assert fields(found) == {"Name": "name", "First name": "given_name"}


def test_fuller_column_wins():
    found = read("Name,City,Where do you live?\nAna,,Bonn\nBen,Rome,Rome\n")
    assert fields(found) == {"Name": "name", "Where do you live?": "city"}
    assert "also looks like city; 'Where do you live?' fits better." in said(found)


def test_content_that_contradicts_the_header_is_not_used():
    found = read("Name,Email,Role\nAna,anonymous,5\nBen,anonymous,7\n")
    assert fields(found) == {"Name": "name"}
    assert "does not look like email, so the column is not used." in said(found)


def test_addresses_are_found_without_a_header():
    found = read("Name,Contact\nAna,ana@example.org\n")
    assert fields(found) == {"Name": "name", "Contact": "email"}
    assert found.columns[1].certainty == "guess"


def test_choice_replaces_the_guess():
    found = read("Name,Role,Job\nAna,CTO,Cook\n", mapping={"role": "Job"})
    assert fields(found) == {"Name": "name", "Job": "role"}


def test_ignored_column():
    found = read("Name,Tags,Focus\nAna,a1,b1\n", mapping={"ignore": "tags"})
    assert fields(found) == {"Name": "name", "Focus": "interest"}


def test_plural_of_a_field_is_understood():
    assert fields(read("Who,What\nAna,help\n", mapping={"name": "Who", "needs": "What"})) == {
        "Who": "name",
        "What": "need",
    }


def test_visibility_is_the_default_until_printing_is_allowed():
    text = "Name,Needs,Offers\nAna,bread,cake\n"
    plain = [column.visibility for column in read(text).columns]
    printed = [column.visibility for column in read(text, printed=frozenset({"needs"})).columns]
    assert plain == [Visibility.PRINT, Visibility.MATCH, Visibility.PRINT]
    assert printed == [Visibility.PRINT] * 3


def test_unprinted_answers_are_said():
    found = read("Name,Needs,Projects\nAna,bread,a kite\n")
    assert (
        "Answers to “Looking for”, “Projects” shape who meets whom; cards do not show them."
        in said(found)
    )


def test_missing_questions_are_said():
    assert any("offer line" in problem for problem in said(read("Name\nAna\n")))
    assert not any("offer line" in problem for problem in said(read("Name,Offers\nAna,cake\n")))


COLUMNS = {
    "Name": ("Ana Ruiz", "Luz Gil"),
    "Email": ("ana@example.org", "luz@example.org"),
    "Company": ("Acme", "Foo"),
    "Topics": ("a; b", "b; c"),
    "Tags": ("z", "d"),
    "Status": ("going", "going"),
}


@given(st.permutations(list(COLUMNS)), st.permutations([0, 1]))
def test_order_of_columns_and_rows_changes_nothing(headers, order):
    lines = [headers] + [[COLUMNS[header][row] for header in headers] for row in order]
    found = read("\n".join(",".join(line) for line in lines))
    people = {(p.id, p.name, p.email, p.answers) for p in found.people}
    usual = "\n".join(
        ",".join(line) for line in zip(*([h, *v] for h, v in COLUMNS.items()), strict=True)
    )
    assert people == {(p.id, p.name, p.email, p.answers) for p in read(usual).people}


BUYERS = [
    (
        "First Name,Last Name,Email,Buyer First Name,Buyer Last Name,Buyer Email",
        "Ana,Ruiz,,Ben,Li,b@x.org",
    ),
    ("Buyer name,Buyer email,Attendee name,Attendee email", "Ben Li,b@x.org,Ana Ruiz,"),
    ("Name,Email,Attendee name,Attendee email", "Ben Li,b@x.org,Ana Ruiz,"),
    ("Name (Rechnungsadresse),Teilnehmer Name,Käufer E-Mail", "Ben Li,Ana Ruiz,b@x.org"),
]


@pytest.mark.parametrize(("header", "row"), BUYERS)
def test_the_buyer_never_stands_in_for_the_attendee(header, row):
    found = read(f"{header}\n{row}\n{row.replace('Ana', '').replace('Ruiz', '')}\n")
    assert [(person.name, person.email) for person in found.people] == [("Ana Ruiz", "")]


def test_what_is_somebody_elses_is_said():
    found = read("Name,Attendee name\nBen Li,Ana Ruiz\n")
    assert "is not the attendee's, so it is not used." in said(found)


def test_ids_in_rule_columns_are_no_contradiction():
    found = read("id,Name,Already met,Never with\n1,Ana,2,\n2,Ben,,1\n")
    assert found.people[0].already_met == ("2",)
    assert found.people[1].not_with == ("1",)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("I can help with", "offer"),
        ("I need help with", "need"),
        ("What can others help you with?", "need"),
        ("Wobei kann ich helfen?", "offer"),
        ("Je peux aider", "offer"),
        ("お手伝いできること", "offer"),
        ("Will you attend?", "status"),
        ("Teilnahme", "status"),
    ],
)
def test_whoever_helps_is_told_from_whoever_is_helped(header, field):
    assert header_field(header).field == field


@pytest.mark.parametrize(
    "header",
    [
        ("Förnamn", "Efternamn", "E-post", "Företag"),
        ("Fornavn", "Etternavn", "E-postadresse", "Bedrift"),
        ("Etunimi", "Sukunimi", "Sähköposti", "Yritys"),
        ("Jméno", "Příjmení", "E-mail", "Společnost"),
        ("Имя", "Фамилия", "Почта", "Компания"),
        ("Ad", "Soyad", "E-posta", "Şirket"),
        ("Keresztnév", "Vezetéknév", "E-mail cím", "Cég"),
        ("Prenume", "Nume", "Adresă de email", "Companie"),
        ("Όνομα", "Επώνυμο", "E-mail", "Εταιρεία"),
    ],
)
def test_who_people_are_is_known_in_further_languages(header):
    found = read(",".join(header) + "\nAna,Ruiz,ana@example.org,Acme\n")
    assert list(fields(found).values()) == ["given_name", "family_name", "email", "organization"]
    assert names(found) == ["Ana Ruiz"]
