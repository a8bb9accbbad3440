import { useState } from 'react'
import type { AgentTime, BreakReasonRow } from '#contract/agents.ts'
import type { AgentTimeLimits, AgentTimeRules } from '#core/calls/agent-time.ts'
import { AGENT_TIME_RANGES, checkAgentTime } from '#core/calls/check-agent-time.ts'
import type { BreakCode } from '#core/lib/ids.ts'
import { useAgentTime } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useSaveAgentTime } from '../../settings-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { WholeNumber } from '../queues/NumberFields.tsx'
import { BreakRow } from './BreakRow.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'

const LIMITS = Object.keys(AGENT_TIME_RANGES) as (keyof AgentTimeLimits)[]
const NEW_BREAK: BreakReasonRow = {
  code: '',
  names: { uz: '', ru: '' },
  paid: true,
  limitMinutes: 15,
  needsApproval: false,
}

/** How long things may last that are not a talk. Checked with every key by the rules the server checks it by. */
export function BreaksPage() {
  return (
    <Page title={t('Breaks and wrap-up')}>
      <Asked query={useAgentTime()}>{(time) => <Editor key={time.changedAt} time={time} />}</Asked>
    </Page>
  )
}

function Editor({ time }: { time: AgentTime }) {
  const [form, setForm] = useState(time)
  const save = useSaveAgentTime()
  const problems = checkAgentTime(rulesOf(form))
  const isSame = JSON.stringify(form) === JSON.stringify(time)
  const changeBreak = (place: number, part: Partial<BreakReasonRow>) =>
    setForm({ ...form, breaks: form.breaks.map((rule, at) => (at === place ? { ...rule, ...part } : rule)) })
  return (
    <div className={css.page}>
      <Surface title={t('Limits')}>
        <div className={css.fields}>
          {LIMITS.map((field) => (
            <WholeNumber
              key={field}
              label={limitText(field)}
              range={AGENT_TIME_RANGES[field]}
              value={form[field]}
              problem={problemAt(problems, 'limits', field)}
              change={(value) => setForm({ ...form, [field]: value })}
            />
          ))}
        </div>
      </Surface>
      <Surface title={t('Breaks')}>
        {form.breaks.map((rule, place) => (
          <BreakRow
            // A row has no name of its own while its code is being typed.
            key={place}
            rule={rule}
            row={rule.code.trim() || String(place + 1)}
            isNew={!time.breaks.some(({ code }) => code === rule.code)}
            problems={problems}
            change={(part) => changeBreak(place, part)}
            remove={() => setForm({ ...form, breaks: form.breaks.filter((_, at) => at !== place) })}
          />
        ))}
        <RowProblems problems={problems.filter(({ row }) => row === '*')} />
        <div className={css.actions}>
          <ActionButton
            label={t('Add a break')}
            variant="default"
            onPress={() => setForm({ ...form, breaks: [...form.breaks, NEW_BREAK] })}
          />
        </div>
        <Earlier breaks={time.earlierBreaks} />
      </Surface>
      <Surface title={t('Save')}>
        <div className={css.actions}>
          <ActionButton
            label={t('Save')}
            isBusy={save.isPending}
            whyDisabled={whyNot(problems.length, isSame)}
            onPress={() => save.mutate(form)}
          />
          {save.isSuccess && isSame && <span role="status">{t('Saved: it holds from now on.')}</span>}
        </div>
        <SettingsProblem error={save.error} />
      </Surface>
    </div>
  )
}

function Earlier({ breaks }: { breaks: AgentTime['earlierBreaks'] }) {
  if (breaks.length === 0) return null
  const names = breaks.map((one) => inMyLanguage(one.names)).join(', ')
  return (
    <p className={css.quiet}>
      {t('Of earlier times, kept for the days they were taken on: {{names}}', { names })}
    </p>
  )
}

export function whyNot(problems: number, isSame: boolean): string | undefined {
  if (problems > 0) return t('First put right what is marked.')
  return isSame ? t('Nothing has been changed.') : undefined
}

function rulesOf({ breaks, ...limits }: AgentTime): AgentTimeRules {
  const { wrapUpSeconds, wrapUpExtensionsMax, wrapUpExtensionSeconds, breakApprovalMinutes } = limits
  return {
    wrapUpSeconds,
    wrapUpExtensionsMax,
    wrapUpExtensionSeconds,
    breakApprovalMinutes,
    breaks: breaks.map(({ code, names, paid, limitMinutes, needsApproval }) => ({
      code: code as BreakCode,
      names,
      isPaid: paid,
      limitMinutes: limitMinutes ?? undefined,
      needsApproval,
    })),
  }
}

function limitText(field: keyof AgentTimeLimits): string {
  switch (field) {
    case 'wrapUpSeconds':
      return t('Wrap-up, seconds')
    case 'wrapUpExtensionsMax':
      return t('A wrap-up is prolonged at most, times')
    case 'wrapUpExtensionSeconds':
      return t('Prolonged each time by, seconds')
    case 'breakApprovalMinutes':
      return t('A break waits for a yes, and the yes holds, minutes')
  }
}
