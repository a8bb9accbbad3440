import { t } from '../i18n.ts'
import { liveIsLost } from '../live.ts'
import { useStore } from '../store.ts'
import css from './Shell.module.css'

/** Lies over the foot of the page, so that nothing moves when it comes and goes. */
export function LiveBanner() {
  const isLost = useStore(liveIsLost)
  return (
    <div role="status">
      {isLost && (
        <div className={css.banner}>
          {t('Connection lost. What you see may be out of date; it comes back by itself.')}
        </div>
      )}
    </div>
  )
}
