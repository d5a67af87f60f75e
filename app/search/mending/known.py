"""The words that may be meant: those of the catalogue, and those that search itself understands."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.search.language.provinces import place_words
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import folded_word
from app.search.mending.lexicon import Lexicon

_SPOKEN: Final = (
    "dưới trên từ đến tới tầm khoảng triệu nghìn ngàn đồng sao quà tặng biếu trở lên xuống"
    " under below over gift star stars from"
)


@dataclass(frozen=True, slots=True)
class Known:
    """Two lexicons as one; what the catalogue says weighs more."""

    lexicon: Lexicon
    spoken: Lexicon

    @classmethod
    def of(cls, lexicon: Lexicon, thesaurus: Thesaurus) -> "Known":
        """Add the names of synonyms and provinces, and the words of prices, to the catalogue's."""
        return cls(lexicon, _spoken(thesaurus.groups))

    def count(self, word: str) -> int:
        """Tell how many products have a folded word; one that only search knows counts once."""
        return self.lexicon.words.get(word) or self.spoken.words.get(word, 0)

    def pair(self, left: str, right: str) -> int:
        """Tell how many products have two folded words side by side."""
        token = f"{left}_{right}"
        return self.lexicon.pairs.get(token) or self.spoken.pairs.get(token, 0)

    def forms(self, word: str) -> tuple[str, ...]:
        """Give the ways a folded word is written: names of goods first, then the commonest."""
        spoken, written = self.spoken.forms.get(word, ()), self.lexicon.forms.get(word, ())
        return (
            *(form for form in written if form in spoken),
            *(form for form in written if form not in spoken),
        ) or spoken

    def pair_form(self, left: str, right: str) -> tuple[str, ...]:
        """Give the commonest way in which two folded words are written side by side."""
        token = f"{left}_{right}"
        written = self.lexicon.pair_forms.get(token) or self.spoken.pair_forms.get(token, "")
        return tuple(written.split(" ")) if written else ()

    def near(self, word: str) -> dict[str, int]:
        """Give words that look alike, with their distance."""
        return {**self.spoken.neighbours.near(word), **self.lexicon.neighbours.near(word)}

    def alike(self, word: str) -> list[str]:
        """Give words that sound alike."""
        return [*self.lexicon.neighbours.alike(word), *self.spoken.neighbours.alike(word)]

    def completions(self, beginning: str) -> list[str]:
        """Give words that begin like this."""
        return [
            *self.lexicon.neighbours.completions(beginning),
            *self.spoken.neighbours.completions(beginning),
        ]

    def seconds(self, left: str, beginning: str) -> list[str]:
        """Give words that begin like this and stand behind another one."""
        start = f"{left}_{beginning}"
        found = (
            *self.lexicon.neighbours.pair_completions(start),
            *self.spoken.neighbours.pair_completions(start),
        )
        return [token.partition("_")[2] for token in found]


@lru_cache(maxsize=4)
def _spoken(groups: tuple[tuple[str, ...], ...]) -> Lexicon:
    """Make a lexicon of names alone."""
    names = [
        *Thesaurus(groups).names(),
        *place_words().values(),
        *((word,) for word in _SPOKEN.split()),
    ]
    words: dict[str, int] = {}
    pairs: dict[str, int] = {}
    forms: dict[str, tuple[str, ...]] = {}
    pair_forms: dict[str, str] = {}
    for name in names:
        plain = [folded_word(word) for word in name]
        for token, word in zip(plain, name, strict=True):
            words[token] = 1
            forms[token] = tuple(dict.fromkeys((*forms.get(token, ()), word)))
        for at in range(len(name) - 1):
            token = f"{plain[at]}_{plain[at + 1]}"
            pairs[token] = 1
            pair_forms.setdefault(token, f"{name[at]} {name[at + 1]}")
    return Lexicon(words, pairs, forms, pair_forms)
