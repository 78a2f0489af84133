//! The weights of pronoun resolution, in one place.

/// Points for and against an antecedent; the best above the threshold is taken.
pub(super) struct Weights {
    /// Every candidate that agrees.
    pub base: f32,
    /// Per sentence between the two.
    pub distance: f32,
    /// Both in one sentence …
    pub same_sentence: f32,
    /// … less a little per word between them.
    pub word: f32,
    /// Both in one sentence, and the pronoun no subject: "Assad's allies will not keep him".
    pub object_here: f32,
    /// Antecedent is a subject.
    pub subject: f32,
    /// Antecedent is a direct object.
    pub object: f32,
    /// Both are subjects.
    pub parallel: f32,
    /// Antecedent is a name.
    pub named: f32,
    /// Antecedent is itself a resolved pronoun.
    pub pronoun: f32,
    /// Per natural logarithm of one plus the earlier mentions.
    pub frequent: f32,
    /// Its gender is known and right.
    pub gender: f32,
    /// "They" after a plural; the same against a singular.
    pub plural: f32,
    /// Antecedent stands inside another phrase.
    pub nested: f32,
    /// Both are subjects of verbs of saying.
    pub speaker: f32,
    /// One is quoted and the other is not.
    pub quotation: f32,
    /// Least score.
    pub threshold: f32,
    /// Sentences that "he" and "she" look back.
    pub reach_person: usize,
    /// Sentences that "they" looks back.
    pub reach_several: usize,
    /// Sentences that "it" looks back.
    pub reach_thing: usize,
}

pub(super) const WEIGHTS: Weights = Weights {
    base: 4.0,
    distance: 1.5,
    same_sentence: 0.5,
    word: 0.03,
    object_here: 2.2,
    subject: 2.0,
    object: 0.5,
    parallel: 0.8,
    named: 0.5,
    pronoun: 0.8,
    frequent: 0.6,
    gender: 1.0,
    plural: 1.0,
    nested: 1.2,
    speaker: 2.5,
    quotation: 1.5,
    threshold: 0.5,
    reach_person: 5,
    reach_several: 3,
    reach_thing: 2,
};
