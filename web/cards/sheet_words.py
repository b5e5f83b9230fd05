"""Every word on the other sheets, one line of `SHEET_WORDS` a language.

Like the labels of the cards: whole sentences that address nobody, so that they fit either tone.
"""

from __future__ import annotations

from dataclasses import dataclass

from web.cards.errors import UnknownChoice

__all__ = ["SHEET_WORDS", "SheetWords", "sheet_words_of"]


@dataclass(frozen=True, kw_only=True)
class SheetWords:
    """The words of one language.

    Parameters
    ----------
    method
        The way to talk that the cards suggest, in short sentences.
    steps, notes
        Paragraphs of the welcome sheet.
    """

    language: str
    page: str
    schedule: str
    host: str
    desk: str
    exchange: str
    introducers: str
    welcome: str
    labels: str
    tents: str
    numbers: str
    spare: str
    name: str
    people: str
    arrived: str
    large_print: str
    pack: str
    back: str
    out: str
    no_exchange: str
    no_earlier: str
    pauses: str
    trios: str
    spare_tables: str
    may_introduce: str
    pair: str
    no_introducers: str
    walk_in: str
    met: str
    method: str
    how: str
    steps: tuple[str, ...]
    good: str
    notes: tuple[str, ...]


SHEET_WORDS = (
    SheetWords(
        language="en",
        page="page {page} of {pages}",
        schedule="Personal schedule",
        host="Host sheet",
        desk="Sign-in list",
        exchange="Cards to exchange",
        introducers="Introducers",
        welcome="Welcome",
        labels="Badge-back labels",
        tents="Name tents",
        numbers="Table numbers",
        spare="Spare cards",
        name="Name",
        people="People",
        arrived="Arrived",
        large_print="Large print",
        pack="Pack ready",
        back="Take back",
        out="Give instead",
        no_exchange="All cards stay as they are.",
        no_earlier="Choose the plan whose cards are out: then this sheet says what changes.",
        pauses="Break: {names}",
        trios="Tables of three: {tables}",
        spare_tables="Spare tables: {tables}",
        may_introduce="You may be asked to introduce:",
        pair="{reader} and {partner}",
        no_introducers="No card of this plan names an introducer.",
        walk_in="For:",
        met="I met:",
        method="Ask about the other person, listen, ask on. Then offer something small, "
        "if it fits.",
        how="How it works",
        steps=(
            "Each card says whom you meet, when, and at which table.",
            "Ask about the other person and listen. Stay with what they have just said.",
            "Take turns, question by question. Skip any question; nobody needs a reason.",
            "If something they need comes up, you could offer one small thing. If nothing fits, "
            "ask who they would like to meet.",
            "The bell is a polite way to end. Where you would like to talk on, say so, or tick "
            "“continue” if your card has it.",
        ),
        good="Good to know",
        notes=(
            "You may pause for any round. Tell the host, so that nobody waits for you.",
            "If you need a seat, a quieter table, or larger print, ask the host.",
            "Most people leave a talk thinking that they liked it more than the other one did. "
            "Both tend to think so: they probably enjoyed it more than you think.",
        ),
    ),
    SheetWords(
        language="de",
        page="Seite {page} von {pages}",
        schedule="Persönlicher Plan",
        host="Blatt für die Gastgeber",
        desk="Empfangsliste",
        exchange="Karten zum Tauschen",
        introducers="Wer bekannt macht",
        welcome="Willkommen",
        labels="Etiketten für die Rückseite der Namensschilder",
        tents="Tischkarten mit Namen",
        numbers="Tischnummern",
        spare="Karten in Reserve",
        name="Name",
        people="Personen",
        arrived="Da",
        large_print="Große Schrift",
        pack="Mappe bereit",
        back="Zurücknehmen",
        out="Dafür ausgeben",
        no_exchange="Alle Karten bleiben, wie sie sind.",
        no_earlier="Bitte den früheren Plan wählen: Dann steht hier, was sich ändert.",
        pauses="Pause: {names}",
        trios="Tische zu dritt: {tables}",
        spare_tables="Freie Tische: {tables}",
        may_introduce="Hier ist vielleicht jemand bekannt zu machen:",
        pair="{reader} und {partner}",
        no_introducers="Keine Karte dieses Plans nennt jemanden, der bekannt macht.",
        walk_in="Für:",
        met="Getroffen:",
        method="Nach der anderen Person fragen, zuhören, weiterfragen. Dann etwas Kleines "
        "anbieten, wenn es passt.",
        how="So geht es",
        steps=(
            "Jede Karte sagt, mit wem, wann und an welchem Tisch ein Gespräch stattfindet.",
            "Nach der anderen Person fragen und zuhören. Bei dem bleiben, was gerade gesagt wurde.",
            "Abwechselnd, Frage für Frage. Fragen darf man auslassen, ohne Begründung.",
            "Wenn ein Bedarf zur Sprache kommt, hilft vielleicht ein kleines Angebot. Wenn nichts "
            "passt: fragen, wer weiterhelfen könnte.",
            "Die Glocke ist ein höfliches Ende. Wo das Gespräch weitergehen darf: es sagen, oder "
            "„weiter“ ankreuzen, wenn es auf der Karte steht.",
        ),
        good="Gut zu wissen",
        notes=(
            "Jede Runde darf man aussetzen. Bitte am Empfang sagen, damit niemand wartet.",
            "Wer einen Sitzplatz, einen ruhigeren Tisch oder größere Schrift braucht, fragt am "
            "Empfang.",
            "Die meisten glauben nach einem Gespräch, dass es ihnen besser gefallen hat als der "
            "anderen Person. Meist ist das ein Irrtum: Sie mochte es wohl mehr als gedacht.",
        ),
    ),
    SheetWords(
        language="fr",
        page="page {page} sur {pages}",
        schedule="Programme personnel",
        host="Feuille d’accueil par tour",
        desk="Liste d’émargement",
        exchange="Cartes à échanger",
        introducers="Qui présente qui",
        welcome="Bienvenue",
        labels="Étiquettes pour le dos du badge",
        tents="Chevalets de nom",
        numbers="Numéros de table",
        spare="Cartes de réserve",
        name="Nom",
        people="Personnes",
        arrived="Présence",
        large_print="Gros caractères",
        pack="Dossier prêt",
        back="Reprendre",
        out="Donner à la place",
        no_exchange="Toutes les cartes restent valables.",
        no_earlier="Choisir le plan précédent\u00a0: cette feuille dira ce qui change.",
        pauses="Pause\u00a0: {names}",
        trios="Tables de trois\u00a0: {tables}",
        spare_tables="Tables libres\u00a0: {tables}",
        may_introduce="Présentations qui seront peut-être demandées\u00a0:",
        pair="{reader} et {partner}",
        no_introducers="Aucune carte de ce plan ne nomme une personne qui présente.",
        walk_in="Pour\u00a0:",
        met="Rencontre\u00a0:",
        method="Poser des questions sur l’autre, écouter, poursuivre. Puis proposer une petite "
        "chose, si elle convient.",
        how="Comment faire",
        steps=(
            "Chaque carte dit avec qui, quand et à quelle table a lieu la rencontre.",
            "Poser des questions sur l’autre et écouter. Rester sur ce qui vient d’être dit.",
            "À tour de rôle, question par question. On peut en passer une, sans se justifier.",
            "Si un besoin apparaît, une petite proposition peut aider. Si rien ne convient, "
            "demander quelle rencontre serait utile.",
            "La cloche permet de finir poliment. Pour reprendre l’échange, le dire, ou cocher "
            "«\u00a0à suivre\u00a0» si la carte le propose.",
        ),
        good="Bon à savoir",
        notes=(
            "Une pause est possible à chaque tour. Prévenir l’accueil, pour que personne "
            "n’attende.",
            "Une chaise, une table plus calme, de plus gros caractères\u00a0: demander à "
            "l’accueil.",
            "Après un échange, presque tout le monde croit l’avoir apprécié plus que l’autre. "
            "C’est souvent une erreur\u00a0: l’autre l’a sans doute apprécié davantage.",
        ),
    ),
    SheetWords(
        language="es",
        page="página {page} de {pages}",
        schedule="Programa personal",
        host="Hoja del anfitrión",
        desk="Lista de llegada",
        exchange="Tarjetas para cambiar",
        introducers="Quién presenta a quién",
        welcome="Bienvenida",
        labels="Etiquetas para el dorso de la credencial",
        tents="Letreros de mesa con nombre",
        numbers="Números de mesa",
        spare="Tarjetas de reserva",
        name="Nombre",
        people="Personas",
        arrived="Llegada",
        large_print="Letra grande",
        pack="Carpeta lista",
        back="Recoger",
        out="Dar en su lugar",
        no_exchange="Todas las tarjetas siguen valiendo.",
        no_earlier="Elegir el plan anterior: esta hoja dirá qué cambia.",
        pauses="Pausa: {names}",
        trios="Mesas de tres: {tables}",
        spare_tables="Mesas libres: {tables}",
        may_introduce="Tal vez haya que presentar a:",
        pair="{reader} con {partner}",
        no_introducers="Ninguna tarjeta de este plan nombra a quien presenta.",
        walk_in="Para:",
        met="Encuentro con:",
        method="Preguntar por la otra persona, escuchar, seguir preguntando. Luego ofrecer algo "
        "pequeño, si encaja.",
        how="Cómo funciona",
        steps=(
            "Cada tarjeta dice con quién, cuándo y en qué mesa es el encuentro.",
            "Preguntar por la otra persona y escuchar. Seguir con lo que acaba de decir.",
            "Por turnos, pregunta a pregunta. Cualquier pregunta se puede saltar, sin motivo.",
            "Si aparece algo que le hace falta, puede ayudar una pequeña oferta. Si nada encaja, "
            "preguntar a quién querría conocer.",
            "La campana es una forma amable de terminar. Donde apetezca continuar, decirlo, "
            "o marcar «seguir» si está en la tarjeta.",
        ),
        good="Conviene saber",
        notes=(
            "Se puede descansar en cualquier ronda. Basta avisar al anfitrión, para que nadie "
            "espere.",
            "Un asiento, una mesa más tranquila o letra más grande: preguntar al anfitrión.",
            "Después de una conversación, casi todo el mundo cree que le gustó más que a la otra "
            "persona. Suele ser un error: a la otra persona también le gustó, más de lo que "
            "parece.",
        ),
    ),
)


def sheet_words_of(language: str) -> SheetWords:
    """Return the words of a language.

    Raises
    ------
    UnknownChoice
        If sheets cannot be printed in it.
    """
    for words in SHEET_WORDS:
        if words.language == language:
            return words
    known = ", ".join(words.language for words in SHEET_WORDS)
    raise UnknownChoice(f"Sheets cannot be printed in {language!r}. Known languages: {known}.")
