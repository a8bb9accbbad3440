import { Link } from '@tanstack/react-router'
import type { Action } from '#core/staff/permissions.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './settings.module.css'

type Entry = { to: string; name: string; what: string; action: Action }

/** Everything an administrator sets up that has no page of its own in the navigation. */
export function SettingsPage() {
  const { may } = useSignedIn()
  return (
    <Page title={t('Settings')}>
      <Surface>
        <ul className={css.list}>
          {entries()
            .filter(({ action }) => may.includes(action))
            .map(({ to, name, what }) => (
              <li key={to}>
                <Link to={to}>{name}</Link>
                <p className={css.quiet}>{what}</p>
              </li>
            ))}
        </ul>
      </Surface>
    </Page>
  )
}

function entries(): Entry[] {
  return [
    {
      to: paths.organisation(),
      name: t('Organisation'),
      what: t('What it is called, how citizens reach it, and how its appeals are numbered.'),
      action: 'changeOrganisation',
    },
    {
      to: paths.breaks(),
      name: t('Breaks and wrap-up'),
      what: t('How long a wrap-up may last, and which breaks there are.'),
      action: 'changeStaff',
    },
    {
      to: paths.outcomes(),
      name: t('Outcomes of calls'),
      what: t('What outcomes are called, in which order, and which are offered.'),
      action: 'changeStaff',
    },
    {
      to: paths.classifier(),
      name: t('Classifier'),
      what: t('What calls and appeals are about, in three levels and in versions.'),
      action: 'changeClassifier',
    },
    {
      to: paths.dispatch(),
      name: t('The way to the chancellery'),
      what: t('How approved appeals reach the chancellery: here, by e-mail or over HTTP.'),
      action: 'changeDispatch',
    },
    {
      to: paths.documentTemplates(),
      name: t('Document templates'),
      what: t('The letters in which appeals go to the chancellery, in three scripts.'),
      action: 'changeDispatch',
    },
    {
      to: paths.signing(),
      name: t('Signing with E-IMZO'),
      what: t('Who checks signatures of officials, and which decisions need one.'),
      action: 'changeDispatch',
    },
    {
      to: paths.portal(),
      name: t('Citizens’ portal'),
      what: t('What citizens are told on every page, and how much they see of the staff.'),
      action: 'changePortal',
    },
    {
      to: paths.oneId(),
      name: t('Signing in by OneID'),
      what: t('Whether citizens sign in to the portal by OneID, and with what we are known there.'),
      action: 'changePortal',
    },
    {
      to: paths.sms(),
      name: t('SMS gateway'),
      what: t('Who carries SMS to citizens, with a test message.'),
      action: 'changePortal',
    },
    {
      to: paths.readyMessages(),
      name: t('SMS to callers'),
      what: t('Which links and messages agents send to whoever calls.'),
      action: 'changePortal',
    },
    {
      to: paths.script(),
      name: t('Call script'),
      what: t('What agents say in a call, step by step.'),
      action: 'changeScripts',
    },
    {
      to: paths.trunks(),
      name: t('Trunks'),
      what: t('How calls reach us from carriers, and go out again.'),
      action: 'changeTrunks',
    },
    {
      to: paths.dialling(),
      name: t('Calls to numbers outside'),
      what: t('Which numbers may be called, and who may call and transfer there.'),
      action: 'changeTrunks',
    },
    {
      to: paths.callbackSettings(),
      name: t('Calling citizens back'),
      what: t('When, how often and from which queues citizens are called back.'),
      action: 'changeQueues',
    },
    {
      to: paths.information(),
      name: t('What waiting callers are told'),
      what: t('What may help them meanwhile, for each queue, heard as they hear it.'),
      action: 'changeFlows',
    },
  ]
}
