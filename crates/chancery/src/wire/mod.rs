//! The shapes in which data leaves the house: mirrors of the model with a version of their own, so that the model can change.

pub mod v1;
