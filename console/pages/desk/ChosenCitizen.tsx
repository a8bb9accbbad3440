import { useState } from 'react'
import type { CallerCard } from '#contract/calls.ts'
import type { CitizenCard } from '#contract/citizens.ts'
import { NUMBER_MOVES } from '#core/citizens/number-standing.ts'
import { useCitizen, useCitizenCommand } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import { CardEditor } from '../citizens/CardEditor.tsx'
import { CardFacts } from '../citizens/CitizenCardPage.tsx'
import { useCardDraft } from '../citizens/card-draft.ts'
import css from './desk.module.css'

/** The card of whoever the agent says is calling: to be read, corrected and confirmed while they talk. */
export function ChosenCitizen({ id, caller }: { id: string; caller: CallerCard }) {
  return (
    <Surface title={t('Card')}>
      <Asked query={useCitizen(id)}>{(card) => <OnDesk key={card.id} card={card} caller={caller} />}</Asked>
    </Surface>
  )
}

function OnDesk({ card, caller }: { card: CitizenCard; caller: CallerCard }) {
  const mayChange = useMay('changeCitizens') && card.status === 'current'
  const { isChanged } = useCardDraft(card)
  // What was typed before a reload is there again.
  const [isEdited, setEdited] = useState(isChanged)
  const command = useCitizenCommand()
  const known = card.numbers.find(({ number }) => number === caller.number)
  const mayConfirm = mayChange && known !== undefined && NUMBER_MOVES[known.standing].confirm !== undefined
  const confirm = () =>
    command.mutate(
      { do: 'judgeNumber', id: card.id, number: caller.number, action: 'confirm' },
      { onError: showProblem },
    )
  useShortcuts({
    G: mayChange ? () => setEdited(true) : undefined,
    J: mayConfirm ? confirm : undefined,
  })
  if (isEdited && mayChange) return <CardEditor card={card} close={() => setEdited(false)} />
  return (
    <>
      <CardFacts card={card} />
      {mayChange && (
        <div className={css.cardButtons}>
          <ActionButton
            variant="default"
            label={t('Edit the card')}
            shortcut="G"
            onPress={() => setEdited(true)}
          />
          <ActionButton
            variant="default"
            label={t('His number is confirmed')}
            shortcut="J"
            whyDisabled={mayConfirm ? undefined : t('This number is confirmed already, or not on the card')}
            isBusy={command.isPending}
            onPress={confirm}
          />
        </div>
      )}
    </>
  )
}
