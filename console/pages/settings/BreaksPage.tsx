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
import { WholeNumber } from '../../ui/WholeNumber.tsx'
import { BreakRow } from './BreakRow.tsx'
import { isNewRow } from './RowFields.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { type ShownSetting, useSettingForm } from './use-setting-form.ts'

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
      <Asked query={useAgentTime()}>{(time) => <Editor time={time} />}</Asked>
    </Page>
  )
}

function Editor({ time }: { time: AgentTime }) {
  const form = useSettingForm('agentTime', shownOf(time))
  const { breaks, ...limits } = form.value
  const save = useSaveAgentTime()
  const problems = checkAgentTime(rulesOf(form.value))
  const changeBreak = (place: number, rule: BreakReasonRow, part: Partial<BreakReasonRow>) =>
    form.change({ breaks: breaks.with(place, { ...rule, ...part }) })
  const press = () =>
    save.mutate(
      { ...form.value, changedAt: form.basedOn, earlierBreaks: time.earlierBreaks },
      { onSuccess: (saved) => form.adopt(shownOf(saved)) },
    )
  return (
    <div className={css.page}>
      <Surface title={t('Limits')}>
        <div className={css.fields}>
          {LIMITS.map((field) => (
            <WholeNumber
              key={field}
              label={limitText(field)}
              range={AGENT_TIME_RANGES[field]}
              value={limits[field]}
              problem={problemAt(problems, 'limits', field)}
              change={(value) => form.change({ [field]: value })}
            />
          ))}
        </div>
      </Surface>
      <Surface title={t('Breaks')}>
        {breaks.map((rule, place) => (
          <BreakRow
            // A row has no name of its own while its code is being typed.
            key={place}
            rule={rule}
            row={rule.code.trim() || String(place + 1)}
            isNew={isNewRow(breaks, place, time.breaks)}
            problems={problems}
            change={(part) => changeBreak(place, rule, part)}
            remove={() => form.change({ breaks: breaks.toSpliced(place, 1) })}
          />
        ))}
        <RowProblems problems={problems.filter(({ row }) => row === '*')} />
        <div className={css.actions}>
          <ActionButton
            label={t('Add a break')}
            variant="default"
            onPress={() => form.change({ breaks: [...breaks, NEW_BREAK] })}
          />
        </div>
        <Earlier breaks={time.earlierBreaks} />
      </Surface>
      <Surface title={t('Save')}>
        <SaveSetting form={form} problems={problems.length} save={save} press={press} />
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

type Form = Omit<AgentTime, 'changedAt' | 'earlierBreaks'>

function shownOf({ changedAt, earlierBreaks: _earlier, ...value }: AgentTime): ShownSetting<Form> {
  return { changedAt, value }
}

function rulesOf({ breaks, ...limits }: Form): AgentTimeRules {
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
