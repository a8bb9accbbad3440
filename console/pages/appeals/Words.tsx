import { Switch } from '@mantine/core'
import { useState } from 'react'
import type { AppealCard } from '#contract/appeals.ts'
import { useCall } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { Difference } from '../../ui/Difference.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { RecordingPanel } from '../calls/RecordingPanel.tsx'
import css from './appeals.module.css'

/** What the agent wrote down, what the editor made of it, and what was said: side by side. */
export function Words({ appeal }: { appeal: AppealCard }) {
  const { call, editedText, text } = appeal
  const hears = useMay('listenToAllRecordings')
  return (
    <>
      <div className={editedText === null ? undefined : css.sideBySide}>
        <Surface title={editedText === null ? t('Text') : t('The citizen’s words')}>
          <p className={css.text}>{text}</p>
        </Surface>
        {editedText !== null && <Edited before={text} after={editedText} />}
      </div>
      {call && hears && appeal.track !== 'trust' && <Sound call={call.id} />}
    </>
  )
}

function Edited({ before, after }: { before: string; after: string }) {
  const [isMarked, setMarked] = useState(true)
  return (
    <Surface
      title={t('Text as edited')}
      aside={
        <Switch
          size="xs"
          label={t('Show the changes')}
          checked={isMarked}
          onChange={(event) => setMarked(event.currentTarget.checked)}
        />
      }
    >
      <p className={css.text}>{isMarked ? <Difference before={before} after={after} /> : after}</p>
    </Surface>
  )
}

function Sound({ call }: { call: string }) {
  return <Asked query={useCall(call)}>{(card) => <RecordingPanel call={card} />}</Asked>
}
