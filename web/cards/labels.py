"""Every word on a card that is not about its people, one line of `LABELS` a language.

Whole sentences with named gaps: ``{name}`` and the like are filled in by `Labels.say`, which
isolates them, so that a name in another script does not turn the sentence round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from web.cards.errors import UnknownChoice

__all__ = ["LABELS", "Labels", "isolated", "labels_of"]


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The words of one language.

    Parameters
    ----------
    language
        Code as in `lang` attributes.
    direction
        ``ltr`` or ``rtl``.
    turns
        Sentences; each may stand on a line of its own.
    short_turns
        The same in one short line.
    no_offer
        Stands on a card without an offer.
    short_no_offer
        The same in few words, for small cards.
    and_word, and_before_i
        Between the last two names of a list; the second before the sound of an i, if it differs.
    """

    language: str
    direction: str
    cards: str
    summary: str
    paper: str
    bar_mm: str
    bar_inch: str
    check: str
    round: str
    table: str
    why: str
    ask: str
    follow: str
    deeper: str
    offer: str
    no_offer: str
    short_no_offer: str
    introducer: str
    start_with: str
    then_ask: str
    about: str
    turns: tuple[str, ...]
    short_turns: str
    met: str
    carry_on: str
    was_offered: str
    offered: str
    what_offered: str
    notes: str
    reader: str
    card: str
    plan: str
    pause: str
    where: str
    where_to: str
    alone: str
    not_alone: str
    ask_host: str
    next: str
    next_stop: str
    next_stop_timed: str
    no_next: str
    seeds: str
    replaces: str
    and_word: str
    and_before_i: str = ""

    def in_round(self, number: int) -> str:
        """Return ``Round 2`` in this language."""
        return self.round.format(round=number)

    def say(self, sentence: str, **gaps: object) -> str:
        """Return one of the sentences with its gaps filled, each in a bidi isolate."""
        return sentence.format(**{name: isolated(text) for name, text in gaps.items()})

    def listed(self, names: Sequence[str]) -> str:
        """Return names as a list in words, each in a bidi isolate.

        Examples
        --------
        >>> said = [labels.listed(["Ana", "Bo", "Inés"]) for labels in (ENGLISH, SPANISH)]
        >>> [names.replace("\u2068", "").replace("\u2069", "") for names in said]
        ['Ana, Bo and Inés', 'Ana, Bo e Inés']
        """
        if len(names) < 2:
            return "".join(map(isolated, names))
        before_i = self.and_before_i and _SOUNDS_LIKE_I.match(names[-1])
        *first, last = map(isolated, names)
        return f"{', '.join(first)} {self.and_before_i if before_i else self.and_word} {last}"


_SOUNDS_LIKE_I = re.compile("h?[iíy](?![aeouáéóú])", re.IGNORECASE)


def isolated(text: object) -> str:
    """Return a text that keeps its own direction whatever stands around it (UAX 9, isolates)."""
    return f"\u2068{text}\u2069"


ENGLISH = Labels(
    language="en",
    direction="ltr",
    cards="Introduction cards",
    summary="Plan {plan}: {cards} cards on {sheets} sheets.",
    paper="Paper: {paper}. Print at 100 %, not fit to page.",
    bar_mm="100 mm",
    bar_inch="4 in",
    check="Measure one bar. If it is off by more than 0.5 mm, correct the print size first.",
    round="Round {round}",
    table="Table",
    why="Why",
    ask="Ask",
    follow="Follow up",
    deeper="Deeper",
    offer="Offer",
    no_offer=(
        "Listen for what is in their way. Ask who they would like to meet, "
        "and make that introduction."
    ),
    short_no_offer="Ask who they would like to meet, and introduce them.",
    introducer="{name} knows you both: ask {name} to introduce you.",
    start_with="Start with {name}:",
    then_ask="Then {name}:",
    about="{name}:",
    turns=("Take turns, question by question.", "Skip any question."),
    short_turns="Take turns. Skip any question.",
    met="met",
    carry_on="continue",
    was_offered="I was offered",
    offered="I offered:",
    what_offered="What I offered",
    notes="Your notes",
    reader="for: {name}",
    card="card {id}",
    plan="plan {id}",
    pause="A break",
    where="Where",
    where_to="You could join the host at the welcome desk, or rest. Both are fine.",
    alone="The numbers are odd this round, so you have a break.",
    not_alone="There are not enough new partners this round, so you have a break.",
    ask_host="You could ask the host: what made you want to bring these people together?",
    next="Next",
    next_stop="Round {round}, table {table}, with {names}.",
    next_stop_timed="{time}, table {table}, with {names}.",
    no_next="This was your last round. Stay, and go on with someone you met.",
    seeds="Seeds to keep: what you offered, to whom",
    replaces="Replaces your card of round {round}",
    and_word="and",
)

