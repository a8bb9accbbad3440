import { Menu, Button } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import type { AppealCard } from '#contract/appeals.ts'
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import { movesOffered, ruleOf } from '#core/appeals/move-rules.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { useMoveAppeal } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { serverNow } from '../../server-clock.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './appeals.module.css'
import { MoveForm } from './MoveForm.tsx'
import { actionText, moveProblemText } from './move-words.ts'

/** The way an appeal goes on; everything else is kept in a menu. */
const ONWARD: readonly AppealAction[] = [
  'classify',
  'edit',
  'write',
  'approve',
  'dispatch',
  'receive',
  'assign',
  'reply',
  'notify',
  'close',
  'approveLeaving',
  'refuseLeaving',
]

/** What this person can do with the appeal, by the table the server reads too. */
export function MoveButtons({ appeal }: { appeal: AppealCard }) {
  const me = useSignedIn()
  const move = useMoveAppeal(appeal.id)
  const [chosen, setChosen] = useState<AppealAction>()
  const offered = movesOffered(appeal, me, tashkentDay(serverNow()))
  const onward = offered.filter(({ action }) => ONWARD.includes(action))
  const aside = offered.filter(({ action }) => !ONWARD.includes(action))
  if (offered.length === 0) return null

  function press(action: AppealAction): void {
    if (ruleOf(action).needs.length > 0) return setChosen(action)
    if (action === 'register') return
    move.mutate(
      { requestKey: crypto.randomUUID(), action, version: appeal.version, details: {} },
      { onError: showProblem },
    )
  }

  return (
    <Surface title={t('What to do')}>
      <div className={css.moves}>
        {onward.map(({ action, problem }, place) => (
          <ActionButton
            key={action}
            label={actionText(action)}
            variant={place === 0 ? 'filled' : 'default'}
            whyDisabled={problem && moveProblemText(problem)}
            isBusy={move.isPending && move.variables.action === action}
            isPressed={chosen === action}
            onPress={() => press(action)}
          />
        ))}
        {aside.length > 0 && <OtherMoves moves={aside} press={press} />}
      </div>
      {chosen && offered.some(({ action }) => action === chosen) && (
        <MoveForm key={chosen} appeal={appeal} action={chosen} done={() => setChosen(undefined)} />
      )}
    </Surface>
  )
}

function OtherMoves({
  moves,
  press,
}: {
  moves: ReturnType<typeof movesOffered>
  press: (action: AppealAction) => void
}) {
  return (
    <Menu position="bottom-start" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDots size={16} />}>
          {t('More')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {moves.map(({ action, problem }) => (
          <Menu.Item key={action} disabled={problem !== undefined} onClick={() => press(action)}>
            {actionText(action)}
            {problem && <div className={css.why}>{moveProblemText(problem)}</div>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
