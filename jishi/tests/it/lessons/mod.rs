//! What went wrong in other platforms, rebuilt here, where it comes out right.
