"""The last touch of the event heads: they alone are trained on, over the finished encoder, whose vectors are computed once.

    python heads.py --shared DIR --model M.pt --heads H.pt --trees T.pt --out OUT.pt

Trees, tags and names stay as M has them; the event heads start from those of H, since M's encoder has moved on. T's trees choose the word
that stands for each event. Two passes over the event sentences (plain, and with letter-case noise) and the predicates of UDS It-Happened.
"""
import argparse, random
import torch

import train
from data import load
from model import Network
from pieces import Pieces

OURS = {"trigger_hidden", "triggers", "event_hidden", "status", "mode", "flags", "role_event", "role_word", "role", "role_linear", "happened"}
RATE = 8e-4


def ours(name):
    """Whether a weight belongs to the event heads."""
    return name.startswith("heads.") and name.split(".")[1] in OURS


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("shared", "model", "heads", "trees", "out"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--epochs", type=int, default=5), p.add_argument("--seed", type=int, default=7)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    weights = lambda path: torch.load(path, weights_only=False)
    held, begin = weights(a.model), weights(a.heads)["net"]
    labels = {k: {v: i for i, v in enumerate(names)} for k, names in held["meta"]["labels"].items()}
    network = lambda: Network(len(held["vocabulary"]), len(labels["upos"]), len(labels["xpos"]), len(labels["rel"]))
    batcher = train.Batcher(Pieces(held["vocabulary"]), labels)

    sets, _ = load(a.shared)
    sentences = sets["events"] + sets["annotated"]
    for event in (e for x in sentences for e in x["events"]):
        event["head"] = event["words"][0]
    guide = network()
    guide.load_state_dict(weights(a.trees)["net"])
    train.mark_trigger_heads(guide, batcher, sentences)
    predicates = [dict(words=t["words"], happened=t["happened"]) for t in sets["ewt"] if t.get("happened")]

    net = network()
    net.load_state_dict({k: begin[k] if ours(k) else v for k, v in held["net"].items()})
    trained = [w for name, w in net.named_parameters() if ours(name)]
    for name, w in net.named_parameters():
        w.requires_grad_(ours(name))
    net.eval()
    vectors = []
    for group, noise in ((sentences, None), (sentences, random.Random(3)), (predicates, None)):
        for _, batch in batcher.batches({"all": group}, random.Random(1)):
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                vectors.append((batch, net.encoder(*batcher.tensors(batch, noise)).float()))
    net.train()
    optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    average = {k: v.clone() for k, v in net.state_dict().items()}
    step, total = 0, a.epochs * len(vectors)
    for epoch in range(a.epochs):
        random.Random(epoch).shuffle(vectors)
        losses = 0.0
        for batch, x in vectors:
            optimiser.param_groups[0]["lr"] = RATE * (1 - step / total)
            loss = train.losses(net, x, batch, batcher)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 5.0)
            optimiser.step()
            losses, step = losses + loss.item(), step + 1
            if step % 5 == 0:
                for k, v in net.state_dict().items():
                    if ours(k):
                        average[k].lerp_(v, 0.02)
        print(epoch, round(losses / len(vectors), 3), flush=True)
    held["net"] = average
    torch.save(held, a.out)


if __name__ == "__main__":
    main()
