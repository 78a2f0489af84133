"""Runs the weights of `models/english.bin` in f32 through ONNX Runtime on one thread, for comparison with the kernels of `chancery-text`.

    pip install onnx onnxruntime numpy
    python onnx_speed.py < SENTENCES          words between spaces, a sentence a line
    cargo xtask bench --onnx PYTHON           both in one run, in turns

The graph holds the encoder and the heads for tags, names, triggers and arcs, from the same matrices dequantised. It uses the fused
operators that ONNX Runtime's own optimiser makes of BERT models (attention, skipped normalisation, GELU). Batches hold up to 32 sentences
of near lengths. Only the runs themselves are timed: making wordpieces and padding before is not, nor is decoding after.
"""
import argparse, json, os, struct, sys, time
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from pieces import Pieces, shape

ATTENTION, LAYERS, MIXED, BATCH = 12, 6, 4, 32
FUSED = "com.microsoft"


class Weights:
    """The tensors of a model file in f32; see `export.py` for the layout."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.bytes = f.read()
        if self.bytes[:8] != b"CHANCERY" or struct.unpack("<I", self.bytes[8:12])[0] != 1:
            sys.exit(f"{path}: no model file of version 1")
        self.start = 64 + struct.unpack("<I", self.bytes[12:16])[0]
        self.header = json.loads(self.bytes[64:self.start])

    def raw(self, name):
        t = self.header["tensors"][name]
        kind = {"i8": np.int8, "i32": np.int32, "f32": np.float32, "u8": np.uint8}[t["kind"]]
        return np.frombuffer(self.bytes, kind, int(np.prod(t["shape"])), self.start + t["offset"]).reshape(t["shape"])

    def table(self, name):
        return self.raw(name).astype(np.float32) * self.raw(name + ".scale")[:, None]

    def linear(self, name):
        """A matrix as [inputs, outputs], and its bias."""
        outs, ins = self.header["tensors"][name]["shape"]
        rows = self.raw(name).reshape(-1, ins // 4, 16, 4).transpose(0, 2, 1, 3).reshape(outs, ins)
        return (rows.astype(np.float32) * self.raw(name + ".scale")[:, None]).T.copy(), self.raw(name + ".bias")

    def part(self, name, part):
        """The columns of a joined matrix that belong to one head."""
        (matrix, bias), (start, n) = self.linear(name), self.header["parts"][name][part]
        return matrix[:, start:start + n].copy(), bias[start:start + n]


class Graph:
    def __init__(self):
        self.nodes, self.tensors = [], []

    def put(self, array):
        name = f"t{len(self.tensors)}"
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def do(self, kind, *inputs, domain="", out=None, **attributes):
        out = out or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], domain=domain, **attributes))
        return out

    def linear(self, x, weights, out=None):
        return self.do("Add", self.do("MatMul", x, self.put(weights[0])), self.put(weights[1]), out=out)


def build(w):
    """The network as a graph: pieces, shapes [B, P], positions [P], lengths [B], firsts [B, W, 1] -> tags, names, triggers, arcs."""
    g = Graph()
    norm = lambda name: [g.put(row) for row in w.raw(name)]
    x = g.do("Gather", g.put(w.table("word")), "pieces")
    x = g.do("Add", x, g.do("Gather", g.put(w.table("position")), "positions"))
    x = g.do("Add", x, g.do("Gather", g.put(w.raw("shape")), "shapes"))
    x = g.do("LayerNormalization", x, *norm("norm"), epsilon=1e-12)
    mixed = None
    for i in range(LAYERS):
        # the queries are stored shrunk, so that no scale is left to apply
        qkv = [g.put(t) for t in w.linear(f"{i}.qkv")]
        a = g.do("Attention", x, *qkv, "lengths", domain=FUSED, num_heads=ATTENTION, scale=1.0)
        out, bias = w.linear(f"{i}.out")
        a = g.do("MatMul", a, g.put(out))
        x = g.do("SkipLayerNormalization", a, x, *norm(f"{i}.norm1"), g.put(bias), domain=FUSED, epsilon=1e-12)
        up, bias = w.linear(f"{i}.up")
        f = g.do("FastGelu", g.do("MatMul", x, g.put(up)), g.put(bias), domain=FUSED)
        down, bias = w.linear(f"{i}.down")
        f = g.do("MatMul", f, g.put(down))
        x = g.do("SkipLayerNormalization", f, x, *norm(f"{i}.norm2"), g.put(bias), domain=FUSED, epsilon=1e-12)
        if i >= LAYERS - MIXED:
            share = g.do("Mul", x, g.put(w.raw("mix")[i - LAYERS + MIXED]))
            mixed = g.do("Add", mixed, share) if mixed else share
    words = g.do("GatherND", mixed, "firsts", batch_dims=1)
    g.linear(words, [np.concatenate(t, -1) for t in zip(w.part("words", "upos"), w.part("words", "xpos"))], out="tags")
    hidden = lambda part: g.do("Relu", g.linear(words, w.part("words", part)))
    g.linear(hidden("name_hidden"), w.linear("names"), out="names")
    g.linear(hidden("trigger_hidden"), w.linear("triggers"), out="triggers")
    dependents = g.linear(hidden("arc_dep"), w.linear("arc"))
    heads = g.do("Transpose", hidden("arc_head"), perm=[0, 2, 1])
    of_root = g.do("MatMul", dependents, g.put(w.raw("root.arc")[:, None]))
    g.do("Concat", of_root, g.do("MatMul", dependents, heads), axis=2, out="arcs")
    of = lambda name, kind, *dims: helper.make_tensor_value_info(name, kind, dims)
    whole, real = TensorProto.INT32, TensorProto.FLOAT
    inputs = [of("pieces", whole, "B", "P"), of("shapes", whole, "B", "P"), of("positions", whole, "P"), of("lengths", whole, "B"),
              of("firsts", TensorProto.INT64, "B", "W", 1)]
    outputs = [of(name, real, "B", "W", None) for name in ("tags", "names", "triggers", "arcs")]
    graph = helper.make_graph(g.nodes, "english", inputs, outputs, g.tensors)
    return helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)])


def batches(sentences, pieces):
    """Sentences of words -> (their numbers, inputs of the graph), shortest first."""
    rows = []
    for i, words in enumerate(sentences):
        ids, shapes, firsts = [pieces.cls], [6], []
        for word in words:
            firsts.append(len(ids))
            ids += pieces.word(word)
            shapes += [shape(word)] * (len(ids) - len(shapes))
        rows.append((i, ids + [pieces.sep], shapes + [6], firsts))
    rows.sort(key=lambda r: len(r[1]))
    out = []
    for start in range(0, len(rows), BATCH):
        part = rows[start:start + BATCH]
        longest, most = max(len(r[1]) for r in part), max(len(r[3]) for r in part)
        filled = lambda at, n, kind: np.array([r[at] + [0] * (n - len(r[at])) for r in part], kind)
        inputs = dict(pieces=filled(1, longest, np.int32), shapes=filled(2, longest, np.int32), firsts=filled(3, most, np.int64)[:, :, None],
                      positions=np.arange(longest, dtype=np.int32), lengths=np.array([len(r[1]) for r in part], np.int32))
        out.append(([r[0] for r in part], inputs))
    return out


def session(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def timed(network, parts):
    """Seconds of processor time, of all threads, for all batches."""
    start = time.process_time()
    for _, inputs in parts:
        network.run(None, inputs)
    return time.process_time() - start


def tags(network, parts, sentences, names):
    """The part of speech of every word of every sentence."""
    out = [[] for _ in sentences]
    for numbers, inputs in parts:
        found = network.run(["tags"], inputs)[0][:, :, :len(names)].argmax(-1)
        for i, row in zip(numbers, found):
            out[i] = [names[t] for t in row[:len(sentences[i])]]
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models", "english.bin"))
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--serve", action="store_true", help="sentences up to an empty line, then a run and its seconds for each further line")
    a = p.parse_args()
    weights, sentences = Weights(a.model), []
    for line in sys.stdin:
        if not line.strip():
            break
        sentences.append(line.split())
    network = session(build(weights))
    parts = batches(sentences, Pieces(bytes(weights.raw("vocabulary")).decode().split("\n")))
    timed(network, parts)
    words = sum(map(len, sentences))
    if not a.serve:
        seconds = sorted(timed(network, parts) for _ in range(a.rounds))
        print(f"ONNX Runtime {onnxruntime.__version__}, f32, one thread: {words / seconds[len(seconds) // 2]:.0f} words/s "
              f"(least {words / seconds[-1]:.0f}, most {words / seconds[0]:.0f})")
        return
    pieces = sum(int(inputs["lengths"].sum()) for _, inputs in parts)
    upos = tags(network, parts, sentences, weights.header["labels"]["upos"])
    print(json.dumps(dict(version=onnxruntime.__version__, pieces=pieces, upos=upos)), flush=True)
    for _ in sys.stdin:
        print(timed(network, parts), flush=True)


if __name__ == "__main__":
    main()
