/**
 * What a caller hears while the server is away: the greeting of the flow, that the call is recorded, and to leave a
 * message after the tone. The dialplan knows only the names of these files, so they are made ahead, at every start
 * and whenever a flow is published.
 */
import { copyFile, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Flow } from '#core/ivr/flow.ts'
import type { Say } from '#core/ivr/spoken.ts'
import { CALL_LANGUAGES, type CallLanguage, type Texts } from '#core/lib/languages.ts'
import type { PromptSpeaker } from './prompts.ts'

const PLAIN_GREETING: Texts = { uz: 'Assalomu alaykum!', ru: 'Здравствуйте!' }

const LEAVE_A_MESSAGE: Texts = {
  uz:
    'Hozir operator bilan bogʻlab boʻlmayapti. Signaldan keyin ismingizni, telefon raqamingizni va savolingizni ayting. ' +
    'Xabaringiz yozib olinadi va koʻrib chiqiladi. Siz bilan albatta bogʻlanamiz.',
  ru:
    'Сейчас соединить вас с оператором не удаётся. После сигнала назовите ваше имя, номер телефона и вопрос. ' +
    'Сообщение записывается и будет рассмотрено. Мы обязательно вам перезвоним.',
}

export function fallbackText(flow: Flow | undefined, language: CallLanguage): Say {
  const first = flow?.nodes[flow.start]
  const greeting = first?.kind === 'announce' ? first.texts : PLAIN_GREETING
  return { language, text: `${greeting[language]} ${LEAVE_A_MESSAGE[language]}` }
}

/** What the dialplan plays by itself: `fallback-uz.alaw` while the server is away, `message-uz.alaw` where a message is taken. */
export async function prepareFallbacks(speaker: PromptSpeaker, flow: Flow | undefined) {
  const files = CALL_LANGUAGES.flatMap((language) => [
    { path: fallbackPath(speaker.folder, language), say: fallbackText(flow, language) },
    { path: messagePath(speaker.folder, language), say: { language, text: LEAVE_A_MESSAGE[language] } },
  ])
  return await Promise.all(
    files.map(async ({ path, say }) => {
      const prompt = await speaker.prepare(say)
      await putInPlace(`${await speaker.promptFile(say.language, say.text)}.alaw`, path)
      return prompt
    }),
  )
}

export function fallbackPath(folder: string, language: CallLanguage): string {
  return join(folder, `fallback-${language}.alaw`)
}

export function messagePath(folder: string, language: CallLanguage): string {
  return join(folder, `message-${language}.alaw`)
}

async function putInPlace(from: string, to: string): Promise<void> {
  const [wanted, present] = await Promise.all([readFile(from), readFile(to).catch(() => undefined)])
  if (present?.equals(wanted)) return
  // Renamed and not written over: a caller may be hearing the old one.
  await copyFile(from, `${to}.new`)
  await rename(`${to}.new`, to)
}
