"""Fits the weights by which the coder decides what is an event and who plays a part in it (crates/chancery-coder/src/weigh.rs).

    python evidence.py texts SHARED held > texts.jsonl         (or `news held`: the documents of these annotations; or `docs`: train/docs)
    cargo xtask evidence texts.jsonl > evidence.jsonl          (with a model that has not been trained on these documents)
    python evidence.py events SHARED evidence.jsonl... ../crates/chancery-coder/data/events.tsv
    python evidence.py parts SHARED evidence.jsonl... ../crates/chancery-coder/data/parts.tsv

Logistic regression with a quadratic penalty over the features that the coder names, on the documents of the evidence; prints figures by
5-fold cross-validation over documents. Features with fewer than LEAST witnesses are left out; the `threshold` of a part is the sum from which F1.5 is best.
"""
import collections, json, random, sys
import numpy as np

from annotate import kept, source
from data import lines_of, sentences
from links import fit, gold

LEAST = 6
# The sum from which an event is reported. A repeated mention that is not linked is one event too many, which the candidates do not show: with
# them linked, F on the held documents is the same from -0.4 to 0.3. The coder asks less of what did not simply happen.
REPORTED = 0.1


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


def candidates(shared, paths):
    """(document, candidate, its gold event or None, how well that fits) of all evidence, and how many required events no candidate stands at."""
    gold = {r["doc"]: r for r in kept("news", "held")}
    out, missed = [], 0
    for path in paths:
        coded = collections.defaultdict(list)
        for row in lines_of(path):
            coded[row["id"]].append(row)
        for doc, rows in coded.items():
            events = gold[doc]["events"]
            matched = label(events, rows, dict(sentences(source(shared, doc))))
            missed += sum(not e.get("optional") for e in events) - sum(not e.get("optional") for e, _ in matched.values())
            out += [(doc, c, *matched.get(j, (None, 0))) for j, c in enumerate(rows)]
    return out, missed


def fit_events(found, missed):
    """Rows of events.tsv."""
    found = [(doc, c, e) for doc, c, e, _ in found if e is None or not e.get("optional")]
    names, x = table([c["features"] for _, c, _ in found])
    y = np.array([float(e is not None) for *_, e in found])
    sums = chances(x, y, np.array([doc for doc, *_ in found]))
    t, figures = best(sums, y, missed)
    print(f"events: {len(y)} candidates, {int(y.sum())} right, {missed} missed: F1, P, R {figures} from {t}")
    chance = 1 / (1 + np.exp(-sums))
    for low in np.arange(0, 1, 0.1):
        here = (chance >= low) & (chance < low + 0.1)
        if here.any():
            print(f"  confidence {low:.1f}-{low + 0.1:.1f}: {here.sum()} candidates, {y[here].mean():.2f} right")
    return [*zip(names, fit(x, y, 2.0)), ("threshold", REPORTED)]


def fit_parts(found):
    """Rows of parts.tsv."""
    rows = [(doc, *part) for doc, c, e, how in found if how == 2 for part in parts(e, c)]
    names, x = table([features for _, features, _ in rows])
    print(f"parts: {len(rows)} mentions, {len(names)} features")
    weights, docs = [], np.array([doc for doc, *_ in rows])
    for role in ("actor", "recipient"):
        y = np.array([float(part == role) for *_, part in rows])
        t, figures = best(chances(x, y, docs), y, 0, 1.5)  # one too many is seen and struck, one that is missing is not looked for
        print(f"  {role}: F1.5, P, R {figures} from {t}")
        weights += [(f"{role} {n}", w) for n, w in [*zip(names, fit(x, y, 2.0)), ("threshold", t)]]
    return weights


def main():
    verb, shared, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    if verb == "texts":
        docs = [row["doc"] for row in (gold(shared) if rest == ["docs"] else kept(*rest))]
        for doc in docs:
            print(json.dumps(dict(id=doc, text=source(shared, doc)), ensure_ascii=False))
        return
    found, missed = candidates(shared, rest[:-1])
    if verb == "events":
        write(rest[-1], "what speaks for a cue being an event", fit_events(found, missed))
    else:
        write(rest[-1], "what speaks for a mention acting and being acted on", fit_parts(found))


if __name__ == "__main__":
    main()
