/** Official documents and their templates in words. */
import type { DocumentLanguage, TemplateProblem } from '#core/documents/document-fields.ts'
import type { NotShown } from '#core/documents/not-shown.ts'
import { t } from './i18n.ts'

export function documentLanguageText(language: DocumentLanguage): string {
  switch (language) {
    case 'uz':
      return t('Uzbek, Latin script')
    case 'uz-Cyrl':
      return t('Uzbek, Cyrillic script')
    case 'ru':
      return t('Russian')
  }
}

export function templateProblemText({ code, name }: TemplateProblem): string {
  switch (code) {
    case 'notReadable':
      return t('This is no template that can be filled in: a curly bracket is not closed, or it is no DOCX.')
    case 'unknownPlace':
      return t('Nobody knows what to write in {{place}}.', { place: `{${name}}` })
    case 'missingPlace':
      return t('It has no {{place}}.', { place: `{${name}}` })
    case 'listNotClosed':
      return t('What begins with {{place}} does not end.', { place: `{#${name}}` })
  }
}

export function notShownText(what: NotShown): string {
  switch (what) {
    case 'header':
      return t('the header')
    case 'footer':
      return t('the footer')
    case 'numbering':
      return t('numbers of lists')
    case 'shape':
      return t('shapes and floating pictures')
    case 'columns':
      return t('columns')
    case 'footnote':
      return t('footnotes')
  }
}
