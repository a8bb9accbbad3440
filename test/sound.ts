/**
 * How much sound a test may miss and still have shown what it is about. Programs that keep time on two busy processors
 * lose up to a quarter of a second; a fault would cost more: a server needs a second and a half to start anew, an engine
 * longer, and a step of a call that is not recorded is seconds. How much is lost in truth is measured on a quiet machine:
 * `./javob bench restart` and `./javob bench capacity`.
 */
export const LOST_MAX_SECONDS = 0.5
export const HOLE_MAX_MS = 1_000 * LOST_MAX_SECONDS
