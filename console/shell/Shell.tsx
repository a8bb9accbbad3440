import { Outlet } from '@tanstack/react-router'
import { t } from '../i18n.ts'
import { useMay } from '../me.ts'
import { ChatButton } from '../pages/chat/ChatButton.tsx'
import { ChatPlace } from '../pages/chat/ChatPlace.tsx'
import { AgentShell } from './AgentShell.tsx'
import { FootBanner } from './FootBanner.tsx'
import { MeMenu } from './MeMenu.tsx'
import { Navigation } from './Navigation.tsx'
import css from './Shell.module.css'

/** What stands around every page. */
export function Shell() {
  const takesCalls = useMay('takeCalls')
  const mayChat = useMay('chat')
  return (
    <>
      <a className={css.skip} href="#page">
        {t('Skip to the page')}
      </a>
      <header className={css.header}>
        <img src="/javob.svg" alt="Javob" width="30" height="30" />
        <Navigation />
        <div className={css.end}>
          {mayChat && <ChatButton />}
          {takesCalls && <AgentShell />}
          <MeMenu />
        </div>
      </header>
      <FootBanner />
      <div id="page" className={css.page}>
        <Outlet />
      </div>
      {mayChat && <ChatPlace />}
    </>
  )
}
