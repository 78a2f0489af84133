"""Fits the weights by which the register tells whether two tellings are of one event (crates/chancery-register/data/merge.tsv).

    python merge.py rarity --shared ../../shared --out ../crates/chancery-register/data/rarity.tsv
    cargo xtask eval crossdoc-pairs ../shared/data/crossdoc/ecbplus-train-dev.jsonl.gz pairs.jsonl
    python merge.py fit --pairs pairs.jsonl --out ../crates/chancery-register/data/merge.tsv

`rarity` counts in how many articles a stem stands (ECB+ training topics and the annotated articles). `fit` takes the pairs of gold mentions of
one topic of the training topics alone, by logistic regression with a quadratic penalty; each pair of a large chain counts less, so that a few
much-told events do not decide alone. Prints CoNLL F1 by 4-fold cross-validation over training topics for several thresholds, then for the
chosen weights on the development topics. The clustering is that of `average_linkage` in crates/chancery-register/src/alike/cluster.rs.
"""
import argparse, collections, gzip, json, math, pathlib, re
import numpy as np

BOUND = 30.0
OTHER = 0
WORDS = {
    "word.same": "the same word for it", "word.kin": "a kindred word for it", "word.other": "other words for it",
    "root": "words of one root", "part": "a word in common for it", "kin-share": "kindred words", "kin-part": "kindred words for it",
    "rare": "a word that says much", "tells": "mere telling", "actor-same": "the same who acts", "actor-other": "others who act",
    "object-same": "the same acted on", "object-other": "others acted on", "around-same": "the same beside it", "around-other": "other things beside it",
    "arguments-same": "somebody in common", "arguments-other": "nobody in common", "arguments-rare": "telling participants in common",
    "crossed": "who acts in one is acted on in the other", "mentioned": "participants mentioned in the other sentence",
    "names-same": "names in common", "names-other": "other names", "names-rare": "telling names in common", "times-same": "words of time in common",
    "times-other": "other words of time", "numbers-same": "numbers in common", "numbers-other": "other numbers", "sentence": "shared words",
    "one-article": "told in one article", "one-sentence": "told in one sentence", "type-same": "same type", "type-other": "another type",
    "form-same": "both nouns or both verbs", "form-other": "a noun and a verb", "above-same": "told beside the same word",
    "above": "one is told beside the other", "article": "articles of one theme",
}


def rarity(shared, out):
    shared = pathlib.Path(shared)
    texts = []
    with gzip.open(shared / "data/crossdoc/ecbplus-train-dev.jsonl.gz", "rt", encoding="utf-8") as f:
        texts += [" ".join(r["tokens"]) for r in map(json.loads, f) if r["split"] == "train"]
    texts += [p.read_text(encoding="utf-8") for p in sorted((shared / "train/docs").glob("*.txt"))]
    count = collections.Counter()
    for t in texts:
        count.update({w[:5] for w in re.findall(r"[^\W_]+", t.lower()) if len(w) > 2})
    with open(out, "w", encoding="utf-8") as f:
        f.write("# how much a stem (five letters) tells apart: the logarithm of one over the share of articles that hold it; made by training/merge.py\n")
        for w in sorted(w for w, n in count.items() if n > 2):
            f.write(f"{w}\t{math.log((len(texts) + 1) / (count[w] + 1)):.2f}\n")


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def matrix(topic, names):
    """Traits of the pairs of a topic. [P, F]"""
    x = np.zeros((len(topic["pairs"]), len(names)), np.float32)
    for row, pair in zip(x, topic["pairs"]):
        for k, v in pair.items():
            if k in names:
                row[names[k]] = v
    return x


def indices(n):
    return [(i, j) for i in range(n) for j in range(i)]


def labels(topic):
    """Whether pairs are of one chain, and their weights."""
    c = topic["chains"]
    size = collections.Counter(c)
    y = np.array([c[i] == c[j] for i, j in indices(len(c))], float)
    w = np.array([(size[c[i]] * size[c[j]]) ** -0.25 for i, j in indices(len(c))]) * 60 / max(1, len(c))
    return y.astype(np.float32), w.astype(np.float32)


def fit(x, y, w, penalty):
    """Weights of a logistic regression by Newton's method. x [N, F], y [N], w [N]."""
    # of pairs with other words, of which most are far apart, every fourth stands for four
    keep = (np.arange(len(y)) % 4 == 0) | (y > 0) | (x[:, OTHER] == 0)
    w = np.where((y == 0) & (x[:, OTHER] > 0), 4 * w, w)[keep]
    x, y = x[keep], y[keep]
    b = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        hessian = (x * (p * (1 - p) * w).astype(np.float32)[:, None]).T @ x + penalty * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, x.T @ ((p - y) * w) + penalty * b)
        b -= step
        if abs(step).max() < 1e-3:
            break
    return b


def cluster(n, points, least):
    """Average linkage over clipped points; the twin of `average_linkage`."""
    s = np.zeros((n, n))
    for (i, j), v in zip(indices(n), np.clip(points, -BOUND, BOUND)):
        s[i, j] = s[j, i] = v
    np.fill_diagonal(s, -np.inf)
    size, groups = np.ones(n), {i: [i] for i in range(n)}
    while len(groups) > 1:
        i, j = sorted(divmod(int(s.argmax()), n))
        if s[i, j] < least:
            break
        s[i] = (s[i] * size[i] + s[j] * size[j]) / (size[i] + size[j])
        s[:, i], s[i, i], s[j], s[:, j] = s[i], -np.inf, -np.inf, -np.inf
        size[i] += size[j]
        groups[i] += groups.pop(j)
    return list(groups.values())


