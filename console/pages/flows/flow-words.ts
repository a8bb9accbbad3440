/** The words for the steps of a voice menu, their fields, and what is wrong with them. */
import type { FlowNode } from '#core/ivr/flow.ts'
import type { FlowProblem } from '#core/ivr/flow-problems.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { callLanguageText } from '../../call-words.ts'
import { t } from '../../i18n.ts'

export function kindText(kind: FlowNode['kind']): string {
  switch (kind) {
    case 'announce':
      return t('Announcement')
    case 'answer':
      return t('The call is answered')
    case 'chooseLanguage':
      return t('Choice of language')
    case 'menu':
      return t('Menu')
    case 'askDigits':
      return t('Asks for a number')
    case 'queue':
      return t('Queue')
    case 'takeMessage':
      return t('Takes a message')
    case 'hangUp':
      return t('Says goodbye')
  }
}

/** A field as problems and changes name it: `texts.uz`, `choices.2.label.ru`, `onNoInput`. */
export function fieldText(field: string): string {
  const [, place, part = ''] = /^choices\.(\d+)\.?(.*)$/.exec(field) ?? []
  if (place !== undefined) {
    const choice = t('choice {{number}}', { number: Number(place) + 1 })
    return part === '' ? choice : `${choice}, ${fieldText(part)}`
  }
  const [name = '', language] = field.split('.')
  const isLanguage = language === 'uz' || language === 'ru'
  return isLanguage ? `${wordOf(name)}, ${callLanguageText(language)}` : wordOf(name)
}

function wordOf(name: string): string {
  switch (name) {
    case 'texts':
      return t('what is said')
    case 'text':
      return t('what is said')
    case 'closing':
      return t('what is said after the choices')
    case 'label':
      return t('name')
    case 'key':
      return t('key')
    case 'language':
      return t('language')
    case 'queue':
      return t('queue')
    case 'topic':
      return t('topic')
    case 'priority':
      return t('head start')
    case 'wrongKey':
      return t('what is said after a wrong key')
    default:
      return wayText(name)
  }
}

function wayText(name: string): string {
  switch (name) {
    case 'next':
      return t('where it leads')
    case 'onNoInput':
      return t('when nothing is pressed')
    case 'onWrongKey':
      return t('after wrong keys')
    case 'start':
      return t('where the menu begins')
    case 'operator':
      return t('where the key 0 leads')
    case 'languages':
      return t('languages')
    case 'defaultLanguage':
      return t('language of those who choose none')
    default:
      return numberText(name)
  }
}

function numberText(name: string): string {
  switch (name) {
    case 'waitSeconds':
      return t('seconds to wait for a key')
    case 'repeats':
      return t('how often it is said again')
    case 'minDigits':
      return t('digits at least')
    case 'maxDigits':
      return t('digits at most')
    case 'mustBeHeard':
      return t('keys do not cut it short')
    case 'personal':
      return t('personal number')
    case 'kind':
      return t('kind')
    case 'name':
      return t('name of the number')
    default:
      return name
  }
}

export function flowProblemText({ code, params }: Pick<FlowProblem, 'code' | 'params'>): string {
  const language = params.language === undefined ? '' : languageText(String(params.language))
  switch (code) {
    case 'missingText':
      return t('The text is missing ({{language}}).', { language })
    case 'textTooLong':
      return t('The text ({{language}}) is longer than {{most}} characters.', { ...params, language })
    case 'soundMissing':
      return t('The text ({{language}}) has no sound: the voice could not speak it.', { language })
    case 'unknownLanguage':
      return t('{{language}} is no language of this menu.', { language })
    case 'noLanguage':
      return t('The menu has no language.')
    case 'unknownQueue':
      return t('There is no queue “{{queue}}”.', params)
    case 'unknownTopic':
      return t('There is no topic “{{topic}}” in the classifier.', params)
    case 'invalidNumber':
      return t('A whole number from {{least}} to {{most}}, please.', params)
    case 'tooManyNodes':
      return t('There are {{count}} steps; {{most}} are allowed.', params)
    default:
      return wayProblemText(code, params)
  }
}

type WayCode = Exclude<
  FlowProblem['code'],
  | 'missingText'
  | 'textTooLong'
  | 'soundMissing'
  | 'unknownLanguage'
  | 'noLanguage'
  | 'unknownQueue'
  | 'unknownTopic'
  | 'invalidNumber'
  | 'tooManyNodes'
>

function wayProblemText(code: WayCode, params: FlowProblem['params']): string {
  switch (code) {
    case 'missingNode':
      return t('It leads to “{{to}}”, which does not exist.', params)
    case 'unreachable':
      return t('No way leads to this step.')
    case 'deadEnd':
      return t('Whoever presses nothing here never comes to a queue, a message or a farewell.')
    case 'notAnswered':
      return t('It is reached before the call has been answered.')
    case 'noOperator':
      return t('The key 0 leads to “{{to}}”, from where no queue is reached.', params)
    case 'noChoices':
      return t('There is nothing to choose.')
    case 'duplicateKey':
      return t('The key {{key}} is given twice.', params)
    case 'invalidKey':
      return t('“{{key}}” is no key from 1 to 9.', params)
    case 'globalKey':
      return t('{{key}} means the same in every menu and cannot be a choice.', params)
  }
}

function languageText(language: string): string {
  return language === 'uz' || language === 'ru' ? callLanguageText(language satisfies CallLanguage) : language
}
