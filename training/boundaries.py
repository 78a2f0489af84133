"""Trains the sentence boundary model of chancery-text: UD English EWT and GUM (train) -> crates/chancery-text/data/boundaries.bin.

    python training/boundaries.py ../shared/data/ud crates/chancery-text/data/boundaries.bin

Needs numpy and cargo: the features come from the crate itself (its example `gaps`), so that they are defined once. Training is a
logistic regression over hashed features, all data in every step, hence the same weights on every run. The weights are written as signed
bytes (a table addressed by feature), after the bias as a little-endian 32-bit integer.
"""

import argparse
import gzip
import random
import subprocess
from pathlib import Path

import numpy as np

BITS = 18
FEATURES = 45
# score units per logit: as fine as signed bytes allow for the weights that occur
UNIT = 24.0


def sentences(path):
    """Yields (new paragraph, new document, text, whether a space follows) for every sentence of a CoNLL-U file."""
    paragraph = document = False
    text, spaced, covered = "", True, 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                document |= line.startswith("# newdoc")
                paragraph |= line.startswith(("# newpar", "# newdoc"))
                text = line[len("# text = "):] if line.startswith("# text = ") else text
            elif line:
                number, misc = line.split("\t")[0], line.split("\t")[9]
                if "-" in number:
                    covered = int(number.split("-")[1])
                    spaced = "SpaceAfter=No" not in misc
                elif "." not in number and int(number) > covered:
                    spaced = "SpaceAfter=No" not in misc
            elif text:
                yield paragraph, document, text, spaced
                paragraph = document = False
                text, spaced, covered = "", True, 0


def paragraphs(path, regroup=None):
    """Yields (document, text, byte offsets of sentence ends) per paragraph; `regroup` invents paragraphs where there are none."""
    text, ends, left, count = "", [], 0, -1
    joined = ""
    for new_paragraph, new_document, sentence, spaced in sentences(path):
        left -= 1
        if new_paragraph or (regroup and left <= 0):
            if text:
                yield count, text, ends
            text, ends, joined = "", [], ""
            left = regroup.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8)) if regroup else 0
        count += new_document
        text += joined + sentence
        ends.append(len(text.encode()))
        joined = " " if spaced else ""
    if text:
        yield count, text, ends


def gaps(rows, exporter):
    """Labels and feature addresses of every gap at which a sentence may end."""
    lines = "".join(",".join(map(str, ends)) + "\t" + text + "\n" for _, text, ends in rows)
    out = subprocess.run(exporter, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    table = np.frombuffer(out, dtype="<u4").reshape(-1, FEATURES + 1)
    return table[:, 0].astype(np.float32), table[:, 1:].astype(np.int32)


def fit(labels, features, weights, steps, decay):
    """Logistic regression by full-batch Adam."""
    size = 1 << BITS
    w, bias = np.zeros(size), 0.0
    m, v, mb, vb = np.zeros(size), np.zeros(size), 0.0, 0.0
    flat = features.ravel()
    total = weights.sum()
    for step in range(1, steps + 1):
        score = w[features].sum(1) + bias
        p = 1 / (1 + np.exp(-score))
        loss = (p - labels) * weights / total
        g = np.bincount(flat, np.repeat(loss, FEATURES), size) + decay * w
        gb = loss.sum()
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        mb, vb = 0.9 * mb + 0.1 * gb, 0.99 * vb + 0.01 * gb * gb
        rate = 0.06 * (1 - step / (steps + 1)) + 0.002
        c1, c2 = 1 - 0.9**step, 1 - 0.99**step
        w -= rate * (m / c1) / (np.sqrt(v / c2) + 1e-9)
        bias -= rate * (mb / c1) / (np.sqrt(vb / c2) + 1e-9)
        if step % 25 == 0:
            likelihood = -np.mean(np.log(np.where(labels > 0, p, 1 - p) + 1e-9))
            print(f"step {step}: loss {likelihood:.5f}", flush=True)
    return w, bias


def report(labels, features, w, bias, ends):
    """F1 of boundaries inside paragraphs; `ends` paragraph ends are boundaries that nobody misses."""
    found = w[features].sum(1) + bias > 0
    true = found & (labels > 0)
    p, r = true.sum() / max(found.sum(), 1), true.sum() / max(labels.sum(), 1)
    print(f"inner boundaries: p {p:.4f} r {r:.4f} f1 {2 * p * r / (p + r):.4f}; wrong {int((found != (labels > 0)).sum())} of {ends + int(labels.sum())}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--exporter", default="cargo run --release --quiet -p chancery-text --example gaps")
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--decay", type=float, default=1.5e-5)
    parser.add_argument("--hold", action="store_true", help="hold a tenth of the documents out, and write nothing")
    options = parser.parse_args()
    exporter = options.exporter.split()
    chance = random.Random(1)
    ewt, gum = options.treebanks / "en_ewt-train.conllu.gz", options.treebanks / "en_gum_permissive-train.conllu.gz"
    sets = [(list(paragraphs(ewt)), 1.0), (list(paragraphs(gum, chance)), 1.0), (list(paragraphs(gum)), 0.5)]
    train, held = [], []
    for rows, weight in sets:
        hold = [r for r in rows if options.hold and r[0] % 10 == 9]
        labels, features = gaps([r for r in rows if r not in hold] if hold else rows, exporter)
        train.append((labels, features, np.full(len(labels), weight)))
        if hold:
            held.append((*gaps(hold, exporter), len(hold)))
    labels, features, weights = (np.concatenate(part) for part in zip(*train))
    print(f"{len(labels)} gaps, {int(labels.sum())} boundaries", flush=True)
    w, bias = fit(labels, features, weights, options.steps, options.decay)
    table = np.clip(np.round(w * UNIT), -127, 127)
    print(f"weights kept: {int((table != 0).sum())}, clipped: {int((np.abs(w * UNIT) > 127).sum())}")
    for labels, features, ends in held:
        report(labels, features, table, round(bias * UNIT), ends)
    if not options.hold:
        options.out.write_bytes(np.int32(round(bias * UNIT)).astype("<i4").tobytes() + table.astype(np.int8).tobytes())


if __name__ == "__main__":
    main()
