/** What begins with it in the tab's memory was typed by whoever is signed in, and goes when he signs out. */
export const DRAFT_KEY_PREFIX = 'javob.draft.'
