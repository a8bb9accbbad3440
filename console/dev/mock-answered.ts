/** The handler has written the answer itself. */
export const ANSWERED = Symbol('answered')
