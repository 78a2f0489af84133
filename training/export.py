"""Quantises a trained model into the one file that `chancery-text` runs, and writes the reference results its tests compare with.

    python export.py --model OUT/model.pt --out ../models/english.bin

Same input, same bytes. The file: 64 bytes of prelude (magic, version, length of the header, SHA-256 of all that follows the
prelude), a JSON header (labels and a table of tensors), then the tensors, each on a 64-byte boundary. Matrices are int8 with one
scale per output row, stored in blocks of 16 rows by 4 columns, the order in which the kernels read them; embeddings are int8 with
one scale per row; all other tensors are f32.
"""
import argparse, hashlib, json, os, struct
import numpy as np
import torch

import golden
from model import ARC, ATTENTION, H, LAYERS, REL, ROLE

MAGIC, VERSION, ALIGN = b"CHANCERY", 1, 64


class File:
    """Tensors collected in order, then written with their table."""

    def __init__(self):
        self.table, self.data = {}, bytearray()

    def put(self, name, array):
        self.data += bytes(-len(self.data) % ALIGN)
        kind = {"int8": "i8", "int32": "i32", "float32": "f32", "uint8": "u8"}[array.dtype.name]
        self.table[name] = dict(kind=kind, shape=list(array.shape), offset=len(self.data))
        self.data += np.ascontiguousarray(array).tobytes()

    def table_of_rows(self, name, weight):
        """An embedding: int8 rows with a scale each."""
        scale = np.maximum(np.abs(weight).max(1), 1e-12) / 127
        self.put(name, np.rint(weight / scale[:, None]).astype(np.int8))
        self.put(name + ".scale", scale.astype(np.float32))

    def linear(self, name, weight, bias=None):
        """A matrix [outputs, inputs] and its bias: int8 rows with a scale each, outputs filled up to a multiple of 16."""
        outs, ins = weight.shape
        fill = -outs % 16
        weight = np.concatenate([weight, np.zeros((fill, ins), np.float32)])
        bias = np.concatenate([np.zeros(outs, np.float32) if bias is None else bias, np.zeros(fill, np.float32)])
        scale = np.maximum(np.abs(weight).max(1), 1e-12) / 127
        q = np.clip(np.rint(weight / scale[:, None]), -127, 127).astype(np.int8)
        self.put(name, q.reshape(-1, 16, ins // 4, 4).transpose(0, 2, 1, 3))
        self.put(name + ".scale", scale.astype(np.float32))
        self.put(name + ".bias", bias.astype(np.float32))
        # activations are stored with 128 added; this takes it out again
        self.put(name + ".offset", (-128 * q.astype(np.int32).sum(1)).astype(np.int32))
        self.table[name]["shape"] = [outs + fill, ins]

    def write(self, path, header):
        head = json.dumps(dict(header, tensors=self.table), separators=(",", ":"), ensure_ascii=False).encode()
        head += b" " * (-len(head) % ALIGN)
        rest = head + bytes(self.data)
        prelude = MAGIC + struct.pack("<II", VERSION, len(head)) + hashlib.sha256(rest).digest()
        with open(path + ".new", "wb") as f:
            f.write(prelude + bytes(ALIGN - len(prelude)) + rest)
        os.replace(path + ".new", path)


def joined(parts):
    """Matrices that read the same input as one matrix, each filled up to whole blocks; and where each begins."""
    weights, biases, at, start = [], [], {}, 0
    for name, weight, bias in parts:
        fill = -weight.shape[0] % 16
        weights.append(np.concatenate([weight, np.zeros((fill, weight.shape[1]), np.float32)]))
        biases.append(np.concatenate([bias, np.zeros(fill, np.float32)]))
        at[name] = [start, weight.shape[0]]
        start += weight.shape[0] + fill
    return np.concatenate(weights), np.concatenate(biases), at


def export(model, path):
    net = {k: v.numpy().astype(np.float32) for k, v in model["net"].items()}
    get = lambda name: (net[f"{name}.weight"], net[f"{name}.bias"])
    file, parts = File(), {}
    for part in ("word", "position"):
        file.table_of_rows(part, net[f"encoder.{part}.weight"])
    file.put("shape", net["encoder.shape.weight"])
    for name, key in (("norm", "encoder.norm"), *((f"{i}.{n}", f"encoder.layers.{i}.{n}") for i in range(LAYERS) for n in ("norm1", "norm2"))):
        w, b = get(key)
        file.put(name, np.stack([w, b]))
    mix = np.exp(net["encoder.mix"] - net["encoder.mix"].max())
    file.put("mix", (mix / mix.sum()).astype(np.float32))
    for i in range(LAYERS):
        (qw, qb), (kw, kb), (vw, vb) = (get(f"encoder.layers.{i}.{n}") for n in "qkv")
        shrink = np.float32((H // ATTENTION) ** -0.5)  # of the attention scores, taken into the queries
        file.linear(f"{i}.qkv", np.concatenate([qw * shrink, kw, vw]), np.concatenate([qb * shrink, kb, vb]))
        for ours, theirs in (("out", "o"), ("up", "up"), ("down", "down")):
            file.linear(f"{i}.{ours}", *get(f"encoder.layers.{i}.{theirs}"))

    names = ("upos", "xpos", "name_hidden", "arc_dep", "arc_head", "rel_dep", "rel_head", "trigger_hidden", "role_word")
    w, b, parts["words"] = joined([(n, *get(f"heads.{n}")) for n in names])
    file.linear("words", w, b)
    file.linear("names", *get("heads.names"))
    w, b = get("heads.arc")
    file.linear("arc", w / ARC ** 0.5, b / ARC ** 0.5)
    rels, (linear, bias) = net["heads.rel"].shape[0], get("heads.rel_linear")
    # left[r][j] = sum over i of dep[i] * rel[r][i][j]: one matrix with a row for every (r, j)
    bilinear = net["heads.rel"].transpose(0, 2, 1).reshape(-1, REL)
    w, b, parts["rel"] = joined([("bilinear", bilinear, np.zeros(len(bilinear), np.float32)), ("dep", linear[:, :REL], bias)])
    file.linear("rel", w, b)
    file.linear("rel_head", linear[:, REL:])
    root = net["heads.root"]
    relu = lambda name: np.maximum(get(name)[0] @ root + get(name)[1], 0)
    file.put("root.arc", relu("heads.arc_head"))
    file.put("root.rel", relu("heads.rel_head"))
    file.put("root.rel_linear", linear[:, REL:] @ relu("heads.rel_head"))
    file.linear("triggers", *get("heads.triggers"))
    w, b, parts["cues"] = joined([(n, *get(f"heads.{n}")) for n in ("event_hidden", "role_event")])
    file.linear("cues", w, b)
    w, b, parts["facts"] = joined([(n, *get(f"heads.{n}")) for n in ("status", "mode", "flags", "happened")])
    file.linear("facts", w, b)
    roles, (linear, bias) = net["heads.role"].shape[0], get("heads.role_linear")
    bilinear = net["heads.role"].transpose(0, 2, 1).reshape(-1, ROLE)
    w, b, parts["role"] = joined([("bilinear", bilinear, np.zeros(len(bilinear), np.float32)), ("event", linear[:, :ROLE], bias)])
    file.linear("role", w, b)
    file.linear("role_word", linear[:, ROLE:])

    file.put("vocabulary", np.frombuffer("\n".join(model["vocabulary"]).encode(), np.uint8))
    meta = model["meta"]
    labels = dict(meta["labels"], triggers=meta["triggers"], roles=meta["roles"], status=meta["status"], modes=meta["modes"])
    file.write(path, dict(labels=labels, parts=parts))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True), p.add_argument("--out", required=True)
    p.add_argument("--golden", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "crates", "chancery-text", "tests", "data"))
    a = p.parse_args()
    model = torch.load(a.model, map_location="cpu", weights_only=False)
    export(model, a.out)
    golden.write(model, a.golden)
    with open(a.out, "rb") as f:
        data = f.read()
    print(f"{a.out}: {len(data) / 1e6:.1f} MB, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
