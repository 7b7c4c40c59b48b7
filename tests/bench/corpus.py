"""Synthetic French documents: as long, as repetitive and as unevenly filed as real ones, the same at each run."""

import datetime
import itertools
import random
from bisect import bisect
from collections.abc import Iterator

from metropole.search.documents import Document
from metropole.search.vocabularies import Term

COMMON_WORDS = """
stationnement énergie rénovation logement mobilité vélo commune quartier expérimentation capteur données plateforme
habitants agents métropole territoire climat chaleur arbres canicule déchets compost cantine école piscine éclairage
chantier voirie bruit qualité air eau sobriété photovoltaïque réseau bâtiment thermique diagnostic indicateur tableau
chatbot assistant courrier accueil démarche usagers médiation numérique inclusion formation association entreprise
commerce livraison logistique fluvial canal gare transport covoiturage piéton marche sécurité vidéoprotection incendie
budget participatif concertation citoyen enquête résultat méthode calendrier partenaire financement subvention
évaluation impact biodiversité friche jardin toiture façade matériau réemploi économie circulaire atelier
"""
COMMON = COMMON_WORDS.split()
SYLLABLES = ["ba", "cor", "dé", "fi", "gra", "lu", "mé", "nor", "pla", "ré", "sta", "tri", "vou", "ze", "chi", "tion"]
TERRITORIES = [Term("metropole", "Métropole du Grand Paris")]
TERRITORIES += [Term(f"ept-{n}", f"Territoire {n}", "metropole") for n in range(1, 13)]
TERRITORIES += [Term(f"commune-{n}", f"Commune {n}", f"ept-{1 + n % 12}") for n in range(130)]
THEMES = [Term(f"defi-{n}", f"Défi {n}") for n in range(7)]
THEMES += [Term(f"chantier-{n}", f"Chantier {n}", f"defi-{n % 7}") for n in range(28)]
FLAT = {
    "type": ["practice", "project", "kit", "article", "programme", "call", "event", "solution", "need", "organisation"],
    "programme": [f"programme-{n}" for n in range(11)],
    "status": ["planned", "running", "completed", "research", "trial", "in_service", "stopped"],
    "ai": ["yes", "no"],
    "maturity": ["low", "mid", "high"],
    "lang": ["fr", "en"],
}
FIRST_DAY = datetime.date(2018, 1, 1)
_RARE_WORDS = 30_000


def loaders() -> dict[str, object]:
    """The vocabularies, as apps register them."""
    terms = {name: [Term(value, value.capitalize()) for value in values] for name, values in FLAT.items()}
    terms |= {"territory": TERRITORIES, "theme": THEMES}
    return {name: lambda language, held=held: held for name, held in terms.items()}


class Writer:
    """Writes documents whose words follow Zipf's law."""

    def __init__(self) -> None:
        self._draw = random.Random(19)
        rare = ["".join(self._draw.choices(SYLLABLES, k=self._draw.randint(2, 4))) for _ in range(_RARE_WORDS)]
        self._words = [*COMMON, *rare]
        self._weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self._words))))

    def documents(self, number: int) -> Iterator[Document]:
        return map(self._document, range(number))

    def text(self, length: int) -> str:
        total, draw = self._weights[-1], self._draw.random
        return " ".join(self._words[bisect(self._weights, draw() * total)] for _ in range(length))

    def _document(self, number: int) -> Document:
        draw = self._draw
        opens = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(hours=draw.randrange(12_000))
        return Document(
            id=f"bench.content:{number}",
            type=draw.choice(FLAT["type"]),
            language="en" if draw.random() < 0.1 else "fr",
            title=self.text(7).capitalize(),
            summary=self.text(30).capitalize() + ".",
            text="\n".join(self.text(45).capitalize() + "." for _ in range(5)),
            keywords=dict.fromkeys(FLAT["lang"], (self.text(2), self.text(2))),
            url=f"/fr/contenu-{number}/",
            date=FIRST_DAY + datetime.timedelta(days=draw.randrange(3000)),
            opens_at=opens if number % 10 == 0 else None,
            closes_at=opens + datetime.timedelta(days=60) if number % 10 == 0 else None,
            facets=self._facets(),
        )

    def _facets(self) -> dict[str, tuple[str, ...]]:
        draw = self._draw
        values = {name: (draw.choice(FLAT[name]),) for name in ("programme", "status", "ai", "maturity")}
        values["theme"] = tuple({term.value for term in draw.choices(THEMES[7:], k=draw.randint(1, 2))})
        values["territory"] = tuple({term.value for term in draw.choices(TERRITORIES, k=draw.randint(0, 2))})
        values["tag"] = tuple(set(draw.choices(COMMON, k=2)))
        return values
