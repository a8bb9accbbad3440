import { Button, MultiSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { TITLE_MAX_CHARACTERS } from '#core/chat/rooms.ts'
import { useChatPeople, useOpenRoom } from '../../chat-api.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import css from './chat.module.css'
import { changeChatPlace } from './chat-place.ts'

export function NewRoom() {
  const me = useSignedIn()
  const people = useChatPeople().data ?? []
  const open = useOpenRoom()
  const [title, setTitle] = useState('')
  const [members, setMembers] = useState<string[]>([])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    open.mutate(
      { title: title.trim(), members },
      { onSuccess: ({ id }) => changeChatPlace({ room: id }), onError: showProblem },
    )
  }
  return (
    <details>
      <summary>{t('New room')}</summary>
      <form onSubmit={submit} className={css.form}>
        <TextInput
          label={t('Name of the room')}
          required
          maxLength={TITLE_MAX_CHARACTERS}
          autoComplete="off"
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <MultiSelect
          label={t('Who')}
          description={t('Nobody named: everybody.')}
          searchable
          hidePickedOptions
          data={people.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: id, label: name }))}
          value={members}
          onChange={setMembers}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <Button type="submit" variant="default" loading={open.isPending}>
          {t('Open the room')}
        </Button>
      </form>
    </details>
  )
}