GERMAN = Labels(
    language="de",
    direction="ltr",
    cards="Kennenlernkarten",
    summary="Plan {plan}: {cards} Karten auf {sheets} Blättern.",
    paper="Papier: {paper}. Mit 100 % drucken, nicht an die Seitengröße anpassen.",
    bar_mm="100 mm",
    bar_inch="4 in",
    check="Einen Balken messen. Bei mehr als 0,5 mm Abweichung die Druckgröße berichtigen.",
    round="Runde {round}",
    table="Tisch",
    why="Warum",
    ask="Frage",
    follow="Danach",
    deeper="Tiefer",
    offer="Angebot",
    no_offer=(
        "Heraushören, was gerade im Weg steht. Fragen, wer weiterhelfen könnte, "
        "und die beiden bekannt machen."
    ),
    short_no_offer="Fragen, wer weiterhelfen könnte, und bekannt machen.",
    introducer="{name} kennt beide und kann sie bekannt machen.",
    start_with="Zuerst {name}:",
    then_ask="Dann {name}:",
    about="{name}:",
    turns=("Abwechselnd, Frage für Frage.", "Fragen darf man auslassen."),
    short_turns="Abwechselnd. Fragen darf man auslassen.",
    met="getroffen",
    carry_on="weiter",
    was_offered="mir angeboten",
    offered="Angeboten:",
    what_offered="Von mir angeboten",
    notes="Notizen",
    reader="für: {name}",
    card="Karte {id}",
    plan="Plan {id}",
    pause="Eine Pause",
    where="Wo",
    where_to="Am Empfang wartet jemand zum Reden, oder es ist Zeit zum Ausruhen. Beides ist gut.",
    alone="In dieser Runde geht die Zahl nicht auf, daher eine Pause.",
    not_alone="In dieser Runde gibt es nicht genug neue Begegnungen, daher eine Pause.",
    ask_host="Eine Frage an die Gastgeber: Was war der Anlass, diese Menschen zusammenzubringen?",
    next="Danach",
    next_stop="Runde {round}, Tisch {table}, mit {names}.",
    next_stop_timed="{time}, Tisch {table}, mit {names}.",
    no_next="Das war die letzte Runde. Jetzt ist Zeit, ein Gespräch fortzusetzen.",
    seeds="Zum Behalten: was ich wem angeboten habe",
    replaces="Ersetzt die Karte für Runde {round}",
    and_word="und",
)

