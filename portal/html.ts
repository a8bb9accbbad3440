/**
 * Pages as text that cannot be broken by what stands in it: everything put into a template is escaped, unless it came
 * out of a template itself. There is no other way to make Html.
 *
 * What is put in stands between tags or inside a quoted attribute; a template where an attribute is not quoted throws
 * the first time it is used, because there a space would end the value.
 */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export class Html {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static of(strings: TemplateStringsArray, parts: readonly Part[]): Html {
    mustBeQuoted(strings)
    return new Html(strings.reduce((text, piece, at) => text + written(parts[at - 1]) + piece))
  }

  toString(): string {
    return this.#text
  }
}

/** What is not there leaves nothing behind. */
export type Part = Html | string | number | false | null | undefined | readonly Part[]

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return Html.of(strings, parts)
}

function written(part: Part): string {
  if (part === false || part === null || part === undefined) return ''
  if (part instanceof Html) return part.toString()
  if (Array.isArray(part)) return part.map(written).join('')
  return String(part).replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter)
}

const looked = new WeakSet<TemplateStringsArray>()

function mustBeQuoted(strings: TemplateStringsArray): void {
  if (looked.has(strings)) return
  if (strings.slice(0, -1).some((piece) => /=\s*$/.test(piece)))
    throw new Error('A value in a template stands in an attribute without quotation marks')
  looked.add(strings)
}
