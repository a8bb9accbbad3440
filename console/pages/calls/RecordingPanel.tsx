import { Loader } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { CallCard } from '#contract/calls.ts'
import { recordingText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'

const RecordingPlayer = lazy(() =>
  import('./RecordingPlayer.tsx').then((module) => ({ default: module.RecordingPlayer })),
)

const PLAYER_HEIGHT = '11rem'

export function RecordingPanel({ call }: { call: CallCard }) {
  const { may } = useSignedIn()
  const mayListen = may.includes('listenToAllRecordings') || may.includes('listenToOwnRecordings')
  const recording = call.recordingCard
  return (
    <Surface
      title={t('Recording')}
      aside={recording && <Tone tone={toneOf(recording.status)}>{recordingText(recording.status)}</Tone>}
    >
      {!recording && <p style={{ margin: 0 }}>{t('This call has no recording.')}</p>}
      {recording?.problem && <p role="alert">{recording.problem}</p>}
      {recording?.status === 'stored' && !mayListen && (
        <p>{t('Your role does not allow listening to it.')}</p>
      )}
      {recording?.status === 'stored' && mayListen && (
        // The place is kept while the player is loaded.
        <div style={{ minHeight: PLAYER_HEIGHT }}>
          <Suspense fallback={<Loader size="sm" aria-label={t('Loading')} />}>
            <RecordingPlayer call={call.id} recording={recording} />
          </Suspense>
        </div>
      )}
    </Surface>
  )
}

function toneOf(status: string): 'good' | 'bad' | 'warn' {
  if (status === 'stored') return 'good'
  return status === 'failed' ? 'bad' : 'warn'
}
