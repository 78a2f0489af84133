"""Fits the weights by which the coder links later mentions of one event in one article (crates/chancery-coder/src/same.rs).

    python links.py texts SHARED > texts.jsonl
    chancery code texts.jsonl > coded.jsonl                    (with a model that has not been trained on these documents)
    python links.py fit SHARED coded.jsonl ../crates/chancery-coder/data/links.tsv

The documents are those of annotations/ whose rows have `chains`: lists of the events that are one. Pairs of coded events of one type that
stand at annotated ones are the examples, logistic regression with a quadratic penalty the method. Prints precision and recall over pairs
by 5-fold cross-validation over documents.
"""
import bisect, collections, json, math, os, random, sys
import numpy as np

from annotate import source
from data import lines_of, sentences

LIGHT = set("""the a an of to in on for with and or by at from that this its his her their has have had was were is are be been will would
    it he she they as not no into over about after before""".split())


def stems(text):
    """Beginnings (5 letters) of the content words of a trigger."""
    return {w.lower()[:5] for w in "".join(c if c.isalnum() else " " for c in text).split() if w.lower() not in LIGHT}


def relation(a, b):
    if not a and not b:
        return "none"
    if not a or not b:
        return "one"
    if a == b:
        return "equal"
    if a <= b or b <= a:
        return "subset"
    return "overlap" if a & b else "apart"


def features(a, b, text, starts):
    """What speaks for an earlier mention a and a later b being one event; the twin of `features` in same.rs."""
    f = {}
    for slot in ("actor", "recipient"):
        codes = [{x["code"] for x in e.get(slot, [])} for e in (a, b)]
        f[f"{slot}.{relation(*codes)}"] = 1
        for key, of in (("name", lambda x: x.get("identifier_text")), ("sector", lambda x: (x["code"], x.get("sector")))):
            x, y = ({of(e) for e in r.get(slot, []) if of(e)} for r in (a, b))
            if x and y:
                f[f"{slot}.{key}.{'same' if x & y else 'other'}"] = 1
    x, y = stems(a["event_text"][0]), stems(b["event_text"][0])
    f["words"], f["words.any"] = len(x & y) / max(1, min(len(x), len(y))), 1 if x & y else 0
    start = b["text_info"]["start"]
    if set(text[max(0, start - 12):start].lower().split()[-2:]) & {"the", "this", "that", "these", "those"}:
        f["definite"] = 1
    p, q = a.get("event_loc"), b.get("event_loc")
    if p and q:
        f["place." + ("same" if p["name"] == q["name"] else "country" if p.get("country") == q.get("country") else "other")] = 1
    p, q = a.get("date"), b.get("date")
    if p and q:
        meet = p <= (b.get("enddate") or q) and q <= (a.get("enddate") or p)
        f["date." + ("same" if p == q else "meet" if meet else "other")] = 1
    p, q = (a.get("mode") or [None])[0], (b.get("mode") or [None])[0]
    f["mode." + ("same" if p == q and p else "none" if not p and not q else "one" if not p or not q else "other")] = 1
    f["status." + ("same" if a["status"] == b["status"] else "other")] = 1
    apart = abs(bisect.bisect(starts, a["text_info"]["start"]) - bisect.bisect(starts, b["text_info"]["start"]))
    f["far"] = min(2.5, math.log1p(apart))
    if not apart:
        f["sentence.same"] = 1
    f["type." + a["event"][0]] = 1
    # b is the one in the headline, if one is: headlines are linked last
    if b["text_info"]["start"] < max(text.find("\n"), 0):
        lead = "lead" if 0 < apart <= 2 else "body"
        f[f"headline.{lead}"] = 1
        f[f"headline.{lead}.{'words' if x_y(a, b) else 'other'}"] = 1
        f[f"headline.actor.{relation(*codes_of(a, b))}"] = 1
    return f


def x_y(a, b):
    return stems(a["event_text"][0]) & stems(b["event_text"][0])


def codes_of(a, b):
    return [{x["code"] for x in e.get("actor", [])} for e in (a, b)]


def documents():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "annotations")
    return [row for name in ("news", "held") for row in lines_of(os.path.join(folder, name + ".jsonl")) if "chains" in row]


def mention(row, report):
    """Number of the annotated event at whose mention a report of the same type stands, the first of its chain; None at none."""
    s, e = report["text_info"]["start"], report["text_info"]["end"]
    for n, g in enumerate(row["events"]):
        a, b = (g["start"] + x for x in g["trigger"])
        if g["type"] == report["event"][0] and s < b and a < e:
            return next((chain[0] for chain in row["chains"] if n in chain), n)
    return None


def examples(shared, coded):
    reports = collections.defaultdict(list)
    for row in lines_of(coded):
        if row["kind"] == "event":
            reports[row["doc"]].append(row)
    for doc in documents():
        text = source(shared, doc["doc"])
        rows = sorted(reports[doc["doc"]], key=lambda r: (r["text_info"]["start"] < max(text.find("\n"), 0), r["text_info"]["start"]))
        starts = [s for s, _ in sentences(text)]
        chain = {r["id"]: mention(doc, r) for r in rows}
        for j, b in enumerate(rows):
            for a in rows[:j]:
                if a["event"] == b["event"] and chain[a["id"]] is not None and chain[b["id"]] is not None:
                    yield doc["doc"], features(a, b, text, starts), chain[a["id"]] == chain[b["id"]]


def fit(x, y, penalty=1.0):
    """Weights of a logistic regression by Newton's method. x [N, F], y [N]."""
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(x.shape[1])
        w -= np.linalg.solve(hessian, x.T @ (p - y) + penalty * w)
    return w


def main():
    verb, shared = sys.argv[1:3]
    if verb == "texts":
        for row in documents():
            print(json.dumps(dict(id=row["doc"], text=source(shared, row["doc"])), ensure_ascii=False))
        return
    docs, rows, y = zip(*examples(shared, sys.argv[3]))
    names = sorted({k for r in rows for k in r}) + ["bias"]
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
    with open(sys.argv[4], "w", encoding="utf-8") as f:
        f.write("# what speaks for two mentions of one type being one event; made by training/links.py\n")
        for n, w in sorted(zip(names, fit(x, y))):
            f.write(f"{n}\t{w:.3f}\n")


if __name__ == "__main__":
    main()
