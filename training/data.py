"""The data sets as one kind of example: words plus whatever labels a set brings.

An example is a dict with `words` (list of str) and any of
  upos, xpos        label per word
  head, rel         head index per word (0 = root, else 1-based) and its label without subtype
  names             BIO label per word
  events            list of {type, words, args: {role: set of words}, known, status, historical, ongoing, mode, optional}
  happened          {word: bool}, whether the predicate at that word happened
"""
import glob, gzip, hashlib, json, os, re

NAMES = ["PER", "ORG", "LOC", "MISC"]
TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
ROLES = ["none", "actor", "recipient", "place", "time", "speaker"]
STATUS = ["actual", "future", "hypothetical", "negated"]
MODES = ["none"] + """visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield meet
    disapprove investigate allege restrict arrest relations expel territory violence demo riot strike hunger boycott obstruct vandalize
    convict discontinue troops weapons police militia seize censor curfew martial-law deport withhold misinformation cyber abduct beat
    torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional""".split()


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield line.rstrip("\n")


def lines_of(path):
    """The rows of a plain file of JSON Lines."""
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def rows(path):
    return (json.loads(line) for line in lines(path) if line)


def treebank(path):
    """CoNLL-U -> examples with sentence ids and document ids."""
    out, words, sent, doc = [], [], None, None
    for line in lines(path):
        if line.startswith("# newdoc id = "):
            doc = line[14:]
        elif line.startswith("# sent_id = "):
            sent = line[12:]
        elif not line:
            if words:
                out.append(dict(id=sent, doc=doc, words=[w[1] for w in words], upos=[w[3] for w in words], xpos=[w[4] for w in words],
                                head=[int(w[6]) for w in words], rel=[w[7].split(":")[0] for w in words], lemma=[w[2] for w in words]))
            words = []
        elif not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                words.append(cells)
    return out


def gum_names(trees, path, genres_out=("whow", "fiction", "essay", "letter", "podcast")):
    """Adds `names` to GUM trees: the proper-noun core of person, organisation and place mentions."""
    kind = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC"}
    docs = {}
    for t in trees:
        docs.setdefault(t["doc"], []).append(t)
    for row in rows(path):
        if row["genre"] in genres_out or row["id"] not in docs:
            continue
        sents = docs[row["id"]]
        if sum(len(t["words"]) for t in sents) != len(row["tokens"]):
            continue
        xpos = [x for t in sents for x in t["xpos"]]
        tags = ["O"] * len(xpos)
        for m in sorted(row["mentions"], key=lambda m: m["end"] - m["start"]):
            label = kind.get(m["type"])
            s, e = m["start"], m["end"]
            while s < e and xpos[s] not in ("NNP", "NNPS"):
                s += 1
            stop = s
            while stop < e and (xpos[stop] in ("NNP", "NNPS", "HYPH", "CD") or (xpos[stop] == "IN" and stop + 1 < e and xpos[stop + 1] in ("NNP", "NNPS") and label == "ORG")):
                stop += 1
            while stop > s and xpos[stop - 1] in ("HYPH", "IN", "CD"):
                stop -= 1
            # the mention's head must lie in the core: nothing but modifiers after it
            if label is None or stop == s or (stop < e and xpos[stop] in ("NN", "NNS", "POS")) or any(t != "O" for t in tags[s:stop]):
                continue
            tags[s:stop] = ["B-" + label] + ["I-" + label] * (stop - s - 1)
        at = 0
        for t in sents:
            t["names"] = tags[at:at + len(t["words"])]
            at += len(t["words"])


CROSSNER = {"politician": "PER", "person": "PER", "researcher": "PER", "scientist": "PER", "writer": "PER", "musicalartist": "PER",
            "organisation": "ORG", "politicalparty": "ORG", "university": "ORG", "band": "ORG", "country": "LOC", "location": "LOC",
            "event": "MISC", "election": "MISC", "misc": "MISC", "conference": "MISC", "award": "MISC"}


