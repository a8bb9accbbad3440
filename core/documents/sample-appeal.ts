/** A made-up appeal, with everything there can be in one: how a template looks is seen on it. */
import type { DocumentedAppeal } from './document-facts.ts'
import type { Day } from '#core/lib/time.ts'

export function sampleAppeal(
  of: Pick<DocumentedAppeal, 'organisation'> & { readonly statusAddress: string },
): DocumentedAppeal {
  return {
    organisation: of.organisation,
    number: 'A-2026-000123',
    kind: 'application',
    topic: { uz: 'Ruxsatnoma', ru: 'Допуск к экзамену' },
    receivedAt: Date.UTC(2026, 2, 2, 5),
    registeredOn: '2026-03-02' as Day,
    dueOn: '2026-03-17' as Day,
    citizen: {
      name: 'Oʻgʻiloy Gʻaniyeva Qodir qizi',
      nameCyrillic: '',
      numbers: ['+998 90 123 45 67'],
      region: '1718',
      representative: 'Nodira Gʻaniyeva (onasi)',
    },
    cosigners: [
      { name: 'Shahnoza Joʻrayeva', residence: 'Samarqand shahri, Registon koʻchasi, 7-uy' },
      { name: 'Ҳамида Ёқубова', residence: 'Ургут тумани' },
    ],
    text: 'Ruxsatnomada ismim xato yozilgan. Toʻgʻri yozilishi: Oʻgʻiloy.\n\nВ допуске моё имя написано с ошибкой. Исправьте её, пожалуйста.\n\nРухсатномада исмим хато ёзилган: Ўғилой Қодир қизи Ҳамидова.',
    attachments: [
      { name: 'Ruxsatnoma (nusxa).pdf', bytes: 184_320 },
      { name: 'Паспорт — копия.jpg', bytes: 921_600 },
    ],
    statusAddress: of.statusAddress,
  }
}
