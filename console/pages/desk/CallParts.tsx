import { t } from '../../i18n.ts'
import css from './desk.module.css'

/** The parts of a call's page, by the ids at which they stand. */
export const CALL_PARTS = {
  script: 'call-script',
  wrapUp: 'call-wrap-up',
  caller: 'call-caller',
  answers: 'call-answers',
} as const

/** Where the parts stand below each other, each is a press away, the script first; where all are in sight it is not there. */
export function CallParts({ hasScript }: { hasScript: boolean }) {
  return (
    <nav className={css.parts} aria-label={t('Parts of the page')}>
      {hasScript && <a href={`#${CALL_PARTS.script}`}>{t('Call script')}</a>}
      <a href={`#${CALL_PARTS.wrapUp}`}>{t('Wrap-up')}</a>
      <a href={`#${CALL_PARTS.caller}`}>{t('Caller')}</a>
      <a href={`#${CALL_PARTS.answers}`}>{t('Questions and answers')}</a>
    </nav>
  )
}
