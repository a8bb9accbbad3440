import { IconDeviceLandlinePhone, IconHeadset } from '@tabler/icons-react'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { startLine } from '../../softphone/my-line.ts'
import { chooseDeskPhone, phoneAccess } from '../../softphone/my-phone.ts'
import { useStore } from '../../store.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import css from './desk.module.css'

/** Until the agent's ordinary phone has registered: with what it registers, and the way back to the browser. */
export function PhoneComingView() {
  const access = useStore(phoneAccess)
  return (
    <div className={css.calm}>
      <h1>{t('Your desk phone has not registered yet')}</h1>
      <p>{t('Enter this account on the phone. The desk goes on by itself as soon as it is there.')}</p>
      {access ? (
        <Facts
          facts={[
            { name: t('Server'), value: <code>{serverOf(access.sipPort)}</code> },
            { name: t('Domain'), value: <code>{access.domain}</code> },
            { name: t('User'), value: <code>{access.username}</code> },
            { name: t('Password'), value: <code>{access.password}</code> },
            { name: t('Connection'), value: 'UDP' },
          ]}
        />
      ) : (
        <p>
          {t('The password was shown where the phone was chosen. A new one makes the old one worthless.')}
        </p>
      )}
      <div className={css.row}>
        <ActionButton
          variant="default"
          icon={<IconDeviceLandlinePhone />}
          label={t('New password for the phone')}
          onPress={() => void chooseDeskPhone().catch(showProblem)}
        />
        <ActionButton
          variant="default"
          icon={<IconHeadset />}
          label={t('Use the browser instead')}
          onPress={() => void startLine().catch(showProblem)}
        />
      </div>
    </div>
  )
}

const serverOf = (port: number | undefined) =>
  port === undefined ? window.location.hostname : `${window.location.hostname}:${port}`
