import { Alert, Button, Radio } from '@mantine/core'
import { useState } from 'react'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { problemText } from '../../problem-text.ts'
import { serverNow } from '../../server-clock.ts'
import { hasRunOut, type ModuleKey } from '../../signing/module-keys.ts'
import { moduleFaultText } from '../../signing-words.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './appeals.module.css'
import { isModuleFault, type SignatureInHand } from './use-signature.ts'

/** Signing what is typed above, with the key on this computer. */
export function SignDecision({
  signature,
  whyNot,
}: {
  signature: SignatureInHand
  whyNot: string | undefined
}) {
  const { cancel, doing, isOutdated, isRequired, isWaiting, keys, look, sendAgain, sign } = signature
  if (!signature.isOffered) return null
  return (
    <section className={css.signing} aria-label={t('Signature with E-IMZO')}>
      <b>{t('Signature with E-IMZO')}</b>
      {isRequired && !signature.isSigned && (
        <p className={css.told}>{t('This decision is made with a signature only.')}</p>
      )}
      <Progress signature={signature} />
      {isOutdated && doing === undefined && (
        <p className={css.told}>{t('What you typed was changed after signing: sign it again.')}</p>
      )}
      {doing === 'choosing' ? (
        <KeyChoice keys={keys} sign={(key) => void sign(key)} cancel={cancel} />
      ) : (
        !signature.isSigned && (
          <div className={css.moves}>
            {isWaiting && (
              <ActionButton
                label={t('Send the signature again')}
                isBusy={doing === 'checking'}
                onPress={() => void sendAgain()}
              />
            )}
            <ActionButton
              label={t('Sign with E-IMZO')}
              variant={isWaiting ? 'default' : 'light'}
              isBusy={doing !== undefined}
              whyDisabled={whyNot}
              onPress={() => void look()}
            />
          </div>
        )
      )}
      <Fault error={signature.error} />
    </section>
  )
}

/** Read out as it changes. */
function Progress({ signature: { doing, isSigned, isWaiting } }: { signature: SignatureInHand }) {
  return (
    <p role="status" className={css.told}>
      {doing === 'looking' && t('Looking for keys…')}
      {doing === 'signing' && t('E-IMZO asks for the password of the key in a window of its own.')}
      {doing === 'checking' && t('The signature is being checked…')}
      {doing === undefined && isSigned && t('Signed, and found right.')}
      {doing === undefined && isWaiting && t('Signed, and not checked yet.')}
    </p>
  )
}

type Choosing = { keys: readonly ModuleKey[]; sign: (key: ModuleKey) => void; cancel: () => void }

function KeyChoice({ cancel, keys, sign }: Choosing) {
  const usable = keys.findIndex((key) => !hasRunOut(key, serverNow()))
  const [chosen, setChosen] = useState(String(usable))
  const key = keys[Number(chosen)]
  return (
    <>
      <Radio.Group label={t('Which key')} value={chosen} onChange={setChosen}>
        {keys.map((one, place) => (
          <Radio
            key={one.kind === 'file' ? `${one.disk} ${one.path} ${one.name}` : one.kind}
            mt={6}
            value={String(place)}
            disabled={hasRunOut(one, serverNow())}
            label={keyText(one)}
          />
        ))}
      </Radio.Group>
      {usable < 0 && (
        <Alert color="red" role="alert">
          {t('None of these keys is in force any more. Have yours renewed, or put in another.')}
        </Alert>
      )}
      <div className={css.moves}>
        <ActionButton
          label={t('Sign')}
          whyDisabled={key ? undefined : t('First choose a key that is in force.')}
          onPress={() => key && sign(key)}
        />
        <Button variant="default" onClick={cancel}>
          {t('Do not sign')}
        </Button>
      </div>
    </>
  )
}

function keyText(key: ModuleKey): string {
  if (key.kind === 'card') return t('The ID card in the reader')
  const { holder, organisation, validTo } = key
  const name = organisation === '' ? holder : `${holder}, ${organisation}`
  if (validTo === null) return name
  const day = shortDay(tashkentDay(validTo))
  return hasRunOut(key, serverNow())
    ? t('{{name}}: ran out on {{day}}', { name, day })
    : t('{{name}}: in force until {{day}}', { name, day })
}

function Fault({ error }: { error: unknown }) {
  if (error === undefined) return null
  return (
    <Alert color="red" role="alert">
      {isModuleFault(error) ? moduleFaultText(error.code, location.hostname) : problemText(error)}
      {isModuleFault(error) && error.code === 'cannotSign' && <span lang="ru"> {error.message}</span>}
    </Alert>
  )
}
