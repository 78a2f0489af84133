"""Writes the lemma data of chancery-text from UD English EWT and GUM (train).

    python training/lemmas.py ../shared/data/ud crates/chancery-text/data

`verbs.txt` gets the base forms of verbs; `lemmas.txt` gets, for every form and tag for which the crate's rules (its example `lemmas`) give
another lemma than the treebanks mostly do, that lemma. `irregular.txt` (strong verbs) is kept by hand and only read. Needs cargo; the standard library is enough.
"""

import argparse
import collections
import gzip
import re
import subprocess
from pathlib import Path

TREEBANKS = ["en_ewt-train.conllu.gz", "en_gum_permissive-train.conllu.gz"]


def words(folder):
    """Yields form, upos, xpos, lemma of every word that is no typing error."""
    for name in TREEBANKS:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                field = line.rstrip("\n").split("\t")
                if len(field) == 10 and field[0].isdigit() and "Typo=Yes" not in field[5] and field[2] != "_":
                    yield field[1], field[3], field[4], field[2]


def key(form, upos, xpos):
    plain = re.sub("[’‘`]", "'", form)
    return plain if upos == "PROPN" or xpos.startswith("NNP") else plain.lower()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exporter", default="cargo run --release --quiet -p chancery-text --example lemmas")
    options = parser.parse_args()
    verbs, seen = set(), collections.defaultdict(collections.Counter)
    for form, upos, xpos, lemma in words(options.treebanks):
        if upos == "VERB" and re.fullmatch("[a-z]+(-[a-z]+)?", lemma):
            verbs.add(lemma)
        seen[key(form, upos, xpos), xpos][upos, lemma] += 1
    (options.out / "verbs.txt").write_text("".join(f"{v}\n" for v in sorted(verbs)), encoding="utf-8")
    if not (options.out / "lemmas.txt").exists():
        (options.out / "lemmas.txt").write_text("", encoding="utf-8")
    rows = []
    for (form, xpos), found in seen.items():
        upos, lemma = max(found, key=lambda k: (found[k], k))
        # a verb or adjective within a name ("United") stays as it is
        if upos == "PROPN" or not xpos.startswith("NNP"):
            rows.append((form, xpos, upos, lemma))
    rows.sort(key=lambda r: (r[0].encode(), r[1].encode()))
    asked = "".join(f"{form}\t{upos}\t{xpos}\n" for form, xpos, upos, _ in rows)
    ruled = subprocess.run(options.exporter.split(), input=asked.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
    # strong verbs are settled by their own list
    strong = {form for line in (options.out / "irregular.txt").read_text().splitlines() for form in line.split()[1:]}
    settled = lambda form, xpos: xpos in ("VBD", "VBN") and form in strong
    # a lemma met once is no evidence against a rule that leads to a known verb
    weak = lambda form, xpos, rule: xpos.startswith("VB") and rule in verbs and sum(seen[form, xpos].values()) == 1
    wrong = [(f, x, l) for (f, x, _, l), rule in zip(rows, ruled) if rule != l and not settled(f, x) and not weak(f, x, rule)]
    (options.out / "lemmas.txt").write_text("".join(f"{f}\t{x}\t{l}\n" for f, x, l in wrong), encoding="utf-8")
    print(f"{len(verbs)} verbs, {len(rows)} forms, {len(wrong)} exceptions")


if __name__ == "__main__":
    main()
