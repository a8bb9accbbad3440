import { Button, MultiSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { TITLE_MAX_CHARACTERS } from '#core/chat/rooms.ts'
import { useChatPeople, useOpenRoom } from '../../chat-api.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import css from './chat.module.css'
import { changeChatPlace } from './chat-place.ts'

const NOTHING = { title: '', members: [] as string[] }

export function NewRoom() {
  const me = useSignedIn()
  const people = useChatPeople().data ?? []
  const open = useOpenRoom()
  const { typed, change, forget } = useTypedDraft('room.new', NOTHING)
  const { members, title } = typed
  const [wasBegun] = useState(title !== '')
  const opened = ({ id }: { id: string }) => {
    forget()
    changeChatPlace({ room: id })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    open.mutate({ title: title.trim(), members }, { onSuccess: opened, onError: showProblem })
  }
  return (
    <details open={wasBegun}>
      <summary>{t('New room')}</summary>
      <form onSubmit={submit} className={css.form}>
        <LimitedInput
          label={t('Name of the room')}
          required
          most={TITLE_MAX_CHARACTERS}
          autoComplete="off"
          value={title}
          onChange={(event) => change({ ...typed, title: event.currentTarget.value })}
        />
        <MultiSelect
          label={t('Who')}
          description={t('Nobody named: everybody.')}
          searchable
          hidePickedOptions
          data={people.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: id, label: name }))}
          value={members}
          onChange={(members) => change({ ...typed, members })}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <Button type="submit" variant="default" loading={open.isPending}>
          {t('Open the room')}
        </Button>
      </form>
    </details>
  )
}
