import { IconCheck } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { CallCard } from '#contract/calls.ts'
import { duration, shortMoment } from '#core/text/uzbek-dates.ts'
import { useClassify } from '../../desk-api.ts'
import { useCall, useCitizens } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { paths } from '../../paths.ts'
import { useScript } from '../../script-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import css from './desk.module.css'
import { forgetCallDraft, useDraft } from './draft.ts'
import { missingText } from './FinishButtons.tsx'
import { whatIsMissing, wrapUpOf } from './finishing.ts'
import { WhoIsCalling } from './WhoIsCalling.tsx'
import { WrapUpForm } from './WrapUpForm.tsx'

const CANDIDATES_SHOWN_MAX = 6

/** A call whose wrap-up time was over before it was classified: the same form, with what was filled in then. */
export function ClassifyPage({ id }: { id: string }) {
  return <Asked query={useCall(id)}>{(call) => <Classify call={call} />}</Asked>
}

function Classify({ call }: { call: CallCard }) {
  const [draft, change] = useDraft(call.id, call.topic)
  const classify = useClassify()
  const navigate = useNavigate()
  const topicName = useTopicNames()
  const script = useScript(call.id).data
  const missing = whatIsMissing(draft)
  const save = () => {
    const wrapUp = wrapUpOf(draft, script)
    if (missing || !wrapUp || classify.isPending) return
    const then = () => {
      forgetCallDraft(call.id)
      void navigate({ to: paths.desk() })
    }
    classify.mutate({ call: call.id, wrapUp }, { onSuccess: then, onError: showProblem })
  }
  useShortcuts({ 'ctrl+Enter': save })
  return (
    <Page
      title={`${t('Classify a call')}: ${call.number || t('Number hidden')}`}
      aside={<Link to={paths.desk()}>{t('Back to the desk')}</Link>}
    >
      <div className={css.column}>
        <Surface>
          <Facts
            facts={[
              {
                name: t('Arrived'),
                value: <Link to={paths.call(call.id)}>{shortMoment(call.arrivedAt)}</Link>,
              },
              { name: t('Talked'), value: call.talkSeconds === null ? null : duration(call.talkSeconds) },
              { name: t('Topic'), value: call.topic && topicName(call.topic) },
            ]}
          />
        </Surface>
        <Surface title={t('Caller')}>
          <Caller call={call} citizen={draft.citizen} choose={(citizen) => change({ citizen })} />
        </Surface>
        <WrapUpForm call={call.id} caller={null} draft={draft} change={change} />
        <div className={css.row} style={{ justifyContent: 'flex-start' }}>
          <ActionButton
            icon={<IconCheck size={18} />}
            label={t('Save')}
            shortcut="Ctrl+Enter"
            whyDisabled={missing && missingText(missing)}
            isBusy={classify.isPending}
            onPress={save}
          />
          <span role="status">{missing && missingText(missing)}</span>
        </div>
      </div>
    </Page>
  )
}

/** The card of the caller is gone by now; who uses his number is asked for anew. */
function Caller(props: { call: CallCard; citizen: string | null; choose: (citizen: string | null) => void }) {
  const { call, choose, citizen } = props
  const found = useCitizens(call.number, call.number !== '').data ?? []
  const candidates = found
    .slice(0, CANDIDATES_SHOWN_MAX)
    .map(({ id, kind, name, calls, openAppeals }) => ({ id, kind, name, calls, openAppeals, note: '' }))
  return (
    <WhoIsCalling
      caller={{ call: call.id, number: call.number, candidates }}
      citizen={citizen}
      choose={choose}
    />
  )
}
