import { Button, Radio, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef, useState } from 'react'
import type { CallerCard, Candidate } from '#contract/calls.ts'
import type { CitizenRow } from '#contract/citizens.ts'
import { useCitizen, useCitizens } from '../../api.ts'
import { standingText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { Key } from '../../ui/Key.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { NewCardForm } from '../citizens/NewCardForm.tsx'
import css from './desk.module.css'

const TYPING_ENDS_MS = 300
const FOUND_SHOWN_MAX = 6

/** Found by the number alone, it is not known how sure it is. */
type Known = Omit<Candidate, 'standing' | 'contactOf'> & Partial<Pick<Candidate, 'standing' | 'contactOf'>>
type Asked = Pick<CallerCard, 'call' | 'number'> & { candidates: readonly Known[] }

type Choice = { citizen: string | null; choose: (citizen: string | null) => void }

/** Numbers are shared and can be forged, so it is the agent who says who is calling: one of the candidates, somebody found, or somebody new. */
export function WhoIsCalling(props: Choice & { caller: Asked; isToldToAsk?: boolean }) {
  const { caller, choose, citizen, isToldToAsk } = props
  const group = useRef<HTMLDivElement>(null)
  const [isNew, setNew] = useState(false)
  const mayChange = useMay('changeCitizens')
  useShortcuts({
    P: () => {
      const inputs = group.current?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? []
      const [first] = [...inputs].toSorted((a, b) => Number(b.checked) - Number(a.checked))
      first?.focus()
    },
  })
  if (isNew)
    return (
      <NewCardForm
        draft={`new.${caller.call}`}
        number={caller.number}
        made={({ id }) => {
          choose(id)
          setNew(false)
        }}
        close={() => setNew(false)}
      />
    )
  return (
    <div ref={group}>
      <Candidates
        candidates={caller.candidates}
        citizen={citizen}
        choose={choose}
        description={isToldToAsk || caller.candidates.length === 0 ? undefined : askFirst()}
      />
      <FindCitizen
        choose={choose}
        others={caller.candidates.map(({ id }) => id)}
        addNew={mayChange ? () => setNew(true) : undefined}
      />
    </div>
  )
}

export function askFirst(): string {
  return t('Known with this number. Ask before choosing.')
}

function Candidates(props: Choice & { candidates: readonly Known[]; description: string | undefined }) {
  const { candidates, choose, citizen, description } = props
  const isFoundOtherwise = citizen !== null && candidates.every(({ id }) => id !== citizen)
  return (
    <Radio.Group
      mt="sm"
      label={
        <>
          {t('Who is calling?')} <Key>P</Key>
        </>
      }
      description={description}
      value={citizen ?? ''}
      onChange={(value) => choose(value === '' ? null : value)}
    >
      {candidates.map((candidate) => (
        <Radio
          key={candidate.id}
          value={candidate.id}
          label={candidate.name}
          description={
            <>
              {candidateText(candidate)}
              {candidate.note !== '' && <span className={css.candidateNote}>{candidate.note}</span>}
            </>
          }
          mt="xs"
        />
      ))}
      {isFoundOtherwise && <Found citizen={citizen} />}
      <Radio value="" label={t('Somebody else, or not asked')} mt="xs" />
    </Radio.Group>
  )
}

function Found({ citizen }: { citizen: string }) {
  const name = useCitizen(citizen).data?.names.latin
  return <Radio value={citizen} label={t('The one who was found')} description={name} mt="xs" />
}

function FindCitizen(props: {
  choose: (citizen: string) => void
  others: string[]
  addNew: (() => void) | undefined
}) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), TYPING_ENDS_MS)
  const found = useCitizens(search, search !== '')
  const pick = (row: CitizenRow) => {
    props.choose(row.id)
    setTyped('')
  }
  return (
    <>
      <div className={css.findCitizen}>
        <TextInput
          type="search"
          aria-label={t('Find somebody else by name, number or PINFL')}
          placeholder={t('Find somebody else by name, number or PINFL')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {props.addNew && (
          <Button variant="default" onClick={props.addNew}>
            {t('New card')}
          </Button>
        )}
      </div>
      {search !== '' && typed !== '' && (
        <ul className={css.list}>
          {found.data
            ?.filter(({ id }) => !props.others.includes(id))
            .slice(0, FOUND_SHOWN_MAX)
            .map((row) => (
              <li key={row.id}>
                <Button size="compact-sm" variant="subtle" onClick={() => pick(row)}>
                  {[row.name, row.birthDay.slice(0, 4), row.numbers[0]].filter(Boolean).join(' · ')}
                </Button>
              </li>
            ))}
          {found.data?.length === 0 && <li>{t('Nothing found')}</li>}
        </ul>
      )}
    </>
  )
}

export function candidateText({ calls, contactOf = [], kind, openAppeals, standing }: Known): string {
  const counts =
    openAppeals > 0
      ? t('Calls: {{calls}}, open appeals: {{appeals}}', { calls, appeals: openAppeals })
      : t('Calls: {{calls}}', { calls })
  return [
    kind === 'legalEntity' && t('Legal entity'),
    ...contactOf.map(({ name, role }) => t('{{role}} at “{{name}}”', { name, role })),
    counts,
    standing && standingText(standing),
  ]
    .filter(Boolean)
    .join(' · ')
}