def matched(pairs):
    """The greatest sum over one-to-one pairs of clusters; pairs as {(gold, ours): similarity}. Solved by greed
    with exchange; `cargo xtask eval crossdoc` takes the exact sum, which may differ in the last digit."""
    taken_g, taken_o, total = {}, {}, 0.0
    for (g, o), v in sorted(pairs.items(), key=lambda p: (-p[1], p[0])):
        if g not in taken_g and o not in taken_o:
            taken_g[g], taken_o[o] = o, g
            total += v
    better = True
    while better:
        better = False
        for (g, o), v in pairs.items():
            if taken_g.get(g) == o:
                continue
            lost = pairs.get((g, taken_g.get(g)), 0) + pairs.get((taken_o.get(o), o), 0)
            h, q = taken_o.get(o), taken_g.get(g)
            gain = v + (pairs.get((h, q), 0) if h is not None and q is not None else 0)
            if gain > lost + 1e-9:
                if h is not None:
                    taken_g.pop(h)
                if q is not None:
                    taken_o.pop(q)
                taken_g[g], taken_o[o] = o, g
                if (h, q) in pairs:
                    taken_g[h], taken_o[q] = q, h
                total += gain - lost
                better = True
    return total


class Score:
    """Sums of MUC, B³ and CEAFe over topics."""

    def __init__(self):
        self.parts = np.zeros((3, 4))

    def add(self, chains, groups):
        gold = collections.defaultdict(list)
        for i, c in enumerate(chains):
            gold[c].append(i)
        gold = list(gold.values())
        of_gold, of_ours = {m: g for g, c in enumerate(gold) for m in c}, {m: g for g, c in enumerate(groups) for m in c}
        for k, (side, other) in enumerate(((gold, of_ours), (groups, of_gold))):
            for c in side:
                n = collections.Counter(other[m] for m in c)
                self.parts[0, 2 * k:2 * k + 2] += len(c) - len(n), len(c) - 1
                self.parts[1, 2 * k:2 * k + 2] += sum(v * v for v in n.values()) / len(c), len(c)
        alike = collections.Counter((g, of_ours[m]) for m, g in of_gold.items())
        s = matched({(g, o): 2 * n / (len(gold[g]) + len(groups[o])) for (g, o), n in alike.items()})
        self.parts[2] += s, len(gold), s, len(groups)

    def conll(self):
        r, p = self.parts[:, 0] / self.parts[:, 1], self.parts[:, 2] / self.parts[:, 3]
        return float((2 * r * p / (r + p)).mean())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("step", choices=["rarity", "fit"])
    p.add_argument("--shared"), p.add_argument("--pairs"), p.add_argument("--out", required=True)
    p.add_argument("--penalty", type=float, default=5.0)
    p.add_argument("--without", default="", help="traits to leave out, by comma")
    a = p.parse_args()
    if a.step == "rarity":
        return rarity(a.shared, a.out)
    topics = read(a.pairs)
    train, dev = [t for t in topics if not t["dev"]], [t for t in topics if t["dev"]]
    out = set(filter(None, a.without.split(",")))
    seen = collections.Counter(k for t in train for q in t["pairs"] for k in q)
    names = {k: i for i, k in enumerate(sorted(k for k, n in seen.items() if n >= 20 and k.split(".")[0] not in out))}
    global OTHER
    OTHER = names["word.other"]
    x, yw = [matrix(t, names) for t in train], [labels(t) for t in train]
    family = [t["topic"].strip('"').split("_")[0] for t in train]
    kinds = sorted(set(family))
    least = [-12, -10, -8, -6, -4, -2]
    scores = {t: Score() for t in least}
    for k in range(4):
        held = set(kinds[k::4])
        inside = [i for i, f in enumerate(family) if f not in held]
        b = 10 * fit(np.vstack([x[i] for i in inside]), np.concatenate([yw[i][0] for i in inside]), np.concatenate([yw[i][1] for i in inside]), a.penalty)
        for i in set(range(len(train))) - set(inside):
            for t in least:
                scores[t].add(train[i]["chains"], cluster(len(train[i]["chains"]), x[i] @ b, t))
    print("cross-validation", {t: round(s.conll(), 4) for t, s in scores.items()})
    b = 10 * fit(np.vstack(x), np.concatenate([y for y, _ in yw]), np.concatenate([w for _, w in yw]), a.penalty)
    scores = {t: Score() for t in least}
    for topic in dev:
        points = matrix(topic, names) @ b
        for t in least:
            scores[t].add(topic["chains"], cluster(len(topic["chains"]), points, t))
    print("development", {t: round(s.conll(), 4) for t, s in scores.items()})
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("# what speaks for two tellings being of one event: trait and kind of words, points, words for a reader; made by training/merge.py\n")
        for n, i in sorted(names.items()):
            f.write(f"{n}\t{b[i]:.2f}\t{WORDS.get(n) or WORDS[n.split('.')[0]]}\n")


if __name__ == "__main__":
    main()
