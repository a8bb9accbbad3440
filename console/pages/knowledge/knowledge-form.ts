/** What the editor holds, and what of it is sent: a language of which nothing is written is left out. */
import {
  BASIS_MAX_CHARACTERS,
  type KnowledgeForm,
  type KnowledgeVersion,
  TEXT_MAX_CHARACTERS,
  TITLE_MAX_CHARACTERS,
} from '#contract/knowledge.ts'
import {
  KNOWLEDGE_LANGUAGES,
  type KnowledgeLanguage,
  type KnowledgeText,
} from '#core/knowledge/knowledge-content.ts'
import { isDay } from '#core/lib/time.ts'
import { charactersOver } from '#core/text/characters-over.ts'

export function emptyForm(): KnowledgeForm {
  return {
    content: {},
    topics: [],
    basis: '',
    owner: null,
    validFrom: null,
    validUntil: null,
    mustRead: false,
  }
}

/** Whoever writes the next version answers for it, unless somebody did already. */
export function formOf({
  content,
  topics,
  basis,
  owner,
  validFrom,
  validUntil,
  mustRead,
}: KnowledgeVersion): KnowledgeForm {
  return { content, topics, basis, owner: owner?.id ?? null, validFrom, validUntil, mustRead }
}

export function whole(form: KnowledgeForm): KnowledgeForm {
  const written = KNOWLEDGE_LANGUAGES.flatMap((language): [KnowledgeLanguage, KnowledgeText][] => {
    const text = form.content[language]
    return text && (text.title.trim() !== '' || text.text.trim() !== '') ? [[language, text]] : []
  })
  return { ...form, content: Object.fromEntries(written) }
}

/** Something is too long, or a day is none. Told at its field; the server would take none of it. */
export function isMarked({ basis, content, validFrom, validUntil }: KnowledgeForm): boolean {
  const texts = Object.values(content).filter((text) => text !== undefined)
  const isLonger = (text: string, most: number) => charactersOver(text, most) > 0
  return (
    [validFrom, validUntil].some((day) => day !== null && !isDay(day)) ||
    isLonger(basis, BASIS_MAX_CHARACTERS) ||
    texts.some(
      ({ text, title }) => isLonger(title, TITLE_MAX_CHARACTERS) || isLonger(text, TEXT_MAX_CHARACTERS),
    )
  )
}
