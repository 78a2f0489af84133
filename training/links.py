"""Fits the weights by which the coder links later mentions of one event in one article (crates/chancery-coder/src/same.rs).

    python evidence.py texts SHARED news held > texts.jsonl
    cargo xtask evidence texts.jsonl > evidence.jsonl          (with a model that has not been trained on these documents)
    python links.py evidence.jsonl ../crates/chancery-coder/data/links.tsv

The documents are those of annotations/ whose rows have `chains`: lists of the events that are one. Pairs of possible events of one type that
stand at annotated ones are the examples, logistic regression with a quadratic penalty the method; features with fewer than LEAST witnesses
are left out. Prints precision and recall over pairs by 5-fold cross-validation over documents.
"""
import collections, random, sys
import numpy as np

from annotate import kept
from data import lines_of

LEAST = 8
# The sum from which two mentions are taken for one: that at which the events of the held documents come out best.
THRESHOLD = 0.0


def mention(row, found):
    """Number of the annotated event at whose mention a possible event of the same type stands, the first of its chain; None at none."""
    for n, g in enumerate(row["events"]):
        a, b = (g["start"] + x for x in g["trigger"])
        if g["type"] == found["event"] and found["start"] < b and a < found["end"]:
            return next((chain[0] for chain in row["chains"] if n in chain), n)
    return None


def examples(evidence):
    """(document, features, whether they are one) of pairs."""
    found = collections.defaultdict(list)
    for row in lines_of(evidence):
        found[row["id"]].append(row)
    for doc in (row for row in kept("news", "held") if "chains" in row):
        chain = [mention(doc, row) for row in found[doc["doc"]]]
        for j, row in enumerate(found[doc["doc"]]):
            for i, features in row["links"]:
                if chain[i] is not None and chain[j] is not None:
                    yield doc["doc"], features, chain[i] == chain[j]


def fit(x, y, penalty=1.0):
    """Weights of a logistic regression by Newton's method. x [N, F], y [N]."""
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, x.T @ (p - y) + penalty * w)
        w -= step
        if abs(step).max() < 1e-4:
            break
    return w


def main():
    docs, rows, y = zip(*examples(sys.argv[1]))
    seen = collections.Counter(k for r in rows for k, v in r.items() if v)
    names = sorted(k for k, n in seen.items() if n >= LEAST) + ["bias"]
    x = np.array([[r.get(n, 0.0) if n != "bias" else 1.0 for n in names] for r in rows])
    y, docs = np.array(y, float), np.array(docs)
    order = sorted(set(docs))
    random.Random(0).shuffle(order)
    chance = np.zeros(len(y))
    for k in range(5):
        held = np.isin(docs, order[k::5])
        chance[held] = 1 / (1 + np.exp(-x[held] @ fit(x[~held], y[~held])))
    for t in (0.25, 0.3, 0.35, 0.4, 0.5):
        right = ((chance > t) & (y > 0)).sum()
        print(f"from {t}: precision {right / max(1, (chance > t).sum()):.3f}, recall {right / y.sum():.3f} of {len(y)} pairs")
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write("# what speaks for two mentions of one type being one event; made by training/links.py\n")
        for n, w in sorted([*zip(names, fit(x, y)), ("threshold", THRESHOLD)]):
            if n == "threshold" or abs(w) >= 0.02:
                f.write(f"{n}\t{w:.3f}\n")


if __name__ == "__main__":
    main()
