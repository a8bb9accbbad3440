import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { PortalSettings } from '#contract/portal.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { usePortalSettings, useSavePortalSettings } from '../../portal-api.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { whyNot } from '../settings/BreaksPage.tsx'

/** What citizens are told on every page of their portal, and how much they see of the staff. */
export function PortalPage() {
  return (
    <Page title={t('Citizens’ portal')}>
      <Asked query={usePortalSettings()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

function Editor({ settings }: { settings: PortalSettings }) {
  const [draft, setDraft] = useState(settings)
  const save = useSavePortalSettings()
  const isSame = JSON.stringify(draft) === JSON.stringify(settings)
  const wrong = PortalSettings.safeParse(draft).error?.issues.map(({ path }) => String(path[0])) ?? []
  const announce = (language: 'uz' | 'ru' | 'en', text: string) =>
    setDraft({ ...draft, announcement: { ...draft.announcement, [language]: text } })
  return (
    <Surface title={t('On every page of the portal')}>
      <Announcement
        label={t('Announcement in Uzbek')}
        value={draft.announcement.uz}
        change={(text) => announce('uz', text)}
      />
      <Announcement
        label={t('Announcement in Russian')}
        value={draft.announcement.ru}
        change={(text) => announce('ru', text)}
      />
      <Announcement
        label={t('Announcement in English')}
        value={draft.announcement.en}
        change={(text) => announce('en', text)}
      />
      <TextInput
        mt="sm"
        label={t('Address of the portal')}
        description={t('It stands in messages to citizens, and the QR code of documents leads there.')}
        placeholder="https://…"
        value={draft.address}
        error={wrong.includes('address') ? t('An address begins with https://') : undefined}
        onChange={(event) => setDraft({ ...draft, address: event.currentTarget.value })}
      />
      <Checkbox
        mt="sm"
        mb="sm"
        label={t('Citizens see the names of those who opened their data')}
        checked={draft.showsStaffNames}
        onChange={(event) => setDraft({ ...draft, showsStaffNames: event.currentTarget.checked })}
      />
      <ActionButton
        label={t('Save')}
        isBusy={save.isPending}
        whyDisabled={whyNot(wrong.length, isSame)}
        onPress={() => save.mutate(draft)}
      />
      {save.isSuccess && isSame && <span role="status">{t('Saved: it holds from now on.')}</span>}
      {save.isError && <p role="alert">{problemText(save.error)}</p>}
    </Surface>
  )
}

function Announcement(props: { label: string; value: string; change: (text: string) => void }) {
  const { change, label, value } = props
  return (
    <Textarea
      mt="sm"
      label={label}
      autosize
      minRows={2}
      maxLength={500}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
