/** What is said about signing. */
import type { SignedDecision } from '#core/signatures/signed-decision.ts'
import type { SignatureProblem } from '#core/signatures/signature-rules.ts'
import { t } from './i18n.ts'
import type { ModuleFaultCode } from './signing/local-module.ts'

export function decisionText(decision: SignedDecision): string {
  switch (decision) {
    case 'reply':
      return t('Reply to the citizen')
    case 'extension':
      return t('Extension of the time')
    case 'conclusion':
      return t('Conclusion that it is left unconsidered')
  }
}

/** What is to be done about it stands in each of them. */
export function moduleFaultText(code: ModuleFaultCode, host: string): string {
  switch (code) {
    case 'notRunning':
      return t('E-IMZO does not answer on this computer. Start it, reload this page, and try again.')
    case 'siteUnknown':
      return t('E-IMZO does not know this site. Ask the administrator to enter its key for {{host}}.', {
        host,
      })
    case 'noKeys':
      return t('E-IMZO finds no key. Put in the flash drive, token or card with your key, and try again.')
    case 'wrongPassword':
      return t('The password of the key is not right. Try again.')
    case 'declined':
      return t('Signing was cancelled. Nothing was sent; what you typed is kept.')
    case 'cannotSign':
      return t('E-IMZO could not sign. It says:')
  }
}

export function signatureProblemText(code: SignatureProblem): string {
  switch (code) {
    case 'signingOff':
      return t('Nobody signs here yet: the administrator has to enter the E-IMZO server first.')
    case 'signatureMissing':
      return t('This decision needs your signature with E-IMZO. Sign it first.')
    case 'signedOtherwise':
      return t('Something was changed after signing, a word or a file. Sign it again.')
    case 'signatureNotValid':
      return t('The signature is not right for this text. Sign it again.')
    case 'certificateNotValid':
      return t(
        'The certificate of this key is not in force: it has run out or was revoked. Take another key.',
      )
    case 'signerIsAnother':
      return t('This key is of another person. Sign with your own.')
    case 'verifierAway':
      return t(
        'The signature cannot be checked now. It is kept with what you typed; send it again in a while.',
      )
  }
}
