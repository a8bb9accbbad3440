/** What a waiting caller is told, besides music. Spoken by the same voice as the flow's prompts. */
import type { CallLanguage } from '#core/lib/languages.ts'

/** Beyond this place the number is not told: it would only dishearten, and each number is a prompt to keep. */
export const LAST_TOLD_POSITION = 50

/** The sentences for a caller who stands at `position`, 1 being the next. */
export function waitingTexts(position: number): Record<CallLanguage, readonly string[]> {
  const isTold = position <= LAST_TOLD_POSITION
  return {
    uz: [
      isTold ? `Siz navbatda ${position}-oʻrindasiz.` : 'Hozir qoʻngʻiroqlar koʻp.',
      'Operator tez orada javob beradi. Iltimos, kutib turing.',
    ],
    ru: [
      isTold ? `Ваше место в очереди: ${position}.` : 'Сейчас поступает много звонков.',
      'Оператор скоро ответит. Пожалуйста, оставайтесь на линии.',
    ],
  }
}

/** For a caller whom a rule of the queue sends away without asking for a message. */
export function farewellTexts(): Record<CallLanguage, readonly string[]> {
  return {
    uz: ['Afsuski, hozir qoʻngʻiroqingizga javob bera olmaymiz. Iltimos, keyinroq qoʻngʻiroq qiling.'],
    ru: ['К сожалению, сейчас мы не можем ответить на ваш звонок. Пожалуйста, позвоните позже.'],
  }
}

/** Every text a waiting caller may hear, so that all are spoken before the first call. */
export function allWaitingTexts(): { language: CallLanguage; text: string }[] {
  const texts: { language: CallLanguage; text: string }[] = []
  for (const language of ['uz', 'ru'] as const)
    texts.push(...farewellTexts()[language].map((text) => ({ language, text })))
  for (let position = 1; position <= LAST_TOLD_POSITION + 1; position++) {
    const said = waitingTexts(position)
    for (const language of ['uz', 'ru'] as const) {
      for (const text of said[language])
        if (!texts.some((known) => known.text === text)) texts.push({ language, text })
    }
  }
  return texts
}
