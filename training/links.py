"""Fits the weights by which the coder links later mentions of one event in one article (crates/chancery-coder/src/same.rs).

    chancery code DOCS > coded.jsonl && python links.py --docs DOCS --coded coded.jsonl --out ../crates/chancery-coder/data/links.tsv

DOCS is a folder of gold documents; pairs of coded events of one type that stand at gold mentions are the examples, logistic
regression with a quadratic penalty the method. Prints precision and recall over pairs by 5-fold cross-validation over documents.
"""
import argparse, collections, json, math, pathlib, random
import numpy as np

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


def features(a, b, text, sentences):
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
    apart = abs(sentences.index(a["text_info"]["sentence_start"]) - sentences.index(b["text_info"]["sentence_start"]))
    f["far"] = min(2.5, math.log1p(apart))
    if not apart:
        f["sentence.same"] = 1
    f["type." + a["event"][0]] = 1
    return f


def mention(gold, text, report):
    """Number of the gold chain at whose mention a report of the same type stands, or None."""
    s, e = report["text_info"]["start"], report["text_info"]["end"]
    for g in gold["events"]:
        if g["event"] != report["event"][0]:
            continue
        if g.get("span"):
            a, b = g["span"]
        else:
            at = text.find(g["sentence"])
            a = max(at, text.find(g["trigger"], max(at, 0)))
            b = a + len(g["trigger"])
        if s < b and a < e:
            return g["same_as"] or g["id"]
    return None


def examples(docs, coded):
    reports = collections.defaultdict(list)
    with open(coded, encoding="utf-8") as f:
        for row in map(json.loads, f):
            if row["kind"] == "event":
                reports[row["doc"]].append(row)
    for path in sorted(pathlib.Path(docs).glob("*.json")):
        if path.name.endswith(".meta.json"):
            continue
        gold, text = json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")
        rows = sorted(reports[path.stem], key=lambda r: r["text_info"]["start"])
        sentences = sorted({r["text_info"]["sentence_start"] for r in rows})
        chain = {r["id"]: mention(gold, text, r) for r in rows}
        for j, b in enumerate(rows):
            for a in rows[:j]:
                if a["event"] == b["event"] and chain[a["id"]] and chain[b["id"]]:
                    yield path.stem, features(a, b, text, sentences), chain[a["id"]] == chain[b["id"]]


def fit(x, y, penalty=1.0):
    """Weights of a logistic regression by Newton's method. x [N, F], y [N]."""
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(x.shape[1])
        w -= np.linalg.solve(hessian, x.T @ (p - y) + penalty * w)
    return w


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--docs", required=True), p.add_argument("--coded", required=True), p.add_argument("--out", required=True)
    a = p.parse_args()
    docs, rows, y = zip(*examples(a.docs, a.coded))
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
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("# what speaks for two mentions of one type being one event; made by training/links.py\n")
        for n, w in sorted(zip(names, fit(x, y))):
            f.write(f"{n}\t{w:.3f}\n")


if __name__ == "__main__":
    main()