FRENCH = Labels(
    language="fr",
    direction="ltr",
    cards="Cartes de rencontre",
    summary="Plan {plan}\u00a0: {cards} cartes sur {sheets} feuilles.",
    paper="Papier\u00a0: {paper}. Imprimer à 100\u00a0%, sans ajuster à la page.",
    bar_mm="100 mm",
    bar_inch="4 in",
    check="Mesurer une barre. Si l’écart dépasse 0,5 mm, corriger d’abord la taille d’impression.",
    round="Tour {round}",
    table="Table",
    why="Pourquoi",
    ask="Question",
    follow="Ensuite",
    deeper="Plus loin",
    offer="Offre",
    no_offer=(
        "Écouter ce qui fait obstacle. Demander quelle rencontre serait utile, "
        "et faire les présentations."
    ),
    short_no_offer="Demander quelle rencontre serait utile, et la proposer.",
    introducer="{name} connaît les deux\u00a0: demander à {name} de faire les présentations.",
    start_with="D’abord {name}\u00a0:",
    then_ask="Puis {name}\u00a0:",
    about="{name}\u00a0:",
    turns=("Chacun son tour, question par question.", "On peut passer une question."),
    short_turns="À tour de rôle. On peut passer.",
    met="vu",
    carry_on="à suivre",
    was_offered="on m’a proposé",
    offered="Proposé\u00a0:",
    what_offered="Ce que j’ai proposé",
    notes="Notes",
    reader="pour\u00a0: {name}",
    card="carte {id}",
    plan="plan {id}",
    pause="Une pause",
    where="Où",
    where_to="À l’accueil, quelqu’un est là pour parler\u00a0; se reposer est bien aussi.",
    alone="Le nombre est impair à ce tour, d’où une pause.",
    not_alone="Il n’y a pas assez de nouvelles rencontres à ce tour, d’où une pause.",
    ask_host="Une question pour l’accueil\u00a0: d’où vient l’idée de réunir ces personnes\u00a0?",
    next="Ensuite",
    next_stop="Tour {round}, table {table}, avec {names}.",
    next_stop_timed="{time}, table {table}, avec {names}.",
    no_next="C’était le dernier tour. C’est le moment de poursuivre une conversation.",
    seeds="À garder\u00a0: ce que j’ai proposé, et à qui",
    replaces="Remplace la carte du tour {round}",
    and_word="et",
)

SPANISH = Labels(
    language="es",
    direction="ltr",
    cards="Tarjetas para conocerse",
    summary="Plan {plan}: {cards} tarjetas en {sheets} hojas.",
    paper="Papel: {paper}. Imprimir al 100 %, sin ajustar a la página.",
    bar_mm="100 mm",
    bar_inch="4 in",
    check="Medir una barra. Si difiere más de 0,5 mm, corregir primero el tamaño de impresión.",
    round="Ronda {round}",
    table="Mesa",
    why="Por qué",
    ask="Pregunta",
    follow="Después",
    deeper="A fondo",
    offer="Oferta",
    no_offer=(
        "Escuchar qué lo hace difícil. Preguntar a quién le serviría conocer, "
        "y hacer las presentaciones."
    ),
    short_no_offer="Preguntar a quién le serviría conocer, y hacer las presentaciones.",
    introducer="{name} conoce a las dos personas y puede presentarlas.",
    start_with="Primero {name}:",
    then_ask="Luego {name}:",
    about="{name}:",
    turns=("Por turnos, pregunta a pregunta.", "Cualquier pregunta se puede saltar."),
    short_turns="Por turnos. Se puede saltar.",
    met="hablamos",
    carry_on="seguir",
    was_offered="me ofrecieron",
    offered="Ofrecí:",
    what_offered="Lo que ofrecí",
    notes="Notas",
    reader="para: {name}",
    card="tarjeta {id}",
    plan="plan {id}",
    pause="Una pausa",
    where="Dónde",
    where_to="En la entrada hay alguien con quien hablar; descansar también está bien.",
    alone="En esta ronda el número es impar, así que toca una pausa.",
    not_alone="En esta ronda no hay bastantes encuentros nuevos, así que toca una pausa.",
    ask_host="Una pregunta para la organización: ¿de dónde salió la idea de reunir a esta gente?",
    next="Después",
    next_stop="Ronda {round}, mesa {table}, con {names}.",
    next_stop_timed="{time}, mesa {table}, con {names}.",
    no_next="Fue la última ronda. Es buen momento para seguir una conversación.",
    seeds="Para guardar: qué ofrecí, y a quién",
    replaces="Sustituye la tarjeta de la ronda {round}",
    and_word="y",
    and_before_i="e",
)

LABELS = (ENGLISH, GERMAN, FRENCH, SPANISH)
"""Every language that cards can be printed in."""


def labels_of(language: str) -> Labels:
    """Return the words of a language.

    Raises
    ------
    UnknownChoice
        If cards cannot be printed in it.
    """
    for labels in LABELS:
        if labels.language == language:
            return labels
    known = ", ".join(labels.language for labels in LABELS)
    raise UnknownChoice(f"Cards cannot be printed in {language!r}. Known languages: {known}.")
