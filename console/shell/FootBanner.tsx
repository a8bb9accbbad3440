import { useEffect } from 'react'
import { draftsFindRoom } from '../draft-memory.ts'
import { t } from '../i18n.ts'
import { liveIsLost } from '../live.ts'
import { useStore } from '../store.ts'
import css from './Shell.module.css'

/** What may cost somebody his work, on whichever page. Lies over its foot, so that nothing moves when it comes and goes. */
export function FootBanner() {
  const isLost = useStore(liveIsLost)
  const isFull = !useStore(draftsFindRoom)
  useAskedBeforeLeaving(isFull)
  return (
    <div role="status">
      {(isLost || isFull) && (
        <div className={css.banner}>
          {isLost && (
            <div>{t('Connection lost. What you see may be out of date; it comes back by itself.')}</div>
          )}
          {isFull && (
            <div>
              {t(
                'This browser has no room for more that is not saved. Save it before you reload or close the page.',
              )}
            </div>
          )}
        </div>
      )}
    </div>
  )
}

/** By the browser, in its own words. */
function useAskedBeforeLeaving(isAsked: boolean): void {
  useEffect(() => {
    if (!isAsked) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isAsked])
}
