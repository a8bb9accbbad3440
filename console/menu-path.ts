/** The steps of a caller through the voice menu (core/ivr/flow-run.ts), in words. */
import type { ChoiceNames } from '#core/ivr/choice-names.ts'
import { inMyLanguage, t } from './i18n.ts'

export function pathText(path: readonly string[], names: ChoiceNames = {}): string {
  return path.map((step) => stepText(step, names)).join(' → ')
}

function stepText(step: string, names: ChoiceNames): string {
  const name = Object.hasOwn(names, step) ? names[step] : undefined
  if (name) return inMyLanguage(name)
  const [kind = '', ...rest] = step.split(':')
  const detail = rest.join(':')
  switch (kind) {
    case 'language':
      return detail === 'ru' ? t('Russian') : t('Uzbek')
    case 'menu':
      return t('menu {{keys}}', { keys: detail })
    case 'noInput':
      return t('silence')
    case 'wrongKey':
      return t('wrong key {{key}}', { key: detail })
    case 'repeat':
      return t('listened again')
    case 'back':
      return t('back')
    case 'operator':
      return t('asked for a person')
    case 'digits':
      return t('number entered')
    case 'waiting':
      return waitingText(detail)
    default:
      return step
  }
}

/** What he chose while he waited (core/ivr/waiting-run.ts). */
function waitingText(choice: string): string {
  switch (choice) {
    case 'callback':
      return t('asked to be called back')
    case 'callbackConfirmed':
      return t('confirmed the number')
    case 'calledEnough':
      return t('was called often enough today')
    case 'message':
      return t('chose to leave a message')
    case 'stayed':
      return t('stayed in the queue')
    default:
      return choice
  }
}
