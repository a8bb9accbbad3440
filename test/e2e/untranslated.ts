/** What a reader of another language is shown in English: the texts of the console, found in the page as it is drawn. */
import type { Page } from 'playwright-core'
import ru from '../../console/texts/ru.json' with { type: 'json' }

/** Each English sentence that is another one in Russian. */
const ENGLISH = Object.entries<string>(ru)
  .filter(([english, russian]) => english !== russian && /[A-Za-z]{3}/.test(wordsOf(english).join('')))
  .map(([english]) => new RegExp(`^${wordsOf(english).map(literally).join('.+')}$`))

/** What stands between what is filled in. */
function wordsOf(text: string): string[] {
  return text.split(/\{\{\w+\}\}/)
}

function literally(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

/** Steps of the voice menu are called as whoever made it calls them. */
const STEPS = /^(menu|language)\b/

export async function untranslatedOf(page: Page): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const isText = (text: string | null | undefined) => (text?.trim() ? [text.trim()] : [])
    const said = [...document.querySelectorAll('*')].flatMap((one) =>
      ['aria-label', 'placeholder', 'title', 'alt'].flatMap((name) => isText(one.getAttribute(name))),
    )
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: string[] = []
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (!parentElement?.closest('script, style')) texts.push(...isText(textContent))
    }
    return [...said, ...texts, document.title]
  })
  return [...new Set(shown)].filter(
    (text) => !STEPS.test(text) && ENGLISH.some((english) => english.test(text)),
  )
}
