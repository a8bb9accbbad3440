/** How somebody stands in a course, as people read it. */
import type { HowItStands, Standing } from '#core/learning/attestation.ts'
import { worded, type Wording } from '#core/learning/course.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { inMyScript, language, t } from './i18n.ts'
import type { ToneName } from './ui/Tone.tsx'

type Stands = { standing: Standing; endsOn: string | null }

export function standingText({ standing, endsOn }: Stands): string {
  const day = endsOn === null ? '' : shortDay(endsOn as Day)
  switch (standing) {
    case 'never':
      return t('not attested')
    case 'valid':
      return endsOn === null ? t('attested for good') : t('attested until {{day}}', { day })
    case 'endsSoon':
      return t('ends soon: {{day}}', { day })
    case 'ended':
      return t('ended on {{day}}', { day })
  }
}

export function standingTone({ standing }: Pick<HowItStands, 'standing'>): ToneName {
  switch (standing) {
    case 'valid':
      return 'good'
    case 'endsSoon':
      return 'warn'
    case 'ended':
      return 'bad'
    case 'never':
      return 'quiet'
  }
}

/** In the reader's language and script, or as it was written where it is not in his. */
export function myWords(text: Wording): { text: string; lang: string } {
  const written = worded(text, language() === 'ru' ? 'ru' : 'uz')
  return { text: inMyScript(written.text, written.language), lang: written.language }
}

/** Names of queues or courses, one after another. */
export function listed(names: readonly string[]): string {
  return names.map((name) => t('“{{name}}”', { name })).join(', ')
}
