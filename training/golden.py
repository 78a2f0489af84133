"""Reference results for the tests of `chancery-text`: pieces of odd words, and what the network in f32 says about a few sentences."""
import json, os
import torch

from model import Network
from pieces import Pieces, shape
from train import Batcher

WORDS = """the Kremlin kremlin KREMLIN peacekeepers Peacekeepers don't n't ’s 's “ ” " `` '' - – — … ... .. . , ; : ? ! ?! !!! ( ) [ ] { } / \\ | @ # $ % & *
+ = < > ^ _ ~ ` ´ § ° © ® ™ € £ ¥ ₽ 1 12 1,000 3.14 77,000 1990s 9/11 24th 2nd mid-2010s F-16 MiG-29 Su-57 COVID-19 B-52s S-400 x86 ½ ² ③ Ⅷ ⅷ 一 十 三千 万 漢字 北京 東京都
Москва МОСКВА Киев Київ Зеленський Ёлка ёлка й Й ї Αθήνα ΑΘΗΝΑΣ Σίσυφος ςσ القاهرة القدس صنعاء ירושלים ביבי नई दिल्ली กรุงเทพ 서울 평양 きょう キーウ ｶﾀｶﾅ
Zürich ZÜRICH Erdoğan ERDOĞAN İstanbul Iğdır ıssız São Tomé Côte d'Ivoire Łódź Đorđević Šefčovič Nguyễn Trần Hồ Chí Minh Straße STRASSE ẞ ﬁnance ﬂag Æthelstan Œuvre ø Ø å
U.S. U.K. U.N. e.g. i.e. a.m. p.m. U.S.-backed pro-Russian anti-government cease-fire ceasefire re-opening Al-Shabaab al-Assad O'Brien O’Brien McDonald MacArthur iPhone eBay YouTube NATO NATO's Nato OPEC+
A a I i É é x X Z zzzz zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz antidisestablishmentarianism Donaudampfschifffahrtsgesellschaft Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch
https://example.org/a/b?c=d&e=f#g www.example.com press.office@example.gov #MeToo #جمعة @minister 🙂 🇺🇦 👩‍👩‍👧 🤷🏽‍♀️ ❤️ ☢ → ⇒ ∞ ≠ ∑ √ ¿ ¡ « » „ ‚ ‹ › ‘ ’ ‛ − ‐ ‑ ‒ ― · • † ‡ ‰ ′ ″ ‽ ※ 〈 〉 「 」 、 。 ！ ？ ؟ ، ۔ । ॥ ၊
co\u00adoperate zero\u200bwidth \u200b \ufeff \u00a0 a\u00a0b ﷺ ﬀ ǅ ǈ ʼn ʰ ᵃ ⓐ Ⓐ ㎏ ℃ ℵ Å Å ñ ñ ệ ệ o͡o a̐éö̲ Z̷a̸l̵g̶o̷ ａｂｃ ＡＢＣ １２３ 𝐁𝐨𝐥𝐝 𝟙𝟚𝟛 𐍈 𒀀 𐎠 ١٢٣ ۴۵۶ १२३ ௧௨௩ 〇 零 億 ㊀ ༳ ፩ ᛮ
[CLS] [SEP] [UNK] [PAD] [MASK] ##ing ## unaffable Yeltsin Tskhinvali Nagorno-Karabakh Bosnia-Herzegovina Hezbollah Hizbullah Zaporizhzhia Ouagadougou N'Djamena hmmmm soooo gonna wanna cannot""".split(" ")

SENTENCES = [
    "The foreign minister of Norway met his Turkish counterpart in Ankara on Tuesday and promised to send two ships .",
    "Police arrested 14 demonstrators near the parliament in Tbilisi after clashes broke out late at night .",
    "Rebels shelled the port of Mocha , killing at least three fishermen , a hospital official said .",
    "\" We will not accept these conditions , \" the spokeswoman told reporters , rejecting the offer made by Kenya .",
    "Washington may impose new sanctions on the central bank if the talks in Geneva fail .",
    "Thousands of nurses went on strike across Portugal , demanding higher wages .",
    "The agency delivered 300 tonnes of wheat flour to camps around Bentiu last week .",
    "Brazil withdrew its ambassador from Lisbon and accused the Portuguese navy of violating its waters .",
    "KENYA URGES SUDAN TO FREE JAILED REPORTERS",
    "She does n't think that the old bridge , which was built in 1931 , can carry such trucks .",
    "Defence secretary Maria Lund resigned over the leak , the Oslo daily Morgenposten reported .",
    "Ok so we tried it twice and honestly it was great !",
]


def write(model, folder):
    os.makedirs(folder, exist_ok=True)
    meta, pieces = model["meta"], Pieces(model["vocabulary"])
    words = sorted({w.replace("\n", "") for w in " ".join(WORDS).split(" ")} - {""} | {" ", "a b", "\u00a0"})
    with open(os.path.join(folder, "pieces.jsonl"), "w", encoding="utf-8") as f:
        for w in words:
            f.write(json.dumps(dict(word=w, shape=shape(w), pieces=pieces.word(w)), ensure_ascii=True) + "\n")
    labels = meta["labels"]
    net = Network(len(model["vocabulary"]), len(labels["upos"]), len(labels["xpos"]), len(labels["rel"]))
    net.load_state_dict(model["net"])
    net.eval()
    batcher = Batcher(pieces, {})
    with torch.no_grad(), open(os.path.join(folder, "decisions.jsonl"), "w", encoding="utf-8") as f:
        for sentence in SENTENCES:
            ws = sentence.split()
            x = net.encoder(*batcher.tensors([dict(words=ws)]))
            upos, xpos = net.heads.tags(x)
            heads = net.heads.arcs(x).argmax(-1)
            best = lambda scores, names: [names[i] for i in scores[0].argmax(-1).tolist()]
            row = dict(words=ws, upos=best(upos, labels["upos"]), xpos=best(xpos, labels["xpos"]), head=heads[0].tolist(),
                       rel=best(net.heads.relations(x, heads), labels["rel"]), names=best(net.heads.name_tags(x), labels["names"]),
                       triggers=best(net.heads.trigger_tags(x), meta["triggers"]), vector=[round(v, 4) for v in x[0, 0, :16].tolist()])
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
