"""The multi-task network: a MiniLM encoder with letter shapes, and light heads on first-piece word vectors.

Shapes: B sentences, P pieces, W words, H = 384.
"""
import torch
from torch import nn
import torch.nn.functional as F

from data import MODES, NAMES, ROLES, STATUS, TYPES
from pieces import SHAPES

H, LAYERS, ATTENTION, FF = 384, 6, 12, 1536
ARC, REL, ROLE, EVENT = 256, 96, 128, 256
NAME_TAGS = ["O"] + [p + n for n in NAMES for p in ("B-", "I-")]
TRIGGER_TAGS = ["O"] + [p + t for t in TYPES for p in ("B-", "I-")]


class Layer(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(H, H) for _ in range(4))
        self.up, self.down = nn.Linear(H, FF), nn.Linear(FF, H)
        self.norm1, self.norm2 = nn.LayerNorm(H, eps=1e-12), nn.LayerNorm(H, eps=1e-12)
        self.p = p

    def forward(self, x, mask):
        b, n, _ = x.shape
        split = lambda t: t.view(b, n, ATTENTION, H // ATTENTION).transpose(1, 2)
        drop = self.p if self.training else 0.0
        a = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask, dropout_p=drop)
        a = self.o(a.transpose(1, 2).reshape(b, n, H))
        x = self.norm1(x + F.dropout(a, self.p, self.training))
        f = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(f, self.p, self.training))


class Encoder(nn.Module):
    """Pieces and shapes [B, P] -> word vectors [B, W, H], a learned mix of the last four layers at each word's first piece."""

    def __init__(self, vocabulary, p=0.1):
        super().__init__()
        self.word, self.position, self.shape = nn.Embedding(vocabulary, H), nn.Embedding(512, H), nn.Embedding(SHAPES, H)
        self.norm = nn.LayerNorm(H, eps=1e-12)
        self.layers = nn.ModuleList(Layer(p) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(4))
        self.p = p

    def load_base(self, weights):
        """Weights of a BERT-shaped base model by their published names; shapes start at nothing."""
        get = lambda n: weights[n]
        with torch.no_grad():
            self.word.weight.copy_(get("embeddings.word_embeddings.weight"))
            self.position.weight.copy_(get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0])
            self.shape.weight.normal_(0, 0.01)
            self.norm.weight.copy_(get("embeddings.LayerNorm.weight"))
            self.norm.bias.copy_(get("embeddings.LayerNorm.bias"))
            names = dict(q="attention.self.query", k="attention.self.key", v="attention.self.value", o="attention.output.dense",
                         up="intermediate.dense", down="output.dense", norm1="attention.output.LayerNorm", norm2="output.LayerNorm")
            for i, layer in enumerate(self.layers):
                for ours, theirs in names.items():
                    for part in ("weight", "bias"):
                        getattr(getattr(layer, ours), part).copy_(get(f"encoder.layer.{i}.{theirs}.{part}"))

    def forward(self, pieces, shapes, mask, first):
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.shape(shapes)
        x = F.dropout(self.norm(x), self.p, self.training)
        mask, kept = mask[:, None, None, :], []
        for layer in self.layers:
            x = layer(x, mask)
            kept.append(x)
        w = torch.softmax(self.mix, 0)
        x = sum(wi * h for wi, h in zip(w, kept[-4:]))
        return x.gather(1, first[:, :, None].expand(-1, -1, H))


class Heads(nn.Module):
    def __init__(self, upos, xpos, rels, p=0.2):
        super().__init__()
        self.upos, self.xpos = nn.Linear(H, upos), nn.Linear(H, xpos)
        self.name_hidden, self.names = nn.Linear(H, 192), nn.Linear(192, len(NAME_TAGS))
        self.arc_dep, self.arc_head = nn.Linear(H, ARC), nn.Linear(H, ARC)
        self.arc, self.root = nn.Linear(ARC, ARC), nn.Parameter(torch.randn(H) * 0.02)
        self.rel_dep, self.rel_head = nn.Linear(H, REL), nn.Linear(H, REL)
        self.rel = nn.Parameter(torch.zeros(rels, REL, REL))
        self.rel_linear = nn.Linear(2 * REL, rels)
        self.trigger_hidden, self.triggers = nn.Linear(H, EVENT), nn.Linear(EVENT, len(TRIGGER_TAGS))
        self.event_hidden = nn.Linear(H, EVENT)
        self.status, self.mode, self.flags = nn.Linear(EVENT, len(STATUS)), nn.Linear(EVENT, len(MODES)), nn.Linear(EVENT, 2)
        self.happened = nn.Linear(EVENT, 1)
        self.role_event, self.role_word = nn.Linear(H, ROLE), nn.Linear(H, ROLE)
        self.role = nn.Parameter(torch.zeros(len(ROLES), ROLE, ROLE))
        self.role_linear = nn.Linear(2 * ROLE, len(ROLES))
        nn.init.normal_(self.rel, std=0.02), nn.init.normal_(self.role, std=0.02)
        self.p = p

    def drop(self, x):
        return F.dropout(x, self.p, self.training)

    def tags(self, x):
        x = self.drop(x)
        return self.upos(x), self.xpos(x)

    def name_tags(self, x):
        return self.names(self.drop(F.relu(self.name_hidden(self.drop(x)))))

    def arcs(self, x):
        """[B, W, H] -> arc scores [B, W, W + 1]: dependent by head, head 0 is the root."""
        x = self.drop(x)
        with_root = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, H), x], 1)
        dep, head = self.drop(F.relu(self.arc_dep(x))), self.drop(F.relu(self.arc_head(with_root)))
        return self.arc(dep) @ head.transpose(1, 2) / ARC ** 0.5

    def relations(self, x, heads):
        """Label scores [B, W, R] for given heads [B, W] (0 = root)."""
        x = self.drop(x)
        with_root = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, H), x], 1)
        dep, head = self.drop(F.relu(self.rel_dep(x))), self.drop(F.relu(self.rel_head(with_root)))
        head = head.gather(1, heads[:, :, None].expand(-1, -1, REL))
        left = torch.einsum("bwi,rij->bwrj", dep, self.rel.to(dep.dtype))
        return torch.einsum("bwrj,bwj->bwr", left, head) + self.rel_linear(torch.cat([dep, head], -1))

    def trigger_tags(self, x):
        return self.triggers(self.drop(F.relu(self.trigger_hidden(self.drop(x)))))

    def event_facts(self, e):
        """Event vectors [N, H] (mean over trigger words) -> status, mode, flags (historical, ongoing), happened."""
        h = self.drop(F.relu(self.event_hidden(self.drop(e))))
        return self.status(h), self.mode(h), self.flags(h), self.happened(h)[:, 0]

    def roles(self, e, x):
        """Event vectors [N, H] and the words of their sentences [N, W, H] -> role scores [N, W, roles]."""
        a, b = self.drop(F.relu(self.role_event(self.drop(e)))), self.drop(F.relu(self.role_word(self.drop(x))))
        left = torch.einsum("ni,rij->nrj", a, self.role.to(a.dtype))
        linear = self.role_linear(torch.cat([a[:, None].expand(-1, b.shape[1], -1), b], -1))
        return torch.einsum("nrj,nwj->nwr", left, b) + linear


class Network(nn.Module):
    def __init__(self, vocabulary, upos, xpos, rels):
        super().__init__()
        self.encoder, self.heads = Encoder(vocabulary), Heads(upos, xpos, rels)
