/** The steps of a caller through the voice menu (core/ivr/flow-run.ts), in words. */
import { t } from './i18n.ts'

export function pathText(path: readonly string[]): string {
  return path.map(stepText).join(' → ')
}

function stepText(step: string): string {
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
    default:
      return step
  }
}
