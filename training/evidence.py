"""Fits the weights by which the coder decides what is an event and who plays a part in it (crates/chancery-coder/src/weigh.rs).

    python evidence.py texts SHARED > texts.jsonl
    cargo xtask evidence texts.jsonl > evidence.jsonl          (with a model that has not been trained on annotations/)
    python evidence.py fit SHARED evidence.jsonl ../crates/chancery-coder/data

Logistic regression with a quadratic penalty over the features that the coder names, on the documents of annotations/; prints figures by
5-fold cross-validation over documents. Features with fewer than LEAST witnesses are left out; `threshold` is the sum from which F is best.
"""
import collections, json, os, random, sys
import numpy as np

from annotate import source
from data import lines_of, sentences
from links import fit

LEAST = 6


def annotations():
    """The documents that are kept from the event heads."""
    return lines_of(os.path.join(os.path.dirname(os.path.abspath(__file__)), "annotations", "held.jsonl"))


def label(gold, candidates, ends):
    """Which gold event each candidate is: overlapping triggers of one type first, then one sentence and type; None where it is none."""
    def fits(g, c):
        if g["type"] != c["event"]:
            return 0
        s, e = (g["start"] + x for x in g["trigger"])
        if c["start"] < e and s < c["end"]:
            return 2
        return int(g["start"] <= c["start"] < ends[g["start"]])
    pairs = sorted(((fits(g, c), not g.get("optional"), -i, -j) for i, g in enumerate(gold) for j, c in enumerate(candidates)), reverse=True)
    out, used = {}, set()
    for fit_, _, i, j in pairs:
        if fit_ and -i not in used and -j not in out:
            used.add(-i)
            out[-j] = (gold[-i], fit_)
    return out


def parts(g, candidate):
    """(features, part) of the mentions of a candidate that stands at gold event g."""
    spans = {role: [[g["start"] + x for x in p] for p in places] for role, places in g["roles"].items()}
    for at, features in candidate["parts"]:
        inside = lambda role: any(a <= at < b for a, b in spans.get(role, ()))
        yield features, "actor" if inside("actor") else "recipient" if inside("recipient") else "none"


def chances(x, y, docs):
    """Sums by 5-fold cross-validation over documents."""
    order = sorted(set(docs))
    random.Random(0).shuffle(order)
    out = np.zeros(len(y))
    for k in range(5):
        held = np.isin(docs, order[k::5])
        out[held] = x[held] @ fit(x[~held], y[~held], 2.0)
    return out


def best(sums, y, missed, beta=1.0):
    """The sum from which F with that beta is best, with F, precision and recall there."""
    def figures(t):
        found, right = (sums >= t).sum(), ((sums >= t) & (y > 0)).sum()
        p, r = right / max(found, 1), right / (y.sum() + missed)
        return (1 + beta**2) * p * r / max(beta**2 * p + r, 1e-9), p, r
    t = max(np.arange(-2, 2.01, 0.1), key=lambda t: figures(t)[0])
    return round(float(t), 1), tuple(round(float(v), 3) for v in figures(t))


def table(rows):
    """Dense features of rows; those with few witnesses are left out."""
    seen = collections.Counter(k for r in rows for k, v in r.items() if v)
    names = sorted(k for k, n in seen.items() if n >= LEAST) + ["bias"]
    at = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    x[:, -1] = 1
    for i, r in enumerate(rows):
        for k, v in r.items():
            if k in at:
                x[i, at[k]] = v
    return names, x


def write(path, title, weights):
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"# {title}; made by training/evidence.py\n")
        for n, w in sorted(weights):
            if abs(w) >= 0.02:
                f.write(f"{n}\t{w:.2f}\n")


def main():
    verb, shared = sys.argv[1:3]
    gold = {r["doc"]: r for r in annotations()}
    if verb == "texts":
        for doc in gold:
            print(json.dumps(dict(id=doc, text=source(shared, doc)), ensure_ascii=False))
        return
    coded = collections.defaultdict(list)
    with open(sys.argv[3], encoding="utf-8") as f:
        for row in map(json.loads, f):
            coded[row["id"]].append(row)
    rows, y, docs, missed = [], [], [], 0
    part_rows, part_y, part_docs = [], [], []
    for doc, g in gold.items():
        ends = {s: e for s, e in sentences(source(shared, doc))}
        matched = label(g["events"], coded[doc], ends)
        missed += sum(not e.get("optional") for e in g["events"]) - sum(not e.get("optional") for e, _ in matched.values())
        for j, c in enumerate(coded[doc]):
            e, how = matched.get(j, (None, 0))
            if e is not None and how == 2:
                for features, part in parts(e, c):
                    part_rows.append(features), part_y.append(part), part_docs.append(doc)
            if e is None or not e.get("optional"):
                rows.append(c["features"]), y.append(float(e is not None)), docs.append(doc)
    out, docs = sys.argv[4], np.array(docs)
    names, x = table(rows)
    y = np.array(y)
    sums = chances(x, y, docs)
    t, figures = best(sums, y, missed, 0.7)  # a repeated mention that is not linked is one event too many, so precision weighs more
    print(f"events: {len(y)} candidates, {int(y.sum())} right, {missed} missed: F0.7, P, R {figures} from {t}")
    chance = 1 / (1 + np.exp(-sums))
    for low in np.arange(0, 1, 0.1):
        here = (chance >= low) & (chance < low + 0.1)
        if here.any():
            print(f"  confidence {low:.1f}-{low + 0.1:.1f}: {here.sum()} candidates, {y[here].mean():.2f} right")
    write(os.path.join(out, "events.tsv"), "what speaks for a cue being an event", [*zip(names, fit(x, y, 2.0)), ("threshold", t)])
    names, x = table(part_rows)
    print(f"parts: {len(part_rows)} mentions, {len(names)} features")
    weights = []
    for role in ("actor", "recipient"):
        y = np.array([float(p == role) for p in part_y])
        t, figures = best(chances(x, y, np.array(part_docs)), y, 0)
        print(f"  {role}: F1, P, R {figures} from {t}")
        weights += [(f"{role} {n}", w) for n, w in [*zip(names, fit(x, y, 2.0)), ("threshold", t)]]
    write(os.path.join(out, "parts.tsv"), "what speaks for a mention acting and being acted on", weights)


if __name__ == "__main__":
    main()
