"""Event annotations of our own on news that is read where it lies: the text stays outside, only places and labels are kept.

    python annotate.py show  SHARED DOC...           the sentences of documents, numbered
    python annotate.py check SHARED DRAFT...         what is wrong in drafts
    python annotate.py keep  SHARED OUT DRAFT...     drafts -> OUT (JSON Lines, offsets in code points)

DOC is `press:NAME` (data/press/NAME.txt), `docs:NAME` (train/docs), `te3:ID`, `bbc:ID`, `reuters:ID` (a row of data/bulk), or `own:NAME` (annotations/NAME.txt:
sentences of our own writing, one a line). A draft is a text file of our writing:

    doc te3:AFP_ENG_19970401.0006.tml
    4 | bombed | ASSAULT aerial | actor=Israeli jets; their pilots | recipient=a camp | place=southern Lebanon | time=on Monday | speaker=the army | negated historical
    none 7 8

A line is the number of a sentence, the trigger's words, type and mode, then what the same sentence names: phrases as they stand there, `;` between
several, `#2` after a phrase that means its second occurrence, `?` for a participant whom only another sentence names. `event=a` names the event
itself: lines of one document with the same name tell the same event (a draft that names any names all that are told twice). The last field holds
`future`, `hypothetical`, `negated`, `historical`, `ongoing`, `optional`, each where it applies. `none N...` names debris sentences to leave out.
"""
import gzip, hashlib, json, os, re, sys

from data import MODES, ROLES, STATUS, TYPES, lines_of, sentences

ANNOTATIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "annotations")
FLAGS = ("historical", "ongoing", "optional")
BULK = {"te3": "te3_silver", "bbc": "bbc", "reuters": "reuters21578"}
_rows = {}


def source(shared, doc):
    """The text of a document."""
    kind, name = doc.split(":", 1)
    folders = dict(press=os.path.join(shared, "data/press"), docs=os.path.join(shared, "train/docs"), own=ANNOTATIONS)
    if kind in folders:
        with open(os.path.join(folders[kind], name + ".txt"), encoding="utf-8") as f:
            return f.read()
    if kind not in _rows:
        with gzip.open(os.path.join(shared, f"data/bulk/{BULK[kind]}.jsonl.gz"), "rt", encoding="utf-8") as f:
            _rows[kind] = {r["id"]: r for r in map(json.loads, f)}
    row = _rows[kind][name]
    body = row.get("text") or row.get("body") or ""
    if kind == "reuters":  # lines of fixed width; paragraphs are indented
        body = re.sub(r"\s*\n(?=\S)", " ", body)
    return row["title"] + "\n\n" + body


def kept(*names):
    """The rows of files that `keep` wrote, one after the other."""
    return [row for name in names for row in lines_of(os.path.join(ANNOTATIONS, name + ".jsonl"))]


def find(sentence, phrase):
    """Offsets of a phrase in its sentence; `phrase#2` is its second occurrence. None where it does not stand there."""
    name, _, n = phrase.rpartition("#") if "#" in phrase else (phrase, "", "1")
    flat = sentence.replace("\n", " ")
    at = -1
    for _ in range(int(n)):
        at = flat.find(name, at + 1)
        if at < 0:
            return None
    return [at, at + len(name)]


def event(cells, sentence):
    """The cells of a draft's line after the number -> an event with offsets in its sentence; raises ValueError saying what is wrong."""
    place = lambda phrase: find(sentence, phrase) or fail(f"{phrase!r} does not stand in the sentence")
    kind = cells[1].split()
    if kind[0] not in TYPES or len(kind) > 2 or kind[1:] and kind[1] not in MODES:
        fail(f"{cells[1]!r} is no type and mode")
    e = dict(type=kind[0], mode=kind[1] if kind[1:] else None, trigger=place(cells[0]), status="actual", roles={}, elsewhere=[])
    for cell in cells[2:]:
        role, equals, phrases = cell.partition("=")
        if not equals:
            for flag in cell.split():
                if flag in STATUS:
                    e["status"] = flag
                elif flag in FLAGS:
                    e[flag] = True
                else:
                    fail(f"{flag!r} is no flag")
        elif role == "event":
            e["event"] = phrases.strip()
        elif role not in ROLES[1:]:
            fail(f"{role!r} is no role")
        else:
            phrases = [p.strip() for p in phrases.split(";") if p.strip()]
            if "?" in phrases:
                e["elsewhere"].append(role)
            e["roles"][role] = [place(p) for p in phrases if p != "?"]
    return e


def fail(why):
    raise ValueError(why)


def drafts(shared, paths):
    """Drafts -> rows {doc, sha, left_out, events: [{start, ...}]}, and what is wrong in them."""
    out, wrong = [], []
    for path in paths:
        first = len(out)
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.strip()
            try:
                if not line or line.startswith("//"):
                    continue
                if line.startswith("doc "):
                    name = line[4:].strip()
                    text = source(shared, name)
                    spans = list(sentences(text))
                    out.append(dict(doc=name, sha=hashlib.sha256(text.encode()).hexdigest()[:16], left_out=[], events=[]))
                elif line.startswith("none"):
                    out[-1]["left_out"] += [spans[int(n)][0] for n in line.split()[1:]]
                else:
                    cells = [c.strip() for c in line.split("|")]
                    s, e = spans[int(cells[0])]
                    out[-1]["events"].append(dict(start=s, **event(cells[1:], text[s:e])))
            except (ValueError, IndexError, KeyError) as problem:
                wrong.append(f"{path}:{number}: {problem}: {line[:120]}")
        if any("event" in e for row in out[first:] for e in row["events"]):
            for row in out[first:]:
                row["chains"] = chains(row["events"])
    return out, wrong


def chains(events):
    """Indices of events that tell the same, a list each of two and more; takes the names away that said so."""
    same = {}
    for i, e in enumerate(events):
        same.setdefault(e.pop("event", None), []).append(i)
    return [c for name, c in same.items() if name is not None and len(c) > 1]


def main():
    verb, shared, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    if verb == "show":
        for doc in rest:
            text = source(shared, doc)
            print("doc", doc)
            for i, (s, e) in enumerate(sentences(text)):
                print(i, text[s:e].replace("\n", " "))
            print()
        return
    rows, wrong = drafts(shared, rest[1:] if verb == "keep" else rest)
    print("\n".join(wrong), file=sys.stderr)
    print(len(rows), "documents,", sum(len(r["events"]) for r in rows), "events,", len(wrong), "problems", file=sys.stderr)
    if verb == "keep":
        if wrong:
            sys.exit(1)
        with open(rest[0], "w", encoding="utf-8") as f:
            for row in sorted(rows, key=lambda r: r["doc"]):
                f.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
