/** The languages a call can be held in. Karakalpak joins when its prompts can be spoken. */
export const CALL_LANGUAGES = ['uz', 'ru'] as const
export type CallLanguage = (typeof CALL_LANGUAGES)[number]

/** The same text in every language a caller may choose. */
export type Texts = Readonly<Record<CallLanguage, string>>
