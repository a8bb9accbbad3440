import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { AddPerson, PersonRow } from '#contract/people.ts'
import type { QueueRow } from '#contract/queues.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkPerson } from '#core/staff/check-person.ts'
import { useQueues } from '../../queue-api.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { type PersonDone, usePeople, usePersonCommand } from '../../settings-api.ts'
import { roleText } from '../../staff-words.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useTypedDraft } from '../../typed-draft.ts'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'
import { OneTimePassword } from './OneTimePassword.tsx'
import css from './people.module.css'
import { PersonFields } from './PersonFields.tsx'

/** Everybody who works here, and the way to add somebody. */
export function PeoplePage() {
  const queues = useQueues()
  return (
    <Page title={t('People')}>
      <Asked query={usePeople()}>
        {(people) => (
          <div className={css.page}>
            <People people={people} queues={queues.data ?? []} />
            <AddPersonForm people={people} queues={queues.data ?? []} />
          </div>
        )}
      </Asked>
    </Page>
  )
}

function People({ people, queues }: { people: PersonRow[]; queues: readonly QueueRow[] }) {
  const [search, setSearch] = useState('')
  const [withGone, setWithGone] = useState(false)
  const wanted = search.toLowerCase()
  const shown = people.filter(
    ({ name, login, isActive }) =>
      (isActive || withGone) && (name.toLowerCase().includes(wanted) || login.includes(wanted)),
  )
  const nameOf = (queue: string) => {
    const row = queues.find((one) => one.queue === queue)
    return row ? inMyLanguage(row.names) : queue
  }
  const columns: Column<PersonRow>[] = [
    { header: t('Full name'), cell: ({ id, name }) => <Link to={paths.person(id)}>{name}</Link> },
    { header: t('Login'), cell: ({ login }) => login },
    { header: t('Role'), cell: ({ role }) => roleText(role) },
    { header: t('Serves the queues'), cell: (row) => row.queues.map(nameOf).join(', ') },
    { header: t('State'), cell: (row) => <State row={row} /> },
  ]
  return (
    <Surface title={t('Who works here')}>
      <div className={css.actions} style={{ marginBottom: '0.6rem' }}>
        <SearchField label={t('Search by name or login')} value={search} search={setSearch} />
        <Checkbox
          label={t('With those who have left')}
          checked={withGone}
          onChange={(event) => setWithGone(event.currentTarget.checked)}
        />
      </div>
      <Table
        caption={t('Who works here')}
        columns={columns}
        rows={shown}
        rowKey={({ id }) => id}
        empty={t('Nobody is found.')}
      />
    </Surface>
  )
}

function State({ row: { hasOneTimePassword, isActive, isSignedIn } }: { row: PersonRow }) {
  if (!isActive) return <Tone tone="quiet">{t('may not sign in')}</Tone>
  if (isSignedIn) return <Tone tone="good">{t('signed in')}</Tone>
  return hasOneTimePassword ? <Tone tone="warn">{t('has not signed in yet')}</Tone> : null
}

const NOBODY: AddPerson = {
  login: '',
  name: '',
  role: 'agent',
  languages: ['uz', 'ru'],
  queues: [],
  pinfl: null,
}

function AddPersonForm({ people, queues }: { people: PersonRow[]; queues: readonly QueueRow[] }) {
  const { change: setForm, forget, typed: form } = useTypedDraft('person.new', NOBODY)
  const [wasTried, setWasTried] = useState(false)
  const [added, setAdded] = useState<PersonDone>()
  const command = usePersonCommand()
  const problems = wasTried ? checkPerson(form, togetherOf(people, queues)) : []
  function submit(event: FormEvent): void {
    event.preventDefault()
    setWasTried(true)
    if (checkPerson(form, togetherOf(people, queues)).length > 0) return
    const onSuccess = (done: PersonDone) => {
      setAdded(done)
      forget()
      setWasTried(false)
    }
    command.mutate({ do: 'add', form }, { onSuccess })
  }
  return (
    <Surface title={t('Add a person')}>
      <form onSubmit={submit} className={css.page}>
        <PersonFields
          form={form}
          change={(part) => setForm({ ...form, ...part })}
          problems={problems}
          queues={queues}
          isNew
        />
        <div className={css.actions}>
          <ActionButton label={t('Add')} isSubmit isBusy={command.isPending} onPress={() => undefined} />
        </div>
        <SettingsProblem error={command.error} />
        {added?.password && (
          <OneTimePassword
            name={added.person.name}
            login={added.person.login}
            password={added.password}
            done={() => setAdded(undefined)}
          />
        )}
      </form>
    </Surface>
  )
}

export function togetherOf(people: readonly PersonRow[], queues: readonly QueueRow[]) {
  return {
    people: people.map(({ id, login, role, isActive }) => ({ id: id as StaffId, login, role, isActive })),
    queues: queues.map(({ queue }) => queue),
  }
}
