"""Fits the weights of chains (crates/chancery-resolve/src/chain): what a phrase means, and which phrases mean the same one.

    cargo xtask eval coref-evidence GUM_TRAIN evidence.jsonl
    python chains.py kinds --penalty 2 --evidence evidence.jsonl --gold GUM_TRAIN --out ../crates/chancery-resolve/data/chain-kinds.tsv
    (build and write the evidence again: links look at the kinds)
    python chains.py links --evidence evidence.jsonl --gold GUM_TRAIN --out ../crates/chancery-resolve/data/chain-links.tsv

Documents of the genres in LEFT_OUT are not used: their licence does not allow it. Kinds: multinomial logistic regression over named
features. Links: for each phrase, the chance that one of its true antecedents, or none, is chosen (log-linear, all true ones count).
"""
import argparse, collections, gzip, json
import numpy as np

LEFT_OUT = {"whow", "fiction", "essay", "letter", "podcast"}
KINDS = {"person": 0, "organization": 1, "place": 2}


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.startswith("{")]


def documents(args):
    """(phrases, gold mention of each or None) of every document that may be used."""
    gold = {r["id"]: r for r in rows(args.gold)}
    out = collections.OrderedDict()
    for e in rows(args.evidence):
        if "names" in e:
            args.names = e["names"]
        elif e["genre"] not in LEFT_OUT:
            out.setdefault(e["doc"], []).append(e)
    for doc, phrases in out.items():
        spans = {(m["start"], m["end"]): m for m in gold[doc]["mentions"]}
        ends, starts = collections.defaultdict(list), collections.defaultdict(list)
        for m in gold[doc]["mentions"]:
            ends[m["end"]].append(m), starts[m["start"]].append(m)
        yield phrases, [spans.get((p["start"], p["end"])) or near(p, starts, ends) for p in phrases]


def near(p, starts, ends):
    """A gold mention around the head that shares one edge with the phrase, if there is just one."""
    found = [m for m in starts[p["start"]] + ends[p["end"]] if m["start"] <= p["head"] < m["end"]]
    return found[0] if len(found) == 1 else None


def write(path, title, lines):
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"# {title}; fitted by training/chains.py.\n")
        f.writelines(line + "\n" for line in sorted(lines))


def kinds(args):
    examples, labels, count = [], [], collections.Counter()
    for phrases, gold in documents(args):
        for p, m in zip(phrases, gold):
            examples.append(p["kind"]), labels.append(KINDS.get(m["type"], 3) if m else 3)
            count.update(set(p["kind"]))
    names = [n for n, c in count.items() if c >= args.least]
    index = {n: i for i, n in enumerate(names)}
    rowsof = np.array([r for r, e in enumerate(examples) for n in e if n in index])
    cols = np.array([index[n] for e in examples for n in e if n in index])
    y = np.array(labels)
    w, s = np.zeros((len(names), 4)), np.zeros((len(names), 4))
    sign = np.eye(4)[y]
    for step in range(args.steps):
        z = np.zeros((len(y), 4))
        np.add.at(z, rowsof, w[cols])
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        d = (p - sign)[rowsof]
        g = np.zeros_like(w)
        np.add.at(g, cols, d)
        g += args.penalty * w
        s += g * g
        w -= args.rate * g / (np.sqrt(s) + 1e-8)
    print(f"{len(y)} phrases, {len(names)} features, right {np.mean(p.argmax(1) == y):.4f}")
    lines = [n + "\t" + "\t".join(f"{v:.2f}" for v in w[i]) for n, i in index.items() if np.abs(w[i]).max() >= 0.1]
    write(args.out, "Weights of what a phrase looks like for person, organisation, place and none of them", lines)


def links(args):
    feats, pair, group, good, weight = [], [], [], [], []
    n = groups = 0
    for phrases, gold in documents(args):
        for i, (p, m) in enumerate(zip(phrases, gold)):
            chain = m["chain"] if m else None
            right = [j for j, _ in p["links"] if chain is not None and gold[j] is not None and gold[j]["chain"] == chain]
            options = [(p["alone"], not right)] + [(f, j in set(right)) for j, f in p["links"]]
            for f, ok in options:
                feats += f
                pair += [n] * len(f)
                group.append(groups), good.append(ok)
                n += 1
            # what is no person, organisation or place matters only as something to leave alone
            weight.append(1.0 if m and m["type"] in KINDS else args.others)
            groups += 1
    feats, pair, group, good, weight = map(np.array, (feats, pair, group, good, weight))
    names = args.names
    w, s = np.zeros(max(feats.max() + 1, len(names))), np.zeros(max(feats.max() + 1, len(names)))
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    for step in range(args.steps):
        z = np.bincount(pair, w[feats], n)
        top = np.maximum.reduceat(z, starts)
        e = np.exp(z - top[group])
        p = e / np.add.reduceat(e, starts)[group]
        eg = e * good
        q = eg / np.maximum(np.add.reduceat(eg, starts), 1e-30)[group]
        d = (p - q) * weight[group]
        g = np.bincount(feats, d[pair], len(w)) + args.penalty * w
        s += g * g
        w -= args.rate * g / (np.sqrt(s) + 1e-8)
        if step % 50 == 49:
            print(step + 1, -np.mean(np.log(np.maximum(np.add.reduceat(p * good, starts), 1e-9)) * weight))
    lines = [f"{name}\t{w[i]:.3f}" for i, name in enumerate(names) if abs(w[i]) >= 0.0005]
    write(args.out, "Weights of what speaks for a link, by the form of the later phrase", lines)


if __name__ == "__main__":
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("what", choices=["kinds", "links"]), a.add_argument("--evidence", required=True)
    a.add_argument("--gold", required=True), a.add_argument("--out", required=True)
    a.add_argument("--least", type=int, default=3), a.add_argument("--penalty", type=float, default=1.0)
    a.add_argument("--rate", type=float, default=0.3), a.add_argument("--steps", type=int, default=200)
    a.add_argument("--others", type=float, default=0.5)
    args = a.parse_args()
    kinds(args) if args.what == "kinds" else links(args)
