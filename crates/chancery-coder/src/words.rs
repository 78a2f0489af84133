//! Word lists of the coder, each sorted.

use chancery_model::Stance;

/// Verbs that report speech, with what the speaker does.
const SPEECH: &[(&str, Stance)] = &[
    ("acknowledge", Stance::Confirms),
    ("add", Stance::Asserts),
    ("admit", Stance::Confirms),
    ("affirm", Stance::Asserts),
    ("agree", Stance::Asserts),
    ("allege", Stance::Alleges),
    ("announce", Stance::Asserts),
    ("argue", Stance::Asserts),
    ("assert", Stance::Asserts),
    ("assume", Stance::Asserts),
    ("assure", Stance::Asserts),
    ("believe", Stance::Asserts),
    ("boast", Stance::Asserts),
    ("caution", Stance::Asserts),
    ("charge", Stance::Alleges),
    ("claim", Stance::Alleges),
    ("comment", Stance::Asserts),
    ("conclude", Stance::Asserts),
    ("concede", Stance::Confirms),
    ("confirm", Stance::Confirms),
    ("contend", Stance::Asserts),
    ("continue", Stance::Asserts),
    ("declare", Stance::Asserts),
    ("deny", Stance::Denies),
    ("describe", Stance::Asserts),
    ("disclose", Stance::Asserts),
    ("dismiss", Stance::Denies),
    ("doubt", Stance::Doubts),
    ("emphasise", Stance::Asserts),
    ("emphasize", Stance::Asserts),
    ("estimate", Stance::Asserts),
    ("explain", Stance::Asserts),
    ("hint", Stance::Asserts),
    ("indicate", Stance::Asserts),
    ("inform", Stance::Asserts),
    ("insist", Stance::Asserts),
    ("maintain", Stance::Asserts),
    ("mention", Stance::Asserts),
    ("note", Stance::Asserts),
    ("observe", Stance::Asserts),
    ("point", Stance::Asserts),
    ("predict", Stance::Asserts),
    ("promise", Stance::Asserts),
    ("question", Stance::Doubts),
    ("quote", Stance::Asserts),
    ("read", Stance::Asserts),
    ("recall", Stance::Asserts),
    ("refute", Stance::Denies),
    ("reiterate", Stance::Asserts),
    ("reject", Stance::Denies),
    ("remark", Stance::Asserts),
    ("repeat", Stance::Asserts),
    ("reply", Stance::Asserts),
    ("report", Stance::Asserts),
    ("respond", Stance::Asserts),
    ("reveal", Stance::Asserts),
    ("say", Stance::Asserts),
    ("state", Stance::Asserts),
    ("stress", Stance::Asserts),
    ("suggest", Stance::Asserts),
    ("suspect", Stance::Alleges),
    ("tell", Stance::Asserts),
    ("testify", Stance::Asserts),
    ("think", Stance::Asserts),
    ("underline", Stance::Asserts),
    ("underscore", Stance::Asserts),
    ("vow", Stance::Asserts),
    ("warn", Stance::Asserts),
    ("write", Stance::Asserts),
];

/// What a speaker does by this verb; `None` for verbs that report no speech.
pub fn speech(lemma: &str) -> Option<Stance> {
    SPEECH.iter().find(|(v, _)| *v == lemma).map(|(_, s)| *s)
}

/// Verbs that say little beside their event noun ("held talks", "carried out an attack", "imposed sanctions").
pub fn light(lemma: &str) -> bool {
    matches!(
        lemma,
        "carry"
            | "conduct"
            | "give"
            | "have"
            | "hold"
            | "impose"
            | "launch"
            | "make"
            | "mount"
            | "offer"
            | "pay"
            | "provide"
            | "receive"
            | "stage"
            | "take"
            | "wage"
    )
}

/// Verbs whose complement did not happen or is refused.
pub fn undoes(lemma: &str) -> bool {
    matches!(lemma, "avoid" | "deny" | "fail" | "prevent" | "refute" | "stop" | "thwart" | "foil")
}

/// Verbs whose complement is tried.
pub fn tries(lemma: &str) -> bool {
    matches!(lemma, "attempt" | "seek" | "strive" | "struggle" | "try")
}

/// Verbs and nouns whose complement is only possible, wished or planned.
pub fn unsure(lemma: &str) -> bool {
    matches!(
        lemma,
        "consider"
            | "contemplate"
            | "explore"
            | "hope"
            | "mull"
            | "possibility"
            | "possible"
            | "prospect"
            | "propose"
            | "proposal"
            | "weigh"
    )
}

/// Names and nouns of media that print what others say, for the second link of a chain.
pub fn medium(lemma: &str) -> bool {
    matches!(
        lemma,
        "agency"
            | "broadcaster"
            | "channel"
            | "daily"
            | "journal"
            | "magazine"
            | "media"
            | "newspaper"
            | "outlet"
            | "paper"
            | "press"
            | "radio"
            | "station"
            | "television"
            | "tv"
            | "website"
            | "weekly"
    )
}
