/** The words of citizens' cards, as people read them. One place for each closed set of core/citizens. */
import {
  type CardField,
  type CitizenKind,
  type Consent,
  type FieldFault,
  isRegion,
} from '#core/citizens/citizen-card.ts'
import type { NumberStanding } from '#core/citizens/number-standing.ts'
import { REGION_NAMES } from '#core/citizens/regions.ts'
import { inMyLanguage, t } from './i18n.ts'
import type { ToneName } from './ui/Tone.tsx'

export function citizenKindText(kind: CitizenKind): string {
  return kind === 'person' ? t('Person') : t('Legal entity')
}

export function consentText(consent: Consent): string {
  switch (consent) {
    case 'notAsked':
      return t('Not asked')
    case 'given':
      return t('Given')
    case 'refused':
      return t('Consent refused')
  }
}

export function regionText(region: string): string {
  return isRegion(region) ? inMyLanguage(REGION_NAMES[region]) : region
}

export function standingText(standing: NumberStanding): string {
  switch (standing) {
    case 'claimed':
      return t('named by somebody')
    case 'calledFrom':
      return t('called from it')
    case 'confirmed':
      return t('confirmed: called there and answered')
    case 'notHis':
      return t('not his number')
  }
}

export function standingTone(standing: NumberStanding): ToneName {
  if (standing === 'confirmed') return 'good'
  return standing === 'notHis' ? 'bad' : 'quiet'
}

export function fieldText(field: CardField): string {
  switch (field) {
    case 'kind':
      return t('Person or legal entity')
    case 'name':
      return t('Name in Latin letters')
    case 'nameCyrillic':
      return t('Name in Cyrillic letters')
    case 'birthDay':
      return t('Day of birth')
    case 'isMinor':
      return t('Under eighteen')
    case 'pinfl':
      return t('PINFL')
    case 'passport':
      return t('Passport')
    case 'stir':
      return t('STIR')
    case 'region':
      return t('Region')
    case 'address':
      return t('Address')
    case 'language':
      return t('Language')
    case 'representative':
      return t('Who acts for him, and by what right')
    case 'consent':
      return t('Consent to the handling of personal data')
    case 'note':
      return t('Note on the card')
  }
}

export function faultText(fault: FieldFault): string {
  switch (fault) {
    case 'noLetters':
      return t('A name has letters.')
    case 'notADay':
      return t('There is no such day.')
    case 'notBornYet':
      return t('This day has not come yet.')
    case 'pinflForm':
      return t('A PINFL has fourteen digits and begins with 1 to 6.')
    case 'pinflBirthDay':
      return t('Digits 2 to 7 are no day of birth.')
    case 'pinflCheckDigit':
      return t('A digit is wrong: the last one does not fit the others.')
    case 'pinflOfAnotherDay':
      return t('This PINFL belongs to another day of birth.')
    case 'passportForm':
      return t('A passport has two letters and seven digits.')
    case 'stirForm':
      return t('A STIR has nine digits.')
    case 'unknown':
      return t('This is not in the list.')
  }
}

/** A line of the card's history; what was changed is named, not told. */
export function citizenEventText(type: string, detail: Record<string, unknown>): string {
  switch (type) {
    case 'citizenAdded':
      return t('Card made')
    case 'citizenChanged':
      return t('Changed: {{fields}}', { fields: (detail.fields as CardField[]).map(fieldText).join(', ') })
    case 'citizenDocumentOpened':
      return t('Opened in full: {{document}}', { document: fieldText(detail.document as CardField) })
    case 'citizenNumberAdded':
      return t('Telephone number added')
    case 'citizenNumberMoved':
      return t('Telephone number: {{standing}}', { standing: standingText(detail.to as NumberStanding) })
    case 'citizenContactAdded':
      return t('Somebody who calls for it was added')
    case 'citizenContactEnded':
      return t('Somebody calls for it no more')
    case 'citizensMerged':
      return t('Two cards merged')
    case 'citizensSplit':
      return t('Two cards parted')
    default:
      return type
  }
}
