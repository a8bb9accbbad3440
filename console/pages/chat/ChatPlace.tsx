import { lazy, Suspense, useEffect } from 'react'
import { useDesk } from '../../desk-api.ts'
import { useMay } from '../../me.ts'
import { useStore } from '../../store.ts'
import { chatPlace } from './chat-place.ts'

/** Whoever does not chat does not load it. */
const ChatPanel = lazy(() => import('./ChatPanel.tsx').then(({ ChatPanel: panel }) => ({ default: panel })))

/** Beside every page. While it is open, the page is told so, and makes room. */
export function ChatPlace() {
  const { isOpen } = useStore(chatPlace)
  const isRinging = useDesk(useMay('takeCalls')).data?.offer != null
  useEffect(() => {
    const root = document.documentElement
    if (!isOpen) return
    root.setAttribute('data-chat', '')
    return () => root.removeAttribute('data-chat')
  }, [isOpen])
  return isOpen ? (
    <Suspense fallback={null}>
      <ChatPanel isRinging={isRinging} />
    </Suspense>
  ) : null
}
