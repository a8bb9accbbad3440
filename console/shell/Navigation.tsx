import { Link } from '@tanstack/react-router'
import type { Me } from '#contract/staff.ts'
import { t } from '../i18n.ts'
import { useSignedIn } from '../me.ts'
import { paths } from '../paths.ts'
import css from './Shell.module.css'

export function Navigation() {
  const me = useSignedIn()
  return (
    <nav className={css.nav} aria-label={t('Pages')}>
      {pagesOf(me).map(({ to, name }) => (
        <Link key={to} to={to} className={css.link}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

function pagesOf({ may }: Me): { to: string; name: string }[] {
  return [
    ...(may.includes('takeCalls') ? [{ to: paths.desk(), name: t('Desk') }] : []),
    ...(may.includes('seeAgents') ? [{ to: paths.wallboard(), name: t('Wallboard') }] : []),
    ...(may.includes('seeAgents') ? [{ to: paths.agents(), name: t('Agents') }] : []),
    ...(may.includes('seeOwnCalls') || may.includes('seeAllCalls')
      ? [{ to: paths.calls(), name: t('Calls') }]
      : []),
    ...(may.includes('cancelCallbacks') ? [{ to: paths.callbacks(), name: t('Callbacks') }] : []),
    ...(may.includes('seeAppeals') ? [{ to: paths.appeals(), name: t('Appeals') }] : []),
    ...(knowsThings(may) ? [{ to: paths.knowledge(), name: t('Knowledge') }] : []),
    ...(may.includes('changeScripts') && !may.includes('changeStaff')
      ? [{ to: paths.script(), name: t('Call script') }]
      : []),
    ...(may.includes('seeCitizens') ? [{ to: paths.citizens(), name: t('Citizens') }] : []),
    ...(may.includes('giveOutRecordings')
      ? [{ to: paths.recordingRequests(), name: t('Recordings asked for') }]
      : []),
    ...(may.includes('takeCalls')
      ? [
          { to: paths.myCourses(), name: t('My courses') },
          { to: paths.myDay(), name: t('My day') },
        ]
      : []),
    ...(may.includes('editCourses') ? [{ to: paths.courses(), name: t('Courses') }] : []),
    ...(may.includes('changeStaff') ? [{ to: paths.people(), name: t('People') }] : []),
    ...(may.includes('changeFlows') ? [{ to: paths.flows(), name: t('Voice menu') }] : []),
    ...(may.includes('changeQueues')
      ? [
          { to: paths.queues(), name: t('Queues') },
          { to: paths.agentSkills(), name: t('Agents’ skills') },
        ]
      : []),
    ...(may.includes('changeCalendar') ? [{ to: paths.calendar(), name: t('Calendar') }] : []),
    ...(may.includes('changeStaff') ? [{ to: paths.settings(), name: t('Settings') }] : []),
  ]
}

/** Whoever answers citizens, writes the answers or answers for them. */
function knowsThings(may: Me['may']): boolean {
  return may.includes('seeOwnCalls') || may.includes('seeAllCalls')
}