def named(path, kinds, flat=False):
    """Rows of tokens and tags -> examples with `names`; kinds maps the set's labels, others become O. `flat`: the set has no B-."""
    for row in rows(path):
        names, before = [], None
        for tag in row["tags"]:
            label = kinds.get(tag[2:]) if tag != "O" else None
            start = label and (tag[0] == "B" if not flat else tag != before)
            names.append("O" if not label else ("B-" if start or not names or names[-1][2:] != label else "I-") + label)
            before = tag
        yield dict(words=row["tokens"], names=names)


ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Maj|Capt|Sen|Rep|Gov|Adm|Brig|Prof|Rev|Hon|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|Corp)|(?:^|[\s(\"“])(?:[A-Z]\.)*[A-Z])\.$")


def sentences(text):
    """Spans of sentences in plain news text; a rough splitter, enough for training on whole documents."""
    for block in re.finditer(r"[^\n]+", text):
        s = block.start()
        for m in re.finditer(r"[.!?]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])", block.group()):
            end = block.start() + m.end()
            if m.group() == "." and ABBREVIATION.search(text[s:end]):
                continue
            yield s, end
            s = end + len(text[end:block.end()]) - len(text[end:block.end()].lstrip())
        if text[s:block.end()].strip():
            yield s, block.end()


TOKEN = re.compile(r"""https?://\S+|\w+@\w+(?:\.\w+)+|[#@]\w+|(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)*|(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Sen|Rep|Gov|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.|[^\W\d_]+|\.{2,}|--+|\S""")
CLITIC = re.compile(r"(?i)^(.+?)(n['’]t)$|^(can)(not)$")


def words(text):
    """Spans of words by the conventions of the English treebanks: clitics and hyphens stand alone."""
    out, spans = [], [m.span() for m in TOKEN.finditer(text)]
    i = 0
    while i < len(spans):
        s, e = spans[i]
        if text[s:e] in ("'", "’") and out and out[-1][1] == s and i + 1 < len(spans) and spans[i + 1][0] == e:
            after = text[e:spans[i + 1][1]].lower()
            if after in ("s", "re", "ve", "ll", "d", "m"):
                out.append((s, spans[i + 1][1]))
                i += 2
                continue
            if after == "t" and text[slice(*out[-1])].lower().endswith("n") and len(text[slice(*out[-1])]) > 1:
                a, b = out.pop()
                out += [(a, b - 1), (b - 1, spans[i + 1][1])]
                i += 2
                continue
        if text[s:e].lower() == "cannot":
            out += [(s, s + 3), (s + 3, e)]
        else:
            out.append((s, e))
        i += 1
    return out


def covered(spans, s, e):
    """Indices of the words that overlap characters s..e."""
    return [i for i, (a, b) in enumerate(spans) if a < e and s < b]


def nearest(text, needle, at):
    """Start of the occurrence of needle nearest to position `at`, or None."""
    if not needle:
        return None
    found = [m.start() for m in re.finditer(re.escape(needle), text)]
    return min(found, key=lambda x: abs(x - at)) if found else None


def event_example(text, events, spans=None):
    """One sentence with its gold events (trigger positions within the sentence) -> an example."""
    spans = words(text)
    out = []
    for e, at in events:
        ws = covered(spans, at, at + len(e["trigger"]))
        if not ws:
            continue
        args, known = {}, set()
        lists = {"actor": [a["text"] for a in e["actor"]], "recipient": [a["text"] for a in e["recipient"]]}
        lists["place"] = [e["place"]["name"]] if e.get("place") else []
        lists["time"] = [e["date_text"]] if e.get("date_text") else []
        speaker = e.get("speaker") or ((e.get("attribution") or [None])[0] or {}).get("text")
        lists["speaker"] = [speaker if isinstance(speaker, str) else speaker.get("text")] if speaker else []
        for role, texts in lists.items():
            hit = set()
            for t in texts:
                s = nearest(text, t, at)
                if s is not None:
                    hit.update(covered(spans, s, s + len(t)))
            if hit:
                args[role] = hit
            if hit or not texts:
                known.add(role)
        if "date_text" not in e:
            known.discard("time")
        out.append(dict(type=e["event"], words=ws, args=args, known=known, status=e["status"], historical=bool(e.get("historical")),
                        ongoing=bool(e.get("ongoing")), mode=e.get("mode"), optional=bool(e.get("optional"))))
    return dict(words=[text[a:b] for a, b in spans], events=out)


def event_sentences(path, leave_out=(0, 0)):
    """The single sentences; `leave_out` (k, n) passes over every n-th from the k-th on."""
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f):
            if leave_out[1] and number % leave_out[1] == leave_out[0]:
                continue
            row = json.loads(line)
            found = [(e, row["text"].find(e["trigger"])) for e in row["events"]]
            yield dict(event_example(row["text"], [(e, at) for e, at in found if at >= 0]), id=row["id"])


def event_documents(folder):
    """Every sentence of the gold documents, with or without events; debris lines are left out."""
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        if path.endswith(".meta.json"):
            continue
        with open(path, encoding="utf-8") as f:
            gold = json.load(f)
        with open(path[:-5] + ".txt", encoding="utf-8") as f:
            text = f.read()
        debris = set(x.strip() for x in gold.get("debris") or [])
        placed = []
        for e in gold["events"]:
            if e.get("span"):
                at = e["span"][0]
            else:
                s = text.find(e["sentence"])
                t = text.find(e["trigger"], s) if s >= 0 else -1
                if t < 0:
                    continue
                at = t
            placed.append((e, at))
        for s, e in sentences(text):
            part = text[s:e]
            if part.strip() in debris:
                continue
            yield dict(event_example(part, [(g, at - s) for g, at in placed if s <= at < e]), doc=os.path.basename(path)[:-5])


def annotated(shared, folder):
    """The sentences of `annotate.py`'s rows: text from where it lies, places and labels from the rows."""
    from annotate import source

    for path in (os.path.join(folder, name) for name in ("news.jsonl", "own.jsonl")):
        for row in lines_of(path):
            text = source(shared, row["doc"])
            if hashlib.sha256(text.encode()).hexdigest()[:16] != row["sha"]:
                raise SystemExit(f"{path}: {row['doc']} is not the text that was annotated")
            for s, e in sentences(text):
                if s in row["left_out"]:
                    continue
                spans, events = words(text[s:e]), []
                for g in row["events"]:
                    if g["start"] == s and (ws := covered(spans, *g["trigger"])):
                        args = {role: {i for a, b in places for i in covered(spans, a, b)} for role, places in g["roles"].items() if places}
                        events.append(dict(type=g["type"], words=ws, args=args, known=set(ROLES[1:]) - set(g["elsewhere"]), status=g["status"], mode=g["mode"],
                                           **{k: g.get(k, False) for k in ("historical", "ongoing", "optional")}))
                yield dict(words=[text[s:e][a:b] for a, b in spans], events=events, doc=row["doc"])


def own_names(trees, folder):
    """Adds `names` to the trees whose names we marked (rows of `id` and `names`: [first word, end, kind])."""
    by_id = {t["id"]: t for t in trees}
    for row in lines_of(os.path.join(folder, "names.jsonl")):
        t = by_id[row["id"]]
        t["names"] = ["O"] * len(t["words"])
        for s, e, kind in row["names"]:
            t["names"][s:e] = ["B-" + kind] + ["I-" + kind] * (e - s - 1)


def unlabelled(shared, every):
    """Every `every`-th sentence of 5 to 60 words of the wire and the BBC's news, for learning from other models."""
    for name in ("te3_silver", "bbc"):
        n = 0
        for row in rows(os.path.join(shared, f"data/bulk/{name}.jsonl.gz")):
            for s, e in sentences(row["text"]):
                part = row["text"][s:e].replace("\n", " ")
                spans = words(part)
                if 5 <= len(spans) <= 60:
                    n += 1
                    if n % every == 0:
                        yield dict(words=[part[a:b] for a, b in spans])


def happened(trees, path):
    """Adds `happened` to EWT trees from UDS It-Happened (averaged annotation, above zero = happened)."""
    by_id = {t["id"]: t for t in trees}
    for row in rows(path):
        t = by_id.get(row["sent_id"])
        if t and row["pred"] < len(t["words"]) and abs(row["factuality"]) >= 0.5:
            t.setdefault("happened", {})[row["pred"]] = row["factuality"] > 0


def load(shared, leave_out=(0, 0)):
    """All training sets that may shape shipped weights, and the treebank dev set to watch."""
    at = lambda p: os.path.join(shared, p)
    ewt, gum = treebank(at("data/ud/en_ewt-train.conllu.gz")), treebank(at("data/ud/en_gum_permissive-train.conllu.gz"))
    gum_names(gum, at("data/ner/gum_entities-train.jsonl.gz"))
    happened(ewt, at("data/factuality/uds_ithappened-train.jsonl.gz"))
    own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "annotations")
    own_names(ewt, own)
    names = []
    for domain in ("politics", "science", "literature", "music", "ai"):
        for part in ("train", "dev"):
            names += named(at(f"data/ner/crossner_{domain}-{part}.jsonl.gz"), CROSSNER)
    names += named(at("data/ner/wikigold.jsonl.gz"), {n: n for n in NAMES}, flat=True)
    events = list(event_sentences(at("train/sentences.jsonl"), leave_out)) + list(event_documents(at("train/docs")))
    dev = treebank(at("data/ud/en_ewt-dev.conllu.gz"))
    happened(dev, at("data/factuality/uds_ithappened-dev.jsonl.gz"))
    return dict(ewt=ewt, gum=gum, names=names, events=events, annotated=list(annotated(shared, own))), dev


if __name__ == "__main__":
    import sys
    from collections import Counter
    sets, dev = load(sys.argv[1])
    for k, v in sets.items():
        print(k, len(v), "sentences", sum(len(x["words"]) for x in v), "words", max(len(x["words"]) for x in v))
    print("gum with names", sum("names" in t for t in sets["gum"]), Counter(n for t in sets["gum"] for n in t.get("names", []) if n[0] == "B"))
    print("names", Counter(n for t in sets["names"] for n in t["names"] if n[0] == "B"))
    print("happened", sum(len(t.get("happened", {})) for t in sets["ewt"]))
    ev = [e for t in sets["events"] for e in t["events"]]
    print("events", len(ev), Counter(r for e in ev for r in e["args"]), Counter(r for e in ev for r in e["known"]))
    print("modes not listed", Counter(e["mode"] for e in ev if e["mode"] and e["mode"] not in MODES))
    print(sets["events"][0]); print(sets["events"][2000])
