import { Button } from '@mantine/core'
import type { AppealCard } from '#contract/appeals.ts'
import type { SignatureRow } from '#contract/signatures.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { save } from '../../save.ts'
import { signatureAddress, useSignatures } from '../../signing-api.ts'
import { decisionText } from '../../signing-words.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './appeals.module.css'

/** Which decisions were signed, by whom, when, and who found the signature right. Nothing where nobody has signed. */
export function Signatures({ appeal }: { appeal: AppealCard }) {
  const rows = useSignatures(appeal.id).data ?? []
  if (rows.length === 0) return null
  return (
    <Surface title={t('Signatures')}>
      <ul className={css.links}>
        {rows.map((row) => (
          <Signature key={row.id} row={row} />
        ))}
      </ul>
    </Surface>
  )
}

function Signature({ row }: { row: SignatureRow }) {
  const { byName, certificateSerial, decision, id, place, signedAt, signerName, signerOrganisation } = row
  const { signerPinfl, textSha256, verifiedAt, verifiedBy } = row
  const who = [signerName, signerOrganisation, signerPinfl].filter(Boolean).join(', ')
  return (
    <li>
      <div>
        <b>{decisionText(decision)}</b>
        {place === null && <> · {t('signed, and not decided yet')}</>}
        <span className={css.told}>
          {t('Signed by {{who}}, {{time}}, by the time stamp', { who, time: shortMoment(signedAt) })}
        </span>
        <span className={css.told}>
          {t('Found right by {{server}}, {{time}}', { server: verifiedBy, time: shortMoment(verifiedAt) })}
        </span>
        <span className={css.told}>{samePersonText(row.isSamePerson, byName)}</span>
        <span className={css.hash}>
          {t('Certificate {{serial}}', { serial: certificateSerial })} · SHA-256 {textSha256.slice(0, 16)}…
        </span>
      </div>
      <div className={css.moves}>
        <Button size="xs" variant="default" onClick={() => save(signatureAddress(id, 'text'))}>
          {t('What was signed: {{what}}', { what: decisionText(decision) })}
        </Button>
        <Button size="xs" variant="default" onClick={() => save(signatureAddress(id, 'pkcs7'))}>
          {t('The signature itself: {{what}}', { what: decisionText(decision) })}
        </Button>
      </div>
    </li>
  )
}

function samePersonText(isSamePerson: boolean | null, name: string): string {
  return isSamePerson === null
    ? t('Signed in as {{name}}, whose PINFL is not known here: the two were not compared', { name })
    : t('It is the certificate of {{name}}, by PINFL', { name })
}
