import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { CitizenCard, CitizenRow } from '#contract/citizens.ts'
import { CONTACT_ROLE_MAX_CHARACTERS } from '#core/citizens/contacts.ts'
import { useCitizenCommand, useCitizens } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { paths } from '../../paths.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './citizens.module.css'

const TYPING_ENDS_MS = 300
const FOUND_SHOWN_MAX = 6
const NOBODY: ContactDraft = { search: '', role: '' }

/** Of a legal entity who calls for it; of a person for whom he calls. */
export function ContactsPanel({ card }: { card: CitizenCard }) {
  if (card.fields.kind === 'legalEntity') return <Contacts card={card} />
  if (card.contactOf.length === 0) return null
  return (
    <Surface title={t('Calls for')}>
      <ul className={css.plain}>
        {card.contactOf.map(({ id, name, role }) => (
          <li key={id}>
            <Link to={paths.citizen(id)}>{name}</Link> · <bdi>{role}</bdi>
          </li>
        ))}
      </ul>
    </Surface>
  )
}

function Contacts({ card }: { card: CitizenCard }) {
  const mayChange = useMay('changeCitizens') && card.status === 'current'
  const command = useCitizenCommand()
  const end = (person: string) =>
    command.mutate({ do: 'removeContact', id: card.id, person }, { onError: showProblem })
  return (
    <Surface title={t('Who calls for it')}>
      {card.contacts.length === 0 && <p style={{ margin: 0 }}>{t('Nobody is known.')}</p>}
      <ul className={css.plain}>
        {card.contacts.map(({ id, name, role, numbers }) => (
          <li key={id}>
            <Link to={paths.citizen(id)}>{name}</Link> · <bdi>{[role, ...numbers].join(' · ')}</bdi>
            {mayChange && (
              <div className={css.inRow}>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t('No more: {{name}}', { name })}
                  loading={command.isPending}
                  onClick={() => end(id)}
                >
                  {t('No more')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <AddContact key={card.id} card={card} />}
    </Surface>
  )
}

type ContactDraft = { search: string; person?: Pick<CitizenRow, 'id' | 'name'>; role: string }

/** A person who has a card is found, and said what he is there. */
function AddContact({ card }: { card: CitizenCard }) {
  const { typed, change, forget } = useTypedDraft<ContactDraft>(`citizen-contact.${card.id}`, NOBODY)
  const { person, role, search } = typed
  const command = useCitizenCommand()
  if (!person)
    return (
      <FindPerson
        card={card}
        typed={search}
        setTyped={(search) => change({ ...typed, search })}
        pick={({ id, name }) => change({ ...typed, person: { id, name } })}
      />
    )
  const add = () =>
    command.mutate(
      { do: 'addContact', id: card.id, person: person.id, role },
      { onSuccess: forget, onError: showProblem },
    )
  return (
    <form
      className={css.inRow}
      onSubmit={(event) => {
        event.preventDefault()
        if (role.trim() !== '') add()
      }}
    >
      <strong>{person.name}</strong>
      <LimitedInput
        aria-label={t('What he is there')}
        placeholder={t('What he is there')}
        most={CONTACT_ROLE_MAX_CHARACTERS}
        autoComplete="off"
        value={role}
        onChange={(event) => change({ ...typed, role: event.currentTarget.value })}
      />
      <ActionButton
        isSubmit
        variant="default"
        label={t('Add')}
        isBusy={command.isPending}
        whyDisabled={role.trim() === '' ? t('Say what he is there.') : undefined}
        onPress={() => undefined}
      />
      <Button variant="subtle" onClick={forget}>
        {t('Somebody else')}
      </Button>
    </form>
  )
}

function FindPerson(props: {
  card: CitizenCard
  typed: string
  setTyped: (typed: string) => void
  pick: (row: CitizenRow) => void
}) {
  const { card, pick, setTyped, typed } = props
  const [search] = useDebouncedValue(typed.trim(), TYPING_ENDS_MS)
  const found = useCitizens(search, search !== '').data ?? []
  const known = new Set(card.contacts.map(({ id }) => id))
  const people = found.filter(({ id, kind }) => kind === 'person' && !known.has(id)).slice(0, FOUND_SHOWN_MAX)
  return (
    <>
      <TextInput
        type="search"
        mt="xs"
        aria-label={t('Find a person by name, number or PINFL')}
        placeholder={t('Find a person by name, number or PINFL')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="status">
        {search !== '' && typed !== '' && people.length === 0 && <p>{t('Nothing found')}</p>}
      </div>
      {search !== '' && typed !== '' && (
        <ul className={css.plain}>
          {people.map((row) => (
            <li key={row.id}>
              <Button size="compact-sm" variant="subtle" onClick={() => pick(row)}>
                {[row.name, row.birthDay.slice(0, 4), row.numbers[0]].filter(Boolean).join(' · ')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
