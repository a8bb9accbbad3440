import { Alert, Button } from '@mantine/core'
import { t } from '../../i18n.ts'
import css from './people.module.css'

/** The only time a password is seen. It is gone when the page is left or the next one is made. */
export function OneTimePassword(props: { name: string; login: string; password: string; done: () => void }) {
  const { done, login, name, password } = props
  return (
    <Alert color="blue" role="status" title={t('For {{name}}, to sign in once', { name })}>
      <dl className={css.secret}>
        <dt>{t('Login')}</dt>
        <dd>
          <code>{login}</code>
        </dd>
        <dt>{t('Password')}</dt>
        <dd>
          <code>{password}</code>
        </dd>
      </dl>
      <p>
        {t(
          'Hand it over now: it is shown this one time. At the first sign-in a password of one’s own is chosen.',
        )}
      </p>
      <Button size="xs" variant="default" onClick={done}>
        {t('I have handed it over')}
      </Button>
    </Alert>
  )
}
