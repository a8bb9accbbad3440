import { useState } from 'react'
import type { CallLanguage } from '#core/lib/languages.ts'
import { addDays, tashkentDay } from '#core/lib/time.ts'
import type { DoneStep, Script } from '#core/scripts/script.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { language, t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { serverNow } from '../../server-clock.ts'
import { ScriptReading } from '../desk/ScriptPanel.tsx'

/** As of an appeal that was registered today. */
const EXAMPLE = { appeal: 'A-2026-000123', dueInDays: 15 }

/** The script as an agent has it beside a call, to be ticked through before it is published. */
export function ScriptPreview({ script }: { script: Script }) {
  const me = useSignedIn()
  const [done, setDone] = useState<readonly DoneStep[]>([])
  const [name, setName] = useState('')
  const [readIn, setReadIn] = useState<CallLanguage>(language() === 'ru' ? 'ru' : 'uz')
  const due = shortDay(addDays(tashkentDay(serverNow()), EXAMPLE.dueInDays))
  return (
    <ScriptReading
      title={t('As an agent sees it')}
      script={script}
      done={done}
      setDone={setDone}
      values={{ agent: me.name, citizen: name.trim(), appeal: EXAMPLE.appeal, due }}
      language={readIn}
      choose={setReadIn}
      name={name}
      setName={setName}
    />
  )
}
