"""Words -> wordpieces and letter shapes, exactly as `chancery-text` does it (golden tests pin both)."""
import unicodedata

SHAPES = 7  # 0 lower or caseless, 1 Capitalised, 2 ALL CAPS, 3 miXed, 4 one capital letter, 5 with a digit, 6 no letter or digit
MAX_PIECES = 8  # of one word; longer words (addresses of pages) keep their beginning
PLAIN = str.maketrans({"‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "−": "-"})


def shape(word):
    """The letter shape of a word, 0..SHAPES."""
    if any(c.isnumeric() for c in word):
        return 5
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 0
    if len(letters) == 1:
        return 4
    if all(upper):
        return 2
    return 1 if upper[0] and not any(upper[1:]) else 3


def plain(word):
    """Lower case without accents, typographic quotes and hyphens made plain."""
    word = unicodedata.normalize("NFD", word.translate(PLAIN).lower())
    return "".join(c for c in word if unicodedata.category(c) != "Mn" and unicodedata.category(c)[0] != "C")


def is_break(c):
    """Characters that stand alone, as in BERT's basic tokeniser: ASCII symbols and all punctuation."""
    o = ord(c)
    return 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126 or unicodedata.category(c)[0] == "P"


class Pieces:
    """Greedy longest-match wordpieces over a vocabulary file (one piece a line, line number = id)."""

    def __init__(self, lines):
        self.ids = {p: i for i, p in enumerate(lines)}
        self.cls, self.sep, self.unk, self.pad = (self.ids[x] for x in ("[CLS]", "[SEP]", "[UNK]", "[PAD]"))
        self.longest = max(map(len, lines))
        self.seen = {}

    def word(self, word):
        """Ids of one word, 1..=MAX_PIECES of them."""
        if word not in self.seen:
            self.seen[word] = self._word(word)
        return self.seen[word]

    def _word(self, word):
        runs, run = [], ""
        for c in plain(word):
            if is_break(c) or c.isspace():
                if run:
                    runs.append(run)
                run = ""
                if not c.isspace():
                    runs.append(c)
            else:
                run += c
        if run:
            runs.append(run)
        out = []
        for run in runs:
            start, ids = 0, []
            while start < len(run):
                for end in range(min(len(run), start + self.longest), start, -1):
                    i = self.ids.get(("##" if start else "") + run[start:end])
                    if i is not None:
                        ids.append(i)
                        start = end
                        break
                else:
                    ids = [self.unk]
                    break
            out += ids
        return out[:MAX_PIECES] or [self.unk]
