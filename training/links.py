"""Fits the weights by which the coder links later mentions of one event in one article (crates/chancery-coder/src/same.rs).

    python evidence.py texts SHARED news held > texts.jsonl
    cargo xtask evidence texts.jsonl > evidence.jsonl          (with a model that has not been trained on these documents)
    python evidence.py texts SHARED docs > gold.jsonl          (and their evidence likewise; all models have seen these)
    python links.py SHARED evidence.jsonl... ../crates/chancery-coder/data/links.tsv

The documents are those of annotations/ whose rows have `chains`, lists of the events that are one, and the gold documents of `train/docs`,
which link more freely and count OFTEN times. Pairs of reported events of one type that stand at annotated ones are the examples, logistic
regression with a quadratic penalty the method; features with fewer than LEAST witnesses are left out. Prints, by 5-fold cross-validation over
documents, what comes of linking each mention to the best earlier one from several sums on: mentions that are linked rightly, events that are
lost to a wrong link, repetitions that are missed.
"""
import collections, glob, json, os, random, sys
import numpy as np

from annotate import kept
from data import lines_of

LEAST, OFTEN = 8, 3
# The sum from which two mentions are taken for one: that at which fewest events of the gold documents are lost or told twice.
THRESHOLD = 0.0


def mention(row, found):
    """Number of the annotated event at whose mention a possible event of the same type stands, the first of its chain; None at none."""
    for n, g in enumerate(row["events"]):
        a, b = (g["start"] + x for x in g["trigger"])
        if g["type"] == found["event"] and found["start"] < b and a < found["end"]:
            return next((chain[0] for chain in row["chains"] if n in chain), n)
    return None


def gold(shared):
    """The gold documents as rows like those of annotations/."""
    for path in sorted(glob.glob(os.path.join(shared, "train/docs/*.json"))):
        if path.endswith(".meta.json"):
            continue
        with open(path, encoding="utf-8") as f, open(path[:-5] + ".txt", encoding="utf-8") as t:
            events, text = json.load(f)["events"], t.read()
        chains = collections.defaultdict(list)
        for n, e in enumerate(events):
            start, end = e.get("span") or (at := text.find(e["trigger"], text.find(e["sentence"])), at + len(e["trigger"]))
            e.update(type=e["event"], start=start, trigger=[0, end - start])
            chains[e.get("same_as") or e["id"]].append(n)
        yield dict(doc="docs:" + os.path.basename(path)[:-5], events=events, chains=[c for c in chains.values() if len(c) > 1])


def examples(shared, paths):
    """(document, mention, features, whether they are one) of pairs."""
    found = collections.defaultdict(list)
    for row in (row for path in paths for row in lines_of(path)):
        found[row["id"]].append(row)
    for doc in (row for rows in (kept("news", "held"), gold(shared)) for row in rows if "chains" in row):
        chain = [mention(doc, row) for row in found[doc["doc"]]]
        for j, row in enumerate(found[doc["doc"]]):
            for i, features in row["links"]:
                if chain[i] is not None and chain[j] is not None:
                    yield doc["doc"], j, features, chain[i] == chain[j]


def linked(sums, docs, mentions, y, enough):
    """(linked rightly, lost, missed) when each mention is linked to the earlier one of the highest sum, from that sum on."""
    best, again = {}, set()
    for total, key, same in zip(sums, zip(docs, mentions), y):
        best[key] = max(best.get(key, (-9.0, 0.0)), (total, same))
        again |= {key} if same else set()
    links = {key: same for key, (total, same) in best.items() if total >= enough}
    return int(sum(links.values())), sum(key not in again for key in links), sum(key not in links for key in again)


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
    shared, paths, out = sys.argv[1], sys.argv[2:-1], sys.argv[-1]
    docs, mentions, rows, y = zip(*examples(shared, paths))
    seen = collections.Counter(k for r in rows for k, v in r.items() if v)
    names = sorted(k for k, n in seen.items() if n >= LEAST) + ["bias"]
    x = np.array([[r.get(n, 0.0) if n != "bias" else 1.0 for n in names] for r in rows])
    y, docs, mentions = np.array(y, float), np.array(docs), np.array(mentions)
    ours = np.char.startswith(docs, "docs:")
    often = lambda chosen: np.concatenate([np.flatnonzero(chosen)] + [np.flatnonzero(chosen & ours)] * (OFTEN - 1))
    order = sorted(set(docs))
    random.Random(0).shuffle(order)
    sums = np.zeros(len(y))
    for k in range(5):
        held = np.isin(docs, order[k::5])
        known = often(~held)
        sums[held] = x[held] @ fit(x[known], y[known])
    for t in (-0.6, -0.4, -0.2, 0.0, 0.2):
        for name, part in (("gold", ours), ("annotated", ~ours)):
            print(f"from {t} on, {name}: right, lost, missed", *linked(sums[part], docs[part], mentions[part], y[part], t))
    with open(out, "w", encoding="utf-8") as f:
        f.write("# what speaks for two mentions of one type being one event; made by training/links.py\n")
        known = often(docs != "")
        for n, w in sorted([*zip(names, fit(x[known], y[known])), ("threshold", THRESHOLD)]):
            if n == "threshold" or abs(w) >= 0.02:
                f.write(f"{n}\t{w:.3f}\n")


if __name__ == "__main__":
    main()
