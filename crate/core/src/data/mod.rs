//! Data sets: made, shipped, or the user's own.
